import type { z } from 'zod';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import type { pairForm } from './forms.ts';
import { peopleInScope } from './queries.server.ts';
import { findPeople } from './search.server.ts';
import type { FoundPerson } from './types.ts';

/** Pairs on one page: what is decided makes room for the next. */
export const PAIRS_SHOWN = 10;

export type PairRefusal = { reason: 'not_found' };

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
