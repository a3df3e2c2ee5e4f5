import type { ExpressionBuilder } from 'kysely';
import { auditBefore } from '#lib/platform/command/audit.ts';
import { codesClosedBefore } from '#lib/features/feedback/retention.queries.server.ts';
import { dateIn, instantOf } from '#lib/platform/clock/zone.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Db } from '#lib/platform/db/open.ts';
import type { Row, Tables } from '#lib/platform/db/schema.ts';
import { RETENTION_KINDS, type RetentionKind } from '#lib/platform/db/vocabularies.ts';
import { lastDayOf, PROPOSED_MONTHS } from './retention.rules.ts';
import type { RetentionPeriod } from './types.ts';

/** Reports of the last so many days on which something went. */
const MOST_RUNS = 60;

export interface Old {
	sectionId: string;
	zone: string;
	/** The last civil date that is too old. */
	lastDay: string;
	today: string;
}

/** How long the section keeps what, and how much is older than that today. Nothing is removed. */
export async function listPeriods(ctx: Context, zone: string): Promise<RetentionPeriod[]> {
	const { db, scope, now } = ctx;
	const rows = await db
		.selectFrom('retention_period')
		.selectAll()
		.where('section_id', '=', scope.sectionId)
		.execute();
	const today = dateIn(zone, now);
	return Promise.all(
		RETENTION_KINDS.map(async (kind) => {
			const row = rows.find((one) => one.kind === kind);
			const months = row?.months ?? PROPOSED_MONTHS[kind];
			const lastDay = lastDayOf(kind, months, today);
			const old = { sectionId: scope.sectionId, zone, lastDay, today };
			return { kind, months, isOn: row?.is_on === 1, dueCount: await countDue(db, kind, old) };
		})
	);
}

/** What was removed by itself, the latest day first. */
export function listRuns({ db, scope }: Context): Promise<Row<'retention_run'>[]> {
	return db
		.selectFrom('retention_run')
		.selectAll()
		.where('section_id', '=', scope.sectionId)
		.orderBy('ran_on', 'desc')
		.orderBy('kind')
		.limit(MOST_RUNS)
		.execute();
}

async function countDue(db: Db, kind: RetentionKind, old: Old): Promise<number> {
	const { count } = await db
		.selectFrom(dueOf(db, kind, old).as('due'))
		.select((eb) => eb.fn.countAll<number>().as('count'))
		.executeTakeFirstOrThrow();
	return count;
}

/** The ids of what is too old. */
function dueOf(db: Db, kind: RetentionKind, old: Old) {
	if (kind === 'contacts') return oldContacts(db, old).select('guardian.id as id');
	if (kind === 'attendance') return oldPeople(db, old).select('person.id as id');
	const before = { sectionId: old.sectionId, before: endOf(old) };
	if (kind === 'answers') return codesClosedBefore(db, before).select('id');
	return auditBefore(db, before).select((eb) => eb.cast<string>('seq', 'text').as('id'));
}

/** The instant the last old day ends. */
export function endOf({ zone, lastDay }: Pick<Old, 'zone' | 'lastDay'>): number {
	return instantOf(lastDay, '23:59', zone) + 60_000;
}

/** Contact persons of people whose last cohort ended long ago, or who were in none and came to the register long ago. */
export function oldContacts(db: Db, { sectionId, lastDay }: Old) {
	return db
		.selectFrom('guardian')
		.innerJoin('person', 'person.id', 'guardian.person_id')
		.where('guardian.section_id', '=', sectionId)
		.where((eb) =>
			eb.or([
				eb('person.added_on', '<=', lastDay),
				eb('person.id', 'in', eb.selectFrom('cohort_member').select('person_id'))
			])
		)
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('cohort_member as member')
						.select('member.person_id')
						.whereRef('member.person_id', '=', 'person.id')
						.where((eb) =>
							eb.or([eb('member.left_on', 'is', null), eb('member.left_on', '>', lastDay)])
						)
				)
			)
		)
		.where(waitsForNoPlace);
}

/** Whoever waits for a place is meant to come: they, and who is to be called, are kept. */
function waitsForNoPlace({ not, exists, selectFrom }: ExpressionBuilder<Tables, 'person'>) {
	return not(
		exists(
			selectFrom('waiting_place as waits')
				.select('waits.id')
				.whereRef('waits.person_id', '=', 'person.id')
				.where('waits.ended_at', 'is', null)
		)
	);
}

/**
 * People who attended last so long ago that nothing needs to tell who they were: in no cohort since, in no target that
 * goes on, nobody’s contact or caregiver, not staff, and with nothing waiting for them.
 */
export function oldPeople(db: Db, { sectionId, lastDay, today }: Old) {
	return db
		.selectFrom('person')
		.where('person.section_id', '=', sectionId)
		.where('person.erased_on', 'is', null)
		.where('person.merged_into', 'is', null)
		.where('person.kind', '<>', 'staff')
		.where('person.id', 'in', (eb) => eb.selectFrom('mark').select('person_id'))
		.where(waitsForNoPlace)
		.where(({ and, not, exists, selectFrom }) =>
			and([
				not(
					exists(
						selectFrom('mark')
							.innerJoin('session', 'session.id', 'mark.session_id')
							.select('mark.person_id')
							.whereRef('mark.person_id', '=', 'person.id')
							.where('session.on_date', '>', lastDay)
					)
				),
				not(
					exists(
						selectFrom('cohort_member as member')
							.select('member.person_id')
							.whereRef('member.person_id', '=', 'person.id')
							.where((eb) =>
								eb.or([eb('member.left_on', 'is', null), eb('member.left_on', '>', lastDay)])
							)
					)
				),
				not(
					exists(
						selectFrom('reached_person as reached')
							.innerJoin('target', 'target.id', 'reached.target_id')
							.select('reached.person_id')
							.whereRef('reached.person_id', '=', 'person.id')
							.where('target.ends_on', '>=', today)
					)
				),
				not(
					exists(
						selectFrom('caregiver')
							.select('caregiver.child_id')
							.whereRef('caregiver.caregiver_id', '=', 'person.id')
					)
				),
				not(
					exists(
						selectFrom('guardian')
							.select('guardian.id')
							.whereRef('guardian.linked_person_id', '=', 'person.id')
					)
				),
				not(
					exists(
						selectFrom('erasure')
							.select('erasure.id')
							.whereRef('erasure.person_id', '=', 'person.id')
					)
				)
			])
		);
}
