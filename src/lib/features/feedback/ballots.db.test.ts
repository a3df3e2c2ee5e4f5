import { Kysely, type LogEvent } from 'kysely';
import { beforeEach, expect, it } from 'vitest';
import { instantOf } from '#lib/platform/clock/zone.ts';
import { isPostgres, pathOf, type Db } from '#lib/platform/db/open.ts';
import { postgresDialect } from '#lib/platform/db/postgres.ts';
import type { Tables } from '#lib/platform/db/schema.ts';
import { openSqlite, sqliteDialect } from '#lib/platform/db/sqlite.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import { addSession, contextOf } from '#tests/factories/rows.ts';
import { giveAnswer, guessSession, newBallotId, readBallot } from './answering.commands.server.ts';
import { findBallot, NotOpen, Overtaken, storeBallot } from './ballots.commands.server.ts';
import { formFor } from '#lib/features/asking/bank.rules.ts';
import { withAnswer } from './ballot.rules.ts';
import { closeFeedback, openFeedback } from './commands.server.ts';
import type { OpenSession } from './types.ts';

const DATE = '2026-05-05';
const DURING = instantOf(DATE, '15:30', 'Asia/Beirut');

let fresh: FreshDatabase;
let here: Setting;
/** The same database, with every statement written down. */
let watched: Db;
let written: string[];

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	written = [];
	watched = new Kysely<Tables>({
		dialect: isPostgres(fresh.url)
			? postgresDialect(fresh.url)
			: sqliteDialect(openSqlite(pathOf(fresh.url))),
		log: ({ query }: LogEvent) => {
			const [verb] = query.sql.split(' ');
			if (verb !== 'select') written.push(verb!);
		}
	});
	return () => watched.destroy();
});

const child = (db = watched) => ({ db, ring: fresh.ring, now: DURING });

/** A code children may answer for, as they find it who type it. */
async function opened(): Promise<OpenSession> {
	const sessionId = await addSession(fresh, await aCycle(fresh, here), { date: DATE });
	const ctx = contextOf(fresh, here.rana, DURING);
	await openFeedback(ctx, { sessionId }, { once: newId(), locale: 'en' });
	const { code } = await fresh.db
		.selectFrom('feedback_code')
		.select('code')
		.where('session_id', '=', sessionId)
		.executeTakeFirstOrThrow();
	return (await guessSession(child(), code, { address: 'here', waits: true }))!;
}

/** What a child's first answer makes of a ballot that was read. */
async function firstAnswer(open: OpenSession, id = newBallotId()) {
	const before = await findBallot(child(), open, id);
	const form = formFor('6-9', open.length);
	const begun = withAnswer(form, { ...before.ballot, band: '6-9' }, 'again', { answer: 'yes' });
	return { id, store: () => storeBallot(child(), open, before, { ...begun, state: 'open' }) };
}

async function startedCounts(): Promise<number[]> {
	const rows = await fresh.db.selectFrom('feedback_code').select('started_count').execute();
	return rows.map(({ started_count }) => started_count).sort((a, b) => a - b);
}

it('a right code and its first screen write nothing', async () => {
	const open = await opened();
	written = [];
	for (const address of ['here', 'there'])
		expect(await guessSession(child(), open.code, { address, waits: true })).not.toBeNull();
	await readBallot(child(), open, newBallotId());
	expect(written).toEqual([]);
});

it('an answer is one commit, the first and every further one', async () => {
	const open = await opened();
	const id = newBallotId();
	for (const answer of ['yes', 'no'] as const) {
		written = [];
		await giveAnswer(child(), open, id, { item: 'again', given: { answer } });
		expect(written).toEqual(['begin', 'update', 'insert', 'commit']);
	}
	const { ballot } = await findBallot(child(fresh.db), open, id);
	expect(ballot.answers).toEqual({ again: { answer: 'no' } });
});

it('answers of one moment share a commit, those of several codes as well', async () => {
	const sessions = [await opened(), await opened()];
	const children = await Promise.all(
		Array.from({ length: 30 }, (_, nth) => firstAnswer(sessions[nth % 2]!))
	);
	written = [];
	await Promise.all(children.map(({ store }) => store()));
	expect(written).toEqual(['begin', 'update', 'insert', 'update', 'insert', 'commit']);
	expect(await startedCounts()).toEqual([15, 15]);
});

it('more than one commit takes are stored as well', async () => {
	const open = await opened();
	const children = await Promise.all(Array.from({ length: 150 }, () => firstAnswer(open)));
	await Promise.all(children.map(({ store }) => store()));
	expect(await startedCounts()).toEqual([150]);
	expect(await fresh.db.selectFrom('feedback_ballot').select('id').execute()).toHaveLength(150);
});

it('an answer to a code that closed is refused, and nobody else’s with it', async () => {
	const [closed, still] = [await opened(), await opened()];
	const [late, inTime] = [await firstAnswer(closed), await firstAnswer(still)];
	await closeFeedback(
		contextOf(fresh, here.rana, DURING),
		{ sessionId: closed.sessionId },
		{ once: newId(), locale: 'en' }
	);
	const [refused] = await Promise.allSettled([late.store(), inTime.store()]);
	expect(refused).toMatchObject({ status: 'rejected', reason: expect.any(NotOpen) });
	expect(await fresh.db.selectFrom('feedback_ballot').select('id').execute()).toEqual([
		{ id: inTime.id }
	]);
	expect(await startedCounts()).toEqual([0, 1]);
});

it('of two answers from one reading the later one is told so; those beside them are stored once', async () => {
	const open = await opened();
	const [own, again, another] = await Promise.all([
		firstAnswer(open, '9d8a4fd0-6c3c-4b61-9f0e-3f7f3f6f0001'),
		firstAnswer(open, '9d8a4fd0-6c3c-4b61-9f0e-3f7f3f6f0001'),
		firstAnswer(open)
	]);
	const went = await Promise.allSettled([own.store(), again.store(), another.store()]);
	expect(went.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
	expect(went[1]).toMatchObject({ reason: expect.any(Overtaken) });
	expect(await startedCounts()).toEqual([2]);
});

it('an answer overtaken by another process undoes none that share its commit', async () => {
	const open = await opened();
	const own = await firstAnswer(open);
	const another = await firstAnswer(open);
	await giveAnswer(child(fresh.db), open, own.id, { item: 'again', given: { answer: 'no' } });
	const [overtaken] = await Promise.allSettled([own.store(), another.store()]);
	expect(overtaken).toMatchObject({ status: 'rejected', reason: expect.any(Overtaken) });
	expect(await startedCounts()).toEqual([2]);
	const { ballot } = await findBallot(child(), open, own.id);
	expect(ballot.answers).toEqual({ again: { answer: 'no' } });
});
