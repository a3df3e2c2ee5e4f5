import { openName } from '#lib/features/people/queries.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import type { Cohort, Membership } from './types.ts';
import { cohortsInScope, listCohorts } from './queries.server.ts';

/** The time in a cohort within reach that somebody's is now; undefined for who is no member. */
export async function findMembership(
	ctx: Context,
	{ cohortId, personId }: { cohortId: string; personId: string }
): Promise<Membership | undefined> {
	const row = await ctx.db
		.selectFrom('cohort_member as member')
		.innerJoin('person', 'person.id', 'member.person_id')
		.innerJoin('cohort', 'cohort.id', 'member.cohort_id')
		.select(['person.name_sealed', 'person.birth_year', 'person.birth_month', 'person.sex'])
		.select(['member.joined_on', 'cohort.member_count'])
		.select((eb) =>
			eb
				.selectFrom('mark')
				.innerJoin('session', 'session.id', 'mark.session_id')
				.select(({ fn }) => fn.max('session.on_date').as('last'))
				.where('session.cohort_id', '=', cohortId)
				.where('mark.person_id', '=', personId)
				.as('last_mark_on')
		)
		.where('member.cohort_id', '=', cohortId)
		.where('member.person_id', '=', personId)
		.where('member.cohort_id', 'in', cohortsInScope(ctx).clearSelect().select('cohort.id'))
		.where('member.left_on', 'is', null)
		.executeTakeFirst();
	return (
		row && {
			personId,
			name: openName(ctx.ring, personId, row.name_sealed),
			...{ sex: row.sex, birthYear: row.birth_year, birthMonth: row.birth_month },
			...{ joinedOn: row.joined_on, lastMarkOn: row.last_mark_on },
			memberCount: row.member_count
		}
	);
}

/** Open cohorts within reach that somebody of a cohort may go on in: of its centre, for the same people. */
export async function listOtherCohorts(
	ctx: Context,
	{ id, centreId, audience }: Cohort,
	locale: Locale
): Promise<Cohort[]> {
	const cohorts = await listCohorts(ctx, locale);
	return cohorts.filter(
		(other) =>
			other.id !== id &&
			other.status === 'open' &&
			other.centreId === centreId &&
			other.audience === audience
	);
}
