import type { Sex } from '#lib/platform/db/schema.ts';
import type { Dimension, Measure, Unit } from '#lib/platform/db/vocabularies.ts';
import type { Texts } from '#lib/platform/i18n/texts.ts';

/** The numbers of a target: what changes as a version with a reason. */
export interface TargetNumbers {
	startsOn: string;
	endsOn: string;
	amount: number;
	/** People counted before Halqa; null where there are none. */
	opening: { amount: number; asOf: string | null; source: Texts } | null;
}

/** A target as its own page shows it. */
export interface TargetSheet extends TargetNumbers {
	id: string;
	names: Texts;
	definitions: Texts;
	indicatorId: string | null;
	/** It counts sessions of these alone; of every one when there are none. */
	projectIds: string[];
	version: number;
	isExample: boolean;
	/** By name of the centre. */
	parts: CentrePart[];
	groups: GroupPart[];
	/** Newest first. */
	changes: TargetChange[];
}

export interface CentrePart {
	centreId: string;
	name: string;
	/** null where the centre has none. */
	amount: number | null;
}

/** Whom a part is for; null is any. */
export interface PeopleGroup {
	sex: Sex | null;
	ageFrom: number | null;
	ageTo: number | null;
	populationGroup: string | null;
}

export interface GroupPart extends PeopleGroup {
	id: string;
	amount: number;
}

/** Parts told apart by the same things, and what they leave of the target; negative when they promise more. */
export interface GroupSum {
	dimensions: Dimension[];
	sum: number;
	difference: number;
}

/**
 * Where a change stands: `waiting` for somebody else while the old numbers hold, `unconfirmed` when it took effect
 * with nobody there to confirm it.
 */
export type ChangeState = 'waiting' | 'confirmed' | 'unconfirmed' | 'dropped';

export interface TargetChange {
	id: string;
	state: ChangeState;
	old: TargetNumbers;
	new: TargetNumbers;
	reason: string;
	proposedBy: string;
	/** Whether the reader proposed it. */
	isOwn: boolean;
	/** UTC milliseconds. */
	proposedAt: number;
	confirmedBy: string | null;
	confirmedAt: number | null;
}

/** What is counted, in words and by which rule. */
export interface Indicator {
	id: string;
	names: Texts;
	definitions: Texts;
	unit: Unit;
	measure: Measure;
	ruleVersion: number;
	disaggregation: Dimension[];
	codes: Record<'activityinfo' | 'iati' | 'dhis2', string | null>;
	version: number;
	/** How many targets point at it. */
	targetCount: number;
}
