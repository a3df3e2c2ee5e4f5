import { join } from 'node:path';
import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { TARGETS } from '#lib/features/example/cast.ts';
import { exampleRows, loadExample } from '#lib/features/example/example.server.ts';
import type { Role } from '#lib/platform/access/roles.ts';
import { keyRing, newKeyRing } from '#lib/platform/crypto/keyring.ts';
import { migrate, migrationsIn } from '#lib/platform/db/migrate.ts';
import { openDatabase, type Db } from '#lib/platform/db/open.ts';
import { freshDatabase } from '#tests/harness/databases.ts';
import { blankDatabase } from '#tests/harness/emptyDatabase.ts';

const MIGRATIONS = join(import.meta.dirname, '../../migrations');
const WIDER = '0014_wider';
const TODAY = '2026-05-05';
/** Two examples are loaded, row by row over the network where it is PostgreSQL. */
const LOADS_TWICE_MS = 120_000;

type StoredRow = Record<string, unknown>;
type Contents = Record<string, StoredRow[]>;

let before: Awaited<ReturnType<typeof migrationsBefore>>;
beforeAll(async () => {
	before = await migrationsBefore();
});

async function migrationsBefore() {
	const all = await migrationsIn(MIGRATIONS).getMigrations();
	return Object.fromEntries(Object.entries(all).filter(([name]) => name < WIDER));
}

/** A database as it was before, with rows of its tables. */
async function databaseBefore(contents: Contents): Promise<Db> {
	const blank = await blankDatabase();
	const db = openDatabase(blank.url);
	onTestFinished(async () => {
		await db.destroy();
		await blank.remove();
	});
	const provider = { getMigrations: () => Promise.resolve(before) };
	const { error } = await new Migrator({ db, provider }).migrateToLatest();
	if (error) throw error;
	for (const [table, rows] of Object.entries(contents))
		for (let from = 0; from < rows.length; from += 200)
			await db
				.insertInto(table as 'session')
				.values(rows.slice(from, from + 200) as never)
				.execute();
	return db;
}

async function rowsOf(db: Db, table: string, columns = '*'): Promise<StoredRow[]> {
	const { rows } = await sql
		.raw<StoredRow>(`select ${columns} from ${table} order by ${columns === '*' ? 1 : columns}`)
		.execute(db);
	return rows;
}

const without = (row: StoredRow, ...columns: string[]) =>
	Object.fromEntries(Object.entries(row).filter(([name]) => !columns.includes(name)));
const renamed = (row: StoredRow, from: string, to: string) => ({
	...without(row, from),
	[to]: row[from]
});

/** Accounts that hold what an account could not before: several roles, or a new one. */
const NEW_ROLES = ['monitoring', 'partner', 'project_manager'];
const CENTRE_ROLES = ['facilitator', 'coordinator'];
function accountsBefore({ account, account_role: held }: ReturnType<typeof exampleRows>) {
	const rolesOf = (id: string) => held.filter(({ account_id }) => account_id === id);
	const known = account.filter(({ id }) => {
		const roles = new Set(rolesOf(id).map(({ role }) => role));
		return roles.size === 1 && !NEW_ROLES.some((role) => roles.has(role as Role));
	});
	return {
		account: known.map((row) => ({
			...without(row, 'is_example'),
			role: rolesOf(row.id)[0]!.role
		})),
		account_centre: known
			.flatMap(({ id }) => rolesOf(id))
			.filter(({ role }) => CENTRE_ROLES.includes(role))
			.map(({ account_id, centre_id, section_id }) => ({ account_id, centre_id, section_id }))
	};
}

/** What the example has that nothing from before tells: whom to turn to, who reads, what a target counts, what a session does, who pays. */
const FIRST_NOW = [
	...['help_entry', 'word_reader', 'alert_confirmation'],
	...['plan_change', 'changed_session', 'change_notice', 'erasure'],
	...['indicator', 'target_group', 'target_change', 'plan_activity', 'waiting_place'],
	...['project', 'project_body', 'project_section', 'asked_version'],
	...['project_cycle', 'project_target', 'project_milestone'],
	...['consent', 'consent_text', 'consent_setting', 'guardian']
];

