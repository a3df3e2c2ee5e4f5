import type { Db } from '#lib/platform/db/open.ts';

/** A number of people or sessions of a target, at a centre or on a day. */
export interface TargetCount {
	targetId: string;
	centreId: string;
	count: number;
}

/** How many people were reached first on a day, at whichever centre, in the periods of some targets, in order. */
export async function listFirsts(
	db: Db,
	sectionId: string,
	targetIds: readonly string[]
): Promise<{ targetId: string; on: string; count: number }[]> {
	if (targetIds.length === 0) return [];
	const once = db
		.selectFrom('reached_person')
		.select((eb) => ['target_id', 'person_id', eb.fn.min<string>('reached_on').as('reached_on')])
		.where('section_id', '=', sectionId)
		.where('target_id', 'in', targetIds)
		.where('reached_on', 'is not', null)
		.groupBy(['target_id', 'person_id']);
	const rows = await db
		.selectFrom(once.as('once'))
		.select((eb) => ['target_id', 'reached_on', eb.fn.countAll<number>().as('count')])
		.groupBy(['target_id', 'reached_on'])
		.orderBy('reached_on')
		.execute();
	return rows.map(({ target_id, reached_on, count }) => ({
		...{ targetId: target_id, on: reached_on!, count: Number(count) }
	}));
}

/** How many people were reached first at a centre from a day on, in the periods of some targets. */
export async function countNewAt(
	db: Db,
	sectionId: string,
	targetIds: readonly string[],
	from: string
): Promise<TargetCount[]> {
	if (targetIds.length === 0) return [];
	const rows = await db
		.selectFrom('reached_person')
		.select((eb) => ['target_id', 'centre_id', eb.fn.countAll<number>().as('count')])
		.where('section_id', '=', sectionId)
		.where('target_id', 'in', targetIds)
		.where('reached_on', '>=', from)
		.groupBy(['target_id', 'centre_id'])
		.execute();
	return rows.map(toCount);
}

/** How many sessions that count were held at a centre from a day on, in the periods of some targets. */
export async function countSessionsAt(
	db: Db,
	sectionId: string,
	targetIds: readonly string[],
	from: string
): Promise<TargetCount[]> {
	if (targetIds.length === 0) return [];
	const rows = await db
		.selectFrom('reached_session as reached')
		.innerJoin('session', 'session.id', 'reached.session_id')
		.select((eb) => [
			'reached.target_id',
			'reached.centre_id',
			eb.fn.countAll<number>().as('count')
		])
		.where('reached.section_id', '=', sectionId)
		.where('reached.target_id', 'in', targetIds)
		.where('session.on_date', '>=', from)
		.groupBy(['reached.target_id', 'reached.centre_id'])
		.execute();
	return rows.map(toCount);
}

function toCount(row: { target_id: string; centre_id: string; count: number }): TargetCount {
	return { targetId: row.target_id, centreId: row.centre_id, count: Number(row.count) };
}
