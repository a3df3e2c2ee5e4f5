import { timingSafeEqual } from 'node:crypto';
import { error, type RequestEvent } from '@sveltejs/kit';
import {
	findOpenSession,
	findSessionOfDay,
	guessSession,
	type Answering
} from '#lib/features/feedback/answering.commands.server.ts';
import { readCode } from '#lib/features/feedback/codes.queries.server.ts';
import type { OpenSession } from '#lib/features/feedback/types.ts';
import { wordingBeforeCode, wordingOf } from '#lib/features/wording/queries.server.ts';
import { say } from '#lib/features/wording/say.words.ts';
import type { Wording } from '#lib/features/wording/types.ts';
import { askerOf } from '#lib/platform/access/asker.ts';
import { LineFull } from '#lib/platform/access/line.ts';
import { blindIndex, type KeyRing } from '#lib/platform/crypto/keyring.ts';
import { isLocale, type Locale } from '#lib/platform/i18n/locale.ts';
import { childCookie, LANGUAGE_COOKIE } from '../cookie.ts';

const COOKIE = 'halqa_ballot';
const ASKED = 'halqa_asked';
/** Long enough to come to the next page on a slow line. */
const ASKED_SECONDS = 60;

/** What somebody with a code finds. */
export type CodeAccess =
	| { state: 'open'; answering: Answering; open: OpenSession; ballotId: string | null }
	/** Shut to whom it was open before; on its day they may still ask to talk to someone there. */
	| { state: 'over'; session: OpenSession | null }
	/** Shut: one answer for all other codes. */
	| { state: 'not_open' | 'too_often' };

type Shut = Exclude<CodeAccess, { state: 'open' }>;
type Device = Pick<RequestEvent, 'cookies' | 'locals'>;
type Speaking = Pick<OpenSession, 'language' | 'wording'>;
type Visit = Device &
	Pick<RequestEvent, 'getClientAddress' | 'url'> & {
		params: { code: string };
	};

/**
 * Tries a code. Whoever holds a ballot of it goes in without being counted, so that a neighbour who
 * guesses at codes from the same address disturbs nobody; anyone else waits for their turn where too many
 * guesses were wrong. `waits` false is for pages that have something to say without the session.
 */
export async function lookUpCode(visit: Visit, { waits = true } = {}): Promise<CodeAccess> {
	const { services, now, isOverLimit } = visit.locals;
	if (isOverLimit) return { state: 'too_often' };
	const answering = { db: services.db, ring: services.ring, now };
	const code = readCode(visit.params.code);
	if (!code) return { state: 'not_open' };
	const ballotId = ballotIn(visit.cookies.get(COOKIE), services.ring, code);
	try {
		const open = ballotId
			? await findOpenSession(answering, code)
			: await guessSession(answering, code, { address: askerOf(visit), waits });
		if (open) return { state: 'open', answering, open, ballotId };
	} catch (cause) {
		if (cause instanceof LineFull) return { state: 'too_often' };
		throw cause;
	}
	if (!ballotId) return { state: 'not_open' };
	return { state: 'over', session: await findSessionOfDay(answering, code) };
}

/** The ballot this device holds of the code in the address; null without one. */
export function ballotOf(visit: Pick<Visit, 'cookies' | 'locals'> & { params: { code?: string } }) {
	const code = readCode(visit.params.code ?? '');
	return code && ballotIn(visit.cookies.get(COOKIE), visit.locals.services.ring, code);
}

/** What the forms of a ballot's page are told by, and no more: it opens nothing. Empty for no ballot. */
export function tagOf({ locals }: Device, ballotId: string | null): string {
	return ballotId
		? blindIndex(locals.services.ring, 'feedback.ballot tag', ballotId).slice(0, 12)
		: '';
}

/** Whether a form says that its page is this device's ballot's, or says nothing: a tab may be an earlier child's. */
export function isOfThisBallot(visit: Visit): boolean {
	const tag = visit.url.searchParams.get('of');
	return tag === null || tag === tagOf(visit, ballotOf(visit));
}

