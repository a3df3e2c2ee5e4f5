import { redirect, type RequestEvent } from '@sveltejs/kit';
import { ownPath } from '#lib/platform/access/home.ts';
import { LineFull } from '#lib/platform/access/line.ts';
import {
	browserCookie,
	KNOWN_MS,
	readBrowser,
	rememberAccount,
	type KnownBrowser
} from '#lib/platform/login/known-browser.ts';
import { pendingCookie, SECOND_STEP_MS, type Entry } from '#lib/platform/login/second-step.ts';
import { ABSOLUTE_MS, cookieName } from '#lib/platform/login/sessions.ts';
import { addressWith } from '../signed-out.ts';

/** Lets this browser in with the token of a login, and knows it for the account from now on. */
export async function keepLogin(
	event: RequestEvent,
	token: string,
	accountId: string
): Promise<void> {
	const { services, now } = event.locals;
	const { origin } = services.config;
	event.cookies.set(cookieName(origin), token, kept(origin, ABSOLUTE_MS));
	const own = { accountId, now };
	const known = await rememberAccount(services.db, services.ring, browserOf(event), own);
	if (known) event.cookies.set(browserCookie(origin), known, kept(origin, KNOWN_MS));
}

/** The browser, if somebody logged in with it before. */
export function browserOf({ cookies, locals }: RequestEvent): KnownBrowser | undefined {
	const { ring, config } = locals.services;
	return readBrowser(ring, cookies.get(browserCookie(config.origin)));
}

/** Leads on from a right password: back to where the login interrupted, or to the page that asks for a code. */
export async function leadIn(event: RequestEvent, entry: Entry, accountId: string): Promise<never> {
	const { origin } = event.locals.services.config;
	if ('token' in entry) {
		await keepLogin(event, entry.token, accountId);
		redirect(303, comeBackTo(event.url));
	}
	event.cookies.set(pendingCookie(origin), entry.pending, kept(origin, SECOND_STEP_MS));
	redirect(303, `/login/code${addressWith(event.url, {})}`);
}

/** Forgets who owes a code. */
export function dropPending({ cookies, locals }: RequestEvent): void {
	const { origin } = locals.services.config;
	cookies.delete(pendingCookie(origin), { path: '/', secure: origin.startsWith('https:') });
}

/** Where the login interrupted; the kept form travels along for the page it was typed on. */
export function comeBackTo(url: URL): string {
	const path = ownPath(url, url.searchParams.get('next'));
	const kept = url.searchParams.get('kept');
	return kept ? `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams({ kept })}` : path;
}

function kept(origin: string, forMs: number) {
	return {
		path: '/',
		httpOnly: true,
		sameSite: 'lax' as const,
		secure: origin.startsWith('https:'),
		maxAge: forMs / 1000
	};
}

/** What some work with passwords answers; null when too many wait, and then the answer says when to try again. */
export async function unlessBusy<Done>(
	event: RequestEvent,
	work: Promise<Done>
): Promise<Done | null> {
	try {
		return await work;
	} catch (cause) {
		if (!(cause instanceof LineFull)) throw cause;
		event.setHeaders({ 'retry-after': '5' });
		return null;
	}
}
