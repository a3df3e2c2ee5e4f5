import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { sql, type QueryExecutorProvider } from 'kysely';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { migrate } from '#lib/platform/db/migrate.ts';
import { openDatabase, type Db } from '#lib/platform/db/open.ts';
import { rebuildTable } from '#lib/platform/db/rebuild.ts';
import { blankDatabase, testsRunOnPostgres } from '#tests/harness/emptyDatabase.ts';

const FOLDERS = join(import.meta.dirname, 'rebuild');
const before = join(FOLDERS, 'before');
const after = join(FOLDERS, 'after');

interface Place {
	id: string;
	name: string;
	kind: string;
	seats: number | null;
	inside: string | null;
}

let url: string;
let db: Db;
beforeEach(async () => {
	const blank = await blankDatabase();
	url = blank.url;
	db = openDatabase(url);
	onTestFinished(async () => {
		await db.destroy();
		await blank.remove();
	});
	await migrate(db, before);
});

async function rowsOf<Row>(query: string): Promise<Row[]> {
	return (await sql.raw<Row>(query).execute(db)).rows;
}

const add = (...places: Partial<Place>[]) =>
	sql`insert into place (id, name, kind, seats, inside) values ${sql.join(
		places.map(
			({ id = 'a', name = 'A', kind = 'hall', seats = 1, inside = null }) =>
				sql`(${id}, ${name}, ${kind}, cast(${seats} as integer), ${inside})`
		)
	)}`.execute(db);

const addVisit = (id: string, kind = 'hall') =>
	sql`insert into visit (place_id, kind, number) values (${id}, ${kind}, 1)`.execute(db);
const addNote = (id: string, words: string) =>
	sql`insert into note (place_id, words) values (${id}, ${words})`.execute(db);

