import { getSection } from '#lib/features/centres/queries.server.ts';
import { periodsForm } from '#lib/features/erasure/forms.ts';
import { keepPeriods } from '#lib/features/erasure/retention.commands.server.ts';
import { listPeriods, listRuns } from '#lib/features/erasure/retention.queries.server.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = ctxOf(event.locals);
	const { zone } = await getSection(ctx, event.locals.locale);
	const periods = await listPeriods(ctx, zone);
	return {
		periods,
		runs: await listRuns(ctx),
		form: openForm(event, {
			...Object.fromEntries(periods.map(({ kind, months }) => [kind, String(months)])),
			on: periods.filter(({ isOn }) => isOn).map(({ kind }) => kind)
		})
	};
};

export const actions: Actions = {
	save: commandAction({
		form: periodsForm,
		run: (ctx, { data, once }) => keepPeriods(ctx, data, once),
		refused: {},
		to: () => '/settings/retention?done=retention_saved'
	})
};
