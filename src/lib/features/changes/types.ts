import type { Bookings } from '#lib/features/sessions/bookings.queries.server.ts';
import type { Centre, ClosedDay, Room } from '#lib/features/centres/types.ts';
import type { Clash } from '#lib/features/sessions/types.ts';
import type { Facilitator } from '#lib/features/staff/types.ts';
import type {
	ChangeKind,
	ChangeReason,
	SessionMode,
	Stayed,
	Strand
} from '#lib/platform/db/vocabularies.ts';

/** Where a session is: in a room of its centre, at another place, or on a screen. */
export interface Place {
	mode: SessionMode;
	roomId: string | null;
	/** Its name in each language it is known in, as stored; null where it is a room. */
	texts: string | null;
}

/** A session whose plan can change: planned, or cancelled and to take place after all. */
export interface Changeable {
	id: string;
	version: number;
	status: 'planned' | 'cancelled';
	centreId: string;
	cohortId: string | null;
	cohort: string;
	memberCount: number;
	cycleId: string | null;
	position: number | null;
	strand: Strand;
	title: string;
	date: string;
	time: string;
	minutes: number;
	zone: string;
	place: Place;
	/** The place in words. */
	where: string;
	/** Whoever runs it now, also in a colleague's place. */
	facilitators: Facilitator[];
	/** Children have answered about it already. */
	isAnswered: boolean;
}

/** What a session becomes. */
export interface Target {
	session: Changeable;
	date: string;
	time: string;
	minutes: number;
	place: Place;
	facilitators: Facilitator[];
}

/** What is wished of sessions together: each moves by as much; null: each keeps its own. */
export interface Wish {
	days: number;
	minutesLater: number;
	minutes: number | null;
	place: Place | null;
	/** Whoever runs it in the first one's place, from now on. */
	swap: { from: string; to: Facilitator } | null;
}

/** A clash with the session it is about, for the sentence beside it. */
export interface Against {
	clash: Clash;
	target: Pick<Target, 'date' | 'time'> & Pick<Changeable, 'title' | 'position' | 'strand'>;
}

/** Everything a change is judged by. */
export interface ChangeRequest {
	centre: Centre;
	closedDays: readonly ClosedDay[];
	rooms: readonly Room[];
	bookings: Bookings;
	/** Civil date and wall time it is at the centre. */
	today: string;
	now: string;
}

/** A free time that is offered, with the room where it is in one. */
export interface OfferedSlot {
	date: string;
	time: string;
	roomId: string | null;
}

/** When and where a session was or is, and who runs it, in words. */
export interface Standing {
	date: string;
	time: string;
	minutes: number;
	where: string;
	staff: string[];
	isCancelled: boolean;
}

/** One session of a change, as a list names it. */
export interface ChangedSession {
	id: string;
	/** Empty where the reader may not open it. */
	cohort: string;
	cohortId: string | null;
	title: string;
	position: number | null;
	strand: Strand;
	opens: boolean;
	expectedCount: number;
	before: Standing;
	after: Standing;
	isTold: boolean;
	stayed: Stayed | null;
}

/** One change of a plan with its sessions, in order of time. */
export interface PlanChange {
	id: string;
	kind: ChangeKind;
	reason: ChangeReason;
	note: string | null;
	madeBy: string;
	isOwn: boolean;
	madeAt: number;
	zone: string;
	/** What takes it back; null once it is too late, or done, or it is somebody else's. */
	undo: string | null;
	isUndone: boolean;
	sessions: ChangedSession[];
}
