/** A child wants to talk to someone. Where and when they were, and the name they gave; never why. */
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
}
