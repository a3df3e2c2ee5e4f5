import { resolve as fromRoot } from 'node:path';
import {
	isHttpError,
	isRedirect,
	type Handle,
	type HandleServerError,
	type RequestEvent,
	type ServerInit
} from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { scopeOf } from '#lib/platform/access/actor.ts';
import { askerOf } from '#lib/platform/access/asker.ts';
import { actionOf, decide, permissionFor, type RoutePolicy } from '#lib/platform/access/decide.ts';
import { withinRate } from '#lib/platform/access/rates.ts';
import { actorOf } from '#lib/platform/command/who.ts';
import { faultOf, statusOf } from '#lib/platform/db/faults.ts';
import { unlessFull } from '#lib/platform/db/full.ts';
import { dropKeptForm, findKeptForm } from '#lib/platform/forms/kept.server.ts';
import { TOO_LARGE_HEADER } from '#lib/platform/forms/sizes.ts';
import { inTurn } from '#lib/platform/forms/upload.server.ts';
import { openServices, type Services } from '#lib/platform/services.server.ts';
import { directionOf, isLocale, preferredLocale } from '#lib/platform/i18n/locale.ts';
import { openReader, type Reader } from '#lib/platform/reader/reader.server.ts';
import { ownTurn } from '#lib/platform/reader/turn.ts';
import { inBackground, log } from '#lib/platform/log/log.ts';
import { browserCookie, readBrowser } from '#lib/platform/login/known-browser.ts';
import { guardAgainstSetBack } from '#lib/platform/login/set-back.ts';
import { cookieName, findActor, proveLogin, type Proof } from '#lib/platform/login/sessions.ts';
import { startBackground } from './background.server.ts';
import { localeOf, speakingIn, withScriptsIn } from './language.server.ts';
import { POLICY } from './policy.ts';
import { READS } from './reads.server.ts';
import { readsFor } from './reading.server.ts';
import {
	forbidden,
	plain,
	refused,
	requestIdOf,
	sendTo,
	tooLarge,
	toLogin,
	tooOften,
	unavailable
} from './refusals.server.ts';
import { childCookie, LANGUAGE_COOKIE } from './routes/(child)/cookie.ts';
import { ballotOf } from './routes/(child)/s/code.server.ts';

/** Sources are shipped with the app, and Node reads them as they are. */
const READER = fromRoot('src/reader-thread.ts');
/** When to come back after an answer of 503, in seconds. */
const BUSY_SECONDS = '5';

type Resolve = Parameters<Handle>[0]['resolve'];

let services: Services;
let reader: Reader<typeof READS>;
let mayBelieveLogins: () => Promise<boolean>;

export const init: ServerInit = async () => {
	services = openServices(process.env);
	log.level = services.config.logLevel; // the built app has a log of its own
	reader = openReader(services, READS, READER);
	mayBelieveLogins = await guardAgainstSetBack(services.db, services.clock);
	const stopBackground = await startBackground(services);
	process.once('sveltekit:shutdown', () =>
		inBackground('closing the database', async () => {
			await Promise.all([stopBackground(), reader.close()]);
			await services.db.destroy();
		})
	);
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
	const { db, ring } = services;
	const now = services.clock();
	const { proof, actor, fault } = await whoAsks(event, now);
	const { id: routeId } = event.route;
	const asked = { routeId, method: event.request.method, action: actionOf(event.url) };
	const scope = actor && scopeOf(actor, permissionFor(POLICY, asked));
	const chosen = [
		event.url.searchParams.get('lang'),
		event.cookies.get(LANGUAGE_COOKIE),
		actor?.locale
	].find(isLocale);
	const locale = chosen ?? preferredLocale(event.request.headers.get('accept-language'));
	event.locals = {
		services,
		now,
		actor,
		locale,
		wording: undefined,
		requestId: requestIdOf(event),
		ctx: actor && scope ? { db, ring, actor, scope, now } : undefined,
		read: readsFor(reader, event),
		kept: undefined,
		typed: undefined,
		fault,
		isOverLimit: false,
		sentAgain: undefined
	};
	return speakingIn(event.locals, async () => {
		const refusal = await refuse(event, proof);
		if (refusal) return leavingNothingBehind(event, refusal);
		event.locals.kept = await keptFor(event);
		const draw = () => drawIn(event, resolve);
		if (actor) await ownTurn();
		const response = await (actor ? inTurn(event.request, actor.accountId, draw) : draw());
		if (response.status < 400) await forgetSentAgain(event);
		const answered = withStatusOfFault(event, response);
		if (answered.status === 503) answered.headers.set('retry-after', BUSY_SECONDS);
		return leavingNothingBehind(event, answered);
	});
}

