import type { Audience, SessionStatus } from '#lib/platform/db/schema.ts';
import type { Strand } from '#lib/platform/db/vocabularies.ts';

/** A session as lists, the week and Today show it. */
export interface SessionCard {
	id: string;
	/** null: it is open, without a cohort; or one may only see it as "busy". */
	cohortId: string | null;
	cycleId: string | null;
	/** What it does, by the version it is pinned to; null: it follows no plan, or one may only see it as "busy". */
	planId: string | null;
	/** Its cohort's name; an open session's own. */
	cohort: string;
	title: string;
	/** Within its cycle, which two halves share; null: beside it. */
	position: number | null;
	/** Whose half it is; empty: everybody's alike. */
	strand: Strand;
	/** The room, or the place elsewhere. */
	room: string;
	centreId: string;
	/** Civil date and wall time in `zone`. */
	date: string;
	time: string;
	minutes: number;
	zone: string;
	status: SessionStatus;
	expectedCount: number;
	/** False for a session one may only see as "busy". */
	own: boolean;
	/** Whether its page opens to the reader: it may be named to a manager and not open. */
	opens: boolean;
	facilitators: string[];
	/** Those of the facilitators who run it in a colleague's place. */
	standIns: StandIn[];
}

/** Someone who runs a session in a colleague's place. */
export interface StandIn {
	substituteId: string;
	accountId: string;
	name: string;
	forAccountId: string;
	forName: string;
}

/** One session of a plan, before it is confirmed. */
export interface LaidSession {
	/** Names it among those of its plan: its position, and whose half it is. */
	key: string;
	/** 1 for the first of the cycle; two halves share it. */
	position: number;
	strand: Strand;
	planId: string;
	title: string;
	date: string;
	time: string;
	minutes: number;
	roomId: string;
	/** True when taken to another date, time or room than the sentence says. */
	moved: boolean;
	/** An expected holiday within a day: warns, never moves (`domain.md` 9.3). */
	doubtful: string | null;
	/** The clocks change over this wall time. */
	clock: 'missing' | 'twice' | null;
}

export interface SkippedDay {
	date: string;
	name: string;
}

/** A wish to hold one session elsewhere, as the planner's address carries it. */
export interface Move {
	/** Of the laid session. */
	key: string;
	date: string;
	time: string;
	/** null: the room the sentence gives it. */
	roomId: string | null;
}

/** What a session would collide with, as far as the planner may know it. */
export interface Booking {
	sessionId: string;
	/** null when it is out of the planner's reach: shown as "busy". */
	cohort: string | null;
	strand: Strand;
	cohortId: string | null;
	roomId: string | null;
	facilitatorIds: string[];
	/** Members of the planned cohort who belong to this session's cohort too. */
	sharedNames: string[];
	date: string;
	time: string;
	minutes: number;
}

export type ClashKind =
	| 'room'
	| 'half'
	| 'facilitator'
	| 'cohort'
	| 'person'
	| 'hours'
	| 'crowded'
	| 'alone'
	| 'closed'
	| 'holiday'
	| 'past';

/** One reason against a laid session; `block` cannot be confirmed, `warn` can. */
export interface Clash {
	/** Of the laid session. */
	key: string;
	kind: ClashKind;
	level: 'block' | 'warn';
	/** The other cohort, the facilitators, the shared members or the closing hours, for the sentence. */
	who: string[];
	/** From when until when the other session runs, in words; null where there is none. */
	time: string | null;
}

export interface FreeSlot {
	/** Of the laid session. */
	key: string;
	date: string;
	time: string;
	roomId: string;
}

export interface Plan {
	sessions: LaidSession[];
	skipped: SkippedDay[];
	/** Chosen weekdays on which the centre never works. */
	closedWeekdays: number[];
	clashes: Clash[];
	free: FreeSlot[];
	/** What is asked before it is confirmed. */
	doubts: PlanDoubt[];
	/** It goes on after the last year whose holidays are known: that year, null where none is; else undefined. */
	holidaysUntil?: number | null;
}

/** A curriculum made for others than the cohort, or one the cohort has had: its last day. */
export type PlanDoubt = { kind: 'audience'; audience: Audience } | { kind: 'again'; until: string };

/** A session that will be run in a colleague's place, before its day: not which cohort it is. */
export interface ComingStandIn {
	date: string;
	time: string;
	minutes: number;
	room: string;
	forName: string;
}
