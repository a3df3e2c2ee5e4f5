import { randomUUID } from 'node:crypto';
import { askedIn } from '#lib/features/asking/queries.server.ts';
import { audienceOfSession } from '#lib/features/counts/queries.server.ts';
import { Guesses } from '#lib/platform/access/guesses.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import type { KeyRing } from '#lib/platform/crypto/keyring.ts';
import type { Db } from '#lib/platform/db/open.ts';
import { back, formOf, isFinal, started, withAnswer, withBand } from './ballot.rules.ts';
import type { Band, Item } from '#lib/features/asking/bank.rules.ts';
import { findBallot, Overtaken, storeBallot, type KnownBallot } from './ballots.commands.server.ts';
import { readCode } from './codes.queries.server.ts';
import { memberAges } from './members.queries.server.ts';
import { agesFor, agesMeant, answeringTime, bandsFor } from './rules.ts';
import type { Ballot, Given, OpenSession } from './types.ts';

/** What answering needs; there is nobody logged in, the code is all that opens a session. */
export interface Answering {
	db: Db;
	ring: KeyRing;
	/** UTC milliseconds. */
	now: number;
}

/** A child's own ballot: by its id, or as it was read just now. */
export type OwnBallot = string | KnownBallot;

/** A centre's tablets share one address: enough for slips of the thumb, far too few to find a code. */
const GUESSES = new Guesses(
	{ name: 'session code', withinMs: 10 * 60_000, most: 60 },
	{ mostOfAll: 600, paceMs: 2000, paceOfAllMs: 1000 }
);
/** A ballot changed by two requests at once is read again so often. */
const TRIES = 5;
const BALLOT_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * The session of a code that somebody at this address tries, once it is their turn: wrong ones are counted, and an
 * address that has guessed too often is slowed. A right one costs nothing. Throws `LineFull` when too many wait, or
 * at once for who `waits` not.
 */
export function guessSession(
	answering: Answering,
	typed: string,
	{ address, waits }: { address: string; waits: boolean }
): Promise<OpenSession | null> {
	return GUESSES.guess(answering, address, () => findOpenSession(answering, typed), { waits });
}

/**
 * The session children may answer for now under a code as typed. Null for every other code: unknown,
 * closed, not yet open and cancelled are not told apart.
 */
export function findOpenSession(answering: Answering, typed: string): Promise<OpenSession | null> {
	return find(answering, typed, false);
}

/** The same until the session's day ends, its code closed or not: who was in may still ask to talk. */
export function findSessionOfDay(answering: Answering, typed: string): Promise<OpenSession | null> {
	return find(answering, typed, true);
}

async function find(
	{ db, now }: Answering,
	typed: string,
	isClosedToo: boolean
): Promise<OpenSession | null> {
	const code = readCode(typed);
	if (!code) return null;
	const row = await db
		.selectFrom('feedback_code as code')
		.innerJoin('session', 'session.id', 'code.session_id')
		.leftJoin('session_plan as plan', 'plan.id', 'session.session_plan_id')
		.leftJoin('cohort', 'cohort.id', 'session.cohort_id')
		.innerJoin('section', 'section.id', 'session.section_id')
		.leftJoin('wording', 'wording.section_id', 'section.id')
		.leftJoin('asked_version as asked', 'asked.id', 'code.asked_version_id')
		.select([
			'session.id',
			'session.section_id',
			'session.status',
			'session.on_date as date',
			'session.start_time as time',
			'session.zone',
			'code.id as code_id',
			'code.code',
			'code.audience as code_audience',
			'code.length',
			'code.asks_words',
			'session.centre_id',
			'code.fresh_on',
			audienceOfSession.as('audience'),
			'cohort.age_from',
			'cohort.age_to',
			'section.country',
			'section.locale',
			'section.is_example',
			'wording.version as wording_version',
			'plan.picture',
			'asked.id as asked_id',
			'asked.number as asked_number',
			'asked.content'
		])
		.where('code.is_paper', '=', 0)
		.where((eb) =>
			eb.or([
				eb('code.code', '=', code),
				...(isClosedToo ? [eb('code.first_code', '=', code)] : [])
			])
		)
		.$if(!isClosedToo, (query) => query.where('code.closed_at', 'is', null))
		.executeTakeFirst();
	const freshOn = row?.code === code ? row.fresh_on : null;
	if (!row || answeringTime({ ...row, freshOn }, now) !== 'now') return null;
	const members = (await memberAges(db, [row.id])).get(row.id) ?? [];
	const { bands, band } = bandsFor(agesFor(members, row.code_audience), agesMeant(row));
	if (bands.length === 0) return null;
	return {
		codeId: row.code_id,
		sessionId: row.id,
		sectionId: row.section_id,
		country: row.country,
		date: row.date,
		isToday: row.date === dateIn(row.zone, now),
		code,
		length: row.length,
		asksWords: row.asks_words === 1,
		asked: askedIn(row),
		centreId: row.centre_id,
		zone: row.zone,
		language: row.locale,
		wording: {
			sectionId: row.section_id,
			version: row.wording_version ?? 0,
			isExample: row.is_example === 1
		},
		bands,
		band,
		picture: row.picture
	};
}

