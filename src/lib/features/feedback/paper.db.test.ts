import { beforeEach, describe, expect, it } from 'vitest';
import {
	draftAsked,
	publishAsked,
	saveQuestion,
	setForms
} from '#lib/features/asking/commands.server.ts';
import { formFor, type Band, type Form, type Item } from '#lib/features/asking/bank.rules.ts';
import { paperCode } from '#lib/features/asking/paper.rules.ts';
import { instantOf } from '#lib/platform/clock/zone.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import { addReader } from '#tests/factories/readers.ts';
import { addMembers, addSession, contextOf, type Account } from '#tests/factories/rows.ts';
import { findSession } from '#lib/features/sessions/queries.server.ts';
import {
	findOpenSession,
	giveAnswer,
	newBallotId,
	sendBallot
} from './answering.commands.server.ts';
import { closeFeedback, openFeedback } from './commands.server.ts';
import { findCodeState } from './code-states.queries.server.ts';
import { countOverdueCodes } from './overdue.commands.server.ts';
import { closePaper, enterPaper, openForPaper } from './paper.commands.server.ts';
import { findPaperState, listForPaper } from './paper.queries.server.ts';
import { findResults } from './queries.server.ts';
import { vouch } from './vouching.commands.server.ts';

const DATE = '2026-05-05';
const DURING = instantOf(DATE, '15:30', 'Asia/Beirut');
const AFTER = instantOf('2026-05-07', '10:00', 'Asia/Beirut');
const MEMBERS = 9;
const FORM = formFor('10-13', 'pulse');

let fresh: FreshDatabase;
let here: Setting;
let sessionId: string;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	await addMembers(fresh, here, { count: MEMBERS, birthYear: 2015 });
	await addReader(fresh, here);
	const cycle = await aCycle(fresh, here);
	sessionId = await addSession(fresh, cycle, { date: DATE });
	for (const date of ['2026-05-12', '2026-05-19']) await addSession(fresh, cycle, { date });
});

const key = () => ({ once: newId(), locale: 'en' as const });
const as = (account: Account, now = DURING) => contextOf(fresh, account, now);
const reason = (outcome: { ok: boolean; refusal?: { reason: string } }) =>
	outcome.ok ? 'done' : outcome.refusal!.reason;
const open = () => openFeedback(as(here.rana), { sessionId }, key());
const close = () => closeFeedback(as(here.rana), { sessionId }, key());
/** So many sheets that say the same. */
const sheets = (count: number, fun: string, safe = '4') =>
	Object.fromEntries(
		Array.from({ length: count }, (_, at) => [
			[`${at + 1}.fun`, fun],
			[`${at + 1}.safe`, safe]
		]).flat()
	);
const type = (
	cells: Record<string, string>,
	{ account = here.coordinator, now = DURING, paper = paperCode(FORM) } = {}
) => enterPaper(as(account, now), { sessionId, paper, cells }, key());

async function shownTo(account: Account, now = DURING) {
	const results = await findResults(as(account, now), sessionId, 'en');
	return Object.fromEntries(results?.forms[0]?.items.map((one) => [one.item, one]) ?? []);
}

/** A child who answers on a device. */
async function child(answers: Partial<Record<Item, string>>) {
	const answering = { db: fresh.db, ring: fresh.ring, now: DURING };
	const { code } = await fresh.db
		.selectFrom('feedback_code')
		.select('code')
		.executeTakeFirstOrThrow();
	const session = (await findOpenSession(answering, code))!;
	const id = newBallotId();
	for (const [item, answer] of Object.entries(answers) as [Item, 'yes'][])
		await giveAnswer(answering, session, id, { item, given: { answer } });
	return sendBallot(answering, session, id);
}

