import type { Sex } from '#lib/platform/db/schema.ts';
import type { Measure } from '#lib/platform/db/vocabularies.ts';
import type { ProjectChoice } from '#lib/features/projects/types.ts';
import type { GroupPart } from '#lib/features/targets/types.ts';

/** A target and what the registers make of it. People are counted once, participations every time. */
export interface TargetReach {
	id: string;
	name: string;
	startsOn: string;
	endsOn: string;
	/** True when the period has ended. */
	closed: boolean;
	isExample: boolean;
	targetPeople: number;
	/** Whom it counts. */
	measure: Measure;
	/** Who that is, in the section's own words; null where nobody said. */
	definition: string | null;
	/** The indicator it points at, and the version of its rule. */
	indicator: { name: string; ruleVersion: number } | null;
	/** It counts sessions of these projects alone; of every one when there are none. */
	projects: ProjectChoice[];
	/** What a reader of its numbers has to know: a change waits, or took effect with nobody to confirm it. */
	note: TargetNote | null;
	/** Distinct people in the registers of the period; outside the section those published, null when too few or none. */
	peopleCount: number | null;
	/** How many of them are adults; null where the target counts some people only, and outside the section. */
	adultCount: number | null;
	/** null outside the section, where it would tell how many people they are, and where the target counts some people only. */
	participationCount: number | null;
	sessionsHeldCount: number;
	/** Rows that turned out to be somebody counted already, since the period began: totals were restated. */
	mergedCount: number;
	opening: OpeningBalance | null;
	/** For readers outside the section, where their number is from: null when nothing is published yet. */
	published: PublishedFigure | null | undefined;
	/** How it stands against an even pace; null outside the section. */
	pace: Pace | null;
	/** Its parts by sex, age and group; none for who sees some centres only. */
	groups: GroupReach[];
	/** Every centre within reach, largest gap first. */
	centres: CentreReach[];
}

/** A target with as many of its centres as are asked for; what is said of all of them stays. */
export interface ShownReach extends TargetReach {
	centreCount: number;
	/** Registers that are missing in all its centres. */
	missingCount: number;
	/** Of all centres, as `unassigned` and `countedTwice` say. */
	unassignedCount: number;
	countedTwiceCount: number;
	/** The largest value of any centre, so that the bars compare. */
	scale: number;
}

export type TargetNote =
	{ state: 'waiting' } | { state: 'unconfirmed'; reason: string; proposedAt: number };

/** A part of a target for some people, and how many of them were reached. */
export interface GroupReach extends GroupPart {
	peopleCount: number;
}

/** Against an even pace (`domain.md` 7): a word and a shape, never a colour alone. */
export type PaceState = 'done' | 'green' | 'amber' | 'red' | 'too_early';

/** How many people will have been reached at the end of the period, if weeks go on as they went. */
export interface Forecast {
	least: number;
	likely: number;
	most: number;
}

export interface Pace {
	/** The day the even pace begins: that of the period, or after the opening balance. */
	from: string;
	/** How many people an even pace would have reached by today, the opening balance aside. */
	dueCount: number;
	state: PaceState;
	/** New people a week in the last full weeks, and how many weeks these are; null before the first is over. */
	newPerWeek: number | null;
	weekCount: number;
	/** New people a week that are needed from now on; null when the period is over. */
	neededPerWeek: number | null;
	/** null when there are too few weeks to say. */
	forecast: Forecast | null;
	/** People reached by the end of some days, for the picture. */
	points: { on: string; people: number }[];
}

/** Somebody who was reached at a centre in the period of a target, by number alone. */
export interface ReachedPerson {
	targetId: string;
	personId: string;
	centreId: string;
	/** The first day there in the period. */
	firstOn: string;
	sex: Sex;
	birthYear: number;
	birthMonth: number | null;
	populationGroup: string | null;
	caresForChild: boolean;
}

/** The snapshot a number of people was last told with. */
export interface PublishedFigure {
	/** `YYYY-MM`. */
	period: string;
	number: number;
	frozenOn: string;
	/** Everybody once since the period began, or newly reached in published months, once a calendar year. */
	basis: 'once' | 'newly';
}

/** People counted before Halqa: a figure without names, kept apart. */
export interface OpeningBalance {
	peopleCount: number;
	asOf: string | null;
	source: string;
}

export interface CentreReach {
	centreId: string;
	name: string;
	/** null where the centre has no part of the target. */
	targetPeople: number | null;
	peopleCount: number;
	/** How many of them are adults; null where the target counts some people only. */
	adultCount: number | null;
	/** null where the target counts some people only: participations are everybody's. */
	participationCount: number | null;
	/** Sessions before today that nobody recorded. */
	missingCount: number;
	/** What an even pace would have reached by today; null without a part. */
	dueCount: number | null;
	/** null without a part, or when the period is over. */
	pace: CentrePace | null;
}

/** How a centre stands against an even pace of its part, and why it holds the target back. */
export interface CentrePace {
	state: PaceState;
	/** Only of one that is behind. */
	reasons: ('missing_registers' | 'few_sessions' | 'low_pace')[];
	newPerWeek: number;
	neededPerWeek: number | null;
	/** Held in the weeks the pace is told of, here and at the centre in the middle. */
	sessionCount: number;
	usualSessionCount: number;
}

/** A session that should have been recorded and was not. */
export interface MissingRegister {
	sessionId: string;
	cohort: string;
	date: string;
	time: string;
	minutes: number;
	/** Whether the session's page opens to the reader. */
	opens: boolean;
}

/** Whose missing registers are asked for. */
export interface MissingOf {
	targetId: string;
	centreId: string;
}
