import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { ACCOUNTS, CAST, rolesOf } from '#lib/features/example/cast.ts';
import { formAction } from '#lib/platform/forms/action.server.ts';
import { loginForm, receiverForm } from '#lib/platform/login/forms.ts';
import { findReceiver, handoverCookie } from '#lib/platform/login/handover.ts';
import { askerOf } from '#lib/platform/access/asker.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import type { FormView } from '#lib/platform/forms/view.ts';
import { logIn } from '#lib/platform/login/login.ts';
import { cookieName, findAccountByEmail, startLogin } from '#lib/platform/login/sessions.ts';
import { browserOf, leadIn, unlessBusy } from './cookie.ts';
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
			? Object.values(CAST).map((member) => ({ email: member.email, roles: rolesOf(member) }))
			: []
	};
};

export const actions: Actions = {
	login: formAction({ form: loginForm }, async ({ data, again, event }) =>
		enter(event, data, (message) => again({}, message))
	),
	/** The password of whom the phone was given to, who is known by the cookie. */
	receive: formAction({ form: receiverForm }, async ({ data: { password }, again, event }) => {
		const receiver = await receiverOf(event);
		if (!receiver) return fail(409, { form: again({}, m.handover_time_over()) });
		const { email } = receiver;
		return enter(event, { email, password }, (message) => again({}, message));
	}),
	/** One click on an example account; outside example mode there is neither button nor action. */
	example: formAction(
		{ form: loginForm.pick({ email: true }) },
		async ({ data: { email }, again, event }) => {
			const member = exampleAccount(email);
			if (!member || !(await isExampleMode(event))) error(404, m.error_not_found());
			const { services, now } = event.locals;
			const account = await findAccountByEmail(services.db, services.ring, email);
			if (account?.id !== member.id || account.disabled_at !== null)
				return fail(422, { form: again({}, m.login_wrong()) });
			// Whatever password and code somebody has tried out on it: the button opens it.
			const before = event.cookies.get(cookieName(services.config.origin));
			const token = await startLogin(services.db, account.id, now, before);
			return leadIn(event, { token }, account.id);
		}
	)
};

function receiverOf({ cookies, locals }: Pick<RequestEvent, 'cookies' | 'locals'>) {
	const { db, ring, config } = locals.services;
	return findReceiver(db, ring, cookies.get(handoverCookie(config.origin)), locals.now);
}

/** True where example accounts may be used and the database holds them. */
async function isExampleMode({ locals }: Pick<RequestEvent, 'locals'>): Promise<boolean> {
	const { db, ring, config } = locals.services;
	return (
		config.example === 'load' &&
		(await findAccountByEmail(db, ring, CAST.facilitator.email)) !== undefined
	);
}

function exampleAccount(email: string) {
	return ACCOUNTS.find((account) => account.email === email.trim().toLowerCase());
}

async function enter(
	event: RequestEvent,
	{ email, password }: { email: string; password: string },
	again: (message: string) => FormView
) {
	const { services, now } = event.locals;
	// Everybody knows the password of the example accounts.
	if (services.config.example === 'never' && exampleAccount(email))
		return fail(422, { form: again(m.login_wrong()) });
	const outcome = await unlessBusy(
		event,
		logIn(services.db, services.ring, {
			email,
			password,
			address: askerOf(event),
			browser: browserOf(event),
			now,
			replaces: event.cookies.get(cookieName(services.config.origin))
		})
	);
	if (!outcome) return fail(503, { form: again(m.login_busy()) });
	if (outcome.ok) return leadIn(event, outcome.entry, outcome.accountId);
	return outcome.reason === 'wrong'
		? fail(422, { form: again(m.login_wrong()) })
		: fail(429, { form: again(m.login_too_many()) });
}
