import { AsyncLocalStorage } from 'node:async_hooks';
import { resolve as fromRoot } from 'node:path';
import {
	isHttpError,
	isRedirect,
	json,
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
import { actionOf, decide, type RateClass, type RoutePolicy } from '#lib/platform/access/decide.ts';
import { withinRate } from '#lib/platform/access/rates.ts';
import { faultOf, statusOf, type DatabaseFault } from '#lib/platform/db/faults.ts';
import { refillReserve, unlessFull } from '#lib/platform/db/full.ts';
import { forgetOldKeys } from '#lib/platform/command/keys.ts';
import { ownAddress } from '#lib/platform/forms/address.ts';
import { tooLargeText } from '#lib/platform/forms/body.server.ts';
import { readTyped } from '#lib/platform/forms/form.server.ts';
import {
	dropKeptForm,
	findKeptForm,
	keepForm,
	withoutPasswords
} from '#lib/platform/forms/kept.server.ts';
import { TOO_LARGE_HEADER } from '#lib/platform/forms/sizes.ts';
import { inTurn } from '#lib/platform/forms/upload.server.ts';
import { openHouse, type House } from '#lib/platform/house.server.ts';
import { directionOf, isLocale, preferredLocale, type Locale } from '#lib/platform/i18n/locale.ts';
import { openReader, type Reader } from '#lib/platform/reader/reader.server.ts';
import { ownTurn } from '#lib/platform/reader/turn.ts';
import { forgetOldUndos } from '#lib/platform/undo/undo.ts';
import { inBackground, log } from '#lib/platform/log/log.ts';
import { browserCookie, readBrowser } from '#lib/platform/login/known-browser.ts';
import { guardAgainstSetBack } from '#lib/platform/login/set-back.ts';
import {
	cookieName,
	findActor,
	forgetOldLogins,
	proveLogin,
	type Proof
} from '#lib/platform/login/sessions.ts';
import { barePage } from './bare-page.server.ts';
import { POLICY } from './policy.ts';
import { READS } from './reads.server.ts';
import { readsFor } from './reading.server.ts';
import { childCookie, LANGUAGE_COOKIE } from './routes/(child)/cookie.ts';
import { ballotOf } from './routes/(child)/s/door.server.ts';

const HOUR_MS = 3_600_000;
/** How soon what a request left of an import goes on. */
const IMPORTS_MS = 2000;
/** Sources are shipped with the app, and Node reads them as they are. */
const READER = fromRoot('src/reader-thread.ts');
/** When to come back after an answer of 503, in seconds. */
const BUSY_SECONDS = '5';

type Resolve = Parameters<Handle>[0]['resolve'];

let house: House;
let reader: Reader<typeof READS>;
let mayBelieveLogins: () => Promise<boolean>;
let goingOn: Promise<void> | undefined;
/** Holds the request's locals and not its language, so that a page which knows better may change it. */
const speaking = new AsyncLocalStorage<{ locale: Locale }>();
overwriteGetLocale(() => speaking.getStore()?.locale ?? 'en');

export const init: ServerInit = async () => {
	house = openHouse(process.env);
	log.level = house.config.logLevel; // the built app has a log of its own
	reader = openReader(house, READS, READER);
	mayBelieveLogins = await guardAgainstSetBack(house.db, house.clock);
	await tidy(house);
	setInterval(() => inBackground('the hourly work', () => tidy(house)), HOUR_MS).unref();
	const stop = new AbortController();
	const goOnNow = () => inBackground('going on with imports', () => goOn(house, stop.signal));
	const imports = setInterval(goOnNow, IMPORTS_MS).unref();
	process.once('sveltekit:shutdown', () => {
		clearInterval(imports);
		stop.abort();
		inBackground('closing the database', async () => {
			await Promise.all([goingOn, reader.close()]);
			await house.db.destroy();
		});
	});
};

/** Answers and never throws: the framework calls it outside its own guard for addresses that are malformed. */
export const handle: Handle = async ({ event, resolve }) => {
	try {
		return await answer(event, resolve);
	} catch (thrown) {
		return answerThrown(event, thrown);
	}
};

/** Who is asking → may they → in which language and direction. Nothing of a route runs before this has decided. */
async function answer(event: RequestEvent, resolve: Resolve): Promise<Response> {
	const { db, ring } = house;
	const now = house.clock();
	const { proof, actor, fault } = await whoAsks(event, now);
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
		requestId: requestIdOf(event),
		ctx: actor && scope ? { db, ring, actor, scope, now } : undefined,
		read: readsFor(reader, event),
		kept: undefined,
		typed: undefined,
		fault,
		isOverLimit: false,
		sentAgain: undefined
	};
	return speaking.run(event.locals, async () => {
		const refusal = await refuse(event, proof);
		if (refusal) return leavingNothingBehind(event, refusal);
		event.locals.kept = await keptFor(event);
		const draw = () =>
			resolve(event, {
				transformPageChunk: ({ html }) =>
					html
						.replace('%halqa.lang%', event.locals.locale)
						.replace('%halqa.dir%', directionOf(event.locals.locale))
						.replace('%halqa.theme%', actor?.theme ?? 'auto')
			});
		if (actor) await ownTurn();
		const response = await (actor
			? inTurn(event.request, actor.accountId, async () => draw())
			: draw());
		if (response.status < 400) await forgetSentAgain(event);
		const answered = withStatusOfFault(event, response);
		if (answered.status === 503) answered.headers.set('retry-after', BUSY_SECONDS);
		return leavingNothingBehind(event, answered);
	});
}