/** Answers with the page that says why the door is shut: in the words of the session's section, where it is known. */
export async function refuseCode(
	visit: Visit & Pick<RequestEvent, 'setHeaders'>,
	door: Shut
): Promise<never> {
	const session = 'session' in door ? door.session : null;
	await (session ? speak(visit, session) : speakBeforeCode(visit));
	if (door.state === 'too_often') {
		visit.setHeaders({ 'retry-after': '60' });
		error(429, say('child_too_often'));
	}
	if (door.state === 'over') error(410, say('child_over'));
	error(404, say('child_not_open'));
}

/** Gives this device a ballot of a code, in place of any other it had, until the browser is closed. */
export function giveBallot(visit: Visit, code: string, id: string): void {
	const proof = proofOf(visit.locals.services.ring, code, id);
	visit.cookies.set(COOKIE, `${id}.${proof}`, asOurs(visit));
}

/** Makes this device one that children never answered on: no ballot, no wish, no language. */
export function forgetDevice(visit: Device): void {
	for (const name of [COOKIE, ASKED, LANGUAGE_COOKIE]) visit.cookies.delete(name, asOurs(visit));
}

/** The next child on this device begins in the language of the session. */
export function forgetLanguage(visit: Device): void {
	visit.cookies.delete(LANGUAGE_COOKIE, asOurs(visit));
}

/** Keeps the language somebody asked for until the browser is closed, on every page for children. */
export function keepLanguage(visit: Device, language: string | null | undefined): void {
	if (isLocale(language)) visit.cookies.set(LANGUAGE_COOKIE, language, asOurs(visit));
}

/** Lets the next page say that a wish to talk arrived. In the address it would stay for whoever comes next. */
export function noteAsked(visit: Visit): void {
	visit.cookies.set(ASKED, visit.params.code, { ...asOurs(visit), maxAge: ASKED_SECONDS });
}

/** Whether a wish to talk has just arrived from this device; true once. */
export function takeAsked(visit: Visit): boolean {
	const code = visit.cookies.get(ASKED);
	if (code !== undefined) visit.cookies.delete(ASKED, asOurs(visit));
	return code === visit.params.code;
}

function asOurs({ locals }: Device) {
	return childCookie(locals.services.config.origin);
}

/**
 * Draws the page in the words of a session's section: in the language chosen on this device, else the session's, else
 * English, each only if its children are offered it; else in the first they are.
 */
export async function speak(visit: Visit, { language, wording: of }: Speaking): Promise<void> {
	const wording = await wordingOf(visit.locals.services.db, of);
	speakAs(visit, wording, [chosenBy(visit), language.split('-')[0]?.toLowerCase()]);
}

/** The same where nobody has said whose session it is. */
export async function speakBeforeCode(visit: Device & Pick<RequestEvent, 'url'>): Promise<void> {
	const wording = await wordingBeforeCode(visit.locals.services.db);
	speakAs(visit, wording, [chosenBy(visit), visit.locals.locale]);
}

function speakAs({ locals }: Device, wording: Wording, wished: readonly unknown[]): void {
	const isOffered = (one: unknown): one is Locale => isLocale(one) && wording.offered.includes(one);
	locals.wording = wording;
	locals.locale = [...wished, 'en'].find(isOffered) ?? wording.offered[0]!;
}

function chosenBy({ cookies, url }: Pick<RequestEvent, 'cookies' | 'url'>): string | undefined {
	return [url.searchParams.get('lang'), cookies.get(LANGUAGE_COOKIE)].find(isLocale);
}

/**
 * The ballot a cookie carries, if the code it was given for is this one. An id is never taken into a
 * second session, where it would tell that the same device was at both.
 */
function ballotIn(cookie: string | undefined, ring: KeyRing, code: string): string | null {
	const [id = '', proof = ''] = cookie?.split('.') ?? [];
	const wanted = Buffer.from(proofOf(ring, code, id));
	const given = Buffer.from(proof);
	return given.length === wanted.length && timingSafeEqual(given, wanted) ? id : null;
}

function proofOf(ring: KeyRing, code: string, id: string): string {
	return blindIndex(ring, 'feedback.ballot', `${code} ${id}`).slice(0, 22);
}
