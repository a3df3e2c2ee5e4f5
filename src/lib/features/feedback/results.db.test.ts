import { beforeEach, describe, expect, it } from 'vitest';
import { instantOf } from '#lib/platform/clock/zone.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import { addReader, clearAll } from '#tests/factories/readers.ts';
import {
	type Account,
	addAccount,
	addMembers,
	addSession,
	contextOf
} from '#tests/factories/rows.ts';
import {
	findOpenSession,
	giveAnswer,
	goOn,
	newBallotId,
	sendBallot
} from './answering.commands.server.ts';
import type { Answer } from '#lib/features/asking/bank.rules.ts';
import { closeFeedback, openFeedback } from './commands.server.ts';
import { findCodeState } from './code-states.queries.server.ts';
import { findResults, listResults } from './queries.server.ts';
import { afterTheWord } from './said.rules.ts';
import { listWaiting, vouch } from './vouching.commands.server.ts';

const DATE = '2026-05-05';
const MEMBERS = 9;
const DURING = instantOf(DATE, '15:30', 'Asia/Beirut');

let fresh: FreshDatabase;
let here: Setting;
let sessionId: string;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	await fresh.db.updateTable('cohort').set({ age_from: 14, age_to: 17 }).execute();
	await addMembers(fresh, here, { count: MEMBERS, birthYear: 2011 });
	await addReader(fresh, here);
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

/** The coordinator, who did not run it, says how many answered. */
async function say(answeredCount: number, as: Account = here.coordinator) {
	const input = { sessionId, answeredCount };
	const outcome = await vouch(contextOf(fresh, as, DURING), input, key());
	return outcome.ok ? 'said' : outcome.refusal.reason;
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
		expect(await listResults(as(here.manager), {}, 'en')).toEqual([]);
		await close();
		expect(await listResults(as(here.manager), {}, 'en')).toHaveLength(1);
	});

	it('show who ran it two groups of three or more, and neither a dissent nor a word', async () => {
		await children(4, 'mostly', 'completely', 'More songs');
		await children(3, 'partly', 'completely', 'More time');
		await close();
		await clearAll(fresh);
		expect(await say(7)).toBe('said');
		const ran = { worth: 'split', safe: 'hidden', listened: 'hidden', change: 'hidden' };
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
		expect(change?.shown === 'words' && change.words).toHaveLength(7);
		expect(JSON.stringify(await findResults(as(here.rana), sessionId, 'en'))).not.toContain(
			'songs'
		);
	});

	it('show who ran it nothing until somebody else has said how many answered, nor whether anybody did', async () => {
		await children(4, 'mostly', 'completely');
		await children(3, 'partly', 'completely');
		await close();
		const none = { isCounted: true, vouch: { state: 'waiting' }, forms: [] };
		expect(await findResults(as(here.rana), sessionId, 'en')).toMatchObject(none);
		expect((await shownTo(here.manager))['worth']).toBe('counts');
	});

	it('show who ran it nothing of one child’s form beside five of their own, whatever the register says', async () => {
		await children(1, 'not_at_all', 'not_at_all');
		await children(5, 'completely', 'completely');
		await close();
		await fresh.db
			.updateTable('session')
			.set({ headcount: 99, recorded_by: here.rana.id, recorded_at: DURING, status: 'held' })
			.where('id', '=', sessionId)
			.execute();
		expect(await shownTo(here.rana)).toEqual({});
		expect(await say(1)).toBe('said');
		expect(await shownTo(here.rana)).toEqual({});
	});

	it('hide all of it from a coordinator who took the register or opened the code, too', async () => {
		await children(6, 'mostly', 'completely', 'More songs');
		await close();
		await clearAll(fresh);
		await fresh.db
			.updateTable('session')
			.set({ recorded_by: here.coordinator.id, recorded_at: DURING, status: 'held' })
			.where('id', '=', sessionId)
			.execute();
		expect(await shownTo(here.coordinator)).toEqual({});
		await fresh.db.updateTable('session').set({ recorded_by: here.rana.id }).execute();
		expect((await shownTo(here.coordinator))['change']).toBe('words');
		await fresh.db.updateTable('feedback_code').set({ opened_by: here.coordinator.id }).execute();
		expect(await shownTo(here.coordinator)).toEqual({});
	});

	it('are nobody’s outside the section, the centre or the cohort', async () => {
		await children(6, 'mostly', 'completely');
		await close();
		const nextDoor = await aSetting(fresh, { sectionId: here.sectionId });
		const abroad = await aSetting(fresh);
		for (const stranger of [nextDoor.rana, nextDoor.coordinator, abroad.manager]) {
			expect(await findResults(as(stranger), sessionId, 'en')).toBeUndefined();
			expect(await listResults(as(stranger), {}, 'en')).toEqual([]);
			expect(await findCodeState(as(stranger), sessionId)).toBeUndefined();
		}
	});

	it('do not exist where more ballots were begun than the cohort has members, for anybody', async () => {
		await children(MEMBERS + 1, 'mostly', 'completely', 'More songs');
		await close();
		for (const who of [here.rana, here.coordinator, here.manager]) {
			const [listed] = await listResults(as(who), {}, 'en');
			expect(listed).toMatchObject({ isCounted: false, forms: [], asked: ['children'] });
			expect(await findResults(as(who), sessionId, 'en')).toMatchObject({ forms: [] });
		}
		for (const table of ['feedback_count', 'feedback_words', 'feedback_ballot'] as const)
			expect(await fresh.db.selectFrom(table).selectAll().execute(), table).toEqual([]);
		expect(await say(9)).toBe('not_open');
	});

	it('count as many as there are members; who joins or leaves afterwards changes nothing', async () => {
		await children(MEMBERS, 'mostly', 'completely');
		await close();
		await fresh.db.updateTable('cohort_member').set({ left_on: '2026-05-02' }).execute();
		const results = await findResults(as(here.manager), sessionId, 'en');
		expect(results).toMatchObject({ isCounted: true });
		expect(results!.forms).toHaveLength(1);
	});
});

