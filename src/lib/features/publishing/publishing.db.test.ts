import { beforeEach, describe, expect, it } from 'vitest';
import type { Sex } from '#lib/platform/db/schema.ts';
import { m } from '#lib/paraglide/messages.js';
import { newId } from '#lib/platform/ids/ids.ts';
import { asNetwork } from '#tests/factories/network.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import {
	addAccount,
	addIndicator,
	addMember,
	addSession,
	addTarget,
	contextOf,
	type Account
} from '#tests/factories/rows.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { publishMonth, saveReportSetting } from './commands.server.ts';
import { readSnapshot } from './files.queries.server.ts';
import { listNetworkReach, listPublishedReach } from './outside.queries.server.ts';
import { findSnapshot, getReportSetting, listSnapshots, previewMonth } from './queries.server.ts';
import type { Layout } from './types.ts';

const TODAY = '2026-06-15';

let fresh: FreshDatabase;
let here: Setting;
let there: Setting;
let partner: Account;
let target: string;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	there = await aSetting(fresh, { sectionId: here.sectionId });
	await fresh.db
		.updateTable('centre')
		.set({ adm1_pcode: 'LB2', adm2_pcode: 'LB25' })
		.where('id', '=', there.centreId)
		.execute();
	partner = await addAccount(fresh, { sectionId: here.sectionId, role: 'advisory_group' });
	target = await addTarget(fresh, { section_id: here.sectionId });
});

const GIRLS = { birth_year: 2016, population_group: 'SYR', sex: 'f' as Sex };
const BOYS = { birth_year: 2018, population_group: 'LEB', sex: 'm' as Sex };

/** So many new people who come to a session; answers who. */
async function reach(at: Setting, count: number, date: string, kind = GIRLS): Promise<string[]> {
	const ids: string[] = [];
	for (let n = 0; n < count; n += 1) {
		const id = await addMember(fresh, at);
		await fresh.db.updateTable('person').set(kind).where('id', '=', id).execute();
		ids.push(id);
	}
	await come(at, ids, date);
	return ids;
}

async function come(at: Setting, ids: readonly string[], date: string): Promise<void> {
	const cycle = await aCycle(fresh, at);
	const session_id = await addSession(fresh, cycle, { date, status: 'held' });
	for (const person_id of ids)
		await fresh.db
			.insertInto('mark')
			.values({ session_id, person_id, section_id: at.sectionId, code: 'present' })
			.execute();
}

const as = (account: Account) => contextOf(fresh, account);
const publish = (
	month: string,
	layout: Layout = 'district_group_sex_age',
	{ by = here.manager, once = newId() } = {}
) => publishMonth(as(by), { month, layout, final: 'yes' }, { once, today: TODAY });

async function published(month: string, layout?: Layout): Promise<string> {
	const outcome = await publish(month, layout);
	if (!outcome.ok) throw new Error(outcome.refusal.reason);
	return outcome.done.snapshotId;
}

/** Place, group, sex, age and number of each row of sheet and totals. */
async function brief(snapshot: string, reader: Parameters<typeof readSnapshot>[0] = as(partner)) {
	const tables = (await readSnapshot(reader, { snapshot, tags: 'none' }, 'en'))!;
	return tables
		.slice(0, 2)
		.map(({ rows }) =>
			rows.map((row) => [row[4], row[7], row[8], row[9], row[10] ?? 'hidden'].join(' ').trim())
		);
}

const people = async () => {
	const [seen] = await listPublishedReach(as(partner), { today: TODAY }, 'en');
	return seen!.peopleCount;
};

