import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addGuardian } from '#lib/features/people/guardian.commands.server.ts';
import { listGuardians } from '#lib/features/people/guardians.queries.server.ts';
import { registerPerson } from '#lib/features/people/person.commands.server.ts';
import { findPerson } from '#lib/features/people/queries.server.ts';
import { mergePeople } from '#lib/features/merging/commands.server.ts';
import { makeBackup } from '#lib/platform/backup/backup.ts';
import { restoreBackup } from '#lib/platform/backup/restore.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { emptyWriteLog } from '#lib/platform/db/checkpoint.ts';
import { insertAll } from '#lib/platform/db/batches.ts';
import { openDatabase } from '#lib/platform/db/open.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { keepUndo } from '#lib/platform/undo/undo.ts';
import { contentsOf } from '#tests/access/visiting.ts';
import { addImport, check, run, sheetsOf, undo } from '#tests/factories/imports.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import {
	addAccount,
	addSession,
	contextOf,
	join as enrol,
	NOW,
	type Account
} from '#tests/factories/rows.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { testsRunOnPostgres } from '#tests/harness/emptyDatabase.ts';
import { askErasure, confirmErasure, dropErasure } from './commands.server.ts';
import { isLedgerBehind, replayErasures, writeLedger } from './ledger.commands.server.ts';
import { findReceipt, listReceipts } from './queries.server.ts';
import { ALONE_AFTER_MS } from './rules.ts';
import { checkRules } from './tables.commands.server.ts';

const today = '2026-05-01';
const NAME = 'Plantedname Zaynab';