describe('how many answered', () => {
	it('is said once, by who did not run the session, and the number stands in no audit row', async () => {
		await children(6, 'mostly', 'completely');
		expect(await say(6)).toBe('not_open');
		await close();
		for (const ran of [here.rana, here.karim]) expect(await say(6, ran)).toBe('ran_it');
		const nextDoor = await aSetting(fresh, { sectionId: here.sectionId });
		expect(await say(6, nextDoor.coordinator)).toBe('not_found');
		expect(await say(6)).toBe('said');
		expect(await say(12)).toBe('said_before');
		expect(await fresh.db.selectFrom('feedback_vouch').selectAll().execute()).toMatchObject([
			{ answered_count: 6, vouched_by: here.coordinator.id, vouched_on: DATE }
		]);
		const [entry] = await fresh.db
			.selectFrom('audit')
			.selectAll()
			.where('action', '=', 'vouch for answers')
			.execute();
		expect(entry).toMatchObject({ object_type: 'feedback_vouch', field_names: 'answered_count' });
		expect(JSON.stringify(entry)).not.toMatch(/"6"|:6[,}]/);
	});

	it('said by somebody makes them nobody who ran the session', async () => {
		await children(6, 'mostly', 'completely', 'More songs');
		await close();
		await clearAll(fresh);
		await say(6);
		expect((await shownTo(here.coordinator))['change']).toBe('words');
	});

	it('comes first: who is asked it gets no results before, in a list, on a page or in a file', async () => {
		await children(6, 'mostly', 'completely');
		await close();
		const given = async (now = DURING) =>
			(await listResults(contextOf(fresh, here.manager, now), {}, 'en')).map(afterTheWord);
		expect(await given()).toMatchObject([{ isFirst: true, forms: [] }]);
		const [late] = await given(DURING + 15 * 24 * 60 * 60_000);
		expect(late).toMatchObject({ isFirst: false, vouch: { state: 'open' } });
		expect(late!.forms).toHaveLength(1);
		await say(6);
		const [said] = await given();
		expect(said).toMatchObject({ isFirst: false, vouch: { state: 'said' } });
		expect(said!.forms).toHaveLength(1);
	});

	it('can be said by nobody of a centre where one adult works: who ran it sees nothing, the manager by the ladder', async () => {
		await children(6, 'mostly', 'completely');
		await close();
		for (const gone of [here.karim, here.coordinator])
			await fresh.db
				.updateTable('account')
				.set({ disabled_at: DURING })
				.where('id', '=', gone.id)
				.execute();
		expect(await say(6, here.manager)).toBe('alone');
		expect(await findResults(as(here.rana), sessionId, 'en')).toMatchObject({
			vouch: { state: 'alone' },
			forms: []
		});
		expect((await shownTo(here.manager))['worth']).toBe('counts');
	});

	it('can be said where a second adult works at every centre, as who set an organisation up does', async () => {
		await children(6, 'mostly', 'completely');
		await close();
		for (const gone of [here.karim, here.coordinator])
			await fresh.db
				.updateTable('account')
				.set({ disabled_at: DURING })
				.where('id', '=', gone.id)
				.execute();
		const everywhere = { role: 'coordinator', centreIds: null, bodyId: null } as const;
		const founder = await addAccount(fresh, {
			...{ sectionId: here.sectionId, role: 'manager', also: [everywhere] }
		});
		expect(await say(6, founder)).toBe('said');
	});

	it('is waited for on the coordinator’s and the manager’s list, with those marked as there to begin with', async () => {
		await children(6, 'mostly', 'completely');
		await close();
		const list = (who: Account) => listWaiting(as(who), { today: DATE }, 'en');
		expect(await list(here.rana)).toEqual([]);
		expect(await list(here.manager)).toMatchObject([{ offered: null }]);
		const members = await fresh.db.selectFrom('cohort_member').select('person_id').execute();
		await fresh.db
			.insertInto('mark')
			.values(
				members.map(({ person_id }, at) => ({
					...{ session_id: sessionId, person_id, section_id: here.sectionId },
					code: at < 7 ? ('present' as const) : ('absent' as const)
				}))
			)
			.execute();
		expect(await list(here.coordinator)).toMatchObject([
			{ session: { id: sessionId }, offered: 7 }
		]);
		await say(6);
		expect(await list(here.manager)).toEqual([]);
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
