import { byName, compareCodes } from '#lib/platform/i18n/collation.ts';
import type { Expression } from 'kysely';
import { openName } from '#lib/features/people/queries.server.ts';
import { stillRuns } from '#lib/features/people/running.queries.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import { AUDIENCES, known } from '#lib/platform/db/vocabularies.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import type { Cohort, Member } from './types.ts';

/** The cohorts within reach, open ones first, then by name. A facilitator's are those facilitated. */
export async function listCohorts(ctx: Context, locale: Locale): Promise<Cohort[]> {
	const rows = await cohortsInScope(ctx).execute();
	const inOrder = byName(locale);
	return rows
		.map((row) => asCohort(row, locale))
		.sort((a, b) => compareCodes(b.status, a.status) || inOrder(a, b));
}

/** One cohort, or undefined when it is out of reach. */
export async function findCohort(
	ctx: Context,
	id: string,
	locale: Locale
): Promise<Cohort | undefined> {
	const row = await cohortsInScope(ctx).where('cohort.id', '=', id).executeTakeFirst();
	return row && asCohort(row, locale);
}

/** Ids of those who run a cohort; of one out of reach nobody. */
export async function listCohortFacilitators(ctx: Context, cohortId: string): Promise<string[]> {
	const rows = await ctx.db
		.selectFrom('cohort_facilitator')
		.select('account_id')
		.where('cohort_id', '=', cohortId)
		.where('cohort_id', 'in', cohortsInScope(ctx).clearSelect().select('cohort.id'))
		.where(stillRuns('until_on', ctx.now))
		.distinct()
		.execute();
	return rows.map(({ account_id }) => account_id);
}

/**
 * The members of a cohort on a date, by name; nobody of a cohort out of reach. A register says by `reach`
 * whose members it may name: someone who stands in for a day has the session, not the cohort.
 */
export async function listMembers(
	ctx: Context,
	{ cohortId, date }: { cohortId: string; date: string },
	locale: Locale,
	reach: Expression<string | null> = cohortsInScope(ctx)
		.clearSelect()
		.select('cohort.id')
		.$asScalar()
): Promise<Member[]> {
	const rows = await ctx.db
		.selectFrom('cohort_member as member')
		.innerJoin('person', 'person.id', 'member.person_id')
		.select(['person.id', 'person.name_sealed'])
		.distinct()
		.where('member.cohort_id', '=', cohortId)
		.where('member.cohort_id', 'in', reach)
		.where('member.joined_on', '<=', date)
		.where((eb) => eb.or([eb('member.left_on', 'is', null), eb('member.left_on', '>', date)]))
		.execute();
	return rows
		.map((row) => ({ personId: row.id, name: openName(ctx.ring, row.id, row.name_sealed) }))
		.sort(byName(locale));
}

/** The cohorts within reach that people are members of now, by name, by person. */
export async function listCohortsOf(
	ctx: Context,
	personIds: readonly string[],
	locale: Locale
): Promise<Map<string, { id: string; name: string }[]>> {
	if (personIds.length === 0) return new Map();
	const rows = await cohortsInScope(ctx)
		.clearSelect()
		.innerJoin('cohort_member as member', 'member.cohort_id', 'cohort.id')
		.select(['cohort.id', 'cohort.name_texts', 'member.person_id'])
		.where('member.person_id', 'in', personIds)
		.where('member.left_on', 'is', null)
		.execute();
	const cohorts = rows
		.map((row) => ({ ...row, name: textIn(row.name_texts, locale) }))
		.sort(byName(locale));
	return new Map(
		[...Map.groupBy(cohorts, ({ person_id }) => person_id)].map(([personId, of]) => [
			personId,
			of.map(({ id, name }) => ({ id, name }))
		])
	);
}

/** Cohorts an actor may open: by section and centre, and where a facilitator reaches no more, their own. */
export function cohortsInScope(ctx: Context) {
	const { scope } = ctx;
	return ctx.db
		.selectFrom('cohort')
		.selectAll('cohort')
		.where('cohort.section_id', '=', scope.sectionId)
		.$if(scope.centreIds !== null, (query) =>
			query.where('cohort.centre_id', 'in', scope.centreIds!)
		)
		.$if(scope.wholeCentreIds !== null, (query) =>
			query.where((eb) =>
				eb.or([
					eb('cohort.centre_id', 'in', scope.wholeCentreIds!),
					eb(
						'cohort.id',
						'in',
						eb
							.selectFrom('cohort_facilitator')
							.select('cohort_id')
							.where('account_id', '=', scope.accountId)
							.where(stillRuns('until_on', ctx.now))
					)
				])
			)
		);
}

function asCohort(row: Row<'cohort'>, locale: Locale): Cohort {
	return {
		id: row.id,
		centreId: row.centre_id,
		name: textIn(row.name_texts, locale),
		audience: known(AUDIENCES, row.audience),
		ageFrom: row.age_from,
		ageTo: row.age_to,
		capacity: row.capacity,
		memberCount: row.member_count,
		status: row.status
	};
}
