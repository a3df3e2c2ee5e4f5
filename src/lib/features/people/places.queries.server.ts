import type { Db } from '#lib/platform/db/open.ts';
import { findReferred, foreignKeys } from '#lib/platform/db/references.ts';

/** A column in which a person is named. */
export interface Place {
	table: string;
	column: string;
	/** Whether something is known of who is named there: they may not be removed without it. */
	holds: boolean;
}

/** Tables whose rows are part of a person's own; `removeParts` removes them with it. */
const PARTS = ['person_name_key'] as const;

/** Places the database has no foreign key for. */
const WITHOUT_KEY: readonly Place[] = [
	{ table: 'person', column: 'merged_into', holds: true },
	/** By whom something was said: of a contact it is the contact’s own id. */
	{ table: 'consent', column: 'giver_id', holds: true },
	/** A suggestion of a file that waits, and gone with it. */
	{ table: 'import_row', column: 'person_id', holds: false },
	/** Counted from the marks, whenever these change. */
	{ table: 'reached_person', column: 'person_id', holds: false },
	/** Removed and brought in anew they would be published twice. */
	{ table: 'published_person', column: 'person_id', holds: true }
];

/**
 * Every place where a person is named, from the foreign keys the database really has: for merging, for removing
 * who was added by mistake and for erasure. What only tells of them in words (an audit's object, a sealed undo) is
 * none.
 */
export async function listPlaces(db: Db): Promise<Place[]> {
	const keys = (await foreignKeys(db)).filter(({ parent }) => parent === 'person');
	return [
		...keys.map(({ child, column, cascades }) => ({
			...{ table: child, column },
			holds: !cascades && !PARTS.some((part) => part === child)
		})),
		...WITHOUT_KEY
	];
}

/** Those of some people of whom anything is known beyond their own row. */
export async function findHeld(db: Db, personIds: readonly string[]): Promise<Set<string>> {
	const places = (await listPlaces(db)).filter(({ holds }) => holds);
	return findReferred(db, places, personIds);
}
