import { AsyncLocalStorage } from 'node:async_hooks';
import {
	error,
	json,
	redirect,
	type Handle,
	type HandleServerError,
	type RequestEvent,
	type ServerInit
} from '@sveltejs/kit';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { m } from '#lib/paraglide/messages.js';
import { countOverdueCodes } from '#lib/features/feedback/jobs.server.ts';
import { forgetOldImports, goOnWithAll } from '#lib/features/imports/jobs.server.ts';
import { scopeOf } from '#lib/platform/access/actor.ts';
import { askerOf } from '#lib/platform/access/asker.ts';
import { actionOf, decide, type RateClass } from '#lib/platform/access/decide.ts';
import { withinRate } from '#lib/platform/access/rates.ts';
import { forgetOldKeys } from '#lib/platform/command/keys.ts';
import { ownAddress } from '#lib/platform/forms/address.ts';
import { tooLargeText } from '#lib/platform/forms/body.server.ts';
import { readTyped } from '#lib/platform/forms/form.server.ts';
import { dropKeptForm, findKeptForm, keepForm } from '#lib/platform/forms/kept.server.ts';
import { TOO_LARGE_HEADER } from '#lib/platform/forms/sizes.ts';
import { openHouse, type House } from '#lib/platform/house.server.ts';
import { directionOf, isLocale, preferredLocale, type Locale } from '#lib/platform/i18n/locale.ts';
import { forgetOldUndos } from '#lib/platform/undo/undo.ts';
import { log } from '#lib/platform/log/log.ts';
import {
	cookieName,
	findActor,
	forgetOldLogins,
	proveLogin,
	type Proof
} from '#lib/platform/login/sessions.ts';
import errorPage from './error.html?raw';
import { POLICY } from './policy.ts';
import { childCookie, LANGUAGE_COOKIE } from './routes/(child)/cookie.ts';

const HOUR_MS = 3_600_000;
/** How soon what a request left of an import goes on. */
const IMPORTS_MS = 2000;

let house: House;
let goingOn: Promise<void> | undefined;
/** Holds the request's locals and not its language, so that a page which knows better may change it. */
const speaking = new AsyncLocalStorage<{ locale: Locale }>();
overwriteGetLocale(() => speaking.getStore()?.locale ?? 'en');

export const init: ServerInit = async () => {
	house = openHouse(process.env);
	log.level = house.config.logLevel; // the built app has a log of its own
	await tidy(house);
	setInterval(() => void tidy(house), HOUR_MS).unref();
	const stop = new AbortController();
	const imports = setInterval(() => void goOn(house, stop.signal), IMPORTS_MS).unref();
	process.once('sveltekit:shutdown', () => {
		clearInterval(imports);
		stop.abort();
		void Promise.resolve(goingOn).then(() => house.db.destroy());
	});
};

/** Who is asking → may they → in which language and direction. Nothing of a route runs before this has decided. */
export const handle: Handle = async ({ event, resolve }) => {
	const { config, db, ring } = house;
	const now = house.clock();
	const proof = await proveLogin(db, event.cookies.get(cookieName(config.origin)), now);
	const actor =
		proof.state === 'live' ? ((await findActor(db, ring, proof.accountId)) ?? null) : null;
	const scope = actor && scopeOf(actor);
	const chosen = [
		event.url.searchParams.get('lang'),
		event.cookies.get(LANGUAGE_COOKIE),
		actor?.locale
	].find(isLocale);
	const locale = chosen ?? preferredLocale(event.request.headers.get('accept-language'));
	event.locals = {
		house,
		now,
		actor,
		locale,
		requestId: event.request.headers.get('x-request-id') ?? crypto.randomUUID(),
		ctx: actor && scope ? { db, ring, actor, scope, now } : undefined,
		kept: undefined,
		sentAgain: undefined
	};
	return speaking.run(event.locals, async () => {
		const refusal = await refuse(event, proof);
		if (refusal) return leavingNothingBehind(event, refusal);
		event.locals.kept = await keptFor(event);
		const response = await resolve(event, {
			transformPageChunk: ({ html }) =>
				html
					.replace('%halqa.lang%', event.locals.locale)
					.replace('%halqa.dir%', directionOf(event.locals.locale))
					.replace('%halqa.theme%', actor?.theme ?? 'auto')
		});
		if (response.status < 400) await forgetSentAgain(event);
		return leavingNothingBehind(event, response);
	});
};

/** Unexpected errors: the whole story under an id in the log, the id alone on the page. */
export const handleError: HandleServerError = ({ error, event, status, message }) => {
	const id = event.locals.requestId ?? crypto.randomUUID();
	if (status >= 500) log.error({ id, route: event.route.id, err: error }, 'request failed');
	return speaking.run({ locale: event.locals.locale ?? 'en' }, () => ({
		message: status === 404 ? m.error_not_found() : status >= 500 ? m.error_unexpected() : message,
		id
	}));
};

/** Goes on with imports, one round at a time. A round that fails stands in the log, and the next one tries again. */
async function goOn(house: House, stop: AbortSignal): Promise<void> {
	if (goingOn) return;
	goingOn = goOnWithAll(house, stop).catch((error: unknown) =>
		log.error({ err: error }, 'imports did not go on')
	);
	await goingOn;
	goingOn = undefined;
}

