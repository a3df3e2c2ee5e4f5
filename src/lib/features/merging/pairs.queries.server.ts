import { peopleInScope } from '#lib/features/people/queries.server.ts';
import { findPeople } from '#lib/features/people/search.queries.server.ts';
import type { FoundPerson } from '#lib/features/people/types.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';

/** Pairs on one page: what is decided makes room for the next. */
const PAIRS_SHOWN = 10;

/**
 * Pairs of people within reach who may be one, as a job found them: alike names, no other sex, born a year apart
 * at most. Without those who were merged since, and without those of whom somebody said that they are two.
 * Those found last come first; `more` when there are further ones.
 */
export async function listPairs(
	ctx: Context,
	locale: Locale
): Promise<{ pairs: [FoundPerson, FoundPerson][]; more: boolean }> {
	const reach = () => peopleInScope(ctx).clearSelect().select('person.id');
	const rows = await ctx.db
		.selectFrom('possible_pair as pair')
		.select(['pair.first_id', 'pair.second_id'])
		.where('pair.section_id', '=', ctx.scope.sectionId)
		.where(({ and, not, exists, selectFrom }) =>
			and([
				not(
					exists(
						selectFrom('person')
							.select('person.id')
							.where((eb) =>
								eb('person.id', 'in', [eb.ref('pair.first_id'), eb.ref('pair.second_id')])
							)
							.where('person.merged_into', 'is not', null)
					)
				),
				not(
					exists(
						selectFrom('pair_decision as said')
							.select('said.first_id')
							.whereRef('said.first_id', '=', 'pair.first_id')
							.whereRef('said.second_id', '=', 'pair.second_id')
					)
				)
			])
		)
		.$if(ctx.scope.centreIds !== null, (query) =>
			query.where('pair.first_id', 'in', reach()).where('pair.second_id', 'in', reach())
		)
		.orderBy('pair.found_at', 'desc')
		.orderBy('pair.first_id')
		.orderBy('pair.second_id')
		.limit(PAIRS_SHOWN + 1)
		.execute();
	const shown = rows.slice(0, PAIRS_SHOWN);
	const ids = [...new Set(shown.flatMap(({ first_id, second_id }) => [first_id, second_id]))];
	const people = new Map((await findPeople(ctx, ids, locale)).map((one) => [one.id, one]));
	const pairs = shown.flatMap(({ first_id, second_id }) => {
		const [a, b] = [people.get(first_id), people.get(second_id)];
		return a && b ? [[a, b] as [FoundPerson, FoundPerson]] : [];
	});
	return { pairs, more: rows.length > PAIRS_SHOWN };
}
