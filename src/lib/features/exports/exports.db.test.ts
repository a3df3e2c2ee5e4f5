import { beforeEach, describe, expect, it } from 'vitest';
import type { Context } from '#lib/platform/command/context.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import {
	addAccount,
	addCohort,
	addMember,
	addMilestone,
	addRoadmap,
	addSession,
	addTarget,
	contextOf,
	NOW,
	type Account
} from '#tests/factories/rows.ts';
import {
	countNewlyByKind,
	listNewlyReached
} from '#lib/features/publishing/newly.queries.server.ts';
import { daysOfMonth, daysOfYear } from '#lib/features/publishing/periods.rules.ts';
import { exportTable } from './commands.server.ts';
import { countPeriod, listMissing } from './queries.server.ts';
import { tablesFor } from './rules.ts';
import { readTables } from './tables.queries.server.ts';
import { isTicket, ticketFor } from './ticket.queries.server.ts';
import { REPORTS, TABLES } from './types.ts';

const TODAY = '2026-05-05';
const APRIL = { ...daysOfMonth('2026-04'), today: TODAY };
const YEAR = { ...daysOfYear('2026-04'), today: TODAY };
const NAMES = /Nour|Rami/;

let fresh: FreshDatabase;
let here: Setting;
let admin: Account;
let nour: string;
let rami: string;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	admin = await addAccount(fresh, { sectionId: here.sectionId, role: 'admin', name: 'Hala' });
	nour = await addMember(fresh, here, 'Nour');
	rami = await addMember(fresh, here, 'Rami');
	await aSession('2026-03-31', [nour]);
	await aSession('2026-04-07', [nour, rami]);
	await aSession('2026-04-14', []);
});

/** A held session with who came, or a planned one when nobody is named. */
async function aSession(date: string, came: string[], at: Setting = here, cohortId?: string) {
	const status = came.length > 0 ? 'held' : 'planned';
	const session_id = await addSession(fresh, await aCycle(fresh, at, cohortId), { date, status });
	for (const person_id of came)
		await fresh.db
			.insertInto('mark')
			.values({ session_id, person_id, section_id: at.sectionId, code: 'present' })
			.execute();
}

const countNewlyReached = async (ctx: Context, month: string) =>
	(await countNewlyByKind(ctx, month)).people;

describe('the numbers of a month', () => {
	it('count each person once, newly reached in the month of their first attendance', async () => {
		const ctx = contextOf(fresh, here.manager);
		expect(await countPeriod(ctx, APRIL)).toEqual({
			people: 2,
			adults: 0,
			participations: 2,
			sessionsHeld: 1,
			missing: 1
		});
		expect(await countNewlyReached(ctx, '2026-04')).toBe(1);
		expect(await countNewlyReached(ctx, '2026-03')).toBe(1);
	});

	it('add up to the year’s people, each where they came first', async () => {
		const there = await aSetting(fresh, { sectionId: here.sectionId });
		await aSession('2026-04-02', [rami], there);
		const ctx = contextOf(fresh, here.manager);
		const { people } = await countPeriod(ctx, YEAR);
		const months = Array.from({ length: 12 }, (_, at) => `2026-${String(at + 1).padStart(2, '0')}`);
		const newly = await Promise.all(months.map((month) => countNewlyReached(ctx, month)));
		expect(newly.reduce((sum, count) => sum + count)).toBe(people);
		const [first] = await listNewlyReached(ctx, '2026-04');
		expect(first).toMatchObject({ centreId: there.centreId, count: 1 });
		// Rami came here later, but was reached there.
		expect(await countNewlyReached(contextOf(fresh, here.coordinator), '2026-04')).toBe(0);
		expect(await countNewlyReached(contextOf(fresh, there.coordinator), '2026-04')).toBe(1);
	});

	it('leave staff training out, its missing registers too', async () => {
		const before = await countPeriod(contextOf(fresh, here.manager), YEAR);
		const training = await addCohort(fresh, here, { audience: 'staff' });
		await aSession('2026-02-01', [nour], here, training);
		await aSession('2026-02-02', [], here, training);
		const ctx = contextOf(fresh, here.manager);
		expect(await countPeriod(ctx, YEAR)).toEqual(before);
		expect(await countNewlyReached(ctx, '2026-02')).toBe(0);
		expect(await listMissing(ctx, YEAR, 'en')).toHaveLength(1);
	});

	it('start anew with the year, and are nobody’s of another section', async () => {
		await aSession('2025-12-30', [nour]);
		const ctx = contextOf(fresh, here.manager);
		expect(await countNewlyReached(ctx, '2025-12')).toBe(1);
		expect(await countNewlyReached(ctx, '2026-03')).toBe(1);
		const elsewhere = await aSetting(fresh);
		expect(await countNewlyReached(contextOf(fresh, elsewhere.manager), '2026-03')).toBe(0);
	});
});

