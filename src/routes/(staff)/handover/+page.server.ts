import { error, redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { listColleagues } from '#lib/features/staff/queries.server.ts';
import { roleWords } from '#lib/platform/access/words.ts';
import { ownPath } from '#lib/platform/access/home.ts';
import { actorOf, ctxOf } from '#lib/platform/command/who.ts';
import { formAction } from '#lib/platform/forms/action.server.ts';
import { openForm, readTyped } from '#lib/platform/forms/form.server.ts';
import { keepForm } from '#lib/platform/forms/kept.server.ts';
import { handoverForm } from '#lib/platform/login/forms.ts';
import { HANDOVER_MS, handoverCookie, sealHandover } from '#lib/platform/login/handover.ts';
import { cookieName, endLogin } from '#lib/platform/login/sessions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
	colleagues: (await listColleagues(ctxOf(event.locals), event.locals.locale)).map(
		({ id, name, roles }) => ({ id, name, role: roleWords({ roles }, event.locals.locale) })
	),
	typedIsKept: event.url.searchParams.has('typed'),
	form: openForm(event)
});

export const actions: Actions = {
	/** Ends the login on the server, clears what the browser keeps, and asks for the colleague's password. */
	choose: formAction({ form: handoverForm }, async ({ data, event }) => {
		const { cookies, locals, setHeaders, url } = event;
		const colleagues = await listColleagues(ctxOf(locals), locals.locale);
		const receiver = colleagues.find(({ id }) => id === data.account);
		if (!receiver) error(404, m.error_not_found());
		const { db, ring, config } = locals.services;
		const login = cookieName(config.origin);
		await endLogin(db, cookies.get(login)!, locals.now);
		const secure = config.origin.startsWith('https:');
		cookies.delete(login, { path: '/', secure });
		cookies.set(handoverCookie(config.origin), sealHandover(ring, receiver.id, locals.now), {
			path: '/',
			httpOnly: true,
			sameSite: 'lax',
			secure,
			maxAge: HANDOVER_MS / 1000
		});
		setHeaders({ 'clear-site-data': '"cache", "storage"' });
		const to = ownPath(url, url.searchParams.get('next'));
		const next = `/handover/on?${new URLSearchParams({ to })}`;
		redirect(303, `/login?${new URLSearchParams({ lang: receiver.locale, next })}`);
	}),
	/** Keeps a form that was being typed, for the one who typed it. */
	keep: async ({ locals, request, url }) => {
		const next = ownPath(url, url.searchParams.get('next'));
		await keepForm(locals.services.db, locals.services.ring, {
			accountId: actorOf(locals).accountId,
			path: new URL(next, url).pathname,
			values: await readTyped(request),
			now: locals.now
		});
		redirect(303, `/handover?${new URLSearchParams({ next, typed: 'kept' })}`);
	}
};
