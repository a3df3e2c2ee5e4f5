/** Which cohorts the example has and when they meet, relative to today. */
import { addDays, weekdayOf } from '../../platform/clock/days.ts';
import type { NewRow } from '../../platform/db/schema.ts';
import {
	CAST,
	CENTRE_COUNT,
	centreId,
	COHORTS,
	facilitatorsAt,
	SECTIONS,
	type VERSIONS
} from './cast.ts';
import {
	ALMOND,
	BUTTERFLIES,
	CAREGIVER_NAMES,
	CEDARS,
	CHILDREN_NAMES,
	JASMINE,
	LITTLE_STARS,
	OLIVE_GROVE,
	RIVERS,
	SWALLOWS,
	type CohortNames
} from './cohort-names.ts';
import { dice, exampleId, texts } from './invent.ts';
import { lastQuarter } from './quarter.ts';

/** A cohort's run of sessions before it is laid out over the calendar. */
export interface Run {
	version: keyof typeof VERSIONS;
	room: 1 | 2;
	weekdays: number[];
	time: string;
	startsOn: string;
	/** How many of the latest sessions nobody has written down yet. */
	missingCount: number;
}

export interface CohortPlan {
	id: string;
	centre: number;
	names: CohortNames;
	/** Mothers and daughters count as caregivers; ages then span both. */
	audience: 'children' | 'caregivers';
	ages: [from: number, to: number];
	capacity: number;
	memberCount: number;
	status: 'open' | 'closed';
	staffIds: string[];
	run: Run | null;
}

const CHILDREN_AGES: CohortPlan['ages'][] = [
	[8, 11],
	[10, 13],
	[12, 15],
	[14, 17]
];
const MOTHER_AND_DAUGHTER_AGES: CohortPlan['ages'] = [11, 60];
const WEEKDAY_PAIRS = [
	[1, 3],
	[2, 4],
	[3, 5],
	[1, 4],
	[2, 5]
];
/** Centres whose running cohort has registers to catch up on, and how many. */
const MISSING: Record<number, number> = { 5: 2, 8: 1, 13: 1, 16: 1 };

export function planCohorts(today: string): CohortPlan[] {
	const others = Array.from({ length: CENTRE_COUNT - 2 }, (_, i) => i + 3);
	return [
		...centreOne(today),
		...centreTwo(today),
		...others.flatMap((centre) => otherCentre(centre, today))
	];
}

export function cohortRows(plans: CohortPlan[]): NewRow<'cohort'>[] {
	return plans.map((plan) => ({
		id: plan.id,
		section_id: SECTIONS.lebanon,
		centre_id: centreId(plan.centre),
		name_texts: texts(...plan.names),
		audience: plan.audience,
		age_from: plan.ages[0],
		age_to: plan.ages[1],
		capacity: plan.capacity,
		member_count: plan.memberCount,
		status: plan.status
	}));
}

/** From when the first members are: see `membership`. */
export function cohortFacilitatorRows(
	plans: CohortPlan[],
	today: string
): NewRow<'cohort_facilitator'>[] {
	return plans.flatMap(({ id, staffIds, run }) =>
		staffIds.map((account_id) => ({
			cohort_id: id,
			account_id,
			section_id: SECTIONS.lebanon,
			from_on: run ? addDays(run.startsOn, -7) : addDays(today, -10)
		}))
	);
}

/** Two of Rana's cohorts and the youngest meet on today's weekday, whichever that is: this centre never rests. */
function centreOne(today: string): CohortPlan[] {
	const weekday = weekdayOf(today);
	const later = (days: number) => weekdayOf(addDays(today, days));
	const [rana, layla, tarek, rima] = facilitatorsAt(1).map(({ id }) => id) as [
		string,
		string,
		string,
		string
	];
	return [
		children(COHORTS.butterflies, 1, BUTTERFLIES, [8, 11], [rana, layla], {
			capacity: 16,
			memberCount: 12
		}),
		children(COHORTS.cedars, 1, CEDARS, [10, 13], [rana, layla], {
			capacity: 14,
			memberCount: 14,
			run: {
				version: 'incredibleMe',
				room: 1,
				weekdays: [weekday, later(2)],
				time: '10:00',
				startsOn: addDays(today, -21),
				missingCount: 1
			}
		}),
		children(COHORTS.swallows, 1, SWALLOWS, [13, 16], [rana, layla], {
			capacity: 16,
			memberCount: 13,
			run: {
				version: 'incredibleMe',
				room: 2,
				weekdays: [weekday, later(3)],
				time: '15:00',
				startsOn: addDays(today, -14),
				missingCount: 1
			}
		}),
		children(COHORTS.littleStars, 1, LITTLE_STARS, [6, 9], [tarek, rima], {
			capacity: 14,
			memberCount: 11,
			run: {
				version: 'incredibleMe',
				room: 2,
				weekdays: [weekday, later(4)],
				time: '08:00',
				startsOn: addDays(today, -7),
				missingCount: 0
			}
		}),
		{
			...mothersAndDaughters(COHORTS.oliveGrove, 1, OLIVE_GROVE, [tarek, layla], 12),
			status: 'closed',
			run: {
				version: 'mothersAndDaughters',
				room: 2,
				weekdays: [2, 6],
				time: '12:00',
				startsOn: lastQuarter(today).startsOn,
				missingCount: 0
			}
		}
	];
}

