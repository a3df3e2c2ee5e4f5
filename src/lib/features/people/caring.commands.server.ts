import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Relation } from '#lib/platform/db/schema.ts';
import { byName } from '#lib/platform/i18n/collation.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { findPerson, openName, peopleInScope } from './queries.server.ts';
import { ADULT_AGE, ageOn } from './rules.ts';

export type CareRefusal = {
	/** `not_a_child`: one of the two has not the age for it. */
	reason: 'not_found' | 'not_a_child' | 'known';
};

/** A child somebody is responsible for. */
export interface ChildOf {
	id: string;
	name: string;
	relation: Relation;
}

/**
 * The children of the register an adult within reach is responsible for, and those who take part in the same
 * cohorts now, to choose from; both by name. Ages are told on `today`, a civil date.
 */
export async function listChildrenOf(
	ctx: Context,
	caregiverId: string,
	{ today }: { today: string },
	locale: Locale
): Promise<{ known: ChildOf[]; offered: { id: string; name: string }[] }> {
	const links = await ctx.db
		.selectFrom('caregiver')
		.select(['child_id', 'relation'])
		.where('caregiver_id', '=', caregiverId)
		.where('section_id', '=', ctx.scope.sectionId)
		.execute();
	const relations = new Map(links.map(({ child_id, relation }) => [child_id, relation]));
	const rows = await peopleInScope(ctx)
		.where(({ or, eb, selectFrom }) =>
			or([
				eb(
					'person.id',
					'in',
					selectFrom('cohort_member as beside')
						.innerJoin('cohort_member as own', 'own.cohort_id', 'beside.cohort_id')
						.select('beside.person_id')
						.where('own.person_id', '=', caregiverId)
						.where('own.left_on', 'is', null)
						.where('beside.left_on', 'is', null)
				),
				...(links.length > 0 ? [eb('person.id', 'in', [...relations.keys()])] : [])
			])
		)
		.execute();
	const people = rows
		.map((row) => ({
			id: row.id,
			name: openName(ctx.ring, row.id, row.name_sealed),
			relation: relations.get(row.id),
			age: ageOn({ birthYear: row.birth_year, birthMonth: row.birth_month }, today)
		}))
		.sort(byName(locale));
	return {
		known: people.flatMap(({ id, name, relation }) => (relation ? [{ id, name, relation }] : [])),
		offered: people
			.filter(({ relation, age }) => !relation && age < ADULT_AGE)
			.map(({ id, name }) => ({ id, name }))
	};
}

/** Writes down that an adult is responsible for a child, both within reach. */
export function careFor(
	ctx: Context,
	input: { caregiverId: string; childId: string; relation: Relation },
	{ once, today, locale }: { once: string; today: string; locale: Locale }
): Promise<Outcome<{ childId: string }, CareRefusal | KeyReused>> {
	return command(ctx, { name: 'care for child', once, input }, async ({ ctx, refuse, audit }) => {
		const { caregiverId, childId, relation } = input;
		const adult = await findPerson(ctx, caregiverId, locale);
		const child = await findPerson(ctx, childId, locale);
		if (!adult || !child) return refuse({ reason: 'not_found' });
		if (ageOn(adult, today) < ADULT_AGE || ageOn(child, today) >= ADULT_AGE)
			refuse({ reason: 'not_a_child' });
		const { numInsertedOrUpdatedRows } = await ctx.db
			.insertInto('caregiver')
			.values({
				child_id: childId,
				caregiver_id: caregiverId,
				section_id: ctx.scope.sectionId,
				relation
			})
			.onConflict((conflict) => conflict.columns(['child_id', 'caregiver_id']).doNothing())
			.executeTakeFirst();
		if (numInsertedOrUpdatedRows !== 1n) refuse({ reason: 'known' });
		await audit({
			action: 'care for child',
			objectType: 'person',
			objectId: caregiverId,
			fields: ['child_id', 'relation']
		});
		return { childId };
	});
}

/** Takes it out again. */
export function endCare(
	ctx: Context,
	input: { caregiverId: string; childId: string },
	once: string
): Promise<Outcome<{ childId: string }, CareRefusal | KeyReused>> {
	return command(ctx, { name: 'end care', once, input }, async ({ ctx, refuse, audit }) => {
		const { caregiverId, childId } = input;
		const reach = () => peopleInScope(ctx).clearSelect().select('person.id');
		const { numDeletedRows } = await ctx.db
			.deleteFrom('caregiver')
			.where('caregiver_id', '=', caregiverId)
			.where('child_id', '=', childId)
			.where('caregiver_id', 'in', reach())
			.where('child_id', 'in', reach())
			.executeTakeFirst();
		if (!numDeletedRows) refuse({ reason: 'not_found' });
		await audit({
			action: 'end care',
			objectType: 'person',
			objectId: caregiverId,
			fields: ['child_id', 'relation']
		});
		return { childId };
	});
}
