import { fail, redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { addCentre } from '#lib/features/centres/centre.server.ts';
import { centreForm, pasteForm } from '#lib/features/centres/forms.ts';
import { addPasted, previewPasted } from '#lib/features/centres/paste.server.ts';
import { CLOSES_AT, OPENS_AT } from '#lib/features/centres/paste.ts';
import { getCentreDefaults, listCentreSheets } from '#lib/features/centres/queries.server.ts';
import { openForm, readForm } from '#lib/platform/forms/form.server.ts';
import { centreWords } from './refusals.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = event.locals.ctx!;
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
	add: async (event) => {
		const read = await readForm(event, centreForm);
		if (!read.ok) return fail(422, { form: read.form });
		const { ctx, locale } = event.locals;
		const outcome = await addCentre(ctx!, { ...read.data, locale }, read.once);
		if (outcome.ok) redirect(303, `/settings/centres/${outcome.done.id}?done=centre_added`);
		const { field, words } = centreWords(outcome.refusal.reason);
		if (field) return fail(422, { form: read.again({ [field]: words }, m.form_check_fields()) });
		return fail(409, { form: read.again({}, words) });
	},
	preview: async (event) => {
		const read = await readForm(event, pasteForm);
		if (!read.ok) return fail(422, { paste: read.form });
		const preview = await previewPasted(event.locals.ctx!, read.data.table);
		return preview.ok
			? { paste: read.again(), preview }
			: fail(422, { paste: read.again(), preview });
	},
	paste: async (event) => {
		const read = await readForm(event, pasteForm);
		if (!read.ok) return fail(422, { paste: read.form });
		const { ctx, locale } = event.locals;
		const { table } = read.data;
		const outcome = await addPasted(ctx!, { table, locale }, read.once);
		if (outcome.ok) redirect(303, '/settings/centres?done=centres_pasted');
		if (outcome.refusal.reason === 'problems')
			return fail(422, { paste: read.again(), preview: await previewPasted(ctx!, table) });
		return fail(409, { paste: read.again({}, m.form_key_reused()) });
	}
};
