import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { ACCOUNTS, CAST, PASSWORD } from '#lib/features/example/cast.ts';
import { loginForm, receiverForm } from '#lib/platform/login/forms.ts';
import { findReceiver, handoverCookie } from '#lib/platform/login/handover.ts';
import { askerOf } from '#lib/platform/access/asker.ts';
import { ownPath } from '#lib/platform/access/home.ts';
import { openForm, readForm } from '#lib/platform/forms/form.server.ts';
import type { FormView } from '#lib/platform/forms/view.ts';
import { logIn } from '#lib/platform/login/login.ts';
import { ABSOLUTE_MS, cookieName, findAccountByEmail } from '#lib/platform/login/sessions.ts';
import { TooManyLogins } from '#lib/platform/login/passwords.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locals, url } = event;
	if (locals.actor) redirect(303, '/');
	const receiver = url.searchParams.has('other') ? undefined : await receiverOf(event);
	return {
		form: openForm(event),
		/** Whom the phone was given to. */
		receiver: receiver?.name ?? null,
		kept: url.searchParams.has('kept'),
		examples: (await isExampleMode(event))
			? Object.values(CAST).map(({ email, role }) => ({ email, role }))
			: []
	};
};

export const actions: Actions = {
	login: async (event) => {
		const read = await readForm(event, loginForm);
		if (!read.ok) return fail(422, { form: withoutPassword(read.form) });
		return enter(event, read.data, (message) => read.again({}, message));
	},
	/** The password of whom the phone was given to, who is known by the cookie. */
	receive: async (event) => {
		const read = await readForm(event, receiverForm);
		if (!read.ok) return fail(422, { form: withoutPassword(read.form) });
		const receiver = await receiverOf(event);
		if (!receiver)
			return fail(409, { form: withoutPassword(read.again({}, m.handover_time_over())) });
		const { email } = receiver;
		const { password } = read.data;
		return enter(event, { email, password }, (message) => read.again({}, message));
	},
	/** One click on an example account; outside example mode there is neither button nor action. */
	example: async (event) => {
		const read = await readForm(event, loginForm.pick({ email: true }));
		if (!read.ok) return fail(422, { form: read.form });
		const { email } = read.data;
		if (!isExampleAccount(email) || !(await isExampleMode(event))) error(404, m.error_not_found());
		return enter(event, { email, password: PASSWORD }, (message) => read.again({}, message));
	}
};

function receiverOf({ cookies, locals }: Pick<RequestEvent, 'cookies' | 'locals'>) {
	const { db, ring, config } = locals.house;
	return findReceiver(db, ring, cookies.get(handoverCookie(config.origin)), locals.now);
}

/** True where example accounts may be used and the database holds them. */
async function isExampleMode({ locals }: Pick<RequestEvent, 'locals'>): Promise<boolean> {
	const { db, ring, config } = locals.house;
	return (
		config.example === 'load' &&
		(await findAccountByEmail(db, ring, CAST.facilitator.email)) !== undefined
	);
}

function isExampleAccount(email: string): boolean {
	return ACCOUNTS.some((account) => account.email === email.trim().toLowerCase());
}

async function enter(
	event: RequestEvent,
	{ email, password }: { email: string; password: string },
	again: (message: string) => FormView
) {
	const { house, now } = event.locals;
	const cookie = cookieName(house.config.origin);
	// Everybody knows the password of the example accounts.
	if (house.config.example === 'never' && isExampleAccount(email))
		return fail(422, { form: withoutPassword(again(m.login_wrong())) });
	const outcome = await logIn(house.db, house.ring, {
		email,
		password,
		address: askerOf(event),
		now,
		replaces: event.cookies.get(cookie)
	}).catch((cause: unknown) => {
		if (cause instanceof TooManyLogins)
			return { ok: false as const, reason: 'too_many_tries' as const };
		throw cause;
	});
	if (!outcome.ok)
		return outcome.reason === 'wrong'
			? fail(422, { form: withoutPassword(again(m.login_wrong())) })
			: fail(429, { form: withoutPassword(again(m.login_too_many())) });
	event.cookies.set(cookie, outcome.token, {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		secure: house.config.origin.startsWith('https:'),
		maxAge: ABSOLUTE_MS / 1000
	});
	redirect(303, comeBackTo(event.url));
}

/** A password is never sent back to the page. */
function withoutPassword(form: FormView): FormView {
	const { password: _, ...values } = form.values;
	return { ...form, values };
}

/** Where the login interrupted; the kept form travels along for the page it was typed on. */
function comeBackTo(url: URL): string {
	const path = ownPath(url, url.searchParams.get('next'));
	const kept = url.searchParams.get('kept');
	return kept ? `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams({ kept })}` : path;
}