describe('paper forms', () => {
	it('count with those of devices, once, and are destroyed', async () => {
		await open();
		await child({ fun: 'mostly', safe: 'completely' });
		expect(reason(await type({ ...sheets(5, '4'), '6.fun': '', '6.safe': '1' }))).toBe('done');
		const ballots = await fresh.db.selectFrom('feedback_ballot').selectAll().execute();
		expect(ballots).toHaveLength(7);
		expect(JSON.stringify(ballots)).not.toMatch(/fun|mostly|completely/);
		await close();
		expect(await fresh.db.selectFrom('feedback_ballot').selectAll().execute()).toEqual([]);
		const { fun } = await shownTo(here.manager);
		expect(fun).toMatchObject({ shown: 'counts', answeredCount: 6, skippedCount: 1 });
		expect(reason(await type(sheets(1, '4')))).toBe('not_open');
	});

	it('are typed in by nobody who ran the session, and seen of others’ by nobody who typed some in', async () => {
		await open();
		expect(reason(await type(sheets(4, '4'), { account: here.rana }))).not.toBe('done');
		// The attack of decision 26: one child on a device, and sheets of one's own beside it.
		await child({ fun: 'not_at_all', safe: 'not_at_all' });
		expect(reason(await type(sheets(5, '4')))).toBe('done');
		await close();
		expect(await shownTo(here.coordinator)).toEqual({});
		const said = { sessionId, answeredCount: 6 };
		expect(reason(await vouch(as(here.coordinator), said, key()))).toBe('ran_it');
		await vouch(as(here.manager), said, key());
		const shown = Object.values(await shownTo(here.coordinator));
		expect(shown.every((one) => one.shown === 'hidden' || one.shown === 'split')).toBe(true);
	});

	it('are no more than took part, whatever was begun, and all of a page or none', async () => {
		await open();
		await child({ fun: 'mostly' });
		expect(reason(await type(sheets(MEMBERS, '4')))).toBe('too_many');
		expect(reason(await type(sheets(MEMBERS - 1, '4')))).toBe('done');
		expect(reason(await type(sheets(1, '4')))).toBe('too_many');
		const { started_count } = await fresh.db
			.selectFrom('feedback_code')
			.select('started_count')
			.executeTakeFirstOrThrow();
		expect(started_count).toBe(MEMBERS);
		await close();
		expect(await shownTo(here.manager)).toMatchObject({ safe: { answeredCount: MEMBERS - 1 } });
	});

	it('of two at once never go over it', async () => {
		await open();
		const outcomes = await Promise.all([
			type(sheets(6, '4')),
			type(sheets(6, '4'), { account: here.coordinator })
		]);
		expect(outcomes.map(reason).sort()).toEqual(['done', 'too_many']);
	});

	it('fit the form by the code on them: another version’s, length’s or none are refused', async () => {
		await open();
		for (const paper of ['000000', '', paperCode(formFor('10-13', 'full'))])
			expect(reason(await type(sheets(1, '4'), { paper }))).toBe('other_version');
		expect(reason(await type({ '1.fun': '7' }))).toBe('unreadable');
		expect(reason(await type({}))).toBe('nothing_typed');
	});

	it('sent twice count once, and neither key nor audit says what or how many', async () => {
		await open();
		const once = key();
		const entry = () =>
			enterPaper(
				as(here.coordinator),
				{ sessionId, paper: paperCode(FORM), cells: sheets(3, '4') },
				once
			);
		await entry();
		await entry();
		await type(sheets(2, '1'));
		expect(await fresh.db.selectFrom('feedback_ballot').select('id').execute()).toHaveLength(5);
		const audit = await fresh.db
			.selectFrom('audit')
			.selectAll()
			.where('action', '=', 'type paper forms in')
			.execute();
		expect(audit).toHaveLength(1);
		expect(JSON.stringify(audit)).not.toContain('fun');
		expect(audit[0]!.object_type).not.toBe('session');
	});
});

