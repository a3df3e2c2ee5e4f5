/** Invented people: a first name and an initial, no family is meant. */
import type { KeyRing } from '../../platform/crypto/keyring.ts';
import { addDays } from '../../platform/clock/days.ts';
import type { NewRow } from '../../platform/db/schema.ts';
import { sealName } from '../people/queries.server.ts';
import { centreId, COHORTS, PEOPLE, SECTIONS } from './cast.ts';
import type { CohortPlan } from './cohorts.ts';
import { dice, exampleId, type Dice } from './invent.ts';
import { BOYS, GIRLS, INITIALS, WOMEN } from './people-names.ts';

/** Who takes part: population groups of Lebanon's child protection data sheets, weights invented. */
export const GROUPS = [
	...Array<string>(9).fill('LEB'),
	...Array<string>(8).fill('SYR'),
	...['PRL', 'PRS', 'OTH']
];

/** Members from elsewhere: the three of Cedars who come to Rivers too, the girl of Cedars in Butterflies. */
const SHARED: Record<string, readonly string[]> = {
	[COHORTS.rivers]: PEOPLE.atTwoCentres,
	[COHORTS.butterflies]: [PEOPLE.inTwoCohorts]
};
const NAMED: Record<string, readonly string[]> = {
	[COHORTS.cedars]: [...PEOPLE.atTwoCentres, PEOPLE.inTwoCohorts]
};

export interface People {
	persons: NewRow<'person'>[];
	members: NewRow<'cohort_member'>[];
	/** Mothers and their daughters. */
	caregivers: NewRow<'caregiver'>[];
	/** Person ids by cohort id. */
	byCohort: Map<string, string[]>;
}

/** Fills every cohort with as many people as it counts, ages as it asks for. */
export function peopleFor(plans: CohortPlan[], ring: KeyRing, today: string): People {
	const chance = dice('people');
	const taken = new Set<string>();
	const people: People = { persons: [], members: [], caregivers: [], byCohort: new Map() };
	for (const plan of plans) {
		const shared = SHARED[plan.id] ?? [];
		const own = Array.from(
			{ length: plan.memberCount - shared.length },
			(_, nth) => NAMED[plan.id]?.[nth] ?? exampleId(`person ${plan.id} ${nth}`)
		);
		own.forEach((id, nth) =>
			people.persons.push(person(id, nth, plan, chance, taken, ring, today))
		);
		const ids = [...own, ...shared];
		people.byCohort.set(plan.id, ids);
		people.members.push(...ids.map((id) => membership(id, plan, today)));
		if (plan.audience === 'caregivers') people.caregivers.push(...pairsOf(own));
	}
	return people;
}

/** Every mother, at the even places, with the girl after her. */
function pairsOf(ids: readonly string[]): NewRow<'caregiver'>[] {
	return ids.flatMap((caregiver_id, at) => {
		const child_id = ids[at + 1];
		if (at % 2 === 1 || !child_id) return [];
		return [{ caregiver_id, child_id, section_id: SECTIONS.lebanon, relation: 'mother' as const }];
	});
}

function person(
	id: string,
	nth: number,
	plan: CohortPlan,
	chance: Dice,
	taken: Set<string>,
	ring: KeyRing,
	today: string
): NewRow<'person'> {
	const isMother = plan.audience === 'caregivers' && nth % 2 === 0;
	const isGirl =
		plan.audience === 'caregivers' || id === PEOPLE.inTwoCohorts || chance.roll() < 0.55;
	const age = isMother
		? chance.between(29, 46)
		: plan.audience === 'caregivers'
			? chance.between(11, 16)
			: id === PEOPLE.inTwoCohorts
				? plan.ages[0] // young enough for Butterflies too
				: chance.between(...plan.ages);
	const name = freshName(isMother ? WOMEN : isGirl ? GIRLS : BOYS, chance, taken);
	return {
		id,
		section_id: SECTIONS.lebanon,
		centre_id: centreId(plan.centre),
		kind: isMother ? 'caregiver' : 'child',
		name_sealed: sealName(ring, id, name),
		sex: isGirl ? 'f' : 'm',
		birth_year: Number(today.slice(0, 4)) - age,
		population_group: chance.pick(GROUPS)
	};
}

/** Three in four in Arabic script; nobody is called like anybody else. */
function freshName(
	names: readonly (readonly [string, string])[],
	chance: Dice,
	taken: Set<string>
) {
	for (;;) {
		const script = chance.roll() < 0.75 ? 0 : 1;
		const name = `${chance.pick(names)[script]} ${chance.pick(INITIALS[script])}.`;
		if (taken.has(name)) continue;
		taken.add(name);
		return name;
	}
}

/** A week before the cohort begins; where it has no sessions yet, ten days before today. */
export function membership(
	personId: string,
	plan: CohortPlan,
	today: string
): NewRow<'cohort_member'> {
	return {
		cohort_id: plan.id,
		person_id: personId,
		section_id: SECTIONS.lebanon,
		joined_on: plan.run ? addDays(plan.run.startsOn, -7) : addDays(today, -10),
		left_on: null
	};
}
