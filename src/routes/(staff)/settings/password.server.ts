import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { fieldErrorText } from '#lib/platform/forms/errors.ts';
import { readForm } from '#lib/platform/forms/form.server.ts';
import { passwordForm } from '#lib/platform/login/forms.ts';
import { changePassword } from '#lib/platform/login/own-password.ts';
import { TooManyLogins } from '#lib/platform/login/passwords.ts';
import { keepLogin, withoutPassword } from '../../login/cookie.ts';

/** Changes one's own password and keeps this browser logged in, alone. */
export async function changeOwnPassword(event: RequestEvent) {
	const read = await readForm(event, passwordForm);
	if (!read.ok) return fail(422, { password: withoutPassword(read.form) });
	const { house, actor, now } = event.locals;
	const { accountId } = actor!;
	const outcome = await changePassword(house.db, house.ring, {
		...read.data,
		accountId,
		now
	}).catch((cause: unknown) => {
		if (cause instanceof TooManyLogins) return { ok: false, reason: 'too_many_tries' } as const;
		throw cause;
	});
	if (outcome.ok) {
		keepLogin(event, outcome.token);
		redirect(303, '/settings?done=password');
	}
	if (outcome.reason === 'too_many_tries')
		return fail(429, { password: withoutPassword(read.again({}, m.login_too_many())) });
	const errors: Record<string, string> =
		'fault' in outcome
			? { newPassword: fieldErrorText(outcome.fault) }
			: { oldPassword: m.password_old_wrong() };
	return fail(422, { password: withoutPassword(read.again(errors, m.form_check_fields())) });
}
