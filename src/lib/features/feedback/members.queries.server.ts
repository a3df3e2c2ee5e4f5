import { ageOn } from '#lib/features/people/rules.ts';
import type { Db } from '#lib/platform/db/open.ts';

/**
 * The ages, in years, of those who were members of each session's cohort on its date: how many they are, and
 * which forms they answer. By the membership and not by marks, which come from whoever ran the session.
 */
export async function memberAges(
	db: Db,
	sessionIds: readonly string[]
): Promise<ReadonlyMap<string, number[]>> {
	if (sessionIds.length === 0) return new Map();
	const rows = await db
		.selectFrom('session')
		.innerJoin('cohort_member as member', 'member.cohort_id', 'session.cohort_id')
		.innerJoin('person', 'person.id', 'member.person_id')
		.select(['session.id', 'session.on_date', 'person.birth_year', 'person.birth_month'])
		.select('person.id as person_id')
		.distinct() // who left and came back on one day is one
		.where('session.id', 'in', sessionIds)
		.whereRef('member.joined_on', '<=', 'session.on_date')
		.where((eb) =>
			eb.or([
				eb('member.left_on', 'is', null),
				eb('member.left_on', '>', eb.ref('session.on_date'))
			])
		)
		.execute();
	const bySession = Map.groupBy(rows, ({ id }) => id);
	return new Map(
		[...bySession].map(([id, members]) => [
			id,
			members.map(({ birth_year, birth_month, on_date }) =>
				ageOn({ birthYear: birth_year, birthMonth: birth_month }, on_date)
			)
		])
	);
}
