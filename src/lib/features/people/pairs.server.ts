import type { z } from 'zod';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import type { pairForm } from './forms.ts';
import { namesAlike } from './names.ts';
import { peopleInScope } from './queries.server.ts';
import { findPeople } from './search.server.ts';
import type { FoundPerson } from './types.ts';

/** Pairs with like fingerprints that are opened for one page. */
const MOST_CANDIDATES = 1000;
/** Pairs on one page: what is decided makes room for the next. */
export const PAIRS_SHOWN = 10;

export type PairRefusal = { reason: 'not_found' };

/**
 * Pairs of people within reach who may be one: alike names, no other sex, born a year apart at
 * most, and nobody has said that they are two. `more` when there are further ones.
 */
export async function listPairs(
	ctx: Context,
	locale: Locale
): Promise<{ pairs: [FoundPerson, FoundPerson][]; more: boolean }> {
	const reach = () => peopleInScope(ctx).clearSelect().select('person.id');
	const rows = await ctx.db
		.selectFrom('person as a')
		.innerJoin('person as b', (join) =>
			join
				.onRef('b.section_id', '=', 'a.section_id')
				.onRef('b.name_key', '=', 'a.name_key')
				// Each pair once. Said without `>`, which makes SQLite go through everybody who follows, for each person.
				.on(({ eb, not, ref }) => not(eb('b.id', '<=', ref('a.id'))))
		)
		.select(['a.id as first', 'b.id as second'])
		.where('a.section_id', '=', ctx.scope.sectionId)
		.where('a.name_key', '<>', '')
		.where('a.merged_into', 'is', null)
		.where('b.merged_into', 'is', null)
		.where(({ eb, or, and, not, exists, selectFrom, ref }) =>
			and([
				eb('b.birth_year', '>=', eb('a.birth_year', '-', 1)),
				eb('b.birth_year', '<=', eb('a.birth_year', '+', 1)),
				or([eb('a.sex', '=', ref('b.sex')), eb('a.sex', '=', 'other'), eb('b.sex', '=', 'other')]),
				not(
					exists(
						selectFrom('pair_decision as said')
							.select('said.first_id')
							.where((said) =>
								said.or([
									said.and([
										said('said.first_id', '=', said.ref('a.id')),
										said('said.second_id', '=', said.ref('b.id'))
									]),
									said.and([
										said('said.first_id', '=', said.ref('b.id')),
										said('said.second_id', '=', said.ref('a.id'))
									])
								])
							)
					)
				)
			])
		)
		.$if(ctx.scope.centreIds !== null, (query) =>
			query.where('a.id', 'in', reach()).where('b.id', 'in', reach())
		)
		.limit(MOST_CANDIDATES)
		.execute();
	const ids = [...new Set(rows.flatMap(({ first, second }) => [first, second]))];
	const people = new Map((await findPeople(ctx, ids, locale)).map((one) => [one.id, one]));
	const pairs = rows.flatMap(({ first, second }) => {
		const [a, b] = [people.get(first), people.get(second)];
		return a && b && namesAlike(a.name, b.name) ? [[a, b] as [FoundPerson, FoundPerson]] : [];
	});
	return { pairs: pairs.slice(0, PAIRS_SHOWN), more: pairs.length > PAIRS_SHOWN };
}

/** Remembers that two people within reach are two: they are not suggested again. */
export function tellApart(
	ctx: Context,
	input: z.output<typeof pairForm>,
	once: string
): Promise<Outcome<null, PairRefusal | KeyReused>> {
	return command(ctx, { name: 'tell apart', once, input }, async ({ ctx, refuse, audit }) => {
		const [first, second] = [input.first, input.second].sort() as [string, string];
		const found = await peopleInScope(ctx).where('person.id', 'in', [first, second]).execute();
		if (found.length !== 2) return refuse({ reason: 'not_found' });
		await ctx.db
			.insertInto('pair_decision')
			.values({
				first_id: first,
				second_id: second,
				section_id: ctx.scope.sectionId,
				decision: 'different',
				decided_by: ctx.actor.accountId,
				decided_at: ctx.now
			})
			.onConflict((conflict) => conflict.doNothing())
			.execute();
		await audit({
			action: 'tell people apart',
			objectType: 'person',
			objectId: first,
			fields: ['pair_decision']
		});
		return null;
	});
}