/** A random id for a ballot: it is a child's cookie, and holds no time. */
export function newBallotId(): string {
	return randomUUID();
}

export function isBallotId(text: string): boolean {
	return BALLOT_ID.test(text);
}

/** The ballot under an id; a new one when nothing is stored for it. */
export async function readBallot(
	answering: Answering,
	open: OpenSession,
	own: OwnBallot
): Promise<Ballot> {
	return (await known(answering, open, own)).ballot;
}

/** Stores an answer and goes on. An answer the form does not offer changes nothing. */
export function giveAnswer(
	answering: Answering,
	open: OpenSession,
	own: OwnBallot,
	{ item, given }: { item: Item; given: Given }
): Promise<Ballot> {
	return change(answering, open, own, (ballot) =>
		ballot.band ? withAnswer(formOf(open, ballot.band), ballot, item, given) : ballot
	);
}

/** From the welcome to the first question. */
export function goOn(answering: Answering, open: OpenSession, own: OwnBallot): Promise<Ballot> {
	return change(answering, open, own, started);
}

export function goBack(answering: Answering, open: OpenSession, own: OwnBallot): Promise<Ballot> {
	return change(answering, open, own, back);
}

/** The form for others, of those the code offers; one it does not offer changes nothing. */
export function chooseBand(
	answering: Answering,
	open: OpenSession,
	own: OwnBallot,
	band: Band
): Promise<Ballot> {
	return change(answering, open, own, (ballot) =>
		open.bands.includes(band) ? withBand(ballot, band) : ballot
	);
}

/** Gives the ballot; it cannot be changed any more. One without a single answer is withdrawn instead. */
export function sendBallot(
	answering: Answering,
	open: OpenSession,
	own: OwnBallot
): Promise<Ballot> {
	return change(answering, open, own, (ballot) =>
		Object.keys(ballot.answers).length === 0 ? withdrawn(ballot) : { ...ballot, state: 'sent' }
	);
}

/** Deletes what the ballot says. */
export function withdrawBallot(
	answering: Answering,
	open: OpenSession,
	own: OwnBallot
): Promise<Ballot> {
	return change(answering, open, own, withdrawn);
}

function withdrawn(ballot: Ballot): Ballot {
	return { ...ballot, state: 'withdrawn', answers: {} };
}

/**
 * Stores what a step makes of the ballot; a sent or withdrawn one stays as it is. Two requests at once
 * are taken one after the other. Throws `NotOpen` when the code closed meanwhile.
 */
async function change(
	answering: Answering,
	open: OpenSession,
	own: OwnBallot,
	step: (ballot: Ballot) => Ballot
): Promise<Ballot> {
	let before = await known(answering, open, own);
	for (let attempt = 0; attempt < TRIES; attempt += 1) {
		if (isFinal(before.ballot)) return before.ballot;
		const after = step(before.ballot);
		const ballot: Ballot = after.state === 'new' ? { ...after, state: 'open' } : after;
		try {
			await storeBallot(answering, open, before, ballot);
			return ballot;
		} catch (error) {
			if (!(error instanceof Overtaken)) throw error;
			before = await findBallot(answering, open, before.id);
		}
	}
	throw new Error('a ballot was changed by too many requests at once');
}

async function known(
	answering: Answering,
	open: OpenSession,
	own: OwnBallot
): Promise<KnownBallot> {
	return typeof own === 'string' ? findBallot(answering, open, own) : own;
}
