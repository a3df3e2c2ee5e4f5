import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { instantOf } from '#lib/platform/clock/zone.ts';
import { seal } from '#lib/platform/crypto/sealed.ts';
import { isPostgres } from '#lib/platform/db/open.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import { addReader } from '#tests/factories/readers.ts';
import { addCohort, addSession, contextOf, type Account } from '#tests/factories/rows.ts';
import {
	chooseBand,
	findOpenSession,
	giveAnswer,
	goBack,
	guessSession,
	newBallotId,
	readBallot,
	sendBallot,
	withdrawBallot
} from './answering.commands.server.ts';
import { NotOpen } from './ballots.commands.server.ts';
import { closeFeedback, openFeedback } from './commands.server.ts';
import { countOverdueCodes } from './overdue.commands.server.ts';
import { findCodeState } from './code-states.queries.server.ts';
import type { OpenSession } from './types.ts';

const DATE = '2026-05-05';
const at = (time: string, date = DATE) => instantOf(date, time, 'Asia/Beirut');
const DURING = at('15:30');

let fresh: FreshDatabase;
let here: Setting;
let sessionId: string;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	const cycle = await aCycle(fresh, here);
	sessionId = await addSession(fresh, cycle, { date: DATE });
	for (const date of ['2026-05-07', '2026-05-12', '2026-05-14', '2026-05-19'])
		await addSession(fresh, cycle, { date });
});

async function open(given: { as?: Account; now?: number; session?: string; once?: string } = {}) {
	const outcome = await openFeedback(
		contextOf(fresh, given.as ?? here.rana, given.now ?? DURING),
		{ sessionId: given.session ?? sessionId },
		{ once: given.once ?? newId(), locale: 'en' }
	);
	return outcome.ok ? 'opened' : outcome.refusal.reason;
}

async function close(given: { as?: Account; now?: number } = {}) {
	const outcome = await closeFeedback(
		contextOf(fresh, given.as ?? here.rana, given.now ?? DURING),
		{ sessionId },
		{ once: newId(), locale: 'en' }
	);
	return outcome.ok ? 'closed' : outcome.refusal.reason;
}

const child = (now = DURING) => ({ db: fresh.db, ring: fresh.ring, now });

async function codeOf(id = sessionId): Promise<string> {
	const { code } = await fresh.db
		.selectFrom('feedback_code')
		.select('code')
		.where('session_id', '=', id)
		.executeTakeFirstOrThrow();
	return code;
}

async function opened(): Promise<OpenSession> {
	await open();
	return (await findOpenSession(child(), await codeOf()))!;
}

/** Answers both questions of the youngest and sends. */
async function answerAll(session: OpenSession, id: string, answer: 'yes' | 'no' = 'yes') {
	await giveAnswer(child(), session, id, { item: 'again', given: { answer } });
	await giveAnswer(child(), session, id, { item: 'safe', given: { answer } });
	return sendBallot(child(), session, id);
}

function rowsOf(table: 'feedback_ballot' | 'feedback_count' | 'feedback_words') {
	return fresh.db.selectFrom(table).selectAll().execute();
}

async function startedCount(): Promise<number> {
	const row = await fresh.db.selectFrom('feedback_code').select('started_count').execute();
	return row[0]!.started_count;
}

describe('opening a code', () => {
	it.each([
		['before the session starts', at('14:59'), 'too_early'],
		['as it starts', at('15:00'), 'opened'],
		['in the last minute of its day', at('23:59'), 'opened'],
		['the day after', at('00:00', '2026-05-06'), 'over']
	])('%s', async (_, now, answer) => expect(await open({ now })).toBe(answer));

	it('is refused for a cancelled session, and for one out of reach', async () => {
		const elsewhere = await aSetting(fresh, { sectionId: here.sectionId });
		expect(await open({ as: elsewhere.rana })).toBe('not_found');
		await fresh.db.updateTable('session').set({ status: 'cancelled' }).execute();
		expect(await open()).toBe('cancelled');
	});

	it('is refused where nobody is six or older', async () => {
		const cohortId = await addCohort(fresh, here, {
			age_from: 3,
			age_to: 5,
			facilitators: [here.rana]
		});
		const cycle = await aCycle(fresh, here, cohortId);
		const session = await addSession(fresh, cycle, { date: DATE });
		expect(await open({ session })).toBe('no_form');
	});

	it('twice at once gives one code; the same form sent twice opens once', async () => {
		const answers = await Promise.all([open(), open({ as: here.karim }), open()]);
		expect(answers.toSorted()).toEqual(['already_open', 'already_open', 'opened']);
		const once = newId();
		const next = await addSession(fresh, await aCycle(fresh, here), { date: DATE, time: '09:00' });
		expect(await open({ session: next, once })).toBe('opened');
		expect(await open({ session: next, once })).toBe('opened');
	});

	it('gives the full form in the middle of a cycle, the pulse otherwise', async () => {
		const sessions = await fresh.db
			.selectFrom('session')
			.select(['id', 'position', 'on_date'])
			.orderBy('position')
			.execute();
		const lengths = [];
		for (const { id, on_date } of sessions) {
			await open({ session: id, now: at('15:30', on_date) });
			const state = await findCodeState(contextOf(fresh, here.rana, at('15:30', on_date)), id);
			lengths.push(state?.state === 'open' && state.length);
		}
		expect(lengths).toEqual(['pulse', 'pulse', 'full', 'pulse', 'full']);
	});
});