/** What is due by the hour: old logins and keys are forgotten, codes whose day is over are counted. Fails into the log alone. */
async function tidy({ db, ring, clock }: House): Promise<void> {
	const work = [
		forgetOldLogins(db, clock()),
		forgetOldKeys(db, clock()),
		forgetOldUndos(db, clock()),
		countOverdueCodes(db, ring, clock()),
		forgetOldImports(db, clock())
	];
	for (const done of await Promise.allSettled(work))
		if (done.status === 'rejected')
			log.error({ err: done.reason }, 'a part of the hourly work was not done');
}

/**
 * Chromium keeps even `no-store` pages for its *Back*, until a cookie they would be sent with changes. So
 * every answer to a child changes one: *Back* asks again, and shows nothing a child before wrote or wanted.
 */
function leavingNothingBehind({ cookies, route }: RequestEvent, response: Response): Response {
	const entry = POLICY[route.id as keyof typeof POLICY];
	if (!entry || entry === 'folder' || entry.rate !== 'child') return response;
	const fresh = crypto.randomUUID().slice(0, 8);
	const line = cookies.serialize('halqa_page', fresh, childCookie(house.config.origin));
	response.headers.append('set-cookie', line);
	return response;
}

async function refuse(event: RequestEvent, proof: Proof): Promise<Response | undefined> {
	const { actor } = event.locals;
	const method = event.request.method;
	if (event.isRemoteRequest) error(404, m.error_not_found());
	if (event.url.href.includes('%00')) error(404, m.error_not_found()); // PostgreSQL takes no NUL
	if (event.request.headers.has(TOO_LARGE_HEADER)) return tooLarge(event);
	const routeId = event.route.id;
	const decision = decide(POLICY, { routeId, method, action: actionOf(event.url), actor });
	if (decision === 'no route') return undefined; // SvelteKit answers its own 404
	if (decision === 'unlisted') return plain(404, m.error_not_found());
	const entry = POLICY[routeId as keyof typeof POLICY];
	const asker = actor?.accountId ?? askerOf(event);
	if (entry !== 'folder' && !(await withinRate(entry.rate, method, asker)))
		return tooOften(event, entry.rate);
	if (decision === 'log in') return toLogin(event, proof);
	if (decision === 'forbidden') return forbidden(event);
	if (decision === 'method') return plain(405, m.error_not_found(), { allow: 'GET, HEAD, POST' });
}

function forbidden(event: RequestEvent): Response {
	const words = m.error_forbidden();
	return wantsPage(event) ? barePage(event, 403, words) : error(403, words);
}

/** Whoever presses a button for one file too many gets a page that says so. */
function tooOften(event: RequestEvent, rate: RateClass): Response {
	if (rate !== 'export') return plain(429, m.error_too_often(), { 'retry-after': '60' });
	const words = m.error_too_many_files();
	return wantsPage(event)
		? barePage(event, 429, words)
		: plain(429, words, { 'retry-after': '3600' });
}

function tooLarge(event: RequestEvent): Response {
	const message = tooLargeText(event.url.pathname);
	if (wantsPage(event)) return barePage(event, 413, message);
	if (event.request.headers.get('x-sveltekit-action') !== 'true') return plain(413, message);
	const told = { type: 'error', error: { message, id: event.locals.requestId } };
	return json(told, { status: 413 });
}

function wantsPage({ isDataRequest, request }: RequestEvent): boolean {
	return !isDataRequest && request.headers.get('accept')?.includes('text/html') === true;
}

/** SvelteKit's bare error page, which is drawn outside `handle`, in the reader's language and direction. */
function barePage({ locals }: RequestEvent, status: number, words: string): Response {
	const frame = `lang="${locals.locale}" dir="${directionOf(locals.locale)}"`;
	const page = errorPage
		.replace('lang="en"', frame)
		.replaceAll('%sveltekit.status%', String(status))
		.replace('%sveltekit.error.message%', words);
	return new Response(page, { status, headers: { 'content-type': 'text/html; charset=utf-8' } });
}

/** Sends someone to the login page and, when a form was being sent, keeps what was typed for them. */
async function toLogin(event: RequestEvent, proof: Proof): Promise<Response> {
	const target = new URLSearchParams({ next: ownAddress(event.url) });
	if (event.request.method === 'POST' && proof.state === 'ended') {
		const kept = await keepForm(event.locals.house.db, event.locals.house.ring, {
			accountId: proof.accountId,
			path: event.url.pathname,
			values: await readTyped(event.request),
			now: event.locals.now
		});
		target.set('kept', kept);
	}
	const location = `/login?${target}`;
	if (event.request.headers.get('x-sveltekit-action') === 'true')
		return json({ type: 'redirect', status: 303, location });
	if (event.isDataRequest) return json({ type: 'redirect', location });
	redirect(303, location);
}

async function keptFor(event: RequestEvent) {
	const id = event.url.searchParams.get('kept');
	const { actor } = event.locals;
	if (!id || !actor || event.request.method === 'POST') return undefined;
	const { db, ring } = event.locals.house;
	return findKeptForm(db, ring, { id, accountId: actor.accountId, path: event.url.pathname });
}

/** A kept form is forgotten only now that what it asked for is done: a failure before leaves it. */
async function forgetSentAgain({ locals }: RequestEvent): Promise<void> {
	if (locals.sentAgain && locals.actor)
		await dropKeptForm(locals.house.db, locals.actor.accountId, locals.sentAgain);
}

/** A refusal to a program rather than a person: one line of words, in the reader's language. */
function plain(status: number, words: string, headers: Record<string, string> = {}): Response {
	return new Response(`${words}\n`, {
		status,
		headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }
	});
}
