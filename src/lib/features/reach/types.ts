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
	/** Distinct people in the registers of the period; outside the section those published, null when too few or none. */
	peopleCount: number | null;
	/** null outside the section: it would tell how many people they are. */
	participationCount: number | null;
	sessionsHeldCount: number;
	/** Rows that turned out to be somebody counted already, since the period began: totals were restated. */
	mergedCount: number;
	opening: OpeningBalance | null;
	/** For readers outside the section, where their number is from: null when nothing is published yet. */
	published: PublishedFigure | null | undefined;
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
	participationCount: number;
	/** Sessions before today that nobody recorded. */
	missingCount: number;
}

/** A session that should have been recorded and was not. */
export interface MissingRegister {
	sessionId: string;
	cohort: string;
	date: string;
	time: string;
	/** Whether the session's page opens to the reader. */
	opens: boolean;
}

/** Whose missing registers are asked for. */
export interface MissingOf {
	targetId: string;
	centreId: string;
}
