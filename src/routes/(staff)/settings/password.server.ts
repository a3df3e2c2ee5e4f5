import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { fieldErrorText } from '#lib/platform/forms/errors.ts';
import { readForm } from '#lib/platform/forms/form.server.ts';
import { passwordForm } from '#lib/platform/login/forms.ts';
import { changePassword } from '#lib/platform/login/own-password.ts';
import { cookieName } from '#lib/platform/login/sessions.ts';
import { keepLogin, unlessBusy, withoutPassword } from '../../login/cookie.ts';

/** Changes one's own password and keeps this browser logged in, alone. */
export async function changeOwnPassword(event: RequestEvent) {
	const read = await readForm(event, passwordForm);
	if (!read.ok) return fail(422, { password: withoutPassword(read.form) });
	const { house, actor, now } = event.locals;
	const { accountId } = actor!;
	const login = event.cookies.get(cookieName(house.config.origin))!;
	const change = { ...read.data, accountId, login, now };
	const outcome = await unlessBusy(event, changePassword(house.db, house.ring, change));
	if (!outcome) return fail(503, { password: withoutPassword(read.again({}, m.login_busy())) });
	if (outcome.ok) {
		await keepLogin(event, outcome.token, accountId);
		redirect(303, '/settings?done=password');
	}
	if (outcome.reason === 'too_many_tries')
		return fail(429, { password: withoutPassword(read.again({}, m.password_too_many())) });
	const errors: Record<string, string> =
		'fault' in outcome
			? { newPassword: fieldErrorText(outcome.fault) }
			: { oldPassword: m.password_old_wrong() };
	return fail(422, { password: withoutPassword(read.again(errors, m.form_check_fields())) });
}
