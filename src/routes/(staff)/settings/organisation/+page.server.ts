import { fail, redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { leaveExample } from '#lib/features/example/leaving.server.ts';
import { saveOrganisation } from '#lib/features/organisation/commands.server.ts';
import { leaveForm, organisationForm } from '#lib/features/organisation/forms.ts';
import {
	getOrganisation,
	getProgress,
	hasExample
} from '#lib/features/organisation/queries.server.ts';
import { habitFields } from '#lib/features/organisation/rules.ts';
import { openForm, readForm } from '#lib/platform/forms/form.server.ts';
import { zonesOf } from '#lib/platform/i18n/countries.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = event.locals.ctx!;
	const organisation = await getOrganisation(ctx);
	return {
		organisation: { isExample: organisation.isExample },
		progress: await getProgress(ctx),
		mayLeaveExample: !organisation.isExample && (await hasExample(ctx)),
		leaveOnce: crypto.randomUUID(),
		zones: zonesOf(organisation.country),
		form: openForm(event, habitFields(organisation))
	};
};

export const actions: Actions = {
	save: async (event) => {
		const read = await readForm(event, organisationForm);
		if (!read.ok) return fail(422, { form: read.form });
		const outcome = await saveOrganisation(event.locals.ctx!, read.data, read.once);
		if (outcome.ok) redirect(303, '/settings/organisation?done=organisation');
		const { reason } = outcome.refusal;
		if (reason === 'key_reused') return fail(409, { form: read.again({}, m.form_key_reused()) });
		const wrong =
			reason === 'zone'
				? { zone: m.form_choose() }
				: { [`name_${event.locals.locale}`]: m.organisation_no_name() };
		return fail(422, { form: read.again(wrong, m.form_check_fields()) });
	},
	leave: async (event) => {
		const read = await readForm(event, leaveForm);
		if (!read.ok) return fail(422, { leaving: m.form_check_fields() });
		const outcome = await leaveExample(event.locals.ctx!, read.once);
		if (outcome.ok) redirect(303, '/settings/organisation?done=example_left');
		return fail(409, {
			leaving:
				outcome.refusal.reason === 'key_reused' ? m.form_key_reused() : m.leaving_not_from_inside()
		});
	}
};
