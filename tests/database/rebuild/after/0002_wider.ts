import { sql, type Kysely } from 'kysely';
import { rebuildTable } from '#lib/platform/db/rebuild.ts';

export const rebuilds = true;

/** One more kind, a column whose content is made from another's, and one that only has another bound. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`drop index place_by_seats`.execute(db);
	await rebuildTable(db, {
		create: `
			create table place (
				id text primary key,
				name text not null,
				kind text not null check (kind in ('hall', 'yard', 'garden')),
				places integer not null check (places between 0 and 999),
				inside text references place (id),
				unique (kind, id)
			)`,
		copy: { places: 'coalesce(seats, 0)' },
		drop: ['seats']
	});
	await rebuildTable(db, {
		create: `
			create table note (
				seq COUNTER,
				place_id text not null references place (id),
				words text not null check (length(words) > 0)
			)`
	});
}
