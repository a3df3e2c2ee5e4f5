import { sql, type ExpressionBuilder, type SqlBool } from 'kysely';
import type { Db } from '#lib/platform/db/open.ts';
import type { Tables } from '#lib/platform/db/schema.ts';
import { TRAINED, type Audience } from '#lib/platform/db/vocabularies.ts';
import { ATTENDED } from './rules.ts';

/** Whom a session is for, in a query that joins `session` and, to its left, `cohort`: its own word, else its cohort's. */
export const audienceOfSession = sql<Audience>`coalesce(session.audience, cohort.audience)`;

/** Whether who came to it counts as reached: staff and professionals are trained, not reached. */
export const countsAsReach = sql<SqlBool>`${audienceOfSession} not in (${sql.join(
	TRAINED.map((audience) => sql.lit(audience))
)})`;

/**
 * Whether a session counts for a target by their projects, in a query that joins `session` and `target`: a target of
 * none counts every session, one of several those of each of them, once.
 */
export const isOfProjects = sql<SqlBool>`(
	not exists (select 1 from project_target as aimed where aimed.target_id = target.id)
	or exists (
		select 1 from project_target as aimed
		inner join project_cycle as paid on paid.project_id = aimed.project_id
		where aimed.target_id = target.id and paid.cycle_id = session.cycle_id
	)
)`;

type Held = ExpressionBuilder<Tables & { cohort: Tables['cohort'] }, 'session' | 'target'>;

/**
 * Whether a held session counts for a target of the country: it lies in the period, both days in it, and
 * reaches people. This is the one place that says what counts. Tables are cross joined and related here,
 * so that SQLite reads them in the order they are named in.
 */
function counts(sectionId: string) {
	return ({ and, eb, ref }: Held) =>
		and([
			eb('session.section_id', '=', sectionId),
			eb('session.status', '=', 'held'),
			countsAsReach,
			eb('target.section_id', '=', sectionId),
			eb('target.centre_id', 'is', null),
			eb('target.unit', '=', 'people'),
			eb('target.starts_on', '<=', ref('session.on_date')),
			eb('target.ends_on', '>=', ref('session.on_date')),
			isOfProjects
		]);
}

/** The sessions of a section that count, as its registers say now. */
export function countedSessions(db: Db, sectionId: string) {
	return db
		.selectFrom('session')
		.leftJoin('cohort', 'cohort.id', 'session.cohort_id')
		.crossJoin('target')
		.where(counts(sectionId))
		.select(['session.id as session_id', 'target.id as target_id', 'session.centre_id']);
}

/** Who attended how often, as the registers of a section say now. */
export function countedPeople(db: Db, sectionId: string) {
	return db
		.selectFrom('session')
		.leftJoin('cohort', 'cohort.id', 'session.cohort_id')
		.crossJoin('target')
		.crossJoin('mark')
		.where(counts(sectionId))
		.whereRef('mark.session_id', '=', 'session.id')
		.where('mark.code', 'in', ATTENDED)
		.select(attendance)
		.groupBy(['mark.person_id', 'target.id', 'session.centre_id']);
}

/** The same for some people, whose marks are read first. */
export function countedAmong(db: Db, sectionId: string, personIds: readonly string[]) {
	return db
		.selectFrom('mark')
		.crossJoin('session')
		.leftJoin('cohort', 'cohort.id', 'session.cohort_id')
		.crossJoin('target')
		.where('mark.person_id', 'in', personIds)
		.where('mark.code', 'in', ATTENDED)
		.whereRef('session.id', '=', 'mark.session_id')
		.where(counts(sectionId))
		.select(attendance)
		.groupBy(['mark.person_id', 'target.id', 'session.centre_id']);
}

function attendance(eb: ExpressionBuilder<Tables, 'session' | 'cohort' | 'target' | 'mark'>) {
	return [
		'mark.person_id' as const,
		eb.ref('target.id').as('target_id'),
		'session.centre_id' as const,
		eb.cast<number>(eb.fn.countAll(), 'integer').as('times_count'),
		eb.fn.min<string>('session.on_date').as('first_on')
	];
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
