import { sql, type Kysely } from 'kysely';

/**
 * A year of birth that was counted from an age may be one off: whoever has such a year is matched wider. A row of a
 * list names the row further up that is about the same person, or may be, and what is wrong with it. What names are
 * found by is made again when the server starts: they are found in either order now.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of [
		`alter table person add column birth_year_from_age integer not null default 0
			check (birth_year_from_age in (0, 1))`,
		'alter table import_row add column twin_position integer',
		'alter table import_row add column problems text',
		'create index import_row_by_twin on import_row (twin_position, import_id)',
		'delete from person_name_key',
		'update person set name_key = null'
	])
		await sql.raw(statement).execute(db);
}
