import { beforeEach, describe, expect, it } from 'vitest';
import { instantOf } from '#lib/platform/clock/zone.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import { addSession, contextOf, type Account } from '#tests/factories/rows.ts';
import { findOpenSession, giveAnswer, goOn, newBallotId, sendBallot } from './answering.server.ts';
import type { Answer } from './bank.ts';
import { closeFeedback, openFeedback } from './commands.server.ts';
import { judgePresence } from './counting.server.ts';
import { findCodeState, findResults, listResults } from './queries.server.ts';

const DATE = '2026-05-05';
const DURING = instantOf(DATE, '15:30', 'Asia/Beirut');

let fresh: FreshDatabase;
let here: Setting;
let sessionId: string;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	await fresh.db.updateTable('cohort').set({ age_from: 14, age_to: 17 }).execute();
	const cycle = await aCycle(fresh, here);
	sessionId = await addSession(fresh, cycle, { date: DATE });
	await addSession(fresh, cycle, { date: '2026-05-07' });
	await addSession(fresh, cycle, { date: '2026-05-12' });
	await openFeedback(contextOf(fresh, here.rana, DURING), { sessionId }, key());
});

const key = () => ({ once: newId(), locale: 'en' as const });
const as = (account: Account) => contextOf(fresh, account, DURING);

/** So many children send the same: an answer to *worth*, one to *safe*, and words when given. */
async function children(count: number, worth: Answer, safe: Answer, words?: string) {
	const answering = { db: fresh.db, ring: fresh.ring, now: DURING };
	const { code } = await fresh.db
		.selectFrom('feedback_code')
		.select('code')
		.executeTakeFirstOrThrow();
	const session = (await findOpenSession(answering, code))!;
	for (let n = 0; n < count; n += 1) {
		const id = newBallotId();
		await goOn(answering, session, id);
		await giveAnswer(answering, session, id, { item: 'worth', given: { answer: worth } });
		await giveAnswer(answering, session, id, { item: 'safe', given: { answer: safe } });
		if (words)
			await giveAnswer(answering, session, id, {
				item: 'change',
				given: { answer: 'answered', words: `${words} ${n}` }
			});
		await sendBallot(answering, session, id);
	}
}

/** A saved register says so many were there. */
async function count(headcount: number) {
	await fresh.db
		.updateTable('session')
		.set({ headcount, recorded_by: here.rana.id, recorded_at: DURING, status: 'held' })
		.where('id', '=', sessionId)
		.execute();
}

async function close() {
	await closeFeedback(contextOf(fresh, here.rana, DURING), { sessionId }, key());
}

async function shownTo(account: Account) {
	const results = await findResults(as(account), sessionId, 'en');
	return Object.fromEntries(results?.forms[0]?.items.map(({ item, shown }) => [item, shown]) ?? []);
}

