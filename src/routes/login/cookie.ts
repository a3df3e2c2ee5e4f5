import type { RequestEvent } from '@sveltejs/kit';
import { ABSOLUTE_MS, cookieName } from '#lib/platform/login/sessions.ts';

/** Lets this browser in with the token of a login. */
export function keepLogin({ cookies, locals }: RequestEvent, token: string): void {
	const { origin } = locals.house.config;
	cookies.set(cookieName(origin), token, {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		secure: origin.startsWith('https:'),
		maxAge: ABSOLUTE_MS / 1000
	});
}

/** A password is never sent back to the page. */
export function withoutPassword<Form extends { values: Record<string, unknown> }>(
	form: Form
): Form {
	const { password: _, ...values } = form.values;
	return { ...form, values };
}
