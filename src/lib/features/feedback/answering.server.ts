import { randomUUID } from 'node:crypto';
import { audienceOfSession } from '#lib/features/sessions/audience.server.ts';
import { Guesses } from '#lib/platform/access/guesses.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import type { KeyRing } from '#lib/platform/crypto/keyring.ts';
import type { Db } from '#lib/platform/db/open.ts';
import { openAccountName } from '#lib/platform/login/accounts.ts';
import { back, isFinal, newBallot, started, withAnswer, withBand } from './ballot.ts';
import { formFor, type Band, type Item } from './bank.ts';
import { readCode } from './codes.ts';
import { openBallot, sealBallot } from './counting.server.ts';
import { memberAges } from './members.server.ts';
import { agesFor, agesMeant, answeringTime, bandsFor } from './rules.ts';
import type { Ballot, Given, OpenSession } from './types.ts';

/** What answering needs; there is nobody logged in, the code is all that opens a session. */
export interface Answering {
	db: Db;
	ring: KeyRing;
	/** UTC milliseconds. */
	now: number;
}

/** The code closed, or its day ended, while a child was answering. What was sent before is counted. */
export class NotOpen extends Error {}

/** Another request wrote first; read again. */
class Overtaken extends Error {}

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
	{ db, ring, now }: Answering,
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
			'code.fresh_on',
			audienceOfSession.as('audience'),
			'cohort.age_from',
			'cohort.age_to',
			'section.country',
			'section.locale',
			'plan.picture'
		])
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
	const adults = await db
		.selectFrom('session_facilitator as with')
		.innerJoin('account', 'account.id', 'with.account_id')
		.select(['account.id', 'account.name_sealed'])
		.where('with.session_id', '=', row.id)
		.execute();
	return {
		codeId: row.code_id,
		sessionId: row.id,
		sectionId: row.section_id,
		country: row.country,
		date: row.date,
		isToday: row.date === dateIn(row.zone, now),
		code,
		length: row.length,
		language: row.locale,
		bands,
		band,
		picture: row.picture,
		adults: adults.map((adult) => openAccountName(ring, adult)).sort(new Intl.Collator().compare)
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
	{ db, ring }: Answering,
	open: OpenSession,
	id: string
): Promise<Ballot> {
	return (await findBallot(db, ring, open, id))?.ballot ?? newBallot(open);
}

/** Stores an answer and goes on. An answer the form does not offer changes nothing. */
export function giveAnswer(
	answering: Answering,
	open: OpenSession,
	id: string,
	{ item, given }: { item: Item; given: Given }
): Promise<Ballot> {
	return change(answering, open, id, (ballot) =>
		ballot.band ? withAnswer(formFor(ballot.band, open.length), ballot, item, given) : ballot
	);
}

/** From the welcome to the first question. */
export function goOn(answering: Answering, open: OpenSession, id: string): Promise<Ballot> {
	return change(answering, open, id, started);
}

export function goBack(answering: Answering, open: OpenSession, id: string): Promise<Ballot> {
	return change(answering, open, id, back);
}

/** The form for others, of those the code offers; one it does not offer changes nothing. */
export function chooseBand(
	answering: Answering,
	open: OpenSession,
	id: string,
	band: Band
): Promise<Ballot> {
	return change(answering, open, id, (ballot) =>
		open.bands.includes(band) ? withBand(ballot, band) : ballot
	);
}

/** Gives the ballot; it cannot be changed any more. One without a single answer is withdrawn instead. */
export function sendBallot(answering: Answering, open: OpenSession, id: string): Promise<Ballot> {
	return change(answering, open, id, (ballot) =>
		Object.keys(ballot.answers).length === 0 ? withdrawn(ballot) : { ...ballot, state: 'sent' }
	);
}

/** Deletes what the ballot says. */
export function withdrawBallot(
	answering: Answering,
	open: OpenSession,
	id: string
): Promise<Ballot> {
	return change(answering, open, id, withdrawn);
}