let fresh: FreshDatabase;
let here: Setting;
let other: Account;
let folder: string;
beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	other = await addAccount(fresh, { ...here, centreIds: [here.centreId], role: 'coordinator' });
	folder = mkdtempSync(join(tmpdir(), 'halqa-erasure-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const as = (account: Account, now = NOW) => contextOf(fresh, account, now);

async function aChild(name = NAME): Promise<string> {
	const known = { centre: here.centreId, kind: 'participant', name, sex: 'f' } as const;
	const made = await registerPerson(
		as(here.coordinator),
		{
			...known,
			birthYear: 2016,
			birthMonth: 3,
			code: `Plantedcode ${name}`,
			needs: 'Plantedneed',
			anyway: true
		} as never,
		{ once: newId(), today, locale: 'en' }
	);
	if (!made.ok) throw new Error(made.refusal.reason);
	return made.done.personId;
}

async function contact(personId: string, linked?: string): Promise<void> {
	const adult = {
		name: 'Plantedmother',
		phone: '03987654',
		relation: 'mother',
		contactWay: 'call'
	};
	const made = await addGuardian(as(here.coordinator), { ...adult, personId } as never, newId());
	if (linked && made.ok)
		await fresh.db
			.updateTable('guardian')
			.set({ linked_person_id: linked })
			.where('id', '=', made.done.id)
			.execute();
}

async function ask(personId: string, who = here.coordinator): Promise<string> {
	const asked = await askErasure(as(who), { personId, reason: 'withdrawn' }, newId());
	if (!asked.ok) throw new Error(asked.refusal.reason);
	return asked.done.id;
}

const confirm = (personId: string, erasure: string, ctx: Context = as(other)) =>
	confirmErasure(ctx, { personId, erasure }, { once: newId(), today });

async function erase(personId: string): Promise<string> {
	const erasure = await ask(personId);
	expect(await confirm(personId, erasure)).toMatchObject({ ok: true });
	return erasure;
}

/** Everything that is written of a person: their ids, what is sealed of them, and what they are found by. */
async function tracesOf(personId: string): Promise<string[]> {
	const person = await fresh.db
		.selectFrom('person')
		.selectAll()
		.where('id', '=', personId)
		.executeTakeFirstOrThrow();
	const guardians = await fresh.db
		.selectFrom('guardian')
		.selectAll()
		.where('person_id', '=', personId)
		.execute();
	const sealed = [person, ...guardians].flatMap((row) =>
		Object.entries(row).flatMap(([column, value]) =>
			column.endsWith('_sealed') || column === 'code_index' ? (value as unknown as string) : []
		)
	);
	const kept = await fresh.db.selectFrom('undo').select('back_sealed').execute();
	return [
		...sealed.filter(Boolean),
		...kept.map(({ back_sealed }) => back_sealed as unknown as string)
	];
}

const markOf = (session_id: string, person_id: string) =>
	fresh.db
		.insertInto('mark')
		.values({ session_id, person_id, section_id: here.sectionId, code: 'present' })
		.execute();

describe('who is erased', () => {
	it('is nowhere in the database, its file, its log and a backup made afterwards', async () => {
		const child = await aChild();
		await contact(child);
		await keepUndo(as(here.coordinator), 'anything', { personId: child, name: NAME });
		const traces = await tracesOf(child);
		expect(traces.length).toBeGreaterThan(6);
		const bytesOf = async (url: string) =>
			testsRunOnPostgres()
				? Buffer.from(await textOf(url))
				: Buffer.concat(
						['', '-wal'].flatMap((end) => {
							const path = url.slice('sqlite:'.length) + end;
							return existsSync(path) ? [readFileSync(path)] : [];
						})
					);
		const stored = await bytesOf(fresh.url);
		expect(traces.filter((trace) => !stored.includes(trace))).toEqual([]);
		await erase(child);
		await emptyWriteLog(fresh.db);
		const left = await bytesOf(fresh.url);
		expect(traces.filter((trace) => left.includes(trace))).toEqual([]);
		if (testsRunOnPostgres()) return; // a dump is what was searched
		mkdirSync(join(folder, 'to'));
		const filesFolder = join(folder, 'files');
		const order = {
			...{ filesFolder, dataFolder: join(folder, 'data'), sealTo: fresh.ring, ring: fresh.ring }
		};
		const { signal } = new AbortController();
		const { path } = await makeBackup({
			...{ ...order, databaseUrl: fresh.url, to: join(folder, 'to'), secretFiles: [] },
			...{ app: '0', now: NOW, signal }
		});
		const databaseUrl = `sqlite:${join(folder, 'back', 'halqa.db')}`;
		mkdirSync(join(folder, 'back'));
		await restoreBackup({
			...{ file: path, databaseUrl, dataFolder: join(folder, 'back'), signal },
			filesFolder: join(folder, 'back', 'files'),
			keys: { ring: fresh.ring, privateKey: null } as never,
			migrationsFolder: join(import.meta.dirname, '../../../../migrations')
		});
		const backup = await bytesOf(databaseUrl);
		expect(backup.includes('Butterflies')).toBe(true);
		expect(traces.filter((trace) => backup.includes(trace))).toEqual([]);
	});

	it('leaves a mark without a name, a receipt, and no page', async () => {
		const child = await aChild();
		const session = await addSession(fresh, await aCycle(fresh, here), {
			...{ date: '2026-04-07', status: 'held' }
		});
		await enrol(fresh, { cohortId: here.cohortId, personId: child, sectionId: here.sectionId });
		await markOf(session, child);
		await contact(child);
		const id = await erase(child);
		expect(await findPerson(as(here.coordinator), child, 'en')).toBeUndefined();
		expect(await findReceipt(as(here.coordinator), id)).toMatchObject({
			...{ number: 1, erasedOn: today, personId: null },
			erased: {
				removed: { entries: 1, contacts: 1, contactOf: 0 },
				staying: { marks: 1, memberships: 1 }
			}
		});
		const [nobody, ...more] = await fresh.db
			.selectFrom('mark')
			.innerJoin('person', 'person.id', 'mark.person_id')
			.selectAll('person')
			.execute();
		expect(more).toEqual([]);
		expect(nobody).toMatchObject({
			erased_on: today,
			sex: 'f',
			birth_year: 2016,
			birth_month: null
		});
		const { member_count } = await fresh.db
			.selectFrom('cohort')
			.select('member_count')
			.where('id', '=', here.cohortId)
			.executeTakeFirstOrThrow();
		expect(member_count).toBe(0);
	});

	it('takes along whom they were merged with, and their entry as somebody’s contact', async () => {
		const [kept, merged, sibling] = [
			await aChild('Zaynab'),
			await aChild('Zeinab'),
			await aChild('Rami')
		];
		await contact(merged);
		await contact(sibling, merged);
		expect(
			await mergePeople(as(here.coordinator), { keptId: kept, mergedId: merged }, newId())
		).toMatchObject({ ok: true });
		const id = await erase(kept);
		expect((await findReceipt(as(other), id))!.erased!.removed).toMatchObject({
			...{ entries: 2, contacts: 1, contactOf: 1 }
		});
		expect(await listGuardians(as(other), sibling)).toEqual([]);
		const rows = await fresh.db.selectFrom('person_merge_row').selectAll().execute();
		expect(rows).toEqual([]);
	});

	it('does not come back when the list that brought them is taken back', async () => {
		const ctx = contextOf(fresh, here.coordinator, NOW, 'import lists');
		const id = await addImport(ctx, {
			kind: 'people',
			tables: sheetsOf([
				['Name', 'Sex', 'Year of birth', 'Centre'],
				[NAME, 'f', '2016', 'Centre'],
				['Somebody Else', 'm', '2015', 'Centre']
			])
		});
		await check(ctx, id);
		expect((await run(ctx, id)).stage).toBe('done');
		const people = await fresh.db.selectFrom('person').select('id').orderBy('id').execute();
		expect(people).toHaveLength(2);
		await erase(people[0]!.id);
		const kept = await fresh.db.selectFrom('import_change').selectAll().execute();
		expect(kept.length).toBeGreaterThan(0);
		expect((await undo(ctx, id)).stage).toBe('undone');
		const left = await fresh.db.selectFrom('person').select('erased_on').execute();
		expect(left).toEqual([{ erased_on: today }]);
	});
});

describe('an erasure', () => {
	it('needs somebody else, or a week where there is nobody', async () => {
		const child = await aChild();
		const erasure = await ask(child);
		expect(await confirm(child, erasure, as(here.coordinator))).toMatchObject({
			refusal: { reason: 'needs_other' }
		});
		await fresh.db
			.updateTable('account')
			.set({ disabled_at: NOW })
			.where('id', '=', other.id)
			.execute();
		expect(await confirm(child, erasure, as(here.coordinator))).toMatchObject({
			refusal: { reason: 'too_early' }
		});
		const later = as(here.coordinator, NOW + ALONE_AFTER_MS);
		expect(await confirm(child, erasure, later)).toMatchObject({ ok: true });
	});

	it('is not for who does not reach the person', async () => {
		const child = await aChild();
		const elsewhere = await aSetting(fresh);
		const next = await aSetting(fresh, { sectionId: here.sectionId });
		for (const { coordinator } of [elsewhere, next])
			expect(
				await askErasure(as(coordinator), { personId: child, reason: 'asked' }, newId())
			).toMatchObject({ refusal: { reason: 'not_found' } });
		const erasure = await ask(child);
		for (const { coordinator } of [elsewhere, next]) {
			expect(await confirm(child, erasure, as(coordinator))).toMatchObject({
				refusal: { reason: 'not_found' }
			});
			expect(
				await dropErasure(as(coordinator), { personId: child, erasure }, newId())
			).toMatchObject({ refusal: { reason: 'not_found' } });
		}
		expect(await listReceipts(as(elsewhere.coordinator))).toEqual([]);
		expect(await findPerson(as(other), child, 'en')).toBeDefined();
	});

	it('confirmed twice at once is done once; dropped, nothing goes', async () => {
		const child = await aChild();
		const erasure = await ask(child);
		const both = await Promise.all([confirm(child, erasure), confirm(child, erasure)]);
		expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
		expect(await fresh.db.selectFrom('person').selectAll().execute()).toHaveLength(1);
		const second = await aChild('Rami');
		const asked = await ask(second);
		expect(
			await dropErasure(as(other), { personId: second, erasure: asked }, newId())
		).toMatchObject({ ok: true });
		expect(await confirm(second, asked)).toMatchObject({ refusal: { reason: 'not_found' } });
		expect(await ask(second)).not.toBe(asked);
	});

	it('that fails on its way, or finds a table nobody thought of, has changed nothing', async () => {
		const child = await aChild();
		await contact(child);
		const erasure = await ask(child);
		const before = await contentsOf(fresh.db);
		const broken: Context = {
			...as(other),
			ring: { ...fresh.ring, derive: failingAt('seal', fresh.ring.derive) }
		};
		await expect(confirm(child, erasure, broken)).rejects.toThrow('killed');
		expect(await contentsOf(fresh.db)).toEqual(before);
		const next = await freshDatabase();
		await sql`create table pebble (id text primary key, section_id text, found_by text,
			foreign key (section_id, found_by) references person (section_id, id))`.execute(next.db);
		await expect(checkRules(next.db)).rejects.toThrow('pebble.found_by');
		await expect(checkRules(fresh.db)).resolves.toBeUndefined();
	});
});

describe('a restored backup', () => {
	it('from before an erasure has it done again, receipt included, before anybody is served', async () => {
		const child = await aChild();
		await contact(child);
		const older = await rowsOfPeople();
		const id = await erase(child);
		const file = join(folder, 'erased.jsonl');
		expect(await isLedgerBehind(fresh.db, file)).toBe(true);
		await writeLedger(fresh.db, file);
		expect(await isLedgerBehind(fresh.db, file)).toBe(false);
		expect(readFileSync(file, 'utf8')).not.toContain('Planted');
		await putBack(older);
		expect(await findPerson(as(other), child, 'en')).toBeDefined();
		const again = { file, now: NOW };
		expect(await replayErasures(fresh.db, fresh.ring, again)).toBe(1);
		expect(await findPerson(as(other), child, 'en')).toBeUndefined();
		expect(await fresh.db.selectFrom('guardian').selectAll().execute()).toEqual([]);
		expect((await findReceipt(as(other), id))!.number).toBe(1);
		expect(await replayErasures(fresh.db, fresh.ring, again)).toBe(0);
	});

	it('does not start with a damaged list', async () => {
		const file = join(folder, 'erased.jsonl');
		writeFileSync(file, '{"former":');
		await expect(replayErasures(fresh.db, fresh.ring, { file, now: NOW })).rejects.toThrow(
			'damaged'
		);
	});
});

const OF_PEOPLE = ['person', 'person_name_key', 'guardian'] as const;

function rowsOfPeople() {
	return Promise.all(OF_PEOPLE.map((table) => fresh.db.selectFrom(table).selectAll().execute()));
}

/** Makes the rows of people what they were: what a backup from before brings back. */
async function putBack(older: Awaited<ReturnType<typeof rowsOfPeople>>): Promise<void> {
	for (const table of ['erased_person', 'erasure', 'person'] as const)
		await fresh.db.deleteFrom(table).execute();
	for (const [at, table] of OF_PEOPLE.entries())
		await insertAll(fresh.db, table, older[at] as never);
}

/** A ring that fails when it is used for a purpose. */
function failingAt(purpose: string, derive: FreshDatabase['ring']['derive']) {
	return (keyId: string, wanted: string) => {
		if (wanted === purpose) throw new Error('killed');
		return derive(keyId, wanted);
	};
}

/** Every row of a PostgreSQL database as text. */
async function textOf(url: string): Promise<string> {
	const db = openDatabase(url);
	try {
		return JSON.stringify(await contentsOf(db));
	} finally {
		await db.destroy();
	}
}