/** One of each kind, open and counted. */
async function addConcerns(): Promise<void> {
	const { sectionId: section_id, centreId: centre_id, rana } = here;
	const times = {
		noticed_at: NOW,
		raised_at: NOW,
		taken_by: null,
		taken_at: null,
		closed_at: null
	};
	const both = { section_id, centre_id, session_id: null, nickname_sealed: null, ...times };
	const raised = { raised_by: rana.id, consent: 'no', is_wish_asked: 1 } as const;
	await fresh.db
		.insertInto('concern')
		.values({ id: 'wish', ...both })
		.execute();
	await fresh.db
		.insertInto('concern')
		.values({ id: 'worry', kind: 'staff', ...raised, ...both })
		.execute();
	await fresh.db
		.insertInto('concern_count')
		.values({ section_id, month: '2026-04', kind: 'staff', concern_count: 12 })
		.execute();
}

describe('tables', () => {
	const read = (account: Account, table: Parameters<typeof readTables>[1] = 'all') =>
		readTables(contextOf(fresh, account), table, { ...YEAR, month: '2026-04', locale: 'en' });

	beforeEach(async () => {
		await addTarget(fresh, { section_id: here.sectionId });
		const { outcomeId } = await addRoadmap(fresh, { section_id: here.sectionId });
		await addMilestone(fresh, { section_id: here.sectionId, outcome_id: outcomeId });
		await fresh.db
			.insertInto('closed_day')
			.values({
				id: 'a-day',
				section_id: here.sectionId,
				centre_id: null,
				on_date: '2026-05-25',
				name_texts: '{"en":"Liberation"}',
				certainty: 'confirmed',
				source: 'admin'
			})
			.execute();
	});

	it('never read a concern: without any to read, every one comes out the same', async () => {
		const takeable = [...TABLES, 'all', ...REPORTS] as const;
		const outcome = async (table: (typeof takeable)[number]) =>
			JSON.stringify(await read(admin, table));
		const before = await Promise.all(takeable.map(outcome));
		await addConcerns();
		expect(await Promise.all(takeable.map(outcome))).toEqual(before);
		for (const table of ['concern', 'concern_count'] as const)
			await fresh.db.schema.alterTable(table).renameTo(`${table}_gone`).execute();
		expect(await Promise.all(takeable.map(outcome))).toEqual(before);
	});

	it('have a value for each column, and one who asks for all gets those of their role', async () => {
		for (const account of [here.coordinator, here.manager, admin]) {
			const tables = await read(account);
			expect(tables).toHaveLength(tablesFor(contextOf(fresh, account).actor).length);
			for (const { name, columns, rows } of tables) {
				if (!name.includes('voices')) expect(rows.length, name).toBeGreaterThan(0);
				for (const row of rows) expect(row, name).toHaveLength(columns.length);
			}
		}
	});

	it('name people to coordinator and admin alone, in one table, without their group', async () => {
		expect(JSON.stringify(await read(here.manager))).not.toMatch(NAMES);
		for (const account of [here.coordinator, admin]) {
			const [people, ...others] = await read(account);
			expect(JSON.stringify(people)).toMatch(NAMES);
			expect(people!.columns.map(({ header }) => header)).not.toContain('Population group');
			expect(JSON.stringify(others)).not.toMatch(NAMES);
		}
	});

	it('hold pseudonyms for who watches numbers, the same in every table, and nobody’s name or number', async () => {
		const watcher = await addAccount(fresh, { sectionId: here.sectionId, role: 'monitoring' });
		const tables = await read(watcher);
		const text = JSON.stringify(tables);
		for (const hidden of [NAMES, nour, rami]) expect(text).not.toMatch(hidden);
		for (const name of ['Rana', 'Karim', 'Salma']) expect(text).not.toContain(name);
		const [people, , members] = tables;
		const pseudonyms = people!.rows.map(([id]) => id);
		expect(new Set(pseudonyms).size).toBe(people!.rows.length);
		expect(members!.rows.map((row) => row[2]).sort()).toEqual(pseudonyms.toSorted());
		expect(await read(watcher, 'voices')).toEqual([]);
		expect(await read(watcher, 'accounts')).toEqual([]);
	});

	it('hold pseudonyms in an order of their own, not in that of a file with names', async () => {
		for (let n = 0; n < 12; n += 1) await addMember(fresh, here);
		const watcher = await addAccount(fresh, { sectionId: here.sectionId, role: 'monitoring' });
		const [people, , members] = await read(watcher);
		for (const column of [people!.rows.map((row) => row[0]), members!.rows.map((row) => row[2])])
			expect(column).toEqual(column.toSorted());
	});

	it('name people where somebody is coordinator, and nowhere else, whatever else they are', async () => {
		const there = await aSetting(fresh, { sectionId: here.sectionId });
		const both = {
			...there.coordinator,
			also: [{ role: 'monitoring', centreIds: null, bodyId: null } as const]
		};
		const [people] = await read(both, 'people');
		expect(people!.rows.length).toBeGreaterThan(0);
		expect(JSON.stringify(people)).not.toMatch(NAMES);
		expect(JSON.stringify(people)).not.toContain(nour);
		const own = { ...both, centreIds: [here.centreId] };
		expect(JSON.stringify(await read(own, 'people'))).toMatch(NAMES);
	});

	it('hold nothing of another section or another’s centre', async () => {
		const there = await aSetting(fresh, { sectionId: here.sectionId });
		const elsewhere = await aSetting(fresh);
		for (const account of [there.coordinator, elsewhere.manager, elsewhere.coordinator]) {
			const text = JSON.stringify(await read(account));
			for (const id of [nour, rami, here.centreId, here.cohortId]) expect(text).not.toContain(id);
		}
	});

	it('leave merged people out and keep a person’s marks', async () => {
		await fresh.db
			.updateTable('person')
			.set({ merged_into: nour })
			.where('id', '=', rami)
			.execute();
		const [people] = await read(here.manager, 'people');
		expect(people!.rows.map(([id]) => id)).toEqual([nour]);
	});

	it('are not given to who may not have them', async () => {
		expect(await read(here.manager, 'accounts')).toEqual([]);
		expect(await read(admin, 'voices')).toEqual([]);
	});
});

