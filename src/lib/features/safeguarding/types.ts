/** A child wants to talk to someone. Where and when they were, and the name they gave; never why. */
export interface Concern {
	id: string;
	sessionId: string;
	/** null: none was given. */
	nickname: string | null;
	centre: string;
	cohort: string;
	room: string;
	/** The session's civil date and wall time in `zone`. */
	date: string;
	time: string;
	zone: string;
	/** UTC milliseconds. */
	raisedAt: number;
	/** The focal point who is going, by name. */
	takenBy: string | null;
	takenAt: number | null;
}