/** Everything the database says of itself, names included; SQLite's own spelling of quotes left out. */
async function shape(of: QueryExecutorProvider = db): Promise<string[]> {
	const statements = testsRunOnPostgres()
		? sql<{ said: string }>`
			select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) as said
			from pg_constraint where connamespace = 'public'::regnamespace
			union all select indexdef from pg_indexes where schemaname = 'public'
			union all select relname || ' ' || relkind::text from pg_class where relnamespace = 'public'::regnamespace`
		: sql<{ said: string }>`select sql as said from sqlite_master where sql is not null`;
	const { rows } = await statements.execute(of);
	return rows.map(({ said }) => said.replaceAll(/["\s]+/g, ' ').replace('TABLE ', 'TABLE')).sort();
}

it('leaves the shape a fresh database has, with the rows, what refers to them and the next key', async () => {
	await add({ id: 'a', seats: null });
	await add({ id: 'b', kind: 'yard', seats: 7, inside: 'a' });
	await addVisit('b', 'yard');
	await addNote('a', 'first');
	await addNote('b', 'second');
	await sql`delete from note where words = 'second'`.execute(db);
	await migrate(db, after);
	expect(await rowsOf('select * from place order by id')).toEqual([
		{ id: 'a', name: 'A', kind: 'hall', places: 0, inside: null },
		{ id: 'b', name: 'A', kind: 'yard', places: 7, inside: 'a' }
	]);
	await addNote('a', 'third');
	expect(await rowsOf('select seq, words from note order by seq')).toEqual([
		{ seq: 1, words: 'first' },
		{ seq: 3, words: 'third' }
	]);
	await sql`insert into place values ('c', 'C', 'garden', 5, 'b')`.execute(db);
	for (const wrong of [
		`delete from place where id = 'b'`,
		`insert into visit values ('nowhere', 'hall', 1)`,
		`insert into place values ('d', 'D', 'hall', 5, 'nowhere')`,
		`insert into place values ('d', 'D', 'cellar', 5, null)`,
		`insert into place values ('d', 'D', 'hall', 1000, null)`
	])
		await expect(sql.raw(wrong).execute(db)).rejects.toThrow(/constraint/i);
});

it('names keys, checks and indexes as a fresh database would', async () => {
	await migrate(db, after);
	const said = (await shape()).join('\n');
	expect(said).toContain('place_by_name');
	expect(said).not.toMatch(/halqa_|_before|place_by_seats|rebuilt/);
	if (testsRunOnPostgres())
		for (const name of ['place_pkey', 'place_kind_id_key', 'place_kind_check', 'note_seq_seq'])
			expect(said).toContain(name);
});

it('carries hostile text over as it stands', async () => {
	const text = fc.oneof(
		fc.string({ unit: 'binary', maxLength: 40 }).map((words) => words.replaceAll('\0', '')),
		fc.constantFrom(
			`'; drop table place; --`,
			`"`,
			`''`,
			'\u202e\u0640ق',
			'\\',
			'$1',
			':a',
			'😀'.repeat(50_000)
		)
	);
	const names = fc.sample(text, { numRuns: 150, seed: 9 }).map((name) => name.toWellFormed());
	await add(...names.map((name, number) => ({ id: `${number}`, name })));
	await migrate(db, after);
	const kept = await rowsOf<Place>('select * from place');
	expect(kept.length).toBe(names.length);
	for (const { id, name } of kept) expect(name).toBe(names[Number(id)]);
});

describe('what does not fit', () => {
	let shapeBefore: string[];
	beforeEach(async () => {
		await add({ id: 'a', seats: 10 });
		await addVisit('a');
		shapeBefore = await shape();
	});

	/** Nothing has changed, foreign keys are minded, and after a mend the same migration goes through. */
	async function expectUntouched(): Promise<void> {
		expect(await shape()).toEqual(shapeBefore);
		await expect(addVisit('nowhere')).rejects.toThrow(/constraint/i);
		await expect(sql`delete from place where id = 'a'`.execute(db)).rejects.toThrow(/constraint/i);
	}

	it('a row against a new check undoes the whole migration', async () => {
		await add({ id: 'b', seats: 1000 });
		await addNote('a', ''); // found by the second rebuild, when the first is done
		await expect(migrate(db, after)).rejects.toThrow(/check/i);
		await expectUntouched();
		await sql`update place set seats = 999 where id = 'b'`.execute(db);
		await expect(migrate(db, after)).rejects.toThrow(/check/i);
		await expectUntouched();
		await sql`delete from note`.execute(db);
		await migrate(db, after);
	});

	it('a reference that leads nowhere is found', async () => {
		const [off, on] = testsRunOnPostgres()
			? ['alter table visit disable trigger all', 'alter table visit enable trigger all']
			: ['pragma foreign_keys = off', 'pragma foreign_keys = on'];
		await sql.raw(off!).execute(db);
		await addVisit('nowhere');
		await sql.raw(on!).execute(db);
		await expect(migrate(db, after)).rejects.toThrow(
			testsRunOnPostgres()
				? /visit.+violates foreign key/
				: '1 rows refer to nothing, the first in visit to a row of place'
		);
		expect(await shape()).toEqual(shapeBefore);
		await expect(addVisit('elsewhere')).rejects.toThrow(/constraint/i);
	});

	it('a column that nobody gave up is not lost', async () => {
		const create = 'create table visit (place_id text not null, number integer not null)';
		const rebuild = db.transaction().execute(async (trx) => {
			if (testsRunOnPostgres()) return rebuildTable(trx, { create });
			await expect(rebuildTable(trx, { create })).rejects.toThrow(/export const rebuilds/);
			throw new Error('visit would lose kind');
		});
		await expect(rebuild).rejects.toThrow('visit would lose kind');
		await expectUntouched();
	});
});

it('is old or new when it is killed in the middle, never half, and goes through at the next start', async () => {
	const count = 600;
	const name = 'x'.repeat(200);
	await add(...Array.from({ length: count }, (_, id) => ({ id: `${id}`, name, seats: 5 })));
	await addVisit('7');
	const shapeBefore = await shape();
	const runUntil = (statement: number) =>
		spawnSync(process.execPath, [join(FOLDERS, 'run.ts'), url, after, String(statement)], {
			encoding: 'utf8'
		});
	for (const statement of fc.sample(fc.integer({ min: 12, max: 36 }), { numRuns: 3, seed: 9 })) {
		const { signal, stderr } = runUntil(statement);
		expect(stderr).toBe('');
		expect(signal).toBe('SIGKILL');
		expect(await shape()).toEqual(shapeBefore);
		expect(await rowsOf('select count(*) as count from place')).toEqual([{ count }]);
	}
	expect(runUntil(-1)).toMatchObject({ status: 0, stderr: '' });
	expect(await shape()).not.toEqual(shapeBefore);
	const [summed] = await rowsOf('select count(*) as count, sum(places) as places from place');
	expect(summed).toEqual({ count, places: 5 * count });
	await expect(sql`delete from place where id = '7'`.execute(db)).rejects.toThrow(/constraint/i);
});