/** The example's rows as its tables held them before. */
function exampleBefore(ring: ReturnType<typeof keyRing>): Contents {
	const all = exampleRows(ring, TODAY, 'x');
	const { body, body_kind: _, curriculum_module: modules, account_role: __, ...rows } = all;
	const names = new Map(modules.map(({ id, name_texts }) => [id, name_texts]));
	const each = (table: keyof typeof rows, change: (row: StoredRow) => StoredRow) =>
		(rows[table] as StoredRow[]).map(change);
	const ofCode = (row: StoredRow) => renamed(row, 'code_id', 'session_id');
	const ofPartner = (row: StoredRow) => renamed(row, 'body_id', 'partner_id');
	const ofPeople = (row: StoredRow) =>
		without(renamed(row, 'amount', 'people_count'), 'indicator_id');
	const { milestone, activity, milestone_cycle, ...most } = rows;
	const others = Object.entries(most as unknown as Contents);
	return {
		...Object.fromEntries(others.filter(([table]) => !FIRST_NOW.includes(table))),
		...accountsBefore(all),
		curriculum: each('curriculum', (row) => without(row, 'type', 'layer')),
		session_plan: rows.session_plan.map((row) => ({
			...without(row, 'module_id'),
			module_texts: names.get(row.module_id!)
		})),
		cohort_facilitator: each('cohort_facilitator', (row) => without(row, 'from_on')),
		feedback_code: each('feedback_code', (row) => without(row, 'id', 'asked_version_id')),
		feedback_vouch: each('feedback_vouch', ofCode),
		feedback_count: each('feedback_count', ofCode),
		feedback_words: each('feedback_words', (row) => without(ofCode(row), 'state')),
		target: each('target', ofPeople),
		opening_balance: each('opening_balance', ofPeople),
		partner: body as unknown as StoredRow[],
		milestone: milestone.map(ofPartner),
		activity: activity.map(ofPartner),
		milestone_cycle: milestone_cycle as unknown as StoredRow[]
	};
}

it(
	'makes of an example from before what the example is now',
	async () => {
		const ring = keyRing(newKeyRing());
		const earlier = exampleBefore(ring);
		const db = await databaseBefore(earlier);
		await migrate(db, MIGRATIONS);
		const now = await freshDatabase();
		await loadExample(now.db, ring, { today: TODAY, passwordHash: 'x' });
		const sealed = ['name_sealed', 'email_sealed', 'words_sealed'];
		const told: Record<string, string[]> = {
			// What a facilitator began was not written down before, nor had a module an id.
			cohort_facilitator: ['from_on'],
			help_entry: ['id'],
			// Every body was a partner.
			body_kind: ['kind'],
			curriculum_module: ['id'],
			curriculum: ['type', 'layer'],
			target: ['indicator_id'],
			session_plan: ['module_id'],
			// Nothing of their own was asked then.
			feedback_code: ['asked_version_id'],
			// All words of before wait for a reader.
			feedback_words: ['state']
		};
		const tables = (await now.db.introspection.getTables()).map(({ name }) => name);
		expect(tables).not.toContain('partner');
		/** People from before are compared with others again, no alert reached anybody, and nothing was published. */
		const ofNow = [
			...FIRST_NOW.filter((table) => table !== 'help_entry'),
			...['changed_person', 'snapshot', 'snapshot_cell', 'snapshot_total', 'published_person']
		];
		const compared = tables.filter((table) => !ofNow.includes(table));
		const accounts = earlier['account']!.map(({ id }) => id);
		const isOfBefore = ({ id, account_id = id }: StoredRow) => accounts.includes(account_id);
		for (const table of compared) {
			const seen = async (of: Db) =>
				(await rowsOf(of, table))
					.filter((row) => !table.startsWith('account') || isOfBefore(row))
					.filter((row) => row['target_id'] !== TARGETS.grant) // its project says what it counts
					.map((row) => JSON.stringify(without(row, ...sealed, ...(told[table] ?? []))))
					.sort();
			expect(await seen(db), table).toEqual(await seen(now.db));
		}
		const states = await rowsOf(db, 'feedback_words', 'state');
		expect(new Set(states.map(({ state }) => state))).toEqual(new Set(['waiting']));
	},
	LOADS_TWICE_MS
);

const S = { section_id: 's' };
const sealed = 'x';