describe('results', () => {
	it('are there once the code has closed, not before', async () => {
		await children(6, 'mostly', 'completely');
		expect(await findResults(as(here.manager), sessionId, 'en')).toBeUndefined();
		expect(await listResults(as(here.manager), 'en')).toEqual([]);
		await close();
		expect(await listResults(as(here.manager), 'en')).toHaveLength(1);
	});

	it('hide from who ran the session what all said alike, and every word', async () => {
		await children(4, 'mostly', 'completely', 'More songs');
		await children(2, 'partly', 'completely', 'More time');
		await count(6);
		await close();
		const ran = { worth: 'counts', safe: 'hidden', listened: 'hidden', change: 'hidden' };
		expect(await shownTo(here.rana)).toEqual(ran);
		expect(await shownTo(here.karim)).toEqual(ran);
		expect(await shownTo(here.manager)).toEqual({
			worth: 'counts',
			safe: 'counts',
			listened: 'nobody',
			change: 'words'
		});
		const all = await findResults(as(here.coordinator), sessionId, 'en');
		const change = all?.forms[0]?.items.find(({ item }) => item === 'change');
		expect(change?.shown === 'words' && change.words.toSorted()).toEqual([
			'More songs 0',
			'More songs 1',
			'More songs 2',
			'More songs 3',
			'More time 0',
			'More time 1'
		]);
		expect(JSON.stringify(await findResults(as(here.rana), sessionId, 'en'))).not.toContain(
			'songs'
		);
	});

	it('hide all of it from who ran the session while no register vouches for the number of ballots', async () => {
		await children(4, 'mostly', 'completely');
		await children(2, 'partly', 'completely');
		await close();
		const hidden = { worth: 'hidden', safe: 'hidden', listened: 'hidden', change: 'hidden' };
		expect(await shownTo(here.rana)).toEqual(hidden);
		await count(5);
		await judgePresence(fresh.db);
		expect(await shownTo(here.rana)).toEqual(hidden);
		expect((await shownTo(here.manager))['worth']).toBe('counts');
	});

	it('hide it from a coordinator who took the register or opened the code, too', async () => {
		await children(6, 'mostly', 'completely', 'More songs');
		await close();
		await fresh.db
			.updateTable('session')
			.set({ recorded_by: here.coordinator.id, recorded_at: DURING, status: 'held' })
			.where('id', '=', sessionId)
			.execute();
		expect((await shownTo(here.coordinator))['change']).toBe('hidden');
		await fresh.db.updateTable('session').set({ recorded_by: here.rana.id }).execute();
		expect((await shownTo(here.coordinator))['change']).toBe('words');
		await fresh.db.updateTable('feedback_code').set({ opened_by: here.coordinator.id }).execute();
		expect(await shownTo(here.coordinator)).toMatchObject({ change: 'hidden', safe: 'hidden' });
		expect(JSON.stringify(await findResults(as(here.coordinator), sessionId, 'en'))).not.toContain(
			'songs'
		);
	});

	it('are nobody’s outside the section, the centre or the cohort', async () => {
		await children(6, 'mostly', 'completely');
		await close();
		const nextDoor = await aSetting(fresh, { sectionId: here.sectionId });
		const abroad = await aSetting(fresh);
		for (const stranger of [nextDoor.rana, nextDoor.coordinator, abroad.manager]) {
			expect(await findResults(as(stranger), sessionId, 'en')).toBeUndefined();
			expect(await listResults(as(stranger), 'en')).toEqual([]);
			expect(await findCodeState(as(stranger), sessionId)).toBeUndefined();
		}
	});

	it('say when more ballots were begun than people were there: once, by the first register', async () => {
		const flagged = async () =>
			(await findResults(as(here.manager), sessionId, 'en'))!.moreThanPresent;
		await children(3, 'mostly', 'completely');
		await close();
		expect(await flagged()).toBe(false);
		await count(2);
		expect(await flagged()).toBe(false);
		await judgePresence(fresh.db);
		expect(await flagged()).toBe(true);
		expect(await findCodeState(as(here.rana), sessionId)).toEqual({
			state: 'closed',
			moreThanPresent: true
		});
		await count(9);
		await judgePresence(fresh.db);
		expect(await flagged(), 'a flag that follows the register tells the number').toBe(true);
	});

	it('do not say so of as many as were there', async () => {
		await children(3, 'mostly', 'completely');
		await count(3);
		await close();
		const { moreThanPresent } = (await findResults(as(here.manager), sessionId, 'en'))!;
		expect(moreThanPresent).toBe(false);
	});
});

describe('while the code is open', () => {
	it('who looks learns in steps of five how many have sent', async () => {
		const sent = async () => {
			const state = await findCodeState(as(here.rana), sessionId);
			return state?.state === 'open' ? state.sent : undefined;
		};
		await children(4, 'mostly', 'completely');
		expect(await sent()).toBeNull();
		await children(1, 'mostly', 'completely');
		expect(await sent()).toBe(5);
		await children(3, 'mostly', 'completely');
		expect(await sent()).toBe(5);
	});
});