describe('a session without a code', () => {
	const openPaper = (account = here.coordinator, now = AFTER) =>
		openForPaper(as(account, now), { sessionId }, key());

	it('gets one for paper alone, for the rest of the day, from who did not run it', async () => {
		expect(reason(await openPaper(here.rana))).toBe('ran');
		expect(reason(await openPaper(here.coordinator, instantOf(DATE, '08:00', 'Asia/Beirut')))).toBe(
			'not_now'
		);
		expect(
			reason(await openPaper(here.coordinator, instantOf('2026-05-13', '08:00', 'Asia/Beirut')))
		).toBe('not_now');
		expect(reason(await openPaper())).toBe('done');
		expect(reason(await openPaper())).toBe('open_before');
		const { code } = await fresh.db
			.selectFrom('feedback_code')
			.select('code')
			.executeTakeFirstOrThrow();
		const answering = { db: fresh.db, ring: fresh.ring, now: AFTER };
		expect(await findOpenSession(answering, code)).toBeNull();
		expect(await findCodeState(as(here.rana, AFTER), sessionId)).toEqual({ state: 'counting' });
		expect(reason(await type(sheets(6, '4'), { now: AFTER }))).toBe('done');
		await countOverdueCodes(fresh.db, fresh.ring, instantOf('2026-05-08', '00:10', 'Asia/Beirut'));
		expect(await shownTo(here.manager, AFTER)).toMatchObject({ fun: { answeredCount: 6 } });
	});

	it('is counted when all is typed in, by nobody who ran it; then it is in no list', async () => {
		const listed = async () =>
			(await listForPaper(as(here.coordinator, AFTER), { today: '2026-05-07' }, 'en')).map(
				({ id }) => id
			);
		expect(await listed()).toEqual([sessionId]);
		await openPaper();
		await type(sheets(5, '3'), { now: AFTER });
		expect(reason(await closePaper(as(here.rana, AFTER), { sessionId }, key()))).toBe('ran');
		expect(reason(await closePaper(as(here.coordinator, AFTER), { sessionId }, key()))).toBe(
			'done'
		);
		expect(await listed()).toEqual([]);
		const session = (await findSession(as(here.coordinator, AFTER), sessionId, 'en'))!;
		expect(await findPaperState(as(here.coordinator, AFTER), session)).toEqual({
			state: 'counted'
		});
	});
});

describe('a question of the section’s own', () => {
	/** Publishes a version that asks one of one's own after *safe*; gives its form. */
	async function published(band: Band = '10-13'): Promise<Form> {
		const manager = as(here.manager);
		const draft = await draftAsked(manager, { curriculumId: null }, newId());
		if (!draft.ok) throw new Error(draft.refusal.reason);
		const { versionId } = draft.done;
		const question = {
			...{ id: null, kind: 'yes_no' as const, picture: null, options: [] },
			texts: { [band]: { en: `Was it quiet enough? ${versionId}`, ar: 'هل كان المكان هادئًا؟' } }
		};
		const saved = await saveQuestion(manager, { versionId, question }, newId());
		if (!saved.ok) throw new Error(saved.refusal.reason);
		const places = { safe: 1, [saved.done.questionId]: 2 };
		await setForms(manager, { versionId, band, pulse: places, full: places }, newId());
		await publishAsked(manager, { versionId, on: DATE }, newId());
		const { content } = await fresh.db
			.selectFrom('asked_version')
			.select('content')
			.where('id', '=', versionId)
			.executeTakeFirstOrThrow();
		return formFor(band, 'pulse', { id: versionId, number: 1, ...JSON.parse(content) });
	}

	it('is asked under codes opened from then on, and answers stay with the version the code has', async () => {
		const first = await published();
		await open();
		const second = await published();
		const own = first.items[1]!;
		for (let n = 0; n < 3; n += 1) await child({ safe: 'completely', [own]: 'yes' });
		expect(reason(await type({ '1.safe': '4' }, { paper: paperCode(second) }))).toBe(
			'other_version'
		);
		const cells = Object.fromEntries(
			[1, 2, 3].flatMap((row) => [
				[`${row}.safe`, '4'],
				[`${row}.${own}`, row === 1 ? '0' : '1']
			])
		);
		expect(reason(await type(cells, { paper: paperCode(first) }))).toBe('done');
		await close();
		const forms = await fresh.db.selectFrom('feedback_count').select('form').distinct().execute();
		expect(forms).toEqual([{ form: first.id }]);
		expect((await shownTo(here.manager))[own]).toMatchObject({
			shown: 'counts',
			answeredCount: 5,
			dontKnowCount: 1,
			options: [
				{ option: 'no', count: 2 },
				{ option: 'yes', count: 3 }
			]
		});
		const results = await findResults(as(here.manager), sessionId, 'en');
		expect(JSON.stringify(results?.forms[0]?.form.own)).toContain(first.askedId);
		expect(JSON.stringify(results?.forms[0]?.form.own)).not.toContain(second.askedId);
	});

	it('takes no answer that another question has', async () => {
		const own = (await published()).items[1]!;
		await open();
		await child({ [own]: 'mostly', safe: 'completely' });
		await close();
		const rows = await fresh.db
			.selectFrom('feedback_count')
			.select(['item', 'answer'])
			.where('item', '=', own)
			.execute();
		expect(rows).toEqual([{ item: own, answer: 'not_shown' }]);
	});
});