describe('a published month', () => {
	it('leaves without the three boys, and without what they could be subtracted from', async () => {
		await reach(here, 12, '2026-04-07');
		await reach(here, 3, '2026-04-07', BOYS);
		await reach(there, 14, '2026-04-08');
		const [sheet, totals] = await brief(await published('2026-04'));
		expect(totals![0]).toBe('29');
		expect([...sheet!, ...totals!].join()).not.toMatch(/\b3\b/);
		// From 15 in Beirut and 12 girls the three boys would be known.
		expect(sheet).not.toContain('LB1 SYR female 6–11 12');
	});

	it('has what its layout has, in every layout', async () => {
		await reach(here, 12, '2026-01-07');
		expect(await brief(await published('2026-01', 'country_sex_age'))).toEqual([
			['female 6–11 12'],
			['12']
		]);
		await reach(there, 14, '2026-02-08');
		expect(await brief(await published('2026-02', 'governorate_sex_age'))).toEqual([
			['LB2  female 6–11 14'],
			['14', 'LB2    14', 'female 6–11 14']
		]);
		await reach(here, 13, '2026-03-07');
		expect(await brief(await published('2026-03', 'total'))).toEqual([['13'], ['13']]);
	});

	it('stays as it is whatever registers say later, and who came late is in the next', async () => {
		const april = await reach(here, 20, '2026-04-07');
		const first = await published('2026-04');
		const before = await brief(first);
		await reach(here, 1, '2026-04-14', BOYS);
		await fresh.db.deleteFrom('mark').where('person_id', '=', april[0]!).execute();
		await fresh.db.updateTable('person').set(BOYS).where('id', '=', april[1]!).execute();
		expect(await brief(first)).toEqual(before);
		expect(await people()).toBe(20);
		await come(here, april, '2026-05-05');
		await reach(here, 11, '2026-05-05');
		const second = await published('2026-05');
		expect((await brief(second))[1]![0]).toBe('12');
		expect(await people()).toBe(32);
	});

	it('of fewer than ten people says nothing and hands them on', async () => {
		await reach(here, 9, '2026-04-07');
		const first = await published('2026-04');
		expect(await brief(first)).toEqual([[], []]);
		expect(await people()).toBe(null);
		await reach(here, 1, '2026-05-05');
		expect((await brief(await published('2026-05')))[1]![0]).toBe('10');
		expect(await people()).toBe(10);
	});

	it('counts two rows that turned out to be one child once', async () => {
		const [one, ...others] = await reach(here, 12, '2026-04-07');
		const [two] = await reach(here, 1, '2026-05-05');
		await published('2026-04');
		await fresh.db
			.updateTable('person')
			.set({ merged_into: two! })
			.where('id', '=', one!)
			.execute();
		await fresh.db
			.updateTable('mark')
			.set({ person_id: two! })
			.where('person_id', '=', one!)
			.execute();
		await come(here, others, '2026-05-06');
		expect(
			(await previewMonth(as(here.manager), { month: '2026-05', today: TODAY })).peopleCount
		).toBe(0);
	});

	it('counts them once too when that row turned out to be a third', async () => {
		const [one, two, three, ...others] = await reach(here, 15, '2026-04-07');
		const { db } = fresh;
		await db.deleteFrom('mark').where('person_id', 'in', [two!, three!]).execute();
		await published('2026-04');
		for (const [from, to] of [
			[one!, two!],
			[two!, three!]
		] as const) {
			await db.updateTable('person').set({ merged_into: to }).where('id', '=', from).execute();
			await db.updateTable('mark').set({ person_id: to }).where('person_id', '=', from).execute();
		}
		await come(here, others, '2026-05-06');
		expect(
			(await previewMonth(as(here.manager), { month: '2026-05', today: TODAY })).peopleCount
		).toBe(0);
	});

	it('begins anew with the year; everybody once is told apart', async () => {
		const came = await reach(here, 20, '2025-11-04');
		await published('2025-11');
		await addTarget(fresh, { section_id: here.sectionId, starts_on: '2025-01-01' });
		await come(here, came, '2026-01-06');
		await reach(here, 10, '2026-01-06');
		expect((await brief(await published('2026-01')))[1]![0]).toBe('30');
		const seen = await listPublishedReach(as(partner), { today: TODAY }, 'en');
		const counts = new Map(seen.map(({ startsOn, peopleCount }) => [startsOn, peopleCount]));
		expect(counts).toEqual(
			new Map([
				['2026-01-01', 30],
				['2025-01-01', 30]
			])
		);
	});
});

describe('publishing', () => {
	it('happens once: sent again, from elsewhere, or by two at the same time', async () => {
		await reach(here, 12, '2026-04-07');
		const once = newId();
		const admin = await addAccount(fresh, { sectionId: here.sectionId, role: 'admin' });
		const [first, again, other] = await Promise.all([
			publish('2026-04', 'total', { once }),
			publish('2026-04', 'total', { once }),
			publish('2026-04', 'country_sex_age', { by: admin })
		]);
		expect([first, again, other].filter(({ ok }) => ok).length).toBeGreaterThan(0);
		const rows = await fresh.db.selectFrom('snapshot').selectAll().execute();
		expect(rows).toMatchObject([{ number: 1, people_count: 12 }]);
		expect(first).toEqual(again);
		expect(await publish('2026-04')).toMatchObject({ ok: false, refusal: { reason: 'published' } });
	});

	it('goes forward: no month before a published one, none that has not begun', async () => {
		await published('2026-04');
		const refused = async (month: string) => (await publish(month)) as { refusal?: object };
		expect((await refused('2026-03')).refusal).toEqual({ reason: 'later_published' });
		expect((await refused('2026-07')).refusal).toEqual({ reason: 'not_begun' });
		expect((await publish('2026-06')).ok).toBe(true);
	});

	it('is written down with month, layout and number', async () => {
		await published('2026-04', 'total');
		const audit = await fresh.db.selectFrom('audit').selectAll().execute();
		expect(audit).toMatchObject([
			{ action: 'publish month', actor_id: here.manager.id, field_names: '2026-04,total,1' }
		]);
	});

	it('says before what it would show and hide, and whom it carries', async () => {
		await reach(here, 12, '2026-03-07');
		await reach(here, 3, '2026-04-07', BOYS);
		await reach(there, 14, '2026-04-08');
		await addSession(fresh, await aCycle(fresh, here), { date: '2026-04-20', status: 'planned' });
		const preview = await previewMonth(as(here.manager), { month: '2026-04', today: TODAY });
		expect(preview).toMatchObject({ peopleCount: 29, carriedCount: 12, missingCount: 1 });
		const shown = new Map(preview.layouts.map((one) => [one.layout, one]));
		expect(shown.get('total')).toMatchObject({ shownPeople: 29, hiddenCount: 0 });
		expect(shown.get('district_group_sex_age')!.hiddenCount).toBeGreaterThan(1);
	});
});