describe('a code', () => {
	it('opens its session to children however it is typed, with its language and band', async () => {
		await open();
		const code = await codeOf();
		const found = await findOpenSession(child(), ` ${code.slice(0, 4)}-${code.slice(4)}`);
		expect(found).toMatchObject({ sessionId, code, language: 'ar', band: '6-9', length: 'pulse' });
	});

	it('is not told apart from none when it is closed, over, or its session cancelled', async () => {
		await open();
		const code = await codeOf();
		expect(await findOpenSession(child(), '00000000')).toBeNull();
		expect(await findOpenSession(child(at('00:00', '2026-05-06')), code)).toBeNull();
		await fresh.db.updateTable('session').set({ status: 'cancelled' }).execute();
		expect(await findOpenSession(child(), code)).toBeNull();
		await fresh.db.updateTable('session').set({ status: 'planned' }).execute();
		expect(await findOpenSession(child(), code)).not.toBeNull();
		await close();
		expect(await findOpenSession(child(), code)).toBeNull();
	});

	it('that is right is found without a write, by as many as come', async () => {
		const { code } = await opened();
		const from = { address: '10.0.0.1', waits: false };
		for (let nth = 0; nth < 100; nth += 1)
			expect(await guessSession(child(), code, from)).toMatchObject({ code });
		expect(await fresh.db.selectFrom('login_attempt').selectAll().execute()).toEqual([]);
	});
});

