import { parse } from 'csv-parse/sync';
import readExcel from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CAST, centreId, rolesOf, SECTIONS } from '#lib/features/example/cast.ts';
import { tablesFor } from '#lib/features/exports/rules.ts';
import { readDirectory, textOf } from '#lib/platform/sheets/zip.ts';
import { plantMarkers, type Markers } from '#tests/access/markers.ts';
import { addOtherSection } from '#tests/access/others.ts';
import { ask, backstage, post, type Backstage } from '#tests/access/visiting.ts';
import { startApp, type RunningApp } from '#tests/harness/app.ts';

/** Files as they arrive: who gets what, in which language, read by other libraries than the one that wrote them. */
let app: RunningApp;
let stage: Backstage;
let markers: Markers;

beforeAll(async () => {
	app = await startApp({ env: { TRUST_PROXY: '1' } });
	stage = backstage(app);
	await addOtherSection(stage);
	markers = await plantMarkers(stage);
});
afterAll(async () => {
	await stage.close();
	await app.stop();
});

type Member = keyof typeof CAST;

/** Presses the button and fetches what it leads to. */
async function take(who: Member, table: string, format: 'xlsx' | 'csv', language = 'en') {
	const cookie = await stage.logIn(CAST[who].id);
	const fields = { table, format, month: '2026-04' };
	const { status, headers } = await post(app, '/exports?/take', fields, cookie);
	if (status !== 303) return { status, bytes: Buffer.alloc(0), headers: new Headers() };
	const answer = await fetch(`${app.origin}${headers.location}&lang=${language}`, {
		headers: { cookie },
		redirect: 'manual'
	});
	return {
		status: answer.status,
		bytes: Buffer.from(await answer.arrayBuffer()),
		headers: answer.headers
	};
}

describe.each(['coordinator', 'manager', 'managerTogo', 'admin'] as const)('%s', (who) => {
	it('gets all tables in one workbook, without a name or row of others', async () => {
		const { status, bytes } = await take(who, 'all', 'xlsx');
		expect(status).toBe(200);
		const sheets = await readExcel(bytes);
		// And what their numbers mean.
		expect(sheets).toHaveLength(tablesFor({ roles: rolesOf(CAST[who]) }).length + 1);
		const { sectionId, role, centres } = CAST[who];
		const seen = markers.in(JSON.stringify(sheets));
		expect(seen.length).toBeGreaterThan(0);
		const foreign = seen.filter(({ kind, id }) => {
			if (kind === 'section') return id !== sectionId;
			if (kind === 'person') return !['coordinator', 'admin'].includes(role);
			if (role !== 'coordinator' || kind !== 'centre') return false;
			return !centres.some((number) => centreId(number) === id);
		});
		expect(foreign).toEqual([]);
		const abroad = markers.of('section', SECTIONS.togo);
		if (who !== 'managerTogo') expect(JSON.stringify(sheets)).not.toContain(abroad);
	});
});

it('refuses who may not take tables away, and what is not theirs', async () => {
	expect((await take('facilitator', 'people', 'csv')).status).toBe(403);
	expect((await take('advisoryGroup', 'targets', 'csv')).status).toBe(403);
	expect((await take('network', 'targets', 'csv')).status).toBe(403);
	expect((await take('manager', 'accounts', 'csv')).status).toBe(422);
	expect((await take('manager', 'report_out', 'csv')).status).toBe(422);
});

it('gives nothing without a ticket, or with somebody else’s', async () => {
	const cookie = await stage.logIn(CAST.manager.id);
	const fields = { table: 'people', format: 'csv', month: '2026-04' };
	const { headers } = await post(app, '/exports?/take', fields, cookie);
	const other = await stage.logIn(CAST.coordinator.id);
	const bare = `/exports/file?${new URLSearchParams(fields)}`;
	for (const [path, asker] of [
		[bare, cookie],
		[headers.location!, other]
	] as const) {
		const answer = await fetch(app.origin + path, {
			headers: { cookie: asker },
			redirect: 'manual'
		});
		expect(answer.status).toBe(303);
		expect(answer.headers.get('location')).toBe('/exports');
	}
});

it('sheets run from right to left in Arabic, and speak the reader’s language', async () => {
	const heads = { en: 'Centre', fr: 'Centre', ar: 'المركز' };
	for (const [language, head] of Object.entries(heads)) {
		const { bytes } = await take('managerTogo', 'rooms', 'xlsx', language);
		const sheet = textOf(bytes, readDirectory(bytes), 'xl/worksheets/sheet1.xml');
		expect(sheet.includes('rightToLeft="1"')).toBe(language === 'ar');
		expect((await readExcel(bytes))[0]!.data[0]![0]).toBe(head);
	}
});

it('a CSV is read back, and is named without anything it holds', async () => {
	const { bytes, headers } = await take('managerTogo', 'sessions', 'csv');
	expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
	expect(headers.get('content-disposition')).toBe(
		'attachment; filename="sessions-2026-2026-05-04.csv"'
	);
	const [head, ...rows] = parse(bytes, { bom: true }) as string[][];
	expect(head!.slice(0, 3)).toEqual(['Date', 'Time', 'Centre']);
	expect(rows).toHaveLength(1);
});

it('the monthly sheet comes with tags, exact to keep inside', async () => {
	const { bytes } = await take('manager', 'report_in_hxl', 'xlsx', 'ar');
	const [sheet, totals, notes] = await readExcel(bytes);
	expect(notes!.data.length).toBeGreaterThan(3);
	for (const { data } of [sheet!, totals!]) {
		const [heads, tags, ...rows] = data;
		expect(heads![10]).toBe('value');
		expect(tags![10]).toBe('#reached+ind');
		expect(rows.length).toBeGreaterThan(0);
		for (const row of rows) expect(row[10]).toBeGreaterThan(0);
	}
	const csv = await take('manager', 'report_in', 'csv');
	const rows = parse(csv.bytes, { bom: true, columns: true }) as Record<string, string>[];
	expect(rows.every(({ month, pcode }) => month === '2026-04' && /^LB\d+$/.test(pcode!))).toBe(
		true
	);
	expect(csv.headers.get('content-disposition')).toContain('activityinfo-inside-only-2026-04-');
});

it('so many files an hour and no more, told on a page', async () => {
	const cookie = await stage.logIn(CAST.manager.id);
	const left = async () => {
		const { body } = await ask(app, '/exports?lang=en', { cookie });
		return Number(
			/You can take (\d+) more files? within this hour, of 120 an hour/.exec(body)?.[1]
		);
	};
	const before = await left();
	expect(before).toBeGreaterThan(90);
	await post(app, '/exports?/take', {}, cookie);
	expect(await left()).toBe(before - 1);
	for (let count = 1; count < before; count += 1)
		expect((await post(app, '/exports?/take', {}, cookie)).status).toBe(422);
	const { body } = await ask(app, '/exports?lang=en', { cookie });
	expect(body).toContain('You have taken 120 files within an hour');
	const answer = await post(app, '/exports?/take&lang=en', {}, cookie);
	expect(answer.status).toBe(429);
	expect(answer.headers['content-type']).toContain('text/html');
	expect(answer.body).toMatch(/taken 120 files within an hour, .* again in (59|60) minutes/);
	const page = await fetch(`${app.origin}/safeguarding`, { headers: { cookie } });
	expect(page.status).toBe(200);
});
