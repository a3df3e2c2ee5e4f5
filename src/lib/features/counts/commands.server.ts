import { sql } from 'kysely';
import { batchesOf, insertAll } from '#lib/platform/db/batches.ts';
import type { Db } from '#lib/platform/db/open.ts';
import { countedAmong, countedSessions } from './queries.server.ts';
import { differencesOf } from './rules.ts';
import type { Attendance, Differences, SessionCount, Touched } from './types.ts';

/**
 * Counts again the people and sessions a command touched, and changes kept rows and totals by the difference.
 * Part of a command: runs on its transaction, after all else it writes to rows others may wait for. Two that
 * change counts of one section wait for each other here, and the second sees what the first wrote.
 */
export async function keepCounts(db: Db, sectionId: string, touched: Touched): Promise<void> {
	await lockCounts(db, sectionId);
	const sessions = [
		...(touched.sessions ?? []),
		...(await sessionsOf(db, 'cohort_id', touched.cohorts ?? [])),
		...(await sessionsOf(db, 'cycle_id', touched.cycles ?? []))
	];
	const people = [...new Set([...(touched.people ?? []), ...(await peopleMarkedIn(db, sessions))])];
	for (const some of batchesOf(people))
		await write(db, sectionId, await comparePeople(db, sectionId, some));
	for (const some of batchesOf(sessions))
		await write(db, sectionId, await compareSessions(db, sectionId, some));
}

/** Holds the counts of a section until the transaction ends: who asks for them next waits. */
export async function lockCounts(db: Db, sectionId: string): Promise<void> {
	await db
		.insertInto('count_lock')
		.values({ section_id: sectionId, change_count: 1 })
		.onConflict((conflict) =>
			conflict
				.column('section_id')
				.doUpdateSet((eb) => ({ change_count: eb('count_lock.change_count', '+', 1) }))
		)
		.execute();
}

async function sessionsOf(
	db: Db,
	column: 'cohort_id' | 'cycle_id',
	groupIds: readonly string[]
): Promise<string[]> {
	const ids: string[] = [];
	for (const some of batchesOf(groupIds)) {
		const rows = await db.selectFrom('session').select('id').where(column, 'in', some).execute();
		ids.push(...rows.map(({ id }) => id));
	}
	return ids;
}

async function peopleMarkedIn(db: Db, sessionIds: readonly string[]): Promise<string[]> {
	const ids: string[] = [];
	for (const some of batchesOf(sessionIds)) {
		const rows = await db
			.selectFrom('mark')
			.select('person_id')
			.distinct()
			.where('session_id', 'in', some)
			.execute();
		ids.push(...rows.map(({ person_id }) => person_id));
	}
	return ids;
}

async function comparePeople(db: Db, sectionId: string, ids: string[]): Promise<Differences> {
	const kept: Attendance[] = await db
		.selectFrom('reached_person')
		.select(['person_id', 'target_id', 'centre_id', 'times_count', 'reached_on'])
		.where('section_id', '=', sectionId)
		.where('person_id', 'in', ids)
		.execute();
	const counted = await countedAmong(db, sectionId, ids).execute();
	return differencesOf({ kept, counted }, { kept: [], counted: [] });
}

async function compareSessions(db: Db, sectionId: string, ids: string[]): Promise<Differences> {
	const kept: SessionCount[] = await db
		.selectFrom('reached_session')
		.select(['session_id', 'target_id', 'centre_id'])
		.where('section_id', '=', sectionId)
		.where('session_id', 'in', ids)
		.execute();
	const counted = await countedSessions(db, sectionId).where('session.id', 'in', ids).execute();
	return differencesOf({ kept: [], counted: [] }, { kept, counted });
}

async function write(db: Db, section_id: string, differences: Differences): Promise<void> {
	const { people, sessions, centres, targets } = differences;
	for (const some of batchesOf(people.gone))
		await sql`delete from reached_person where (person_id, target_id, centre_id) in (values ${sql.join(
			some.map((row) => sql`(${row.person_id}, ${row.target_id}, ${row.centre_id})`)
		)})`.execute(db);
	for (const some of batchesOf(people.written))
		await db
			.insertInto('reached_person')
			.values(some.map((row) => ({ ...row, section_id })))
			.onConflict((conflict) =>
				conflict.columns(['person_id', 'target_id', 'centre_id']).doUpdateSet((eb) => ({
					times_count: eb.ref('excluded.times_count'),
					reached_on: eb.ref('excluded.reached_on')
				}))
			)
			.execute();
	for (const some of batchesOf(sessions.gone))
		await sql`delete from reached_session where (session_id, target_id) in (values ${sql.join(
			some.map((row) => sql`(${row.session_id}, ${row.target_id})`)
		)})`.execute(db);
	await insertAll(
		db,
		'reached_session',
		sessions.written.map((row) => ({ ...row, section_id }))
	);
	if (centres.length > 0)
		await db
			.insertInto('reached_centre')
			.values(centres.map((row) => ({ ...row, section_id })))
			.onConflict((conflict) =>
				conflict.columns(['target_id', 'centre_id']).doUpdateSet((eb) => ({
					people_count: eb('reached_centre.people_count', '+', eb.ref('excluded.people_count')),
					participation_count: eb(
						'reached_centre.participation_count',
						'+',
						eb.ref('excluded.participation_count')
					),
					session_count: eb('reached_centre.session_count', '+', eb.ref('excluded.session_count'))
				}))
			)
			.execute();
	if (targets.length > 0)
		await db
			.insertInto('reached_target')
			.values(targets.map((row) => ({ ...row, section_id })))
			.onConflict((conflict) =>
				conflict.column('target_id').doUpdateSet((eb) => ({
					people_count: eb('reached_target.people_count', '+', eb.ref('excluded.people_count'))
				}))
			)
			.execute();
}
