import { fail, redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { linkForm } from '#lib/features/organisation/forms.ts';
import {
	isSetupLink,
	takeLinkTry,
	tokenIn
} from '#lib/features/organisation/link.commands.server.ts';
import { askerOf } from '#lib/platform/access/asker.ts';
import { formAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { addressWith } from '../signed-out.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => ({ form: openForm(event) });

export const actions: Actions = {
	open: formAction({ form: linkForm }, async ({ data, again, event }) => {
		const { services, locale, now } = event.locals;
		const token = tokenIn(data.code);
		if (token && (await isSetupLink(services.db, token, now)))
			redirect(303, `/setup/${token}${addressWith(event.url, { lang: locale })}`);
		if (!(await takeLinkTry(services.db, services.ring, askerOf(event), now)))
			return fail(429, { form: again({}, m.setup_too_many()) });
		return fail(422, { form: again({ code: m.setup_link_wrong() }, m.form_check_fields()) });
	})
};