describe('taking a table away', () => {
	const wanted = { table: 'people', format: 'csv', month: '2026-04' } as const;

	it('is written down every time, with what and as what', async () => {
		const ctx = contextOf(fresh, here.manager);
		for (const again of [1, 2]) {
			expect((await exportTable(ctx, wanted)).ok).toBe(true);
			const audit = await fresh.db.selectFrom('audit').selectAll().execute();
			expect(audit).toHaveLength(again);
			expect(audit.at(-1)).toMatchObject({
				action: 'export table',
				actor_id: here.manager.id,
				field_names: 'people,csv,2026-04'
			});
		}
	});

	it('is refused, and not written down, for a table of others', async () => {
		const outcome = await exportTable(contextOf(fresh, here.manager), {
			...wanted,
			table: 'accounts'
		});
		expect(outcome).toEqual({ ok: false, refusal: { reason: 'not_found' } });
		expect(await fresh.db.selectFrom('audit').selectAll().execute()).toEqual([]);
	});

	it('opens to who asked, for this file, for five minutes', async () => {
		const ctx = contextOf(fresh, here.manager);
		const ticket = ticketFor(ctx, wanted);
		expect(isTicket(ctx, wanted, ticket)).toBe(true);
		expect(isTicket({ ...ctx, now: NOW + 299_000 }, wanted, ticket)).toBe(true);
		expect(isTicket({ ...ctx, now: NOW + 301_000 }, wanted, ticket)).toBe(false);
		for (const other of [{ table: 'registers' }, { format: 'xlsx' }, { month: '2026-03' }] as const)
			expect(isTicket(ctx, { ...wanted, ...other }, ticket)).toBe(false);
		expect(isTicket(contextOf(fresh, here.coordinator), wanted, ticket)).toBe(false);
		for (const broken of ['', '.', `${NOW + 1e9}.${ticket.split('.')[1]}`])
			expect(isTicket(ctx, wanted, broken)).toBe(false);
	});
});