describe('who sees it', () => {
	it('everybody of the section and the network, and nobody of another section', async () => {
		await reach(here, 12, '2026-04-07');
		const id = await published('2026-04');
		const elsewhere = await aSetting(fresh);
		const far = as(elsewhere.manager);
		for (const reader of [as(partner), as(here.coordinator), asNetwork(fresh)]) {
			expect(await listSnapshots(reader, 'en')).toMatchObject([{ id, number: 1, peopleCount: 12 }]);
			expect((await brief(id, reader))[1]![0]).toBe('12');
		}
		expect(await listSnapshots(far, 'en')).toEqual([]);
		expect(await findSnapshot(far, id)).toBe(undefined);
		expect(await readSnapshot(far, { snapshot: id, tags: 'none' }, 'en')).toBe(null);
	});

	it('the network sees every section with its current targets as published, and no centre', async () => {
		const togo = await aSetting(fresh);
		const theirs = await addTarget(fresh, { section_id: togo.sectionId });
		await addTarget(fresh, { section_id: togo.sectionId, ends_on: '2026-06-14' });
		await reach(here, 12, '2026-04-07');
		await published('2026-04');
		const sections = await listNetworkReach(asNetwork(fresh), TODAY, 'en');
		const seen = sections.map(({ sectionId, targets }) => [
			sectionId,
			targets.map(({ id, peopleCount, centres }) => [id, peopleCount, centres])
		]);
		expect(seen.sort()).toEqual(
			[
				[here.sectionId, [[target, 12, []]]],
				[togo.sectionId, [[theirs, null, []]]]
			].sort()
		);
	});

	it('a file says what its numbers mean, and goes on saying it whatever indicators there are', async () => {
		await reach(here, 12, '2026-04-07');
		const snapshot = await published('2026-04');
		const read = () => readSnapshot(as(partner), { snapshot, tags: 'none' }, 'en');
		const before = (await read())!;
		expect(before.at(-1)).toMatchObject({
			name: m.indicator_definitions(),
			rows: [
				[
					m.published_newly(),
					null,
					m.indicator_unit_people(),
					m.published_rule(),
					null,
					'sex, age and population group',
					null,
					null,
					null
				]
			]
		});
		await addIndicator(fresh, here.sectionId, { name_texts: '{"en":"Later"}' });
		expect(await read()).toEqual(before);
	});

	it('a file carries HXL tags in its first row, and nothing else changed', async () => {
		await reach(here, 12, '2026-04-07');
		const snapshot = await published('2026-04');
		const plain = (await readSnapshot(as(partner), { snapshot, tags: 'none' }, 'en'))!;
		const tagged = (await readSnapshot(as(partner), { snapshot, tags: 'hxl' }, 'en'))!;
		for (const at of [0, 1]) {
			const [tags, ...rows] = tagged[at]!.rows;
			expect(tags!.every((tag) => /^#[a-z]/.test(String(tag)))).toBe(true);
			expect(rows).toEqual(plain[at]!.rows);
		}
	});
});

describe('what one reports as', () => {
	it('is remembered for the section, and frozen with each month', async () => {
		const ctx = as(here.manager);
		expect(await getReportSetting(fresh.db, here.sectionId)).toEqual({
			activity: '',
			indicator: ''
		});
		const files: string[] = [];
		for (const [month, indicator] of [
			['2026-04', '5.2.2'],
			['2026-05', '5.2.3']
		] as const) {
			await reach(here, 12, `${month}-07`);
			const saved = await saveReportSetting(ctx, { activity: 'PSS', indicator }, newId());
			expect(saved.ok).toBe(true);
			files.push(await published(month));
		}
		const indicators = await Promise.all(
			files.map(async (snapshot) => {
				const [sheet] = (await readSnapshot(ctx, { snapshot, tags: 'none' }, 'en'))!;
				return sheet!.rows[0]!.slice(1, 7);
			})
		);
		expect(indicators).toEqual([
			['PSS', 'Beirut', null, 'LB1', '2026-04', '5.2.2'],
			['PSS', 'Beirut', null, 'LB1', '2026-05', '5.2.3']
		]);
		const elsewhere = await aSetting(fresh);
		expect((await getReportSetting(fresh.db, elsewhere.sectionId)).activity).toBe('');
	});
});
