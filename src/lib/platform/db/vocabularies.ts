/**
 * Words that rows are told apart by and that grow with what Halqa can do. The database holds any text there, so that
 * a new word needs no migration; whoever reads one to decide by it asks `known`.
 */

/** Whom a session, a cohort or a curriculum is for. */
export const AUDIENCES = ['children', 'caregivers', 'staff', 'professionals'] as const;
export type Audience = (typeof AUDIENCES)[number];
/** Those who are trained to work with children: never counted as reached. */
export const TRAINED = ['staff', 'professionals'] as const satisfies readonly Audience[];

export const SESSION_STATUSES = ['planned', 'held', 'cancelled'] as const;
export type SessionStatus = (typeof SESSION_STATUSES)[number];
/** A draft is its planners' alone: for everybody else there is no such session. */
export type StoredStatus = SessionStatus | 'draft';

/** Where a session is held: in a room of its centre, at another place, or on a screen. */
export const SESSION_MODES = ['centre', 'elsewhere', 'online'] as const;
export type SessionMode = (typeof SESSION_MODES)[number];

/** Whose part of a cohort's way something is; empty: everybody's alike. */
export const STRANDS = ['', 'girls', 'mothers', 'joint'] as const;
export type Strand = (typeof STRANDS)[number];

/** Why somebody left a group; nothing about the family, and none is a blame. */
export const LEFT_WHY = [
	'finished',
	'other_group',
	'moved_away',
	'school_or_work',
	'times_do_not_fit',
	'own_wish',
	'not_known'
] as const;
export type LeftWhy = (typeof LEFT_WHY)[number];

/** Why somebody is in a group that was full, is for other ages, or had others waiting before them. */
export const JOINED_WHY = ['sibling', 'fits_better', 'no_other_group', 'was_here_before'] as const;
export type JoinedWhy = (typeof JOINED_WHY)[number];

/** How waiting for a place ended. */
export type WaitingOutcome = 'joined' | 'taken_off';

/** What a curriculum is (domain.md 3.3, 4). */
export const CURRICULUM_TYPES = [
	'community_pss',
	'focused_pss',
	'life_skills',
	'mother_daughter',
	'caregivers',
	'awareness',
	'training',
	'advisory_team'
] as const;
export type CurriculumType = (typeof CURRICULUM_TYPES)[number];

/** The layers of the IASC pyramid that are planned here: 2 and 3 (domain.md 3.1). */
export const CARE_LAYERS = ['community', 'focused'] as const;
export type CareLayer = (typeof CARE_LAYERS)[number];

/** For whom a person works; whoever works for nobody is stored as what the age said when they were entered. */
export type StoredKind = 'child' | 'caregiver' | 'staff' | 'professional';

/** What an organisation is to a section; it may be several. */
export const BODY_KINDS = ['partner', 'supporting', 'host', 'school', 'funder'] as const;
export type BodyKind = (typeof BODY_KINDS)[number];

/** What a body is to a project. */
export const PROJECT_PARTS = ['funder', 'partner'] as const;
export type ProjectPart = (typeof PROJECT_PARTS)[number];

/** What a target or an opening balance counts. */
export type Unit = 'people' | 'participations' | 'sessions' | 'pairs' | 'kits' | 'schools';

/** Which of the people in the registers an indicator counts: its rule, `measuredBy` in reach. */
export const MEASURES = ['reached', 'children', 'caregivers', 'completed'] as const;
export type Measure = (typeof MEASURES)[number];

