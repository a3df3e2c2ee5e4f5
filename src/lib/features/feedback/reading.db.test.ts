import { beforeEach, describe, expect, it } from 'vitest';
import { readWaiting } from '#lib/features/alerts/subjects.queries.server.ts';
import { instantOf } from '#lib/platform/clock/zone.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import { addReader } from '#tests/factories/readers.ts';
import { addMembers, addSession, contextOf, type Account } from '#tests/factories/rows.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import {
	findOpenSession,
	giveAnswer,
	newBallotId,
	sendBallot
} from './answering.commands.server.ts';
import { screenOf } from './ballot.rules.ts';
import { closeFeedback, openFeedback } from './commands.server.ts';
import { findCodeState } from './code-states.queries.server.ts';
import { findResults } from './queries.server.ts';
import { nameReader, removeReader } from './readers.commands.server.ts';
import { listNamedReaders } from './readers.queries.server.ts';
import { clearWords, destroyWords, handOverWords, lookAtWords } from './reading.commands.server.ts';
import {
	countToRead,
	countUnreadable,
	listHandovers,
	listWaitingWords
} from './reading.queries.server.ts';
import { whoReads } from './told.queries.server.ts';
import { startWordClocks } from './word-clocks.commands.server.ts';

/** A Friday: nobody works on the two days after it. */
const DATE = '2026-05-08';
const at = (time: string, date = DATE) => instantOf(date, time, 'Asia/Beirut');
const DURING = at('15:30');

let fresh: FreshDatabase;
let here: Setting;
let sessionId: string;
let codeId: string;
let maya: Account;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	await fresh.db.updateTable('cohort').set({ age_from: 14, age_to: 17 }).execute();
	await addMembers(fresh, here, { count: 9, birthYear: 2011 });
	const cycle = await aCycle(fresh, here);
	sessionId = await addSession(fresh, cycle, { date: DATE });
	for (const date of ['2026-05-12', '2026-05-14', '2026-05-19'])
		await addSession(fresh, cycle, { date });
	maya = await addReader(fresh, here);
});

const as = (account: Account, now = DURING) => contextOf(fresh, account, now, 'read words');
const naming = () => contextOf(fresh, here.manager, DURING, 'name readers');
const answering = () => ({ db: fresh.db, ring: fresh.ring, now: DURING });

async function open() {
	const outcome = await openFeedback(
		contextOf(fresh, here.rana, DURING),
		{ sessionId },
		{ once: newId(), locale: 'en' }
	);
	expect(outcome.ok).toBe(true);
	const code = await fresh.db.selectFrom('feedback_code').selectAll().executeTakeFirstOrThrow();
	codeId = code.id;
	return (await findOpenSession(answering(), code.code))!;
}

/** So many write, and the code closes. */
async function written(count: number) {
	const session = await open();
	for (let n = 0; n < count; n += 1) {
		const id = newBallotId();
		const given = { answer: 'answered' as const, words: `More songs ${n}` };
		await giveAnswer(answering(), session, id, { item: 'safe', given: { answer: 'mostly' } });
		await giveAnswer(answering(), session, id, { item: 'change', given });
		await sendBallot(answering(), session, id);
	}
	await closeFeedback(
		contextOf(fresh, here.rana, DURING),
		{ sessionId },
		{ once: newId(), locale: 'en' }
	);
}

async function texts(who = maya): Promise<string[]> {
	return (await lookAtWords(as(who), codeId))!.map(({ id }) => id);
}

async function clear(wordsId: string, who = maya) {
	const outcome = await clearWords(as(who), { codeId, wordsId }, newId());
	return outcome.ok ? 'done' : outcome.refusal.reason;
}

const left = async () => (await fresh.db.selectFrom('feedback_words').selectAll().execute()).length;
const clocks = () => fresh.db.selectFrom('alert_clock').selectAll().execute();