describe('a ballot', () => {
	it('is not stored before something is given, then screen by screen', async () => {
		const session = await opened();
		const id = newBallotId();
		expect(await readBallot(child(), session, id)).toMatchObject({ state: 'new', at: 0 });
		expect(await rowsOf('feedback_ballot')).toEqual([]);
		await giveAnswer(child(), session, id, { item: 'again', given: { answer: 'no' } });
		expect(await readBallot(child(), session, id)).toMatchObject({
			state: 'open',
			at: 1,
			answers: { again: { answer: 'no' } }
		});
		expect(await goBack(child(), session, id)).toMatchObject({ at: 0 });
	});

	it('is taken as it was sent: later answers, deleting and sending again change nothing', async () => {
		const session = await opened();
		const id = newBallotId();
		const sent = await answerAll(session, id);
		expect(sent.state).toBe('sent');
		const late = { item: 'again' as const, given: { answer: 'no' as const } };
		expect(await giveAnswer(child(), session, id, late)).toEqual(sent);
		expect(await withdrawBallot(child(), session, id)).toEqual(sent);
		expect(await sendBallot(child(), session, id)).toEqual(sent);
	});

	it('that is deleted holds nothing any more and is not counted', async () => {
		const session = await opened();
		const id = newBallotId();
		await giveAnswer(child(), session, id, { item: 'again', given: { answer: 'no' } });
		expect(await withdrawBallot(child(), session, id)).toMatchObject({
			state: 'withdrawn',
			answers: {}
		});
		await close();
		expect(await rowsOf('feedback_count')).toEqual([]);
	});

	it('without an answer is not given', async () => {
		const session = await opened();
		expect((await sendBallot(child(), session, newBallotId())).state).toBe('withdrawn');
		expect(await startedCount()).toBe(0);
	});

	it('counts as begun once, with its first answer, whatever else is chosen', async () => {
		const session = await opened();
		const id = newBallotId();
		await chooseBand(child(), session, id, '6-9');
		expect(await startedCount()).toBe(0);
		await answerAll(session, id);
		expect(await startedCount()).toBe(1);
	});

	it('counts as begun once, however often another form is taken', async () => {
		const session = await opened();
		const id = newBallotId();
		const given = { answer: 'skipped' as const };
		for (const band of ['10-13', '6-9', '14-17', '6-9'] as const) {
			await chooseBand(child(), session, id, band);
			await giveAnswer(child(), session, id, { item: 'safe', given });
		}
		expect(await startedCount()).toBe(1);
	});

	it('is as long at rest whatever it says', async () => {
		const session = await opened();
		const lengths = new Set();
		for (const answer of ['yes', 'no', 'maybe', 'skipped', 'dont_know'] as const) {
			await giveAnswer(child(), session, newBallotId(), { item: 'again', given: { answer } });
		}
		const rows = (await rowsOf('feedback_ballot')) as { answers_sealed: unknown }[];
		for (const { answers_sealed } of rows) lengths.add(String(answers_sealed).length);
		expect(rows).toHaveLength(5);
		expect(lengths.size).toBe(1);
	});

	it('from two tabs at once loses no answer and begins once', async () => {
		const session = await opened();
		const id = newBallotId();
		await Promise.all([
			giveAnswer(child(), session, id, { item: 'again', given: { answer: 'no' } }),
			giveAnswer(child(), session, id, { item: 'safe', given: { answer: 'yes' } })
		]);
		const { answers } = await readBallot(child(), session, id);
		expect(answers).toEqual({ again: { answer: 'no' }, safe: { answer: 'yes' } });
		expect(await startedCount()).toBe(1);
	});

	it('cannot be changed once the code has closed', async () => {
		const session = await opened();
		const id = newBallotId();
		const again = { item: 'again' as const, given: { answer: 'no' as const } };
		await giveAnswer(child(), session, id, again);
		await close();
		await expect(giveAnswer(child(), session, id, again)).rejects.toThrow(NotOpen);
		await expect(giveAnswer(child(), session, newBallotId(), again)).rejects.toThrow(NotOpen);
	});
});

