import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CAST, type CastMember } from '#lib/features/example/cast.ts';
import { formFor } from '#lib/features/asking/bank.rules.ts';
import { itemWords, optionWords } from '#lib/features/feedback/words.ts';
import { m } from '#lib/paraglide/messages.js';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { seal } from '#lib/platform/crypto/sealed.ts';
import { formatNumber } from '#lib/platform/i18n/format.ts';
import { addOtherCohort, type Others } from '#tests/access/others.ts';
import { ask, backstage, post, type Backstage } from '#tests/access/visiting.ts';
import { startApp, type RunningApp } from '#tests/harness/app.ts';

/** What children said of a session of Rana's, and a child's wish to talk: who gets to read which. */
let app: RunningApp;
let stage: Backstage;
let group: Others;

const FORM = formFor('10-13', 'pulse');
const WORDS = 'Plantedwords more time outside';
/** On the item where all say the same; no other number, and no part of an id, is like it. */
const UNANIMOUS = 977_531;
const DIVIDED = [612_433, 341_812];
const COHORT = '=Planted cohort';
const NICKNAME = 'Plantednickname';

beforeAll(async () => {
	app = await startApp();
	stage = backstage(app);
	group = await addOtherCohort(stage, CAST.facilitator.id);
	await stage.db
		.updateTable('cohort')
		.set({ name_texts: JSON.stringify({ en: COHORT }) })
		.where('id', '=', group.cohort)
		.execute();
	await addResults();
});
afterAll(async () => {
	await stage.close();
	await app.stop();
});

/** The one code of a session, under the session's id. */
const codeOf = (session_id: string) => ({
	id: session_id,
	session_id,
	section_id: CAST.facilitator.sectionId!
});

async function addResults(): Promise<void> {
	const code = codeOf(group.session);
	const here = { code_id: code.id, section_id: code.section_id };
	await stage.db
		.insertInto('feedback_code')
		.values({
			...code,
			code: '04813375',
			length: FORM.length,
			opened_by: CAST.facilitator.id,
			opened_at: stage.now,
			closed_at: stage.now,
			started_count: UNANIMOUS,
			member_count: UNANIMOUS
		})
		.execute();
	const counts: [string, string, number][] = [
		['fun', 'mostly', DIVIDED[0]!],
		['fun', 'a_little', DIVIDED[1]!],
		['safe', 'completely', UNANIMOUS],
		['change', 'answered', 6],
		['change', 'skipped', 3]
	];
	await stage.db
		.insertInto('feedback_count')
		.values(
			counts.map(([item, answer, ballot_count]) => ({
				...here,
				form: FORM.id,
				item,
				answer,
				ballot_count
			}))
		)
		.execute();
	await stage.db
		.insertInto('feedback_vouch')
		.values({
			...here,
			answered_count: UNANIMOUS,
			vouched_by: CAST.manager.id,
			vouched_on: dateIn('Asia/Beirut', stage.now)
		})
		.execute();
	const ids = Array.from({ length: 6 }, () => randomUUID());
	await stage.db
		.insertInto('feedback_words')
		.values(
			ids.map((id, index) => ({
				...here,
				id,
				form: FORM.id,
				item: 'change',
				state: 'cleared' as const,
				words_sealed: seal(
					stage.ring,
					{ table: 'feedback_words', column: 'words_sealed', row: id },
					`${WORDS} ${index}`
				)
			}))
		)
		.execute();
}

/** What somebody reads at an address, in English. */
async function read(member: CastMember, path: string) {
	const cookie = await stage.logIn(member.id);
	return ask(app, `${path}${path.includes('?') ? '&' : '?'}lang=en`, { cookie });
}

/** The list to its end: at first it shows its newest. */
const LIST = ['/voices?shown=1000', '/voices/__data.json?shown=1000', '/voices/results.csv'];

function own(): string[] {
	return [`/voices/${group.session}`, `/voices/${group.session}/__data.json`];
}

