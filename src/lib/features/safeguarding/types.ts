import type { Consent, Urgency } from '#lib/platform/db/vocabularies.ts';

/**
 * A child wants to talk to someone, or a colleague is worried about one. Where and when they were, and the name the
 * child gave; never why.
 */
export interface Concern {
	id: string;
	/** null: it was raised at no session. */
	sessionId: string | null;
	/** null: none was given. */
	nickname: string | null;
	/** null: at none. */
	centre: string | null;
	/** The session's cohort, or its own name, and where it was; empty without one. */
	cohort: string;
	room: string;
	/** The session's civil date and wall time in `zone`, which without a session is the centre's. */
	date: string | null;
	time: string | null;
	zone: string;
	/** UTC milliseconds. */
	raisedAt: number;
	/** When its clock began, and from when on nobody having gone is late. */
	noticedAt: number;
	lateAt: number;
	/** How often somebody went and did not find the child. */
	missedCount: number;
	/** The focal point who is going, by name. */
	takenBy: string | null;
	takenAt: number | null;
	/** Whether that is the reader. */
	isMine: boolean;
	/** What a colleague said who raised it; null: the child did. */
	worry: Worry | null;
}

/** What a colleague says who is worried about a child, and nothing of why. */
export interface Worry {
	urgency: Urgency;
	isWishAsked: boolean;
	consent: Consent;
	isAboutStaff: boolean;
	/** By name: they know which child it is. */
	raisedBy: string | null;
}

/** What a colleague sees of what they raised: how it stands, and nothing of how it ended. */
export interface OwnConcern {
	id: string;
	urgency: Urgency;
	centre: string | null;
	raisedAt: number;
	zone: string;
	status: 'waiting' | 'taken' | 'closed';
}
