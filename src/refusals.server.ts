import { json, type RequestEvent } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { askerOf } from '#lib/platform/access/asker.ts';
import type { RateClass } from '#lib/platform/access/decide.ts';
import { filesLeft } from '#lib/platform/access/rates.ts';
import { statusOf, type DatabaseFault } from '#lib/platform/db/faults.ts';
import { ownAddress } from '#lib/platform/forms/address.ts';
import { tooLargeText } from '#lib/platform/forms/body.server.ts';
import { readTyped } from '#lib/platform/forms/form.server.ts';
import { keepForm, withoutPasswords } from '#lib/platform/forms/kept.server.ts';
import { inTurn } from '#lib/platform/forms/upload.server.ts';
import { barePage } from './bare-page.server.ts';
import { localeOf, speakingIn } from './language.server.ts';

/** The page, or the words, of who is logged in and may not. */
export function forbidden(event: RequestEvent): Response {
	return refused(event, 403, { message: m.error_forbidden() });
}

/** Whoever presses a button for one file too many gets a page that says so. */
export async function tooOften(event: RequestEvent, rate: RateClass): Promise<Response> {
	if (rate !== 'export') return plain(429, m.error_too_often(), { 'retry-after': '60' });
	const { most, wholeInMs } = await filesLeft(event.locals.actor?.accountId ?? askerOf(event));
	const minutes = Math.ceil(wholeInMs / 60_000);
	const words = m.error_too_many_files({ most, minutes });
	return wantsPage(event)
		? barePage({ locale: localeOf(event), url: event.url }, 429, words)
		: plain(429, words, { 'retry-after': String(minutes * 60) });
}

/** Answers a form or file that is larger than its address takes. */
export function tooLarge(event: RequestEvent): Response {
	const message = tooLargeText(event.url.pathname);
	if (wantsPage(event)) return barePage({ locale: localeOf(event), url: event.url }, 413, message);
	if (event.request.headers.get('x-sveltekit-action') !== 'true') return plain(413, message);
	const told = { type: 'error', error: { message, id: event.locals.requestId } };
	return json(told, { status: 413 });
}

/** A refusal to whoever asked: a page for a person, else what the framework's scripts read. */
export function refused(event: RequestEvent, status: number, told: App.Error): Response {
	if (wantsPage(event))
		return barePage({ locale: localeOf(event), url: event.url }, status, told.message, told.typed);
	const isAction = event.request.headers.get('x-sveltekit-action') === 'true';
	return json(isAction ? { type: 'error', error: told } : told, { status });
}

function wantsPage({ isDataRequest, request }: RequestEvent): boolean {
	return !isDataRequest && request.headers.get('accept')?.includes('text/html') === true;
}

/** Sends someone to a page that lets them in and, when a form was being sent, keeps what was typed for their account. */
export async function toLogin(
	page: string,
	event: RequestEvent,
	accountId: string | null
): Promise<Response> {
	const target = new URLSearchParams({ next: ownAddress(event.url) });
	const { fault, services, now } = event.locals;
	const isPost = event.request.method === 'POST';
	if (isPost && (fault || accountId)) {
		const typed = await inTurn(event.request, accountId ?? askerOf(event), () =>
			readTyped(event.request)
		);
		event.locals.typed = withoutPasswords(typed);
	}
	if (fault) return refused(event, statusOf(fault), unavailable(event, fault));
	if (isPost && accountId) {
		const kept = await keepForm(services.db, services.ring, {
			accountId,
			path: event.url.pathname,
			values: event.locals.typed ?? {},
			now
		});
		target.set('kept', kept);
	}
	return sendTo(event, `${page}?${target}`, 303);
}

/** Sends a browser elsewhere, and tells a page's script in the framework's words to go there. */
export function sendTo(event: RequestEvent, location: string, status: number): Response {
	if (event.request.headers.get('x-sveltekit-action') === 'true')
		return json({ type: 'redirect', status, location });
	if (event.isDataRequest) return json({ type: 'redirect', location });
	return new Response(null, { status, headers: { location } });
}

/** What a page says when the database did not do what it was asked, and what was typed, to be sent again. */
export function unavailable(event: RequestEvent, fault: DatabaseFault): App.Error {
	event.locals.fault = fault;
	const hasFile = event.request.headers.get('content-type')?.startsWith('multipart/');
	const typed = hasFile ? undefined : event.locals.typed;
	return speakingIn({ locale: localeOf(event) }, () => ({
		message: fault === 'full' ? m.error_disk_full() : m.error_database_away(),
		id: event.locals.requestId ?? requestIdOf(event),
		...(typed && wantsPage(event) && { typed })
	}));
}

/** The id the server gave the request, under which its log line stands. */
export function requestIdOf({ request }: RequestEvent): string {
	return request.headers.get('x-request-id') ?? crypto.randomUUID();
}

/** A refusal to a program rather than a person: one line of words, in the reader's language. */
export function plain(
	status: number,
	words: string,
	headers: Record<string, string> = {}
): Response {
	return new Response(`${words}\n`, {
		status,
		headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }
	});
}