describe('closing a code', () => {
	it('counts what was sent and destroys every ballot', async () => {
		const session = await opened();
		await answerAll(session, newBallotId());
		await answerAll(session, newBallotId(), 'no');
		const stopped = newBallotId();
		await giveAnswer(child(), session, stopped, { item: 'again', given: { answer: 'skipped' } });
		await sendBallot(child(), session, stopped);
		const left = newBallotId();
		await giveAnswer(child(), session, left, { item: 'again', given: { answer: 'maybe' } });
		expect(await close()).toBe('closed');
		expect(await rowsOf('feedback_ballot')).toEqual([]);
		const counts = (await rowsOf('feedback_count')) as Record<string, unknown>[];
		expect(
			counts.map(({ item, answer, ballot_count }) => [item, answer, ballot_count]).sort()
		).toEqual([
			['again', 'no', 1],
			['again', 'skipped', 1],
			['again', 'yes', 1],
			['safe', 'no', 1],
			['safe', 'not_shown', 1],
			['safe', 'yes', 1]
		]);
		expect(await close()).toBe('not_open');
	});

	it('leaves no trace of which answers came together, not even in the order of the rows', async () => {
		const session = await opened();
		for (const [again, safe] of [
			['no', 'no'],
			['yes', 'a_bit'],
			['maybe', 'yes']
		] as const) {
			const id = newBallotId();
			await giveAnswer(child(), session, id, { item: 'again', given: { answer: again } });
			await giveAnswer(child(), session, id, { item: 'safe', given: { answer: safe } });
			await sendBallot(child(), session, id);
		}
		await close();
		const { rows } = await sql<{ item: string; answer: string }>`
			select item, answer from feedback_count ${sql.raw(isPostgres(fresh.url) ? 'order by ctid' : '')}
		`.execute(fresh.db);
		const keys = rows.map(({ item, answer }) => `${item} ${answer}`);
		expect(keys).toEqual(keys.toSorted());
	});

	it('counts the others when one ballot cannot be read', async () => {
		const session = await opened();
		await answerAll(session, newBallotId());
		const damaged = newBallotId();
		await answerAll(session, damaged);
		const other = seal(fresh.ring, { table: 'x', column: 'x', row: 'x' }, 'x');
		await fresh.db
			.updateTable('feedback_ballot')
			.set({ answers_sealed: other })
			.where('id', '=', damaged)
			.execute();
		await countOverdueCodes(fresh.db, fresh.ring, at('00:00', '2026-05-06'));
		const counts = (await rowsOf('feedback_count')) as { ballot_count: number }[];
		expect(counts.map(({ ballot_count }) => ballot_count)).toEqual([1, 1]);
		expect(await rowsOf('feedback_ballot')).toEqual([]);
	});

	it('of a cancelled session counts nothing and keeps nothing', async () => {
		const session = await opened();
		await answerAll(session, newBallotId());
		await fresh.db.updateTable('session').set({ status: 'cancelled' }).execute();
		await countOverdueCodes(fresh.db, fresh.ring, at('00:00', '2026-05-06'));
		expect(await rowsOf('feedback_ballot')).toEqual([]);
		expect(await rowsOf('feedback_count')).toEqual([]);
	});

	it('while children send loses no ballot that was taken, and takes none after', async () => {
		const session = await opened();
		const outcomes = await Promise.all([
			...Array.from({ length: 12 }, () =>
				answerAll(session, newBallotId()).then(
					() => 'sent',
					(error: unknown) => {
						if (error instanceof NotOpen) return 'not open';
						throw error;
					}
				)
			),
			close()
		]);
		const sent = outcomes.filter((outcome) => outcome === 'sent').length;
		const counts = (await rowsOf('feedback_count')) as { item: string; ballot_count: number }[];
		const counted = counts.filter(({ item }) => item === 'again');
		expect(counted.reduce((sum, { ballot_count }) => sum + ballot_count, 0)).toBe(sent);
		expect(await rowsOf('feedback_ballot')).toEqual([]);
	});

	it('happens by itself when the day is over at the session’s place', async () => {
		const session = await opened();
		await answerAll(session, newBallotId());
		await countOverdueCodes(fresh.db, fresh.ring, at('23:59'));
		expect(await rowsOf('feedback_ballot')).toHaveLength(1);
		const tomorrow = at('00:00', '2026-05-06');
		const late = contextOf(fresh, here.rana, tomorrow);
		expect((await findCodeState(late, sessionId))?.state).toBe('counting');
		await countOverdueCodes(fresh.db, fresh.ring, tomorrow);
		expect((await findCodeState(late, sessionId))?.state).toBe('closed');
		expect(await rowsOf('feedback_count')).toHaveLength(2);
	});

	it('is for whoever may open it, where they may', async () => {
		await opened();
		const elsewhere = await aSetting(fresh, { sectionId: here.sectionId });
		expect(await close({ as: elsewhere.coordinator })).toBe('not_found');
		expect(await close({ as: here.coordinator })).toBe('closed');
	});
});

describe('at rest', () => {
	it('no answer can be read, and nothing tells who, where from or when', async () => {
		await fresh.db
			.updateTable('cohort')
			.set({ age_from: 14, age_to: 17 })
			.where('id', '=', here.cohortId)
			.execute();
		await addReader(fresh, here);
		const session = await opened();
		const id = newBallotId();
		const words = 'Please more songs';
		await giveAnswer(child(), session, id, { item: 'worth', given: { answer: 'partly' } });
		await giveAnswer(child(), session, id, {
			item: 'change',
			given: { answer: 'answered', words }
		});
		const [ballot] = (await rowsOf('feedback_ballot')) as Record<string, unknown>[];
		expect(Object.keys(ballot!).sort()).toEqual([
			'answers_sealed',
			'code_id',
			'id',
			'section_id',
			'state',
			'version'
		]);
		expect(JSON.stringify(ballot)).not.toContain('partly');
		expect(ballot!['id']).toMatch(/^.{14}4/); // a random id, not one that carries the time
		await sendBallot(child(), session, id);
		await close();
		const kept = (await rowsOf('feedback_words')) as Record<string, unknown>[];
		expect(kept).toHaveLength(1);
		expect(JSON.stringify(kept)).not.toContain('songs');
		expect(kept[0]!['id']).not.toBe(id);
		const audited = await fresh.db.selectFrom('audit').select('action').execute();
		expect(audited.map(({ action }) => action)).toEqual(['open feedback', 'close feedback']);
		const once = await fresh.db.selectFrom('once').select('command').execute();
		expect(once).toHaveLength(2);
	});
});
