/** The example at the size of a country after five years: for measuring, not for looking at. */
import { addDays } from '../../platform/clock/days.ts';
import type { KeyRing } from '../../platform/crypto/keyring.ts';
import type { NewRow } from '../../platform/db/schema.ts';
import { sealName } from '../people/queries.server.ts';
import { CENTRE_COUNT, centreId, facilitatorsAt, SECTIONS } from './cast.ts';
import { centreRows } from './centres.ts';
import { CHILDREN_NAMES } from './cohort-names.ts';
import type { CohortPlan } from './cohorts.ts';
import { dice, exampleId, texts, type Dice } from './invent.ts';
import { GROUPS, membership, type People } from './people.ts';
import { BOYS, GIRLS, INITIALS } from './people-names.ts';

/** How many calendar years before this one the country has cohorts, holidays and targets. */
export const COUNTRY_YEARS = 5;

/** One cohort after the other in each series: 18 × 4 × 28 are 2,016 of them in not quite five years. */
const COHORTS_PER_SERIES = 28;
/** Six weeks of sessions twice a week, and three for holidays and a pause. */
const DAYS_PER_COHORT = 63;
const MEMBER_COUNT = 14;
const MISSING_SHARE = 0.03;
const PEOPLE_PER_YEAR = 5_600;

const AGES: CohortPlan['ages'][] = [
	[7, 10],
	[9, 12],
	[11, 14],
	[14, 17]
];

/**
 * Cohorts of children, following each other in four series at every centre. The series meet at times
 * of the day and week that neither each other nor the small example uses, so nobody is in two places.
 */
export function countryCohorts(today: string): CohortPlan[] {
	return Array.from({ length: CENTRE_COUNT }, (_, i) => i + 1).flatMap((centre) =>
		AGES.flatMap((_, series) =>
			Array.from({ length: COHORTS_PER_SERIES }, (_, nth) => cohort(centre, series, nth, today))
		)
	);
}

/**
 * The children of those cohorts; with those of the small example a few more than 28,000. In every third
 * cohort one came to another centre some months before.
 */
export function countryPeople(plans: CohortPlan[], ring: KeyRing, today: string): People {
	const chance = dice('country people');
	const people: People = { persons: [], members: [], caregivers: [], byCohort: new Map() };
	plans.forEach((plan, at) => {
		const returning = (at % COHORTS_PER_SERIES) % 3 === 2 ? [childId(elsewhere(plans, at), 0)] : [];
		const own = Array.from({ length: MEMBER_COUNT - returning.length }, (_, nth) =>
			childId(plan, nth)
		);
		people.persons.push(...own.map((id) => child(id, plan, chance, ring)));
		const ids = [...own, ...returning];
		people.byCohort.set(plan.id, ids);
		people.members.push(...ids.map((id) => membership(id, plan, today)));
	});
	return people;
}

/** The last cohort but one, in the same series of the next centre: over whatever the stagger of the two. */
function elsewhere(plans: CohortPlan[], at: number): CohortPlan {
	const perCentre = plans.length / CENTRE_COUNT;
	return plans[(at + perCentre - 2) % plans.length]!;
}

/** A target for each calendar year with a part for every centre. */
export function yearlyTargetRows(today: string): NewRow<'target'>[] {
	return Array.from({ length: COUNTRY_YEARS }, (_, i) => Number(today.slice(0, 4)) - i).flatMap(
		yearOf
	);
}

function yearOf(year: number): NewRow<'target'>[] {
	const id = exampleId(`target ${year}`);
	const shared = {
		section_id: SECTIONS.lebanon,
		starts_on: `${year}-01-01`,
		ends_on: `${year}-12-31`,
		is_example: 1
	};
	const name_texts = texts(
		`Children in ${year} (example)`,
		`Enfants en ${year} (exemple)`,
		`الأطفال في ${year} (مثال)`
	);
	const parts = centreRows.map((centre, i) => ({
		...shared,
		id: exampleId(`target ${year} ${i + 1}`),
		centre_id: centre.id,
		parent_id: id,
		name_texts: centre.name_texts,
		amount: Math.floor(PEOPLE_PER_YEAR / CENTRE_COUNT)
	}));
	const country = { centre_id: null, parent_id: null, name_texts, amount: PEOPLE_PER_YEAR };
	return [{ ...shared, id, ...country }, ...parts];
}

function cohort(centre: number, series: number, nth: number, today: string): CohortPlan {
	const id = exampleId(`cohort ${centre} series ${series} ${nth}`);
	const chance = dice(id);
	const [en, fr, ar] = chance.pick(CHILDREN_NAMES);
	const stagger = ((centre * 4 + series) * 7) % DAYS_PER_COHORT;
	const startsOn = addDays(today, (nth - COHORTS_PER_SERIES) * DAYS_PER_COHORT + stagger);
	const noon = centre === 1 ? '13:30' : '12:00';
	return {
		id,
		centre,
		names: [`${en} ${nth + 1}`, `${fr} ${nth + 1}`, `${ar} ${nth + 1}`],
		audience: 'children',
		ages: AGES[series]!,
		capacity: 16,
		memberCount: MEMBER_COUNT,
		status: nth < COHORTS_PER_SERIES - 1 ? 'closed' : 'open',
		staffIds: facilitatorsAt(centre)
			.slice(0, 2)
			.map((member) => member.id),
		run: {
			version: 'incredibleMe',
			room: 1,
			weekdays: series % 2 === 0 ? [1, 3] : [2, 4],
			time: series < 2 ? '08:00' : noon,
			startsOn,
			missingCount: chance.roll() < MISSING_SHARE ? 1 : 0
		}
	};
}

function childId(plan: CohortPlan, nth: number): string {
	return exampleId(`person ${plan.id} ${nth}`);
}

/** Unlike in the small example, many are called alike. */
function child(id: string, plan: CohortPlan, chance: Dice, ring: KeyRing): NewRow<'person'> {
	const isGirl = chance.roll() < 0.55;
	const script = chance.roll() < 0.75 ? 0 : 1;
	const name = `${chance.pick(isGirl ? GIRLS : BOYS)[script]} ${chance.pick(INITIALS[script])}.`;
	return {
		id,
		section_id: SECTIONS.lebanon,
		centre_id: centreId(plan.centre),
		kind: 'child',
		name_sealed: sealName(ring, id, name),
		sex: isGirl ? 'f' : 'm',
		birth_year: Number(plan.run!.startsOn.slice(0, 4)) - chance.between(...plan.ages),
		population_group: chance.pick(GROUPS)
	};
}
