import { ageOn } from '#lib/features/people/rules.ts';
import { worksHere } from '#lib/features/people/queries.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { keyOf } from './standing.rules.ts';
import type { Adult, GiverRef } from './types.ts';

/** Who stands for a child, and which words of theirs are another's here: a contact who is in the register too. */
interface AdultsOf {
	adults: Adult[];
	sameAs: Map<string, GiverRef>;
}

/**
 * Who stands for some people of the section, by the person's id: their contacts, and the caregivers of the register who
 * are no contact of theirs; each adult once. Ages on `today`, a civil date. Nobody's name is read.
 */
export async function listAdults(
	ctx: Context,
	personIds: readonly string[],
	today: string
): Promise<Map<string, AdultsOf>> {
	const contacts = await contactsOf(ctx, personIds);
	const caregivers = await caregiversOf(ctx, personIds);
	const of = new Map<string, AdultsOf>();
	const theirs = (personId: string) => {
		const known = of.get(personId) ?? { adults: [], sameAs: new Map<string, GiverRef>() };
		of.set(personId, known);
		return known;
	};
	for (const row of contacts) {
		const { adults, sameAs } = theirs(row.person_id);
		adults.push({ giver: 'contact', id: row.id, relation: row.relation, ...lifeOf(row, today) });
		if (row.linked_person_id)
			sameAs.set(keyOf({ giver: 'person', id: row.linked_person_id }), {
				giver: 'contact',
				id: row.id
			});
	}
	for (const row of caregivers) {
		const { adults, sameAs } = theirs(row.child_id);
		const ref = { giver: 'person' as const, id: row.caregiver_id };
		if (!sameAs.has(keyOf(ref)))
			adults.push({ ...ref, relation: row.relation, ...lifeOf(row, today) });
	}
	return of;
}

function contactsOf({ db, scope }: Context, personIds: readonly string[]) {
	return db
		.selectFrom('guardian')
		.leftJoin('person', 'person.id', 'guardian.linked_person_id')
		.select(['guardian.id', 'guardian.person_id', 'guardian.relation', 'guardian.linked_person_id'])
		.select(['person.birth_year', 'person.birth_month'])
		.select((eb) => worksHere(eb as never).as('works'))
		.where('guardian.section_id', '=', scope.sectionId)
		.where('guardian.person_id', 'in', personIds)
		.orderBy('guardian.id')
		.execute();
}

function caregiversOf({ db, scope }: Context, personIds: readonly string[]) {
	return db
		.selectFrom('caregiver')
		.innerJoin('person', 'person.id', 'caregiver.caregiver_id')
		.select(['caregiver.child_id', 'caregiver.caregiver_id', 'caregiver.relation'])
		.select(['person.birth_year', 'person.birth_month'])
		.select((eb) => worksHere(eb as never).as('works'))
		.where('caregiver.section_id', '=', scope.sectionId)
		.where('caregiver.child_id', 'in', personIds)
		.orderBy('caregiver.caregiver_id')
		.execute();
}

function lifeOf(
	row: { birth_year: number | null; birth_month: number | null; works: unknown },
	today: string
): Pick<Adult, 'age' | 'isStaff'> {
	const { birth_year: birthYear, birth_month: birthMonth } = row;
	return {
		age: birthYear === null ? null : ageOn({ birthYear, birthMonth }, today),
		isStaff: Boolean(row.works)
	};
}
