import { beforeEach, expect, it } from 'vitest';
import { instantOf } from '#lib/platform/clock/zone.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import { addMembers, addOpenSession, addSession, contextOf } from '#tests/factories/rows.ts';
import {
	findOpenSession,
	giveAnswer,
	goOn,
	newBallotId,
	sendBallot
} from './answering.commands.server.ts';
import { closeFeedback, openFeedback } from './commands.server.ts';
import { countOverdueCodes } from './overdue.commands.server.ts';
import { findResults, listResults } from './queries.server.ts';
import { listWaiting, vouch } from './vouching.commands.server.ts';

const DATE = '2026-05-05';
const DURING = instantOf(DATE, '15:30', 'Asia/Beirut');
const MOTHERS = '22222222';

let fresh: FreshDatabase;
let here: Setting;
let sessionId: string;
beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	await addMembers(fresh, here, { count: 6, birthYear: 2010 });
	await addMembers(fresh, here, { count: 7, birthYear: 1988 });
	sessionId = await addSession(fresh, await aCycle(fresh, here), { date: DATE });
	await openFeedback(contextOf(fresh, here.rana, DURING), { sessionId }, key());
	await fresh.db.updateTable('feedback_code').set({ audience: 'children' }).execute();
	const first = await fresh.db.selectFrom('feedback_code').selectAll().executeTakeFirstOrThrow();
	await fresh.db
		.insertInto('feedback_code')
		.values({ ...first, id: newId(), number: 2, audience: 'caregivers', code: MOTHERS })
		.execute();
});

const key = () => ({ once: newId(), locale: 'en' as const });
const codes = () => fresh.db.selectFrom('feedback_code').selectAll().orderBy('number').execute();

async function answer(code: string, count: number) {
	const answering = { db: fresh.db, ring: fresh.ring, now: DURING };
	const open = (await findOpenSession(answering, code))!;
	for (let n = 0; n < count; n += 1) {
		const id = newBallotId();
		await goOn(answering, open, id);
		await giveAnswer(answering, open, id, { item: 'safe', given: { answer: 'mostly' } });
		await sendBallot(answering, open, id);
	}
	return open;
}

it('each has its own forms, answers, closing, word and results', async () => {
	const [girls] = await codes();
	expect((await answer(girls!.code, 6)).bands).not.toContain('adult');
	expect((await answer(MOTHERS, 7)).bands).toEqual(['adult']);
	const rana = contextOf(fresh, here.rana, DURING);
	expect((await closeFeedback(rana, { sessionId, codeNumber: 2 }, key())).ok).toBe(true);
	expect((await codes()).map(({ closed_at }) => closed_at === null)).toEqual([true, false]);
	const salma = contextOf(fresh, here.coordinator, DURING);
	const results = async (number: number) => findResults(salma, sessionId, 'en', number);
	expect(await results(1)).toBeUndefined();
	expect(await results(2)).toMatchObject({ codeNumber: 2, isCounted: true, asked: ['adults'] });
	expect((await results(2))!.forms.map(({ form }) => form.band)).toEqual(['adult']);
	expect((await closeFeedback(rana, { sessionId }, key())).ok).toBe(true);
	expect((await codes()).map(({ member_count }) => member_count)).toEqual([6, 7]);
	expect((await results(1))!.forms.map(({ form }) => form.band)).toEqual(['14-17']);
	expect((await listResults(salma, {}, 'en')).map(({ codeNumber }) => codeNumber)).toEqual([1, 2]);

	const waiting = async () =>
		(await listWaiting(salma, { today: DATE }, 'en')).map(({ codeNumber }) => codeNumber);
	expect(await waiting()).toEqual([1, 2]);
	const said = { sessionId, codeNumber: 2, answeredCount: 7 };
	expect((await vouch(salma, said, key())).ok).toBe(true);
	expect(await waiting()).toEqual([1]);
	expect((await results(2))!.vouch).toMatchObject({ state: 'said', answeredCount: 7 });
	expect((await results(1))!.vouch).toMatchObject({ state: 'open' });
});

it('all are counted when their day is over, and one too many under one spoils no other', async () => {
	const [girls] = await codes();
	await answer(girls!.code, 7);
	await answer(MOTHERS, 7);
	await countOverdueCodes(fresh.db, fresh.ring, instantOf('2026-05-06', '08:00', 'Asia/Beirut'));
	const salma = contextOf(fresh, here.coordinator, DURING);
	expect((await listResults(salma, {}, 'en')).map(({ isCounted }) => isCounted)).toEqual([
		false,
		true
	]);
});

it('an open session has a code too, with the forms of those it is for', async () => {
	const open = await addOpenSession(fresh, here, {
		...{ on_date: DATE, start_time: '14:00', facilitators: [here.rana] }
	});
	const rana = contextOf(fresh, here.rana, DURING);
	expect((await openFeedback(rana, { sessionId: open }, key())).ok).toBe(true);
	const { code } = await fresh.db
		.selectFrom('feedback_code')
		.select('code')
		.where('session_id', '=', open)
		.executeTakeFirstOrThrow();
	expect((await answer(code, 1)).bands).toEqual(['adult']);
	await fresh.db.updateTable('session').set({ headcount: 9 }).where('id', '=', open).execute();
	expect((await closeFeedback(rana, { sessionId: open }, key())).ok).toBe(true);
	expect(await findResults(rana, open, 'en')).toMatchObject({ isCounted: true });
});
