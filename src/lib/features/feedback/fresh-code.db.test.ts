import { beforeEach, expect, it } from 'vitest';
import { instantOf } from '#lib/platform/clock/zone.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import { addMembers, addSession, contextOf, type Account } from '#tests/factories/rows.ts';
import {
	findOpenSession,
	findSessionOfDay,
	giveAnswer,
	newBallotId,
	sendBallot
} from './answering.commands.server.ts';
import { findCodeState } from './code-states.queries.server.ts';
import { closeFeedback, openFeedback, openFreshCode } from './commands.server.ts';
import { countOverdueCodes } from './overdue.commands.server.ts';
import { findResults } from './queries.server.ts';

const DATE = '2026-05-05';
const at = (time: string, date = DATE) => instantOf(date, time, 'Asia/Beirut');

let fresh: FreshDatabase;
let here: Setting;
let sessionId: string;
let now: number;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	await addMembers(fresh, here, { count: 6, birthYear: 2019 });
	const cycle = await aCycle(fresh, here);
	sessionId = await addSession(fresh, cycle, { date: DATE });
	for (const date of ['2026-05-07', '2026-05-12']) await addSession(fresh, cycle, { date });
	now = at('15:30');
	await openFeedback(as(here.rana), { sessionId }, key());
	await answer(7);
	await closeFeedback(as(here.rana), { sessionId }, key());
});

const key = () => ({ once: newId(), locale: 'en' as const });
const as = (account: Account) => contextOf(fresh, account, now);
const answering = () => ({ db: fresh.db, ring: fresh.ring, now });
const state = (who = here.karim) => findCodeState(as(who), sessionId);

async function codeOf(): Promise<string> {
	const row = await fresh.db.selectFrom('feedback_code').select('code').executeTakeFirstOrThrow();
	return row.code;
}

async function answer(count: number) {
	const open = (await findOpenSession(answering(), await codeOf()))!;
	for (let n = 0; n < count; n += 1) {
		const id = newBallotId();
		await giveAnswer(answering(), open, id, { item: 'safe', given: { answer: 'yes' } });
		await sendBallot(answering(), open, id);
	}
}

async function openFresh(who: Account) {
	const outcome = await openFreshCode(as(who), { sessionId }, key());
	return outcome.ok ? 'opened' : outcome.refusal.reason;
}

it('another adult opens one fresh code, open for the rest of its day, and only what it takes is counted', async () => {
	const first = await codeOf();
	now = at('10:00', '2026-05-09');
	expect(await state(here.rana)).toMatchObject({
		isCounted: false,
		fresh: { until: '2026-05-12', isYours: false }
	});
	expect(await state()).toMatchObject({ fresh: { isYours: true } });
	expect(await openFresh(here.rana)).toBe('opened_first');
	expect(await openFresh(here.karim)).toBe('opened');
	expect(await codeOf()).not.toBe(first);
	expect(await findOpenSession(answering(), first)).toBeNull();
	expect(await findOpenSession(answering(), await codeOf())).toMatchObject({ isToday: false });
	expect(await state()).toMatchObject({ state: 'open', openOn: '2026-05-09' });
	await answer(6);
	now = at('00:01', '2026-05-10');
	expect(await findOpenSession(answering(), await codeOf())).toBeNull();
	await countOverdueCodes(fresh.db, fresh.ring, now);
	const results = await findResults(as(here.manager), sessionId, 'en');
	expect(results!.isCounted).toBe(true);
	expect(results!.forms[0]!.items.find(({ item }) => item === 'safe')).toMatchObject({
		answeredCount: 6
	});
	const audit = await fresh.db.selectFrom('audit').select(['action', 'actor_id']).execute();
	expect(audit).toContainEqual({ action: 'open fresh code', actor_id: here.karim.id });
});

it('is the only one: a second flood leaves the session uncounted for good', async () => {
	expect(await openFresh(here.coordinator)).toBe('opened');
	expect(await openFresh(here.karim)).toBe('no_fresh');
	await answer(7);
	await closeFeedback(as(here.coordinator), { sessionId }, key());
	expect(await state()).toEqual({ state: 'closed', isCounted: false, fresh: null });
	expect(await openFresh(here.karim)).toBe('no_fresh');
	expect((await findResults(as(here.manager), sessionId, 'en'))!.forms).toEqual([]);
});

it('is closed by who opened it or a coordinator who did not run the session, and by nobody who ran it', async () => {
	const close = async (who: Account) => {
		const outcome = await closeFeedback(as(who), { sessionId }, key());
		return outcome.ok ? 'closed' : outcome.refusal.reason;
	};
	expect(await openFresh(here.karim)).toBe('opened');
	expect(await close(here.rana)).toBe('not_yours');
	for (const [who, mayClose] of [
		[here.rana, false],
		[here.karim, true],
		[here.coordinator, true]
	] as const)
		expect(await state(who)).toMatchObject({ state: 'open', mayClose });
	expect(await close(here.coordinator)).toBe('closed');
	expect(await close(here.rana)).toBe('not_open');
});

it('is too late after a week, and there is none where everything was counted', async () => {
	now = at('10:00', '2026-05-13');
	expect(await openFresh(here.karim)).toBe('no_fresh');
	now = at('16:00');
	await fresh.db.updateTable('feedback_code').set({ started_count: 6 }).execute();
	expect(await openFresh(here.karim)).toBe('no_fresh');
});

it('leaves whoever opened either code one of those who ran the session', async () => {
	expect(await openFresh(here.coordinator)).toBe('opened');
	await answer(6);
	await closeFeedback(as(here.coordinator), { sessionId }, key());
	for (const who of [here.rana, here.coordinator])
		expect((await findResults(as(who), sessionId, 'en'))!.ranBySelf).toBe(true);
});

it('lets a child who came by the first code still ask to talk, on the day of the session', async () => {
	const first = await codeOf();
	await openFresh(here.karim);
	expect(await findSessionOfDay(answering(), first)).toMatchObject({ sessionId });
	now = at('09:00', '2026-05-06');
	expect(await findSessionOfDay(answering(), first)).toBeNull();
});