async function shown(who = here.coordinator) {
	const results = await findResults(contextOf(fresh, who, DURING), sessionId, 'en');
	return results?.forms[0]?.items.find(({ item }) => item === 'change');
}

describe('words', () => {
	it('are shown to others once all of an item are cleared, and nothing tells before that they wait', async () => {
		await written(6);
		const before = await shown();
		expect(before).toEqual({ item: 'change', shown: 'too_few' });
		const [first, ...others] = await texts();
		for (const id of others) await clear(id);
		expect(await shown()).toEqual(before);
		expect(await clear(first!)).toBe('done');
		expect(await shown()).toMatchObject({ shown: 'words', answeredCount: 6 });
		expect(await countToRead(as(maya))).toBe(0);
	});

	it('of fewer than five wait for their reader too, and are destroyed once cleared', async () => {
		await written(3);
		const ids = await texts();
		expect(ids).toHaveLength(3);
		expect(await clear(ids[0]!)).toBe('done');
		expect(await left()).toBe(2);
		for (const id of ids.slice(1)) await clear(id);
		expect(await left()).toBe(0);
	});

	it('that tell of harm are handed over and destroyed; only readers see that there were some', async () => {
		await written(5);
		const [told, ...others] = await texts();
		const input = { codeId, wordsId: told!, channel: 'phone' as const };
		expect((await handOverWords(as(maya), input, newId())).ok).toBe(true);
		for (const id of others) await clear(id);
		expect(await left()).toBe(0); // four that are left are too few to be shown
		expect(await listHandovers(as(maya), codeId)).toMatchObject([{ channel: 'phone' }]);
		const results = await findResults(contextOf(fresh, here.manager, DURING), sessionId, 'en');
		expect(await shown()).toEqual({ item: 'change', shown: 'too_few' });
		expect(JSON.stringify(results)).not.toMatch(/phone|hand/);
		const [stub] = await fresh.db.selectFrom('word_handover').selectAll().execute();
		expect(Object.keys(stub!).sort()).toEqual([
			...['channel', 'code_id', 'handed_over_at', 'handed_over_by', 'id', 'section_id']
		]);
	});

	it('that name somebody are destroyed, and the count is of what is left', async () => {
		await written(7);
		const [named, ...others] = await texts();
		await destroyWords(as(maya), { codeId, wordsId: named! }, newId());
		for (const id of others) await clear(id);
		expect(await shown()).toMatchObject({ shown: 'words', answeredCount: 6 });
	});

	it('are decided once, and a look is written down before', async () => {
		await written(5);
		const [first] = await texts();
		expect(await clear(first!)).toBe('done');
		expect(await clear(first!)).toBe('decided');
		const looks = await fresh.db
			.selectFrom('audit')
			.selectAll()
			.where('action', '=', 'look at words')
			.execute();
		expect(looks).toMatchObject([{ object_type: 'feedback_code', actor_id: maya.id }]);
		expect(JSON.stringify(looks)).not.toContain('songs');
	});

	it('are for who is named at the centre and did not run the session, and nobody else', async () => {
		await written(5);
		const nextDoor = await aSetting(fresh, { sectionId: here.sectionId });
		const elsewhere = await addReader(fresh, here, { centreId: nextDoor.centreId });
		const abroad = await aSetting(fresh);
		const foreign = await addReader(fresh, abroad);
		const [id] = await texts();
		for (const stranger of [elsewhere, foreign, here.manager, here.coordinator]) {
			expect(await lookAtWords(as(stranger), codeId)).toBeUndefined();
			expect(await clear(id!, stranger)).toBe('not_found');
			expect(await listWaitingWords(as(stranger), 'en')).toEqual([]);
		}
		await fresh.db
			.updateTable('session')
			.set({ recorded_by: maya.id, recorded_at: DURING, status: 'held' })
			.where('id', '=', sessionId)
			.execute();
		expect(await lookAtWords(as(maya), codeId)).toBeUndefined();
		expect(await clear(id!)).toBe('not_found');
	});
});