/** What an indicator is told apart by. */
export const DIMENSIONS = ['sex', 'age', 'group'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** What a milestone's percent is made of; a checkpoint is there or not. */
export const MILESTONE_KINDS = ['sessions', 'checkpoint', 'target', 'round', 'kits'] as const;
export type MilestoneKind = (typeof MILESTONE_KINDS)[number];

/** What an activity does for children's rights, as the sections of DCI tell their work apart. */
export const KINDS_OF_ACTION = ['training', 'advocacy', 'legal', 'research'] as const;
export type KindOfAction = (typeof KINDS_OF_ACTION)[number];

export const ACTIVITY_STATUSES = ['planned', 'under_way', 'done', 'dropped'] as const;
export type ActivityStatus = (typeof ACTIVITY_STATUSES)[number];

/** What somebody may say a milestone's state is, against the rule. */
export const OVERRIDE_STATES = ['on_time', 'at_risk', 'late'] as const;
export type OverrideState = (typeof OVERRIDE_STATES)[number];

export type SuggestionDecision = 'accepted' | 'declined';

/** Why a cycle serves no milestone. */
export const UNPLANNED_REASONS = [
	'asked_by_children',
	'emergency',
	'extra_funds',
	'other'
] as const;
export type UnplannedReason = (typeof UNPLANNED_REASONS)[number];

/** Who wants somebody to talk to, or says so of a child. */
export type ConcernKind = 'child' | 'staff';

/** Who somebody to turn to is, in the order a child would rather reach them. */
export const HELP_KINDS = ['child_line', 'protection', 'health', 'support', 'police'] as const;
export type HelpKind = (typeof HELP_KINDS)[number];

/** What becomes of sessions in one change of a plan; again: cancelled ones that take place after all. */
export const CHANGE_KINDS = ['moved', 'cancelled', 'again'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** Why a plan changes. None names a person, a family or what happened to them. */
export const CHANGE_REASONS = [
	'insecurity',
	'weather',
	'strike',
	'closed_day',
	'room',
	'staff',
	'group',
	'school',
	'mistake',
	'other'
] as const;
export type ChangeReason = (typeof CHANGE_REASONS)[number];

/** Why a session stayed as it was changed to when the change was taken back. */
export const STAYED = ['taken', 'told', 'changed'] as const;
export type Stayed = (typeof STAYED)[number];

/** Whom they help. */
export const HELP_AUDIENCES = ['everyone', 'children', 'adults'] as const;
export type HelpAudience = (typeof HELP_AUDIENCES)[number];

/** How soon somebody has to act on a concern. */
export const URGENCIES = ['imminent', 'urgent', 'routine'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** Whether the child agrees that others are told; overridden: they are in imminent danger. */
export const CONSENTS = ['yes', 'no', 'overridden'] as const;
export type Consent = (typeof CONSENTS)[number];

/** How a concern ended. */
export const CONCERN_OUTCOMES = ['talked', 'not_found', 'handed_over'] as const;
export type ConcernOutcome = (typeof CONCERN_OUTCOMES)[number];

/** The way a concern was handed over to who follows it up: never through Halqa. */
export const HANDOVER_CHANNELS = ['phone', 'in_person', 'sealed_form'] as const;
export type HandoverChannel = (typeof HANDOVER_CHANNELS)[number];

/** What somebody is told of that waits for them. */
export const ALERT_SUBJECTS = ['concern', 'words', 'test'] as const;
export type AlertSubject = (typeof ALERT_SUBJECTS)[number];

/** Who is told, in this order as long as nobody comes. */
export const ALERT_STEPS = ['focal_points', 'deputy', 'outside'] as const;
export type AlertStep = (typeof ALERT_STEPS)[number];
/** Those of them who are named: the focal points are by their role. */
export const NAMED_STEPS = ['deputy', 'outside'] as const satisfies readonly AlertStep[];
export type NamedStep = (typeof NAMED_STEPS)[number];

/** When the steps of something that waits are due. */
export const ALERT_PLANS = ['wish', 'imminent', 'urgent', 'routine', 'words'] as const;
export type AlertPlan = (typeof ALERT_PLANS)[number];

/** How an alert goes out; shown: on the page alone, in the example, from which nothing is sent. */
export const ALERT_CHANNELS = ['mail', 'webhook', 'shown'] as const;
export type AlertChannel = (typeof ALERT_CHANNELS)[number];

/** What somebody is asked to agree to, each by itself (domain.md 1.3, REQ-P2). */
export const CONSENT_PURPOSES = [
	'take_part',
	'photo',
	'quote',
	'drawing',
	'contact',
	'online',
	'travel'
] as const;
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number];

/** Who says it: the person themselves, a contact of theirs, somebody of the register, or a guardian nobody named. */
export const CONSENT_GIVERS = ['self', 'contact', 'person', 'unnamed'] as const;
export type ConsentGiver = (typeof CONSENT_GIVERS)[number];

export const SAID = ['yes', 'no', 'withdrawn'] as const;
export type Said = (typeof SAID)[number];

/** For whom a text is written: a child, who decides for a child, or an adult about themselves. */
export const CONSENT_READERS = ['child', 'guardian', 'adult'] as const;
export type ConsentReader = (typeof CONSENT_READERS)[number];

/** What follows where an agreement is missing: a word of warning, or nobody new in a cohort. */
export const ON_MISSING = ['warn', 'block'] as const;
export type OnMissing = (typeof ON_MISSING)[number];

/** Why somebody is erased. */
export const ERASURE_REASONS = ['withdrawn', 'asked', 'mistake'] as const;
export type ErasureReason = (typeof ERASURE_REASONS)[number];

/** Kinds of data a section keeps for a time of its own choice (`domain.md` 6.7). */
export const RETENTION_KINDS = ['contacts', 'attendance', 'answers', 'audit'] as const;
export type RetentionKind = (typeof RETENTION_KINDS)[number];

/** The word, if it is one of the list; throws for any other, as a release that does not know it must not guess. */
export function known<const T extends string>(words: readonly T[], word: string): T {
	const found = words.find((one) => one === word);
	if (found === undefined)
		throw new Error(`a row says “${word}”, which is none of ${words.join(', ')}`);
	return found;
}
