import type { ContactWay, MarkCode, Relation } from '#lib/platform/db/schema.ts';
import type { ErasureReason, RetentionKind } from '#lib/platform/db/vocabularies.ts';

/** How much of what is removed with somebody; numbers alone, as a receipt shows them. */
export interface Removed {
	/** Entries of the register: more than one where some were found to be the same person. */
	entries: number;
	/** Contact persons of theirs. */
	contacts: number;
	/** Entries in which they are somebody else's contact person. */
	contactOf: number;
	/** Who is responsible for whom, both ways. */
	cares: number;
	/** Lists that wait and name them. */
	lists: number;
	/** Changes of the last day that could be taken back, and forms kept while a login had run out. */
	undos: number;
	/** Everything else that names them, by table. */
	others: number;
}

/** What stays, without them, so that no number changes. */
export interface Staying {
	marks: number;
	memberships: number;
	published: number;
}

export interface Erased {
	removed: Removed;
	staying: Staying;
}

/** An erasure that waits, or its receipt. */
export interface Erasure {
	id: string;
	number: number;
	reason: ErasureReason;
	/** Names of accounts; null for one that is not there any more. */
	askedBy: string | null;
	askedAt: number;
	isOwn: boolean;
	confirmedBy: string | null;
	/** Civil date; null while it waits. */
	erasedOn: string | null;
	/** null while it waits. */
	erased: Erased | null;
	/** Who it is about, while it waits. */
	personId: string | null;
}

export interface RetentionPeriod {
	kind: RetentionKind;
	months: number;
	isOn: boolean;
	/** What is older than that now. */
	dueCount: number;
}

/** All that is held about one person, without anybody else's name. */
export interface AccessReport {
	contacts: { relation: Relation; contactWay: ContactWay; hasPhone: boolean }[];
	contactOfCount: number;
	caredForCount: number;
	caresForCount: number;
	/** More than one where some were found to be the same person. */
	entryCount: number;
	/** Times something was written about them. */
	changeCount: number;
	/** Groups are null where the reader does not know their centre. */
	memberships: { cohort: string | null; joinedOn: string; leftOn: string | null }[];
	marks: { date: string; group: string | null; code: MarkCode }[];
	/** Rows of other tables, by its name in the database. */
	others: { table: string; count: number }[];
}