/** A section of before with one of everything that changes its place. */
const SMALL: Contents = {
	section: [
		{
			...{ id: 's', name_texts: '{}', country: 'LB', zone: 'Asia/Beirut', locale: 'ar' },
			...{ week_starts_on: 1, is_example: 0 }
		}
	],
	centre: [
		{
			...{ id: 'c', ...S, name_texts: '{}', adm1_pcode: 'LB1', zone: 'Asia/Beirut' },
			...{ closed_weekdays: '6,7', opens_at: '08:00', closes_at: '18:00' }
		}
	],
	room: [{ id: 'r', ...S, centre_id: 'c', name_texts: '{}', capacity: 9 }],
	account: ['ran', 'new'].map((id) => ({
		...{ id, ...S, role: 'facilitator', email_index: id, email_sealed: sealed },
		...{ name_sealed: sealed, password_hash: 'x', locale: 'ar', theme: 'auto' },
		...{ disabled_at: null, created_at: Date.parse('2026-03-01T09:00:00Z') }
	})),
	person: [
		{
			...{ id: 'p', ...S, centre_id: 'c', kind: 'staff', name_sealed: sealed, sex: 'f' },
			...{ birth_year: 1990, code_index: 'own', birth_month: 4, version: 7, added_on: '2026-01-01' }
		}
	],
	guardian: [
		{
			...{ id: 'g', ...S, person_id: 'p', name_sealed: sealed, relation: 'mother' },
			...{ contact_way: 'none', version: 3 }
		}
	],
	curriculum: [{ id: 'k', ...S, name_texts: '{}', audience: 'children', is_imported: 1 }],
	curriculum_version: [
		{ id: 'v', ...S, curriculum_id: 'k', number: 1, published_on: '2026-01-01' },
		{ id: 'w', ...S, curriculum_id: 'k', number: 2, published_on: '2026-01-02' }
	],
	session_plan: [
		['v', 1, '{"en":"A"}'],
		['v', 2, '{"en":"B"}'],
		['v', 3, '{"en":"A"}'],
		['v', 4, '{}'],
		['w', 1, '{"en":"A"}']
	].map(([version_id, position, module_texts]) => ({
		...{ id: `${version_id}${position}`, ...S, version_id, position, module_texts },
		...{ title_texts: '{}', minutes: 60 }
	})),
	cohort: [
		{
			...{ id: 'o', ...S, centre_id: 'c', name_texts: '{}', audience: 'children', age_from: 6 },
			...{ age_to: 9, capacity: 1, member_count: 1, status: 'open' }
		}
	],
	cohort_member: [{ cohort_id: 'o', person_id: 'p', ...S, joined_on: '2026-01-01', left_on: null }],
	cohort_facilitator: ['ran', 'new'].map((account_id) => ({ cohort_id: 'o', account_id, ...S })),
	cycle: [
		{
			...{ id: 'y', ...S, centre_id: 'c', cohort_id: 'o', version_id: 'v', room_id: 'r' },
			...{ weekdays: '2', start_time: '15:00', starts_on: '2026-04-01', ends_on: '2026-05-01' },
			...{ planned_by: 'ran', planned_at: 1 }
		}
	],
	session: ['2026-04-08', '2026-04-01'].map((on_date, at) => ({
		...{ id: `e${at}`, ...S, centre_id: 'c', cohort_id: 'o', cycle_id: 'y', room_id: 'r' },
		...{ session_plan_id: `v${at + 1}`, position: at + 1, on_date, start_time: '15:00' },
		...{ minutes: 60, zone: 'Asia/Beirut', status: 'held', headcount: 3, recorded_by: 'ran' },
		...{ recorded_at: 5, version: 2, headcount_reason_sealed: sealed }
	})),
	session_facilitator: ['e0', 'e1'].map((session_id) => ({ session_id, account_id: 'ran', ...S })),
	slot: [{ resource: 'room:r', on_date: '2026-04-08', slot: 180, session_id: 'e0' }],
	mark: [{ session_id: 'e0', person_id: 'p', ...S, code: 'late' }],
	feedback_code: [
		{
			...{ session_id: 'e0', ...S, code: '12345678', length: 'pulse', opened_by: 'ran' },
			...{
				opened_at: 1,
				closed_at: null,
				started_count: 1,
				fresh_on: '2026-04-09',
				first_code: '1'
			}
		}
	],
	feedback_ballot: [
		{ session_id: 'e0', id: 'b', ...S, state: 'open', answers_sealed: sealed, version: 2 }
	],
	concern: [{ id: 'n', ...S, session_id: 'e0', nickname_sealed: sealed, raised_at: 300_000 }],
	partner: [{ id: 'q', ...S, name_texts: '{"en":"CRIC"}', source_texts: '{"en":"page"}' }]
};

