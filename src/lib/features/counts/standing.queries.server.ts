import { sql } from 'kysely';
import type { Db } from '#lib/platform/db/open.ts';
import { ATTENDED } from './rules.ts';

/** Who is of no strand may be in either half of a position: it is one all the same. */
const POSITION = sql<string>`coalesce(cast(session.position as text), session.id)`;
const ATTENDED_POSITION = sql<string>`case when mark.person_id is not null then ${POSITION} end`;

/**
 * How much of each cycle its members took part in: sessions held of their strand since they joined first, how many of
 * them they attended, and how many of the cycle are still planned. Who left goes on missing what is held.
 */
export function takingPart(db: Db, sectionId: string) {
	const members = db
		.selectFrom('cohort_member')
		.select((eb) => [
			'cohort_id',
			'person_id',
			eb.fn.min<string>('joined_on').as('joined_on'),
			eb.fn.max<string>('strand').as('strand')
		])
		.where('section_id', '=', sectionId)
		.groupBy(['cohort_id', 'person_id']);
	return db
		.selectFrom('session')
		.innerJoin('cohort', 'cohort.id', 'session.cohort_id')
		.innerJoin(members.as('member'), (join) =>
			join
				.onRef('member.cohort_id', '=', 'session.cohort_id')
				.onRef('member.joined_on', '<=', 'session.on_date')
				.on((eb) =>
					eb.or([
						eb('session.strand', 'in', ['', 'joint']),
						eb('member.strand', '=', ''),
						eb('member.strand', '=', eb.ref('session.strand'))
					])
				)
		)
		.leftJoin('mark', (join) =>
			join
				.onRef('mark.session_id', '=', 'session.id')
				.onRef('mark.person_id', '=', 'member.person_id')
				.on('mark.code', 'in', ATTENDED)
		)
		.where('session.section_id', '=', sectionId)
		.where('session.status', '=', 'held')
		.where('session.cycle_id', 'is not', null)
		.select((eb) => [
			'session.cycle_id',
			'member.person_id',
			eb.cast<number>(eb.fn.count(POSITION).distinct(), 'integer').as('held_count'),
			eb.cast<number>(eb.fn.count(ATTENDED_POSITION).distinct(), 'integer').as('attended_count'),
			eb.fn.max<string>('session.on_date').as('last_on'),
			eb
				.selectFrom('session as planned')
				.whereRef('planned.cycle_id', '=', 'session.cycle_id')
				.where('planned.status', '=', 'planned')
				.select((planned) => planned.fn.countAll<number>().as('count'))
				.as('planned_count')
		])
		.groupBy(['session.cycle_id', 'member.person_id']);
}