describe('who ran the session', () => {
	it('reads neither what children wrote nor where all said the same, on no page and in no file', async () => {
		for (const path of [...LIST, ...own()]) {
			const { status, body } = await read(CAST.facilitator, path);
			expect(status, path).toBe(200);
			expect(body, path).toContain(COHORT);
			expect(body, path).not.toContain('Plantedwords');
			for (const number of written(UNANIMOUS)) expect(body, path).not.toContain(number);
		}
	});

	it('reads how opinions were divided, and the same sentence for all that is kept from them', async () => {
		const { body } = await read(CAST.facilitator, own()[0]!);
		for (const count of DIVIDED) expect(body).toContain(`>${formatNumber(count, 'en')}<`);
		const text = body.slice(0, body.indexOf('<script'));
		expect(text.split(m.voices_hidden())).toHaveLength(3);
		expect(text).not.toContain(m.voices_too_few());
	});

	it('finds in the file a line without a number for each item that is kept from them', async () => {
		const { body } = await read(CAST.facilitator, '/voices/results.csv');
		const hidden = linesOf(body, COHORT).filter((line) => line.includes(m.voices_hidden()));
		expect(hidden).toHaveLength(2);
		for (const line of hidden)
			expect(line.slice(line.indexOf('?'))).toBe(
				`?,,,,,,,,${m.voices_vouched_yes()},"${m.voices_hidden()}"`
			);
	});
});

describe.each(['coordinator', 'manager'] as const)('the %s, who did not run it', (who) => {
	it('reads every item, the words, and the ladder they were shown by', async () => {
		const { status, body } = await read(CAST[who], own()[0]!);
		expect(status).toBe(200);
		expect(body).toContain(`${WORDS} 5`);
		expect(body).toContain(`>${formatNumber(UNANIMOUS, 'en')}<`);
		expect(body).toContain(m.voices_rule());
		expect(body).not.toContain(m.voices_hidden());
	});

	it('gets a table of numbers with no words in it and nothing a sheet would run', async () => {
		const { status, headers, body } = await read(CAST[who], '/voices/results.csv');
		expect(status).toBe(200);
		expect(headers['content-type']).toBe('text/csv; charset=utf-8');
		expect(headers['content-disposition']).toBe('attachment; filename="results.csv"');
		expect(body).toMatch(/^\ufeffDate,/);
		expect(body).not.toContain('Plantedwords');
		const lines = linesOf(body, COHORT);
		expect(lines.every((line) => line.includes(`,'${COHORT},`))).toBe(true);
		const safe = lines.filter((line) => line.includes(itemWords('safe', FORM.band)));
		expect(safe.map((line) => line.split(',').slice(-9).join())).toEqual([
			`Not at all,0,0,${UNANIMOUS},0,0,0,${m.voices_vouched_yes()},`,
			`A little,0,0,${UNANIMOUS},0,0,0,${m.voices_vouched_yes()},`,
			`Mostly,0,0,${UNANIMOUS},0,0,0,${m.voices_vouched_yes()},`,
			`Completely,${UNANIMOUS},100,${UNANIMOUS},0,0,0,${m.voices_vouched_yes()},`
		]);
	});
});

describe('how many answered', () => {
	it('is said by one tap of who did not run it, by nobody who did, also not by a post of their own', async () => {
		const next = await addOtherCohort(stage, CAST.facilitator.id);
		const code = codeOf(next.session);
		const here = { code_id: code.id, section_id: code.section_id };
		await stage.db
			.insertInto('feedback_code')
			.values({
				...code,
				code: '04813376',
				length: FORM.length,
				opened_by: CAST.facilitator.id,
				opened_at: stage.now,
				closed_at: stage.now,
				started_count: 7,
				member_count: 12
			})
			.execute();
		await stage.db
			.insertInto('feedback_count')
			.values({ ...here, form: FORM.id, item: 'safe', answer: 'mostly', ballot_count: 7 })
			.execute();
		const page = `/voices/${next.session}`;
		const say = async (member: CastMember, answered: string) =>
			post(app, `${page}?/vouch`, { answered }, await stage.logIn(member.id));
		for (const path of ['/today', '/voices', page])
			expect((await read(CAST.coordinator, path)).body, path).toContain(`${page}?/vouch`);
		const before = (await read(CAST.coordinator, page)).body;
		expect(before).toContain(m.vouch_first());
		expect(before).not.toContain(optionWords('mostly'));
		expect((await say(CAST.facilitator, '7')).status).toBe(403);
		expect((await say(CAST.facilitator2, '7')).status).toBe(403);
		await stage.db
			.updateTable('feedback_code')
			.set({ opened_by: CAST.coordinator.id })
			.where('session_id', '=', next.session)
			.execute();
		expect((await say(CAST.coordinator, '7')).status).toBe(409);
		await stage.db
			.updateTable('feedback_code')
			.set({ opened_by: CAST.facilitator.id })
			.where('session_id', '=', next.session)
			.execute();
		expect((await say(CAST.coordinator, 'many')).status).toBe(422);
		expect((await say(CAST.coordinator, '٧')).headers.location).toBe('/voices?done=vouched');
		expect((await say(CAST.coordinator, '5')).status).toBe(409);
		expect((await read(CAST.coordinator, '/voices')).body).not.toContain(`${page}?/vouch`);
		expect((await read(CAST.coordinator, page)).body).toContain(
			m.voices_vouched_count({ count: 7 })
		);
	});
});

