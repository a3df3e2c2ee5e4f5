import { beforeEach, expect, it } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import { instantOf } from '#lib/platform/clock/zone.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import { addMembers, addSession, contextOf } from '#tests/factories/rows.ts';
import {
	chooseBand,
	findOpenSession,
	giveAnswer,
	goOn,
	newBallotId,
	readBallot,
	sendBallot
} from './answering.commands.server.ts';
import { screenOf } from './ballot.rules.ts';
import { BANDS, type Answer, type Band, type Item } from '#lib/features/asking/bank.rules.ts';
import { closeFeedback, openFeedback } from './commands.server.ts';
import { findResults, listResults, tabulateResults } from './queries.server.ts';
import type { OpenSession } from './types.ts';

const DATE = '2026-05-05';
const DURING = instantOf(DATE, '15:30', 'Asia/Beirut');

let fresh: FreshDatabase;
let here: Setting;
let sessionId: string;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	await fresh.db.updateTable('cohort').set({ audience: 'caregivers' }).execute();
	const cycle = await aCycle(fresh, here);
	sessionId = await addSession(fresh, cycle, { date: DATE });
	for (const date of ['2026-05-07', '2026-05-12']) await addSession(fresh, cycle, { date });
});

const key = () => ({ once: newId(), locale: 'en' as const });
const answering = () => ({ db: fresh.db, ring: fresh.ring, now: DURING });
const manager = () => contextOf(fresh, here.manager, DURING);

/** A cohort of so many girls of twelve and mothers; its code, opened. */
async function cohortOf(girls: number, mothers: number): Promise<OpenSession> {
	await addMembers(fresh, here, { count: girls, birthYear: 2014 });
	await addMembers(fresh, here, { count: mothers, birthYear: 1988 });
	await openFeedback(contextOf(fresh, here.rana, DURING), { sessionId }, key());
	const { code } = await fresh.db
		.selectFrom('feedback_code')
		.select('code')
		.executeTakeFirstOrThrow();
	return (await findOpenSession(answering(), code))!;
}

async function answer(open: OpenSession, band: Band, given: Partial<Record<Item, Answer>>) {
	const id = newBallotId();
	await chooseBand(answering(), open, id, band);
	await goOn(answering(), open, id);
	for (const [item, answer] of Object.entries(given) as [Item, Answer][])
		await giveAnswer(answering(), open, id, { item, given: { answer } });
	return sendBallot(answering(), open, id);
}

it('a cohort of girls and mothers asks who answers; each gets her own form', async () => {
	const open = await cohortOf(6, 6);
	expect(open).toMatchObject({ bands: BANDS, band: null });
	const id = newBallotId();
	const untouched = await readBallot(answering(), open, id);
	expect(screenOf(open, untouched, 'on')).toEqual({ kind: 'who' });
	const mother = await chooseBand(answering(), open, id, 'adult');
	expect(screenOf(open, mother, 'on')).toMatchObject({ kind: 'welcome', form: { band: 'adult' } });
	const girl = await chooseBand(answering(), open, newBallotId(), '10-13');
	expect(screenOf(open, girl, 'on')).toMatchObject({ kind: 'question', item: 'fun' });
});

it('the form of adults cannot be chosen among children', async () => {
	const open = await cohortOf(6, 0);
	const id = newBallotId();
	await chooseBand(answering(), open, id, 'adult');
	expect(await readBallot(answering(), open, id)).toMatchObject({ band: '10-13' });
});

it('nothing can be answered before it is said who answers', async () => {
	const open = await cohortOf(6, 6);
	const id = newBallotId();
	await giveAnswer(answering(), open, id, { item: 'safe', given: { answer: 'yes' } });
	expect(await readBallot(answering(), open, id)).toMatchObject({ band: null, answers: {} });
});

it('a cohort of mothers alone begins with the form of adults', async () => {
	const open = await cohortOf(0, 4);
	expect(open).toMatchObject({ bands: ['adult'], band: 'adult' });
});

it('what adults said stands apart from what children said, on the page, in the lists and in the files', async () => {
	const open = await cohortOf(6, 6);
	for (let n = 0; n < 6; n += 1) {
		await answer(open, '10-13', { fun: 'mostly', safe: 'completely' });
		await answer(open, 'adult', { useful: 'completely', respected: 'partly' });
	}
	await closeFeedback(contextOf(fresh, here.rana, DURING), { sessionId }, key());
	const results = (await findResults(manager(), sessionId, 'en'))!;
	expect(results.forms.map(({ form }) => form.band)).toEqual(['10-13', 'adult']);
	expect(results.asked).toEqual(['children', 'adults']);
	const late = instantOf('2026-05-20', '12:00', 'Asia/Beirut');
	const file = async (whose: 'children' | 'adults', now = late) =>
		JSON.stringify(
			(await tabulateResults(contextOf(fresh, here.manager, now), { whose }, 'en')).rows
		);
	for (const whose of ['children', 'adults'] as const) {
		expect(await file(whose, DURING)).toContain(m.vouch_first());
		expect(await file(whose, DURING)).not.toMatch(/useful|enjoy/);
	}
	expect(await file('children')).not.toMatch(/useful|Adults/);
	expect(await file('adults')).not.toMatch(/enjoy|10 to 13/);
	expect(await file('adults')).toContain('useful');
	expect(await file('children')).toContain('enjoy');
});

it('a session of mothers is in no list of children’s voices, also where nothing of it counts', async () => {
	const open = await cohortOf(0, 2);
	for (let n = 0; n < 3; n += 1) await answer(open, 'adult', { useful: 'completely' });
	await closeFeedback(contextOf(fresh, here.rana, DURING), { sessionId }, key());
	expect(await listResults(manager(), {}, 'en')).toMatchObject([
		{ isCounted: false, asked: ['adults'] }
	]);
	expect((await tabulateResults(manager(), { whose: 'children' }, 'en')).rows).toEqual([]);
	expect((await tabulateResults(manager(), { whose: 'adults' }, 'en')).rows).toHaveLength(1);
});