function centreTwo(today: string): CohortPlan[] {
	const staff = [CAST.facilitator2.id, facilitatorsAt(2)[1]!.id];
	return [
		children(COHORTS.almondBlossoms, 2, ALMOND, [12, 15], staff, {
			capacity: 16,
			memberCount: 15,
			run: pastRun(2, today)
		}),
		children(COHORTS.rivers, 2, RIVERS, [10, 13], staff, {
			capacity: 16,
			memberCount: 12,
			run: { ...runningRun(2, today), weekdays: [2, 4], missingCount: 1 }
		}),
		{
			...mothersAndDaughters(COHORTS.jasmine, 2, JASMINE, staff, 12),
			run: weeklyRun(2, today)
		}
	];
}

/** One cohort whose cycle is over and one whose cycle runs, at every other centre. */
function otherCentre(centre: number, today: string): CohortPlan[] {
	const { between } = dice(`cohorts of centre ${centre}`);
	const staff = facilitatorsAt(centre).map(({ id }) => id);
	const id = (nth: number) => exampleId(`cohort ${centre} ${nth}`);
	const past = children(
		id(1),
		centre,
		CHILDREN_NAMES[centre % CHILDREN_NAMES.length]!,
		CHILDREN_AGES[centre % CHILDREN_AGES.length]!,
		staff,
		{ capacity: 16, memberCount: between(10, 16), run: pastRun(centre, today) }
	);
	if (centre % 3 === 0) {
		const names = CAREGIVER_NAMES[(centre / 3) % CAREGIVER_NAMES.length]!;
		const running = mothersAndDaughters(id(2), centre, names, staff, between(5, 7) * 2);
		return [past, { ...running, run: weeklyRun(centre, today) }];
	}
	const running = children(
		id(2),
		centre,
		CHILDREN_NAMES[(centre + 3) % CHILDREN_NAMES.length]!,
		CHILDREN_AGES[(centre + 1) % CHILDREN_AGES.length]!,
		staff,
		{ capacity: 16, memberCount: between(10, 16), run: runningRun(centre, today) }
	);
	return [past, running];
}

/** Over before the last quarter ended. Past, running and weekly runs keep to different hours of the day. */
function pastRun(centre: number, today: string): Run {
	return {
		version: 'incredibleMe',
		room: 1,
		weekdays: WEEKDAY_PAIRS[centre % 5]!,
		time: '14:00',
		startsOn: addDays(lastQuarter(today).startsOn, (centre % 3) * 7),
		missingCount: 0
	};
}

/** Began two to four weeks ago, takes six. */
function runningRun(centre: number, today: string): Run {
	return {
		version: 'incredibleMe',
		room: 2,
		weekdays: WEEKDAY_PAIRS[(centre + 2) % 5]!,
		time: centre % 2 === 0 ? '16:00' : '15:30',
		startsOn: addDays(today, -14 - ((centre * 5) % 15)),
		missingCount: MISSING[centre] ?? 0
	};
}

/** Began three to five weeks ago, takes eight. */
function weeklyRun(centre: number, today: string): Run {
	return {
		version: 'mothersAndDaughters',
		room: 2,
		weekdays: [(centre % 5) + 1],
		time: '10:00',
		startsOn: addDays(today, -21 - (centre % 3) * 7),
		missingCount: 0
	};
}

function children(
	id: string,
	centre: number,
	names: CohortNames,
	ages: CohortPlan['ages'],
	staffIds: string[],
	rest: { capacity: number; memberCount: number; run?: Run }
): CohortPlan {
	const { capacity, memberCount, run = null } = rest;
	const status = 'open';
	return {
		id,
		centre,
		names,
		audience: 'children',
		ages,
		capacity,
		memberCount,
		status,
		staffIds,
		run
	};
}

function mothersAndDaughters(
	id: string,
	centre: number,
	names: CohortNames,
	staffIds: string[],
	memberCount: number
): CohortPlan {
	return {
		id,
		centre,
		names,
		audience: 'caregivers',
		ages: MOTHER_AND_DAUGHTER_AGES,
		capacity: 16,
		memberCount,
		status: 'open',
		staffIds,
		run: null
	};
}