it('carries rows over: who ran since when, modules, a ballot that is open, a wish, a partner', async () => {
	const db = await databaseBefore(SMALL);
	await migrate(db, MIGRATIONS);
	expect(await rowsOf(db, 'cohort_facilitator', 'account_id, from_on, until_on, strand')).toEqual([
		{ account_id: 'new', from_on: '2026-03-01', until_on: null, strand: '' },
		{ account_id: 'ran', from_on: '2026-04-01', until_on: null, strand: '' }
	]);
	expect(await rowsOf(db, 'curriculum_module', 'id, version_id, position, name_texts')).toEqual([
		{ id: 'v1', version_id: 'v', position: 1, name_texts: '{"en":"A"}' },
		{ id: 'v2', version_id: 'v', position: 2, name_texts: '{"en":"B"}' },
		{ id: 'w1', version_id: 'w', position: 1, name_texts: '{"en":"A"}' }
	]);
	expect(
		(await rowsOf(db, 'session_plan', 'id, module_id')).map((row) => Object.values(row))
	).toEqual([
		['v1', 'v1'],
		['v2', 'v2'],
		['v3', 'v1'],
		['v4', null],
		['w1', 'w1']
	]);
	expect(await rowsOf(db, 'feedback_code', 'id, session_id, number, audience, first_code')).toEqual(
		[{ id: 'e0', session_id: 'e0', number: 1, audience: null, first_code: '1' }]
	);
	expect(await rowsOf(db, 'feedback_ballot', 'code_id, id, answers_sealed, version')).toEqual([
		{ code_id: 'e0', id: 'b', answers_sealed: sealed, version: 2 }
	]);
	expect(await rowsOf(db, 'concern', 'session_id, centre_id, kind, raised_at')).toEqual([
		{ session_id: 'e0', centre_id: 'c', kind: 'child', raised_at: 300_000 }
	]);
	expect(await rowsOf(db, 'body')).toEqual(SMALL['partner']);
	expect(await rowsOf(db, 'body_kind')).toEqual([{ body_id: 'q', kind: 'partner', ...S }]);
	expect(await rowsOf(db, 'session')).toMatchObject(
		SMALL['session']!.map((row) => ({ ...row, strand: '', mode: 'centre', audience: null }))
	);
	for (const table of ['person', 'guardian', 'cohort_member', 'cycle', 'slot', 'mark', 'account'])
		expect((await rowsOf(db, table)).length, table).toBe(SMALL[table]!.length);
	expect(await rowsOf(db, 'person')).toMatchObject(SMALL['person']!);
});

it('keeps what may not be: two at one position, one code twice, a member twice at a time', async () => {
	const db = await databaseBefore(SMALL);
	await migrate(db, MIGRATIONS);
	const refused = async (statement: string) =>
		expect(sql.raw(statement).execute(db), statement).rejects.toThrow(/unique|check/i);
	const columns = Object.keys(SMALL['session']![0]!);
	const copy = (changes: Record<string, string>) =>
		`insert into session (${[...columns, ...Object.keys(changes).filter((name) => !columns.includes(name))].join()})
			select ${[...columns, ...Object.keys(changes).filter((name) => !columns.includes(name))]
				.map((name) => changes[name] ?? name)
				.join()} from session where id = 'e0'`;
	await refused(copy({ id: `'x'` }));
	await refused(copy({ id: `'x'`, cohort_id: 'null' }));
	await refused(copy({ id: `'x'`, cohort_id: 'null', cycle_id: 'null' }));
	await refused(copy({ id: `'x'`, cycle_id: 'null', session_plan_id: 'null' }));
	await refused(copy({ id: `'x'`, strand: `'girls'`, recorded_at: 'null' }));
	await sql.raw(copy({ id: `'x'`, strand: `'girls'` })).execute(db);
	await refused(
		`insert into cohort_member (cohort_id, person_id, section_id, joined_on) values ('o', 'p', 's', '2026-05-01')`
	);
	await refused(
		`insert into cohort_facilitator (cohort_id, account_id, section_id, from_on) values ('o', 'ran', 's', '2026-05-01')`
	);
	await refused(
		`insert into feedback_code (id, session_id, section_id, code, length, opened_by, opened_at, started_count)
			values ('z', 'e0', 's', '99', 'pulse', 'ran', 1, 0)`
	);
	await refused(`update feedback_code set number = 0 where id = 'e0'`);
});