describe('a session with more forms than people', () => {
	it('has no number on any page or in any file; another adult opens one fresh code', async () => {
		const next = await addOtherCohort(stage, CAST.facilitator.id);
		const code = codeOf(next.session);
		const here = { code_id: code.id, section_id: code.section_id };
		await stage.db
			.updateTable('session')
			.set({ start_time: '08:00' })
			.where('id', '=', next.session)
			.execute();
		await stage.db
			.insertInto('feedback_code')
			.values({
				...code,
				code: '04813377',
				length: FORM.length,
				opened_by: CAST.facilitator.id,
				opened_at: stage.now,
				closed_at: stage.now,
				started_count: 413_977,
				member_count: 12
			})
			.execute();
		await stage.db
			.insertInto('feedback_count')
			.values({ ...here, form: FORM.id, item: 'safe', answer: 'mostly', ballot_count: 413_977 })
			.execute();
		for (const member of [CAST.facilitator, CAST.coordinator, CAST.manager])
			for (const path of [...LIST, `/voices/${next.session}`]) {
				const { body } = await read(member, path);
				expect(body, path).toMatch(path.includes('.json') ? /"isCounted"/ : m.voices_not_counted());
				for (const number of written(413_977)) expect(body, path).not.toContain(number);
			}
		const open = async (member: CastMember) =>
			post(app, `/sessions/${next.session}?/openFresh`, {}, await stage.logIn(member.id));
		expect((await open(CAST.facilitator)).status).toBe(409);
		expect((await open(CAST.coordinator)).headers.location).toBe(
			`/sessions/${next.session}?done=feedback_opened`
		);
		expect(
			await stage.db
				.selectFrom('feedback_count')
				.select('item')
				.where('code_id', '=', next.session)
				.execute()
		).toEqual([]);
	});
});

it.each([
	['a facilitator of another centre', CAST.facilitator2],
	['the manager of another section', CAST.managerTogo]
])(
	'%s is told that there is no such page, and finds nothing of it elsewhere',
	async (_, member) => {
		const [page, data] = own();
		expect((await read(member, page!)).status).toBe(404);
		expect((await read(member, data!)).body).toMatch(/"type":"error".*"status":404/);
		for (const path of LIST) {
			const { status, body } = await read(member, path);
			expect(status).toBe(200);
			for (const secret of [
				group.session,
				'Planted',
				...written(UNANIMOUS),
				...written(DIVIDED[0]!)
			])
				expect(body, path).not.toContain(secret);
		}
	}
);