describe('where nobody may read', () => {
	const ask = async () => {
		const session = await open();
		const ballot = { state: 'open', band: '14-17', begun: true, answers: {} } as const;
		const items = Array.from({ length: 5 }, (_, position) => {
			const screen = screenOf(session, { ...ballot, at: position }, 'on');
			return screen.kind === 'question' ? screen.item : screen.kind;
		});
		return [session.asksWords, ...items];
	};

	it('open questions are not asked, without a gap, and results have none', async () => {
		await fresh.db.deleteFrom('word_reader').execute();
		expect(await findCodeState(contextOf(fresh, here.rana, DURING), sessionId)).toMatchObject({
			state: 'can_open',
			asksWords: false
		});
		expect(await ask()).toEqual([false, 'worth', 'safe', 'listened', 'send', 'send']);
	});

	it('so it is where the only reader runs the session, or opens its code', async () => {
		await fresh.db
			.insertInto('session_facilitator')
			.values({ session_id: sessionId, account_id: maya.id, section_id: here.sectionId })
			.execute();
		expect((await ask())[0]).toBe(false);
	});

	it('a code that asks goes on asking, whoever is named or taken away while it is open', async () => {
		expect(await ask()).toEqual([true, 'worth', 'safe', 'listened', 'change', 'send']);
		await fresh.db.deleteFrom('word_reader').execute();
		const { code } = await fresh.db
			.selectFrom('feedback_code')
			.select('code')
			.executeTakeFirstOrThrow();
		expect((await findOpenSession(answering(), code))!.asksWords).toBe(true);
	});

	it('words that wait are told to who names readers, and the clock goes on', async () => {
		await written(5);
		await startWordClocks(fresh.db, at('16:00', '2026-05-10'));
		const [named] = await listNamedReaders(naming(), 'en');
		expect(await countUnreadable(naming())).toBe(0);
		await removeReader(naming(), { id: named!.id }, newId());
		expect(await countUnreadable(naming())).toBe(1);
		expect(await clocks()).toHaveLength(1);
		expect((await readWaiting(fresh.db, 'words', [codeId])).get(codeId)).toMatchObject({
			onlyFor: []
		});
		const input = { account: maya.id };
		expect((await nameReader(naming(), input, newId())).ok).toBe(true);
		expect(await countUnreadable(naming())).toBe(0);
		const again = await nameReader(naming(), input, newId());
		expect(again.ok || again.refusal.reason).toBe('named_already');
	});

	it('only a focal point can be named', async () => {
		const outcome = await nameReader(naming(), { account: here.coordinator.id }, newId());
		expect(outcome.ok || outcome.refusal.reason).toBe('not_found');
	});
});

describe('one working day', () => {
	it('passes over days on which nobody works: children read by when, and by whom', async () => {
		const session = await open();
		expect(await whoReads(answering(), session, 'en')).toEqual({
			names: ['Maya'],
			by: '2026-05-11',
			today: DATE
		});
		await fresh.db
			.insertInto('closed_day')
			.values({
				...{ id: newId(), section_id: here.sectionId, centre_id: null, on_date: '2026-05-11' },
				...{ name_texts: '{}', certainty: 'confirmed', source: 'own' }
			})
			.execute();
		expect(await whoReads(answering(), session, 'en')).toMatchObject({ by: '2026-05-12' });
	});

	it('keeps the clock still until it comes, and ends it with the last text', async () => {
		await written(5);
		expect(await clocks()).toEqual([]);
		await startWordClocks(fresh.db, at('12:00', '2026-05-10'));
		expect(await clocks()).toEqual([]);
		await startWordClocks(fresh.db, at('15:30', '2026-05-10'));
		expect(await clocks()).toMatchObject([{ subject: 'words', subject_id: codeId, plan: 'words' }]);
		for (const id of await texts()) await clear(id);
		expect(await clocks()).toEqual([]);
	});
});
