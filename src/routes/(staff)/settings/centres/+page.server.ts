import { fail } from '@sveltejs/kit';
import { addCentre } from '#lib/features/centres/centre.commands.server.ts';
import { centreForm, pasteForm } from '#lib/features/centres/forms.ts';
import { addPasted, previewPasted } from '#lib/features/centres/paste.commands.server.ts';
import { CLOSES_AT, OPENS_AT } from '#lib/features/centres/paste.rules.ts';
import { getCentreDefaults, listCentreSheets } from '#lib/features/centres/queries.server.ts';
import { CENTRE_REFUSALS, PASTE_REFUSALS } from '#lib/features/centres/refusals.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction, formAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = ctxOf(event.locals);
	const { country, zone, closedWeekdays } = await getCentreDefaults(ctx);
	return {
		country,
		centres: await listCentreSheets(ctx, event.locals.locale),
		form: openForm(event, {
			zone,
			opensAt: OPENS_AT,
			closesAt: CLOSES_AT,
			closedWeekdays: closedWeekdays.map(String)
		}),
		paste: openForm(event)
	};
};

export const actions: Actions = {
	add: commandAction({
		form: centreForm,
		run: (ctx, { data, once, locale }) => addCentre(ctx, { ...data, locale }, once),
		refused: CENTRE_REFUSALS,
		to: ({ id }) => `/settings/centres/${id}?done=centre_added`
	}),
	preview: formAction({ form: pasteForm, as: 'paste' }, async ({ data, again, event }) => {
		const preview = await previewPasted(ctxOf(event.locals), data.table);
		const shown = { paste: again(), preview };
		return preview.ok ? shown : fail(422, shown);
	}),
	paste: commandAction({
		form: pasteForm,
		as: 'paste',
		run: (ctx, { data: { table }, once, locale }) => addPasted(ctx, { table, locale }, once),
		refused: PASTE_REFUSALS,
		showing: async (_, { data, event }) => ({
			preview: await previewPasted(ctxOf(event.locals), data.table)
		}),
		to: () => '/settings/centres?done=centres_pasted'
	})
};
