import { listPlaces } from '#lib/features/people/places.queries.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { sql } from 'kysely';
import type { Db } from '#lib/platform/db/open.ts';
import type { Erased } from './types.ts';

/** Whoever a person turned out to be, and every row that was merged into that one: all of them are one person. */
export async function listRowsOf(db: Db, personId: string): Promise<string[]> {
	let root = personId;
	for (;;) {
		const row = await db
			.selectFrom('person')
			.select('merged_into')
			.where('id', '=', root)
			.executeTakeFirst();
		if (!row?.merged_into) break;
		root = row.merged_into;
	}
	const ids = [root];
	for (let last = [root]; last.length > 0;) {
		const rows = await db
			.selectFrom('person')
			.select('id')
			.where('merged_into', 'in', last)
			.execute();
		last = rows.map(({ id }) => id);
		ids.push(...last);
	}
	return ids;
}

/** How much would go with somebody and how much would stay: what `eraseRows` answers, without doing it. */
export async function countErased({ db }: Context, personId: string): Promise<Erased> {
	const ids = await listRowsOf(db, personId);
	const places = await listPlaces(db);
	const counts = new Map<string, number>();
	for (const { table, column } of places) {
		const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}
			where ${sql.ref(column)} in (${sql.join(ids)})`.execute(db);
		counts.set(`${table}.${column}`, Number(rows[0]!.count));
	}
	const sum = (...named: string[]) =>
		named.reduce((total, place) => total + (counts.get(place) ?? 0), 0);
	return {
		removed: {
			entries: ids.length,
			contacts: sum('guardian.person_id'),
			contactOf: sum('guardian.linked_person_id'),
			cares: sum('caregiver.child_id', 'caregiver.caregiver_id'),
			lists: sum('import_row.person_id'),
			undos: 0,
			others: 0
		},
		staying: {
			marks: sum('mark.person_id'),
			memberships: sum('cohort_member.person_id'),
			published: sum('published_person.person_id')
		}
	};
}
