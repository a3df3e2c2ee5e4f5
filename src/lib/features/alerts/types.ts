import type { AlertChannel, AlertStep, NamedStep } from '#lib/platform/db/vocabularies.ts';

/** What is known of something that waits, to tell who may hear of it. */
export interface Waiting {
	/** Whoever ran it reads nothing that comes from it, and is not told; null: of no session. */
	sessionId: string | null;
	/** null: at none. */
	centreId: string | null;
	/** Nobody who works at its centre is told. */
	isAboutStaff: boolean;
	/** Who raised it, and knows; null: a child. */
	raisedBy: string | null;
	/** Accounts that are named for it, of focal points they alone; null: all of them. */
	onlyFor: readonly string[] | null;
}

/** An account that may be told. */
export interface Staff {
	id: string;
	sectionId: string;
	isFocalPoint: boolean;
	/** Sees on Today that something waits, and not what. */
	hearsOfIt: boolean;
	/** Centres they work at; null: every one. */
	centreIds: readonly string[] | null;
}

/** Somebody named for a step: an account, or an outside contact with none. */
export interface Named {
	id: string;
	sectionId: string;
	step: NamedStep;
	/** null: for every centre. */
	centreId: string | null;
	accountId: string | null;
	/** The one way an outside contact is told; null: an account. */
	channel: AlertChannel | null;
}

/** Who is told at a step: an account, or an outside contact. */
export interface Recipient {
	step: AlertStep;
	accountId: string | null;
	responderId: string | null;
	/** The one way they are told; null: by every way there is. */
	channel: AlertChannel | null;
}

/** One of those named, as a page shows them. */
export interface Responder {
	id: string;
	step: NamedStep;
	centreId: string | null;
	/** null: an outside contact. */
	accountId: string | null;
	name: string;
	/** null: an account, told at the address it logs in with. */
	address: string | null;
}

/** A focal point and whether a test alert reached them. */
export interface Reached {
	id: string;
	name: string;
	/** UTC milliseconds; null: never, or too long ago to rely on. */
	confirmedAt: number | null;
}
