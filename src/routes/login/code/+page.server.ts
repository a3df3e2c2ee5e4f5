import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { formAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { proveCode } from '#lib/platform/login/codes.ts';
import { codeForm } from '#lib/platform/login/forms.ts';
import { findPending, pendingCookie } from '#lib/platform/login/second-step.ts';
import { cookieName, startLogin } from '#lib/platform/login/sessions.ts';
import { addressWith } from '../../signed-out.ts';
import { browserOf, dropPending, leadIn } from '../cookie.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	if (event.locals.actor) redirect(303, '/');
	await whoOwes(event);
	return { form: openForm(event) };
};

export const actions: Actions = {
	default: formAction(
		{ here: whoOwes, form: codeForm },
		async ({ data, here: { accountId, sectionId, passwordMark }, again, event }) => {
			const { services, now } = event.locals;
			const from = browserOf(event)?.id ?? passwordMark;
			const typed = { accountId, sectionId, typed: data.code, from, now };
			const proved = await proveCode(services.db, services.ring, typed);
			if (proved === 'too_many_tries') return fail(429, { form: again({}, m.code_too_many()) });
			if (proved === 'wrong')
				return fail(422, { form: again({ code: m.code_wrong() }, m.form_check_fields()) });
			dropPending(event);
			const before = event.cookies.get(cookieName(services.config.origin));
			const token = await startLogin(services.db, accountId, now, before);
			return leadIn(event, { token }, accountId);
		}
	)
};

/** Who has typed a password and owes a code; nobody, or too late: back to the password. */
async function whoOwes({ cookies, locals, url }: RequestEvent) {
	const { db, ring, config } = locals.services;
	const cookie = cookies.get(pendingCookie(config.origin));
	return (
		(await findPending(db, ring, cookie, locals.now)) ??
		redirect(303, `/login${addressWith(url, {})}`)
	);
}
