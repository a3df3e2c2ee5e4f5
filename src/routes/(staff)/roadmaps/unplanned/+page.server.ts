import { getSection } from '#lib/features/centres/queries.server.ts';
import { linkCycle } from '#lib/features/roadmap/commands.server.ts';
import { servingForm, unplannedForm } from '#lib/features/roadmap/forms.ts';
import { LINK_REFUSALS, UNPLANNED_REFUSALS } from '#lib/features/roadmap/refusals.ts';
import { sayUnplanned } from '#lib/features/roadmap/unplanned.commands.server.ts';
import {
	listOpenForSessions,
	listReasons,
	listServing
} from '#lib/features/roadmap/unplanned.queries.server.ts';
import { listCycles } from '#lib/features/sessions/queries.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Cycles that run or come, and serve no milestone. */
export const load: PageServerLoad = async (event) => {
	const ctx = ctxOf(event.locals);
	const { locale } = event.locals;
	const { zone } = await getSection(ctx, locale);
	const cycles = await listCycles(ctx, { endsFrom: dateIn(zone, ctx.now) }, locale);
	const [serving, reasons] = [await listServing(ctx), await listReasons(ctx)];
	return {
		milestones: await listOpenForSessions(ctx, locale),
		cycles: cycles
			.filter(({ id }) => !serving.has(id))
			.map((cycle) => ({
				...cycle,
				link: openForm(event, { cycle: cycle.id }),
				say: openForm(event, { cycle: cycle.id, reason: reasons.get(cycle.id) ?? '' })
			}))
	};
};

export const actions: Actions = {
	link: commandAction({
		form: servingForm,
		as: 'link',
		run: (ctx, { data, once }) =>
			linkCycle(ctx, { cycle: data.cycle, milestoneId: data.milestone }, { once }),
		refused: LINK_REFUSALS,
		to: ({ undo }) => `/roadmaps/unplanned?done=linked&undo=${undo}`
	}),
	say: commandAction({
		form: unplannedForm,
		as: 'say',
		run: (ctx, { data, once }) => sayUnplanned(ctx, data, once),
		refused: UNPLANNED_REFUSALS,
		to: () => '/roadmaps/unplanned?done=saved'
	})
};
