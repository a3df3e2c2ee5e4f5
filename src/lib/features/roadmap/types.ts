import type { SessionStatus } from '#lib/platform/db/schema.ts';
import type {
	ActivityStatus,
	KindOfAction,
	MilestoneKind,
	OverrideState,
	Strand
} from '#lib/platform/db/vocabularies.ts';
import type { KeptFile } from '#lib/platform/files/rows.ts';
import type { Moved, MovedActivity } from './following.rules.ts';
import type { Slip } from './slipping.rules.ts';

/** The kinds of milestone a page makes. */
export const MADE_KINDS = [
	'checkpoint',
	'sessions',
	'target'
] as const satisfies readonly MilestoneKind[];

/** How a milestone stands: each has its own shape, word and colour. */
export const STATES = ['done', 'on_time', 'at_risk', 'late', 'not_begun'] as const;
export type MilestoneState = (typeof STATES)[number];

/** The sessions of a milestone's linked cycles, counted. */
export interface Tally {
	/** A register was saved. */
	heldCount: number;
	/** The day has passed and there is no register. */
	missingCount: number;
	/** Today or later. */
	comingCount: number;
	/** Out of everything; shown apart. */
	cancelledCount: number;
	/** Date of the last planned session still to come; null when none is. */
	forecastOn: string | null;
}

/** What decides how a milestone stands. */
export interface Standing {
	kind: MilestoneKind;
	startsOn: string;
	dueOn: string;
	/** null while it is open. */
	reachedOn: string | null;
	tally: Tally;
	/** Of the kind `target`: how far that is. Absent for the other kinds, and for readers outside the section. */
	aim?: Aim | null;
	/** What somebody said against the rule; absent where nobody did. */
	override?: Override | null;
}

/** The target a milestone is reached with: people reached, with what was counted before, of those wanted. */
export interface Aim {
	reachedCount: number;
	wantedCount: number;
	startsOn: string;
	endsOn: string;
}

export interface Override {
	state: OverrideState;
	reason: string;
	/** The last civil date it holds. */
	untilOn: string;
}

export interface Milestone extends Standing {
	id: string;
	name: string;
	/** Who owns it; null for the section itself. */
	partner: string | null;
	fromChildren: boolean;
	isExample: boolean;
	/** Where it is taken from; null when it was entered here. */
	source: string | null;
	state: MilestoneState;
	activities: Activity[];
	/** How far its due date was put off; null when it never was. */
	slip: (Slip & { reason: string }) | null;
}

export interface Activity {
	id: string;
	name: string;
	startsOn: string;
	endsOn: string;
	partner: string | null;
	action: KindOfAction | null;
	status: ActivityStatus;
}

/** Activities of a partner under a milestone that is not the partner's: of that they see the name alone. */
export interface Elsewhere {
	milestoneId: string;
	milestone: string;
	activities: Activity[];
}

export interface Outcome {
	id: string;
	name: string;
	/** In order of their due date. */
	milestones: Milestone[];
	/** For a partner; empty for everybody else. */
	elsewhere: Elsewhere[];
}

export interface Roadmap {
	id: string;
	section: string;
	name: string;
	startsOn: string;
	endsOn: string;
	isExample: boolean;
	/** The section's time zone, and its civil date now. */
	zone: string;
	today: string;
	outcomes: Outcome[];
	/** Partners that own something here, with where that is known from. */
	partners: { name: string; source: string | null }[];
}

/** One roadmap among others: how many of its milestones stand how. */
export interface RoadmapCard {
	id: string;
	section: string;
	name: string;
	startsOn: string;
	endsOn: string;
	isExample: boolean;
	partners: string[];
	milestoneCount: number;
	counts: Record<MilestoneState, number>;
	needCount: number;
	/** The date up to which `needCount` looks ahead. */
	horizonOn: string;
}

/** A linked session, as far as this reader may know it by name. */
export interface ReceiptSession {
	id: string;
	cycleId: string;
	cohort: string;
	centre: string;
	date: string;
	time: string;
	minutes: number;
	status: SessionStatus;
	/** Within its cycle, which two halves share. */
	position: number | null;
	strand: Strand;
}

export interface LinkedCycle {
	id: string;
	cohort: string;
	centre: string;
	curriculum: string;
	startsOn: string;
	endsOn: string;
}

/** Everything a milestone's percent and state are made of. */
export interface Receipt extends Milestone {
	version: number;
	/** Every change of its dates, the first one first. */
	changes: Change[];
	evidenceLinks: EvidenceLink[];
	/** The milestones it comes after. */
	after: { id: string; name: string }[];
	roadmap: { id: string; name: string; section: string; zone: string; today: string };
	outcome: string;
	/** What shows it, in the language it was typed in; kept when it is opened again. */
	evidence: { text: string; language: string } | null;
	confirmedBy: string | null;
	/** Linked cycles and sessions this reader may know by name, in order of time. */
	cycles: LinkedCycle[];
	sessions: ReceiptSession[];
	/** Every linked session in order of time, without a name: status and whether its day has passed. */
	thread: { status: SessionStatus; passed: boolean }[];
	/** Linked cycles this reader may not know by name. */
	otherCycleCount: number;
}

/** Dates before and after a change; `activity` is null for the milestone's own. */
export interface Change {
	id: string;
	activity: string | null;
	startsBefore: string;
	endsBefore: string;
	startsAfter: string;
	endsAfter: string;
	reason: string;
	/** UTC milliseconds. */
	changedAt: number;
}

export interface EvidenceLink {
	id: string;
	name: string;
	/** https alone; null where it is a file. */
	address: string | null;
	/** What was uploaded; null where it is an address. */
	file: Pick<KeptFile, 'type' | 'bytes'> | null;
	activity: string | null;
}

/** What moves with a change of dates: milestones that come after, and activities of any of them. */
export interface MovedAlong {
	moved: (Moved & { name: string })[];
	activities: (MovedActivity & { name: string })[];
}