/** Who asks. Nobody, when the database cannot say: what is open to anyone stays open. */
async function whoAsks({ cookies }: RequestEvent, now: number) {
	const { config, db, ring } = house;
	try {
		const token = cookies.get(cookieName(config.origin));
		const proof: Proof = (await mayBelieveLogins())
			? await proveLogin(db, token, now)
			: { state: 'none' };
		const actor = proof.state === 'live' ? await findActor(db, ring, proof.accountId) : undefined;
		return { proof, actor: actor ?? null, fault: null };
	} catch (error) {
		const fault = faultOf(error);
		if (!fault) throw error;
		log.error({ err: error }, 'nobody can be recognised');
		return { proof: { state: 'none' as const }, actor: null, fault };
	}
}

/** The framework answers 500 to whatever a page throws; a database's faults have statuses of their own. */
function withStatusOfFault({ locals }: RequestEvent, response: Response): Response {
	if (response.status !== 500 || !locals.fault) return response;
	return new Response(response.body, {
		headers: response.headers,
		status: statusOf(locals.fault)
	});
}

/** What was thrown while answering, as an answer: a redirect, a refusal with its words, else an unexpected error. */
async function answerThrown(event: RequestEvent, thrown: unknown): Promise<Response> {
	if (isRedirect(thrown)) return sendTo(event, thrown.location, thrown.status);
	if (isHttpError(thrown)) return refused(event, thrown.status, thrown.body);
	const told = await handleError({ error: thrown, event, status: 500, message: '' });
	const { fault } = event.locals;
	return refused(event, fault ? statusOf(fault) : 500, told ?? { message: '' });
}

/** Unexpected errors: the whole story under an id in the log, the id alone on the page. */
export const handleError: HandleServerError = ({ error, event, status, message }) => {
	const id = event.locals.requestId ?? requestIdOf(event);
	if (status >= 500) log.error({ id, route: event.route.id, err: error }, 'request failed');
	const fault = faultOf(error);
	if (fault) return unavailable(event, fault);
	return speaking.run({ locale: localeOf(event) }, () => ({
		message: status === 404 ? m.error_not_found() : status >= 500 ? m.error_unexpected() : message,
		id
	}));
};

/** What a page says when the database did not do what it was asked, and what was typed, to be sent again. */
function unavailable(event: RequestEvent, fault: DatabaseFault): App.Error {
	event.locals.fault = fault;
	const hasFile = event.request.headers.get('content-type')?.startsWith('multipart/');
	const typed = hasFile ? undefined : event.locals.typed;
	return speaking.run({ locale: localeOf(event) }, () => ({
		message: fault === 'full' ? m.error_disk_full() : m.error_database_away(),
		id: event.locals.requestId ?? requestIdOf(event),
		...(typed && wantsPage(event) && { typed })
	}));
}

/** The id the server gave the request, under which its log line stands. */
function requestIdOf({ request }: RequestEvent): string {
	return request.headers.get('x-request-id') ?? crypto.randomUUID();
}