describe('a child’s wish to talk', () => {
	const concern = randomUUID();
	const OTHERS = ['facilitator', 'coordinator', 'manager', 'admin', 'advisoryGroup'] as const;

	/** The data behind every page somebody may open, without the keys that differ each time. */
	async function everythingOf(member: CastMember): Promise<string> {
		const pages = [
			'/today',
			`/sessions/${group.session}`,
			'/voices',
			`/cohorts/${group.cohort}`,
			'/cohorts',
			'/calendar',
			'/safeguarding'
		];
		const bodies = [];
		for (const page of pages) bodies.push((await read(member, `${page}/__data.json`)).body);
		return bodies.join('\n').replace(/"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f-]{21}"/g, '""');
	}

	it('is on the focal point’s Today by the name the child gave, and changes nobody else’s pages', async () => {
		const before = new Map<string, string>();
		for (const who of OTHERS) before.set(who, await everythingOf(CAST[who]));
		const place = { table: 'concern', column: 'nickname_sealed', row: concern };
		await stage.db
			.insertInto('concern')
			.values({
				id: concern,
				section_id: CAST.focalPoint.sectionId!,
				session_id: group.session,
				nickname_sealed: seal(stage.ring, place, NICKNAME),
				noticed_at: stage.now,
				raised_at: stage.now,
				taken_by: null,
				taken_at: null,
				closed_at: null
			})
			.execute();
		const { body } = await read(CAST.focalPoint, '/today');
		expect(body).toContain(NICKNAME);
		expect(body).toContain(COHORT);
		expect(body).toContain(m.concerns_go());
		for (const who of OTHERS) expect(await everythingOf(CAST[who]), who).toBe(before.get(who));
	});

	it('is taken by one, who is named beside it; after the talk the name is destroyed', async () => {
		const cookie = await stage.logIn(CAST.focalPoint.id);
		const taken = await post(app, '/today?/takeConcern', { concernId: concern }, cookie);
		expect(taken.headers.location).toBe('/today?done=concern_taken');
		expect((await read(CAST.focalPoint, '/today')).body).toContain(CAST.focalPoint.name);
		const again = await post(app, '/today?/takeConcern', { concernId: concern }, cookie);
		expect(again.status).toBe(409);
		const closed = await post(app, '/today?/closeConcern', { concernId: concern }, cookie);
		expect(closed.headers.location).toBe('/today?done=concern_closed');
		expect((await read(CAST.focalPoint, '/today')).body).not.toContain(NICKNAME);
		const row = await stage.db
			.selectFrom('concern')
			.select('nickname_sealed')
			.where('id', '=', concern)
			.executeTakeFirst();
		expect(row).toEqual({ nickname_sealed: null });
	});
});

describe('a code', () => {
	it('is opened once by whoever runs the session, shown to the room, and closed for good', async () => {
		const next = await addOtherCohort(stage, CAST.facilitator.id);
		await stage.db
			.updateTable('session')
			.set({ start_time: '08:00' })
			.where('id', '=', next.session)
			.execute();
		const page = `/sessions/${next.session}`;
		const cookie = await stage.logIn(CAST.facilitator.id);
		const send = (action: string) => post(app, `${page}?/${action}`, {}, cookie);
		expect((await read(CAST.facilitator, `${page}/code`)).status).toBe(404);
		for (const by of ['its facilitator', 'a colleague, a moment later'])
			expect((await send('openFeedback')).headers.location, by).toBe(
				`${page}?done=feedback_opened`
			);
		const { code } = await stage.db
			.selectFrom('feedback_code')
			.select('code')
			.where('session_id', '=', next.session)
			.executeTakeFirstOrThrow();
		for (const path of [page, `${page}/code`]) {
			const { body } = await read(CAST.facilitator, path);
			expect(body).toContain(`${code.slice(0, 4)}\u00a0${code.slice(4)}`);
			expect(body).toContain('shape-rendering="crispEdges"');
		}
		expect((await read(CAST.facilitator2, `${page}/code`)).status).toBe(404);
		expect((await send('closeFeedback')).headers.location).toBe(`${page}?done=feedback_closed`);
		expect((await read(CAST.facilitator, `${page}/code`)).status).toBe(404);
		expect((await read(CAST.facilitator, page)).body).toContain(
			`href="/voices/${next.session}?back=`
		);
		for (const action of ['openFeedback', 'closeFeedback'])
			expect((await send(action)).status, action).toBe(409);
	});
});

/** A number as files and as pages have it. */
function written(number: number): string[] {
	return [String(number), formatNumber(number, 'en')];
}

/** The lines of a table that name a cohort. */
function linesOf(csv: string, cohort: string): string[] {
	return csv.split('\n').filter((line) => line.includes(cohort));
}