function withdrawn(ballot: Ballot): Ballot {
	return { ...ballot, state: 'withdrawn', answers: {} };
}

/**
 * Stores what a step makes of the ballot; a sent or withdrawn one stays as it is. Two requests at once
 * are taken one after the other. Throws `NotOpen` when the code closed meanwhile.
 */
async function change(
	{ db, ring }: Answering,
	open: OpenSession,
	id: string,
	step: (ballot: Ballot) => Ballot
): Promise<Ballot> {
	for (let attempt = 0; attempt < TRIES; attempt += 1) {
		const stored = await findBallot(db, ring, open, id);
		const before = stored?.ballot ?? newBallot(open);
		if (isFinal(before)) return before;
		const after = step(before);
		const ballot: Ballot = after.state === 'new' ? { ...after, state: 'open' } : after;
		const begins = ballot.begun && !before.begun;
		const isStored = await unlessOvertaken(db, async (trx) => {
			if (!stored || begins) await takeCode(trx, open, begins);
			return stored
				? update(trx, ring, open, { id, ballot, version: stored.version })
				: insert(trx, ring, open, { id, ballot });
		});
		if (isStored) return ballot;
	}
	throw new Error('a ballot was changed by too many requests at once');
}

/** Runs a write in a transaction and undoes it all when it answers false: another request was first. */
async function unlessOvertaken(db: Db, write: (trx: Db) => Promise<boolean>): Promise<boolean> {
	try {
		await db.transaction().execute(async (trx) => {
			if (!(await write(trx))) throw new Overtaken();
		});
		return true;
	} catch (error) {
		if (error instanceof Overtaken) return false;
		throw error;
	}
}

async function findBallot(db: Db, ring: KeyRing, open: OpenSession, id: string) {
	const row = await db
		.selectFrom('feedback_ballot')
		.selectAll()
		.where('code_id', '=', open.codeId)
		.where('id', '=', id)
		.executeTakeFirst();
	if (!row) return undefined;
	const ballot: Ballot = { state: row.state, ...openBallot(ring, row) };
	return { ballot, version: row.version };
}

/** Waits for a close that is under way, and counts a ballot that begins. */
async function takeCode(trx: Db, { codeId }: OpenSession, begins: boolean): Promise<void> {
	const { numUpdatedRows } = await trx
		.updateTable('feedback_code')
		.set((eb) => ({ started_count: eb('started_count', '+', begins ? 1 : 0) }))
		.where('id', '=', codeId)
		.where('closed_at', 'is', null)
		.executeTakeFirst();
	if (!numUpdatedRows) throw new NotOpen();
}

async function insert(
	trx: Db,
	ring: KeyRing,
	{ codeId, sectionId }: OpenSession,
	{ id, ballot }: { id: string; ballot: Ballot }
): Promise<boolean> {
	const { numInsertedOrUpdatedRows } = await trx
		.insertInto('feedback_ballot')
		.values({
			code_id: codeId,
			id,
			section_id: sectionId,
			state: stored(ballot.state),
			answers_sealed: sealBallot(ring, id, ballot),
			version: 1
		})
		.onConflict((conflict) => conflict.columns(['code_id', 'id']).doNothing())
		.executeTakeFirst();
	return numInsertedOrUpdatedRows === 1n;
}

/** False when another request changed the ballot since it was read, or it is gone. */
async function update(
	trx: Db,
	ring: KeyRing,
	{ codeId }: OpenSession,
	{ id, ballot, version }: { id: string; ballot: Ballot; version: number }
): Promise<boolean> {
	const { numUpdatedRows } = await trx
		.updateTable('feedback_ballot')
		.set({
			state: stored(ballot.state),
			answers_sealed: sealBallot(ring, id, ballot),
			version: version + 1
		})
		.where('code_id', '=', codeId)
		.where('id', '=', id)
		.where('version', '=', version)
		.executeTakeFirst();
	return numUpdatedRows === 1n;
}

function stored(state: Ballot['state']): Exclude<Ballot['state'], 'new'> {
	return state === 'new' ? 'open' : state;
}
