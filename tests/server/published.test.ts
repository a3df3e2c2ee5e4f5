import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepCounts } from '#lib/features/counts/commands.server.ts';
import { CAST, centreId, SECTIONS } from '#lib/features/example/cast.ts';
import { ask, backstage, post, type Backstage } from '#tests/access/visiting.ts';
import { startApp, type RunningApp } from '#tests/harness/app.ts';

/** What readers outside the section are given, page by page and file by file, before and after a month is published. */
let app: RunningApp;
let stage: Backstage;

beforeAll(async () => {
	app = await startApp();
	stage = backstage(app);
});
afterAll(async () => {
	await stage.close();
	await app.stop();
});

const OUTSIDE = ['network', 'advisoryGroup', 'partner'] as const;
type Member = keyof typeof CAST;

/** Every page that shows them numbers of people, as text, without what changes with the clock and each visit. */
async function pagesOf(who: Member): Promise<string> {
	const cookie = await stage.logIn(CAST[who].id);
	const pages: string[] = [];
	for (const path of ['/targets', '/published', '/roadmaps']) {
		const { status, body } = await ask(app, `${path}?lang=en`, { cookie });
		if (status !== 200) continue;
		const main = /<main[\s\S]*<\/main>/.exec(body)![0];
		pages.push(
			main
				.replaceAll(/<[^>]*>/g, ' ')
				.replaceAll(/As of [^.]*\./g, '')
				.replaceAll(/\d[\d,]* sessions? held/g, '')
		);
	}
	return pages.join('\n');
}

/** The sheet of a snapshot as rows. */
async function sheetOf(who: Member, id: string) {
	const cookie = await stage.logIn(CAST[who].id);
	const address = `/published/file?snapshot=${id}&format=csv&tags=none&lang=en`;
	const answer = await fetch(app.origin + address, { headers: { cookie }, redirect: 'manual' });
	const bytes = Buffer.from(await answer.arrayBuffer());
	return { answer, bytes };
}

async function publish(month: string, layout: string) {
	const cookie = await stage.logIn(CAST.manager.id);
	const once = crypto.randomUUID();
	const fields = { once, month, layout, final: 'yes' };
	return post(app, `/exports/activityinfo?/publish&month=${month}`, fields, cookie);
}

const snapshots = () => stage.db.selectFrom('snapshot').selectAll().orderBy('number').execute();

/** One more child in the registers of a day, recorded now. */
async function oneMore(date: string): Promise<void> {
	const session = await stage.db
		.selectFrom('session')
		.selectAll()
		.where('section_id', '=', SECTIONS.lebanon)
		.where('centre_id', '=', centreId(1))
		.where('status', '=', 'held')
		.where('on_date', '>=', date)
		.orderBy('on_date')
		.executeTakeFirstOrThrow();
	const person = await stage.db
		.selectFrom('person')
		.selectAll()
		.where('section_id', '=', SECTIONS.lebanon)
		.executeTakeFirstOrThrow();
	const id = crypto.randomUUID();
	const section_id = SECTIONS.lebanon;
	await stage.db
		.insertInto('person')
		.values({ ...person, id })
		.execute();
	await stage.db
		.insertInto('mark')
		.values({ session_id: session.id, person_id: id, section_id, code: 'present' })
		.execute();
	await keepCounts(stage.db, section_id, { people: [id] });
}

it('one more child in a register changes no number outside, page or file', async () => {
	const before = await Promise.all(OUTSIDE.map(pagesOf));
	expect(before[0]).toMatch(/people of/);
	const [first] = await snapshots();
	const file = await sheetOf('partner', first!.id);
	await oneMore('2026-01-01');
	expect(await Promise.all(OUTSIDE.map(pagesOf))).toEqual(before);
	expect(String((await sheetOf('network', first!.id)).bytes)).toBe(String(file.bytes));
});

it('a month is published by the manager once, and then there for everybody', async () => {
	const count = (await snapshots()).length;
	const [first, second] = await Promise.all([
		publish('2026-04', 'governorate_sex_age'),
		publish('2026-04', 'total')
	]);
	expect([first.status, second.status].sort()).toEqual([303, 409]);
	const all = await snapshots();
	expect(all).toHaveLength(count + 1);
	const last = all.at(-1)!;
	const { answer, bytes } = await sheetOf('advisoryGroup', last.id);
	expect(answer.headers.get('content-disposition')).toBe(
		`attachment; filename="activityinfo-2026-04-no-${last.number}-2026-05-04.csv"`
	);
	const rows = parse(bytes, { bom: true, columns: true }) as Record<string, string>[];
	expect(rows.length).toBeGreaterThan(0);
	for (const { value } of rows) expect(value === '' || Number(value) >= 10).toBe(true);
	for (const who of OUTSIDE) expect(await pagesOf(who)).toContain('April 2026');
});

it('what is published of one section is nobody’s of another', async () => {
	const [first] = await snapshots();
	const { answer } = await sheetOf('managerTogo', first!.id);
	expect(answer.status).toBe(303);
	const cookie = await stage.logIn(CAST.managerTogo.id);
	const { body } = await ask(app, '/published?lang=en', { cookie });
	expect(body).toContain('Nothing is published yet');
});