/** The page in the language its load has settled on, with scripts that speak it. */
async function drawIn(event: RequestEvent, resolve: Resolve): Promise<Response> {
	const { locals } = event;
	const response = await resolve(event, {
		transformPageChunk: ({ html }) =>
			withScriptsIn(locals.locale, html)
				.replace('%halqa.lang%', locals.locale)
				.replace('%halqa.dir%', directionOf(locals.locale))
				.replace('%halqa.theme%', locals.actor?.theme ?? 'auto')
	});
	const link = response.headers.get('link');
	if (link) response.headers.set('link', withScriptsIn(locals.locale, link));
	return response;
}

/** Who asks. Nobody, when the database cannot say: what is open to anyone stays open. */
async function whoAsks({ cookies }: RequestEvent, now: number) {
	const { config, db, ring } = services;
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
	return speakingIn({ locale: localeOf(event) }, () => ({
		message: status === 404 ? m.error_not_found() : status >= 500 ? m.error_unexpected() : message,
		id
	}));
};

/**
 * Chromium keeps even `no-store` pages for its *Back*, until a cookie they would be sent with changes. So
 * every answer to a child changes one: *Back* asks again, and shows nothing a child before wrote or wanted.
 * A page that says that something failed carries what was sent, and is put away like any other; whom to call stays.
 */
function leavingNothingBehind(
	{ cookies, params, route }: RequestEvent,
	response: Response
): Response {
	const entry = POLICY[route.id as keyof typeof POLICY];
	if (!entry || entry === 'folder' || entry.rate !== 'child') return response;
	const fresh = crypto.randomUUID().slice(0, 8);
	const line = cookies.serialize('halqa_page', fresh, childCookie(services.config.origin));
	response.headers.append('set-cookie', line);
	const carries = response.status >= 500 && !route.id?.endsWith('/help');
	if (carries && !response.headers.has('refresh'))
		response.headers.set('refresh', `120; url=/s/${encodeURIComponent(params['code'] ?? '')}`);
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
	if (decision === 'set up a code')
		return toLogin('/login/phone', event, actorOf(event.locals).accountId);
	if (decision === 'forbidden') return forbidden(event);
	if (decision === 'method') return plain(405, m.error_not_found(), { allow: 'GET, HEAD, POST' });
}

/** A device that proves not to be a stranger's is counted apart from whoever shares its address. */
function deviceOf(event: RequestEvent): string | undefined {
	const { ring, config } = services;
	const cookie = event.cookies.get(browserCookie(config.origin));
	return ballotOf(event) ?? readBrowser(ring, cookie)?.id;
}

async function keptFor(event: RequestEvent) {
	const id = event.url.searchParams.get('kept');
	const { actor } = event.locals;
	if (!id || !actor || event.request.method === 'POST') return undefined;
	const { db, ring } = event.locals.services;
	return findKeptForm(db, ring, { id, accountId: actor.accountId, path: event.url.pathname });
}

/** A kept form is forgotten only now that what it asked for is done: a failure before leaves it. */
async function forgetSentAgain({ locals }: RequestEvent): Promise<void> {
	const { actor, services, sentAgain } = locals;
	if (!sentAgain || !actor) return;
	await unlessFull(() => dropKeptForm(services.db, actor.accountId, sentAgain), undefined);
}
