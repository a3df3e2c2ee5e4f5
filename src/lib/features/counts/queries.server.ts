import type { Db } from '#lib/platform/db/open.ts';
import { ATTENDED } from './rules.ts';

/**
 * Held sessions and the country's targets whose period, both days in it, they lie in. Staff training is not
 * reach. This is the one place that says what counts.
 */
function heldFor(db: Db, sectionId: string) {
	return db
		.selectFrom('session')
		.innerJoin('cohort', 'cohort.id', 'session.cohort_id')
		.innerJoin('target', (join) =>
			join
				.onRef('target.section_id', '=', 'session.section_id')
				.onRef('target.starts_on', '<=', 'session.on_date')
				.onRef('target.ends_on', '>=', 'session.on_date')
		)
		.where('session.section_id', '=', sectionId)
		.where('session.status', '=', 'held')
		.where('cohort.audience', '<>', 'staff')
		.where('target.centre_id', 'is', null);
}

/** The sessions of a section that count, as its registers say now. */
export function countedSessions(db: Db, sectionId: string) {
	return heldFor(db, sectionId).select([
		'session.id as session_id',
		'target.id as target_id',
		'session.centre_id'
	]);
}

/** Who attended how often, as the registers of a section say now. */
export function countedPeople(db: Db, sectionId: string) {
	return heldFor(db, sectionId)
		.innerJoin('mark', 'mark.session_id', 'session.id')
		.where('mark.code', 'in', ATTENDED)
		.select((eb) => [
			'mark.person_id',
			'target.id as target_id',
			'session.centre_id',
			eb.cast<number>(eb.fn.countAll(), 'integer').as('times_count'),
			eb.fn.min<string>('session.on_date').as('first_on')
		])
		.groupBy(['mark.person_id', 'target.id', 'session.centre_id']);
}

/** Totals of each target's centres, as the kept rows of people and sessions say. */
export function centreTotals(db: Db, sectionId: string) {
	const people = db
		.selectFrom('reached_person')
		.select((eb) => [
			'target_id',
			'centre_id',
			eb.lit<number>(1).as('people'),
			'times_count as participations',
			eb.lit<number>(0).as('sessions')
		])
		.where('section_id', '=', sectionId);
	const sessions = db
		.selectFrom('reached_session')
		.select((eb) => [
			'target_id',
			'centre_id',
			eb.lit<number>(0).as('people'),
			eb.lit<number>(0).as('participations'),
			eb.lit<number>(1).as('sessions')
		])
		.where('section_id', '=', sectionId);
	return db
		.selectFrom(people.unionAll(sessions).as('seen'))
		.select(({ fn, cast }) => [
			'target_id',
			'centre_id',
			cast<number>(fn.sum('people'), 'integer').as('people_count'),
			cast<number>(fn.sum('participations'), 'integer').as('participation_count'),
			cast<number>(fn.sum('sessions'), 'integer').as('session_count')
		])
		.groupBy(['target_id', 'centre_id']);
}

/** Totals of each target, as the kept rows of people say. */
export function targetTotals(db: Db, sectionId: string) {
	return db
		.selectFrom('reached_person')
		.select(({ fn, cast }) => [
			'target_id',
			cast<number>(fn.count('person_id').distinct(), 'integer').as('people_count')
		])
		.where('section_id', '=', sectionId)
		.groupBy('target_id');
}
