import { rm } from 'node:fs/promises';
import { expressionBuilder, sql, type SqlBool } from 'kysely';
import type { Db } from '../db/open.ts';
import { foreignKeys } from '../db/references.ts';
import type { Tables } from '../db/schema.ts';
import { UNDO_MS } from '../undo/undo.ts';
import type { FileStore, Listed } from './store.ts';

/** Longer than what refers to a file can be put back by an undo. */
const LOOSE_MS = 2 * UNDO_MS;
/** Longer than any upload takes between its content and its row. */
const UPLOAD_MS = 24 * 60 * 60_000;

/**
 * Deletes files nothing refers to any more, and contents without a row: what a run that was killed left, in whatever
 * order. `now` in UTC milliseconds by the clock of the rows; contents are as old as the disk says.
 */
export async function collectFiles(db: Db, files: FileStore, now: number): Promise<void> {
	await forgetLoose(db, now);
	const old = (await files.list()).filter(({ at }) => Math.abs(Date.now() - at) > UPLOAD_MS);
	const wanted = await wantedAddresses(db);
	for (const listed of old) if (mayGo(listed, wanted)) await collect(db, files, listed);
}

/** Whatever table refers to files tells by its foreign keys: one that is added later is asked by itself. */
async function forgetLoose(db: Db, now: number): Promise<void> {
	const references = (await foreignKeys(db)).filter(({ parent }) => parent === 'file');
	const isUsed = sql<SqlBool>`(${sql.join(
		references.map(
			({ child, column }) =>
				sql`exists (select 1 from ${sql.table(child)} as owner where ${sql.ref(`owner.${column}`)} = file.id)`
		),
		sql` or `
	)})`;
	const isLoose = expressionBuilder<Tables, 'file'>().not(isUsed);
	const mark = (at: number | null) => db.updateTable('file').set({ loose_at: at });
	await mark(null).where('loose_at', 'is not', null).where(isUsed).execute();
	await mark(now).where('loose_at', 'is', null).where(isLoose).execute();
	await db
		.deleteFrom('file')
		.where('loose_at', '<', now - LOOSE_MS)
		.where(isLoose)
		.execute();
}

async function wantedAddresses(db: Db): Promise<Set<string>> {
	const rows = await db.selectFrom('file').select('sha256').distinct().execute();
	return new Set(rows.map(({ sha256 }) => sha256));
}

/** What lies aside may be wanted: a run was killed before it put it back. */
function mayGo({ address, state }: Listed, wanted: ReadonlySet<string>): boolean {
	return state !== 'whole' || !wanted.has(address);
}

/**
 * The row is asked for once the content is out of the way: whoever gave it one before finds it put back, whoever does
 * now finds it missing and writes it again.
 */
async function collect(db: Db, files: FileStore, { address, path, state }: Listed): Promise<void> {
	if (state === 'unfinished') return rm(path, { force: true });
	await files.removeUnless(address, async () => {
		const row = await db
			.selectFrom('file')
			.select('id')
			.where('sha256', '=', address)
			.executeTakeFirst();
		return row !== undefined;
	});
}
