import { sql, type Kysely } from 'kysely';

const STEP_MS = 5 * 60_000;

/** Times of wishes to talk rounded down to five minutes, and with them what was written down at the same moment. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const column of ['raised_at', 'taken_at', 'closed_at']) await round(db, 'concern', column);
	await round(db, 'audit', 'at', sql`object_type = 'concern'`);
	await round(db, 'once', 'at', sql`command in ('take concern', 'close concern')`);
}

async function round(
	db: Kysely<unknown>,
	table: string,
	column: string,
	where = sql`${sql.ref(column)} is not null`
): Promise<void> {
	const at = sql.ref(column);
	await sql`update ${sql.table(table)} set ${at} = ${at} - ${at} % ${sql.lit(STEP_MS)} where ${where}`.execute(
		db
	);
}
