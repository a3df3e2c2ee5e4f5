import { sql, type Kysely } from 'kysely';

/**
 * Rows of a list are found by whom they are about, whatever their list: with the list first in the index, SQLite reads
 * the whole list instead, for every step of it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of [
		'drop index import_row_by_key',
		'drop index import_row_by_person',
		'create index import_row_by_key on import_row (match_key)',
		'create index import_row_by_person on import_row (person_id)'
	])
		await sql.raw(statement).execute(db);
}
