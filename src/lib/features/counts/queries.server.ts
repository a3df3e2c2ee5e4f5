import { sql, type AliasableExpression, type ExpressionBuilder, type SqlBool } from 'kysely';
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
export const isOfProjects = isPaidBy('session.cycle_id');

/** The same for a cycle, named by the column that holds it, beside `target`. */
export function isPaidBy(cycle: string) {
	return sql<SqlBool>`(
		not exists (select 1 from project_target as aimed where aimed.target_id = target.id)
		or exists (
			select 1 from project_target as aimed
			inner join project_cycle as paid on paid.project_id = aimed.project_id
			where aimed.target_id = target.id and paid.cycle_id = ${sql.ref(cycle)}
		)
	)`;
}

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

/** Who attended how often, and since when they count as reached, as the registers of a section say now. */
export function countedPeople(db: Db, sectionId: string) {
	return perCentre(
		db,
		db
			.selectFrom('session')
			.leftJoin('cohort', 'cohort.id', 'session.cohort_id')
			.leftJoin('cycle', 'cycle.id', 'session.cycle_id')
			.leftJoin('curriculum_version as version', 'version.id', 'cycle.version_id')
			.crossJoin('target')
			.crossJoin('mark')
			.where(counts(sectionId))
			.whereRef('mark.session_id', '=', 'session.id')
			.where('mark.code', 'in', ATTENDED)
			.select(attendance)
	);
}

/** The same for some people, whose marks are read first. */
export function countedAmong(db: Db, sectionId: string, personIds: readonly string[]) {
	return perCentre(
		db,
		db
			.selectFrom('mark')
			.crossJoin('session')
			.leftJoin('cohort', 'cohort.id', 'session.cohort_id')
			.leftJoin('cycle', 'cycle.id', 'session.cycle_id')
			.leftJoin('curriculum_version as version', 'version.id', 'cycle.version_id')
			.crossJoin('target')
			.where('mark.person_id', 'in', personIds)
			.where('mark.code', 'in', ATTENDED)
			.whereRef('session.id', '=', 'mark.session_id')
			.where(counts(sectionId))
			.select(attendance)
	);
}

/**
 * Whether somebody counts as reached by an attended session: it is at least as manieth of its cycle, in what a query
 * reads, as the version that the cycle runs asks for. Outside a cycle the first is enough. Of a query that joins
 * `session`, `mark` and, to their left, `cycle` and its `version`; `apart` names what it tells apart beside people.
 */
export function reachesBy(...apart: string[]) {
	const same = sql.join(
		['mark.person_id', 'session.cycle_id', ...apart].map((name) => sql.ref(name))
	);
	return sql<SqlBool>`row_number() over (partition by ${same}
		order by session.on_date, session.start_time, session.id) >= coalesce(version.reached_count, 1)`;
}

function attendance(eb: ExpressionBuilder<Tables, 'session' | 'target' | 'mark'>) {
	return [
		'mark.person_id' as const,
		eb.ref('target.id').as('target_id'),
		'session.centre_id' as const,
		'session.on_date' as const,
		reachesBy('target.id').as('reaches')
	];
}

type Attended = AliasableExpression<{
	person_id: string;
	target_id: string;
	centre_id: string;
	on_date: string;
	reaches: SqlBool;
}>;

function perCentre(db: Db, attended: Attended) {
	return db
		.selectFrom(attended.as('attended'))
		.select((eb) => [
			'person_id',
			'target_id',
			'centre_id',
			eb.cast<number>(eb.fn.countAll(), 'integer').as('times_count'),
			sql<string | null>`min(case when reaches then on_date end)`.as('reached_on')
		])
		.groupBy(['person_id', 'target_id', 'centre_id']);
}

/** Totals of each target's centres, as the kept rows of people and sessions say. */
export function centreTotals(db: Db, sectionId: string) {
	const people = db
		.selectFrom('reached_person')
		.select((eb) => [
			'target_id',
			'centre_id',
			sql<number>`case when reached_on is null then 0 else 1 end`.as('people'),
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
		.where('reached_on', 'is not', null)
		.groupBy('target_id');
}
