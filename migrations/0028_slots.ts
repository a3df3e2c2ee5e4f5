import { sql, type Kysely } from 'kysely';

const SLOTS_A_DAY = 288;
const SLOT_MINUTES = 5;
const A_BATCH = 50;

interface Night {
	id: string;
	on_date: string;
	start_time: string;
	minutes: number;
	resource: string;
}

/**
 * What closed cohorts still have planned gives its rooms and people free, and planned sessions around midnight take
 * the next date's slots too, where nobody has them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`delete from slot where session_id in (
		select session.id from session join cohort on cohort.id = session.cohort_id
		where cohort.status = 'closed' and session.status = 'planned')`.execute(db);
	// no session is longer than twelve hours
	const { rows } = await sql<Night>`select distinct
			session.id, session.on_date, session.start_time, session.minutes, slot.resource
		from session join slot on slot.session_id = session.id
		where session.status = 'planned' and session.start_time > '12:00'`.execute(db);
	const wanted = rows.flatMap(afterMidnight);
	for (let first = 0; first < wanted.length; first += A_BATCH)
		await sql`insert into slot (resource, on_date, slot, session_id)
			values ${sql.join(wanted.slice(first, first + A_BATCH))}
			on conflict do nothing`.execute(db);
}

function afterMidnight({ id, on_date, start_time, minutes, resource }: Night) {
	const start = Number(start_time.slice(0, 2)) * 60 + Number(start_time.slice(3, 5));
	const count = Math.max(0, Math.ceil((start + minutes) / SLOT_MINUTES) - SLOTS_A_DAY);
	return Array.from({ length: count }, (_, slot) => {
		return sql`(${resource}, ${nextDate(on_date)}, ${slot}, ${id})`;
	});
}

function nextDate(date: string): string {
	const next = new Date(`${date}T00:00:00Z`);
	next.setUTCDate(next.getUTCDate() + 1);
	return next.toISOString().slice(0, 10);
}
