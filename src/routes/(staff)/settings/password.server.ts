import { fail, redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { actorOf } from '#lib/platform/command/who.ts';
import { formAction } from '#lib/platform/forms/action.server.ts';
import { fieldErrorText } from '#lib/platform/forms/errors.ts';
import { passwordForm } from '#lib/platform/login/forms.ts';
import { changePassword } from '#lib/platform/login/own-password.ts';
import { cookieName } from '#lib/platform/login/sessions.ts';
import { keepLogin, unlessBusy } from '../../login/cookie.ts';

/** Changes one's own password and keeps this browser logged in, alone. */
export const changeOwnPassword = formAction(
	{ form: passwordForm, as: 'password' },
	async ({ data, again, event }) => {
		const { services, now } = event.locals;
		const { accountId } = actorOf(event.locals);
		const login = event.cookies.get(cookieName(services.config.origin))!;
		const change = { ...data, accountId, login, now };
		const outcome = await unlessBusy(event, changePassword(services.db, services.ring, change));
		if (!outcome) return fail(503, { password: again({}, m.login_busy()) });
		if (outcome.ok) {
			await keepLogin(event, outcome.token, accountId);
			redirect(303, '/settings?done=password');
		}
		if (outcome.reason === 'too_many_tries')
			return fail(429, { password: again({}, m.password_too_many()) });
		const errors: Record<string, string> =
			'fault' in outcome
				? { newPassword: fieldErrorText(outcome.fault) }
				: { oldPassword: m.password_old_wrong() };
		return fail(422, { password: again(errors, m.form_check_fields()) });
	}
);