/** The request's language, also when it failed before anybody was known. */
function localeOf({ locals, request }: RequestEvent): Locale {
	return locals.locale ?? preferredLocale(request.headers.get('accept-language'));
}

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
	refillReserve(db);
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
	if (event.isRemoteRequest) return refused(event, 404, { message: m.error_not_found() });
	if (event.request.headers.has(TOO_LARGE_HEADER)) return tooLarge(event);
	const routeId = event.route.id;
	const decision = decide(POLICY, { routeId, method, action: actionOf(event.url), actor });
	if (decision === 'no route') return undefined; // SvelteKit answers its own 404
	if (decision === 'unlisted') return plain(404, m.error_not_found());
	const entry: RoutePolicy | 'folder' = POLICY[routeId as keyof typeof POLICY];
	const asker = actor?.accountId ?? deviceOf(event) ?? askerOf(event);
	if (entry !== 'folder' && !(await withinRate(entry.rate, method, asker))) {
		if (!entry.isShownOverLimit) return tooOften(event, entry.rate);
		event.locals.isOverLimit = true;
	}
	if (decision === 'log in')
		return toLogin('/login', event, proof.state === 'ended' ? proof.accountId : null);
	if (decision === 'set up a code') return toLogin('/login/phone', event, actor!.accountId);
	if (decision === 'forbidden') return forbidden(event);
	if (decision === 'method') return plain(405, m.error_not_found(), { allow: 'GET, HEAD, POST' });
}

/** A device that proves not to be a stranger's is counted apart from whoever shares its address. */
function deviceOf(event: RequestEvent): string | undefined {
	const { ring, config } = house;
	const cookie = event.cookies.get(browserCookie(config.origin));
	return ballotOf(event) ?? readBrowser(ring, cookie)?.id;
}

function forbidden(event: RequestEvent): Response {
	return refused(event, 403, { message: m.error_forbidden() });
}

/** Whoever presses a button for one file too many gets a page that says so. */
function tooOften(event: RequestEvent, rate: RateClass): Response {
	if (rate !== 'export') return plain(429, m.error_too_often(), { 'retry-after': '60' });
	const words = m.error_too_many_files();
	return wantsPage(event)
		? barePage({ locale: localeOf(event), url: event.url }, 429, words)
		: plain(429, words, { 'retry-after': '3600' });
}

function tooLarge(event: RequestEvent): Response {
	const message = tooLargeText(event.url.pathname);
	if (wantsPage(event)) return barePage({ locale: localeOf(event), url: event.url }, 413, message);
	if (event.request.headers.get('x-sveltekit-action') !== 'true') return plain(413, message);
	const told = { type: 'error', error: { message, id: event.locals.requestId } };
	return json(told, { status: 413 });
}

/** A refusal to whoever asked: a page for a person, else what the framework's scripts read. */
function refused(event: RequestEvent, status: number, told: App.Error): Response {
	if (wantsPage(event))
		return barePage({ locale: localeOf(event), url: event.url }, status, told.message, told.typed);
	const isAction = event.request.headers.get('x-sveltekit-action') === 'true';
	return json(isAction ? { type: 'error', error: told } : told, { status });
}

function wantsPage({ isDataRequest, request }: RequestEvent): boolean {
	return !isDataRequest && request.headers.get('accept')?.includes('text/html') === true;
}

/** Sends someone to a page that lets them in and, when a form was being sent, keeps what was typed for their account. */
async function toLogin(
	page: string,
	event: RequestEvent,
	accountId: string | null
): Promise<Response> {
	const target = new URLSearchParams({ next: ownAddress(event.url) });
	const { fault, house, now } = event.locals;
	const isPost = event.request.method === 'POST';
	if (isPost && (fault || accountId)) {
		const typed = await inTurn(event.request, accountId ?? askerOf(event), () =>
			readTyped(event.request)
		);
		event.locals.typed = withoutPasswords(typed);
	}
	if (fault) return refused(event, statusOf(fault), unavailable(event, fault));
	if (isPost && accountId) {
		const kept = await keepForm(house.db, house.ring, {
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
function sendTo(event: RequestEvent, location: string, status: number): Response {
	if (event.request.headers.get('x-sveltekit-action') === 'true')
		return json({ type: 'redirect', status, location });
	if (event.isDataRequest) return json({ type: 'redirect', location });
	return new Response(null, { status, headers: { location } });
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
	const { actor, house, sentAgain } = locals;
	if (!sentAgain || !actor) return;
	await unlessFull(() => dropKeptForm(house.db, actor.accountId, sentAgain), undefined);
}

/** A refusal to a program rather than a person: one line of words, in the reader's language. */
function plain(status: number, words: string, headers: Record<string, string> = {}): Response {
	return new Response(`${words}\n`, {
		status,
		headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }
	});
}
