import { listPlaces } from '#lib/features/people/places.queries.server.ts';
import type { Db } from '#lib/platform/db/open.ts';
import { cares, guardians, linked } from './guardians.commands.server.ts';
import { marks } from './marks.commands.server.ts';
import { members } from './members.commands.server.ts';
import { sayings, unaccompanied } from './sayings.commands.server.ts';
import type { TableRule } from './types.ts';
import { waiting } from './waiting.commands.server.ts';

/** Why the rows of a place stay as they are when two people become one. */
interface Stays {
	stays: string;
}

const THE_TWO = { stays: 'tells of the two as they were, and is read without who is merged' };
const THE_MERGE = { stays: 'is a merge: a chain of them is taken apart from its end' };

/** What becomes of every place where a person is named. Their order is the one they are joined and parted in. */
const RULES: Readonly<Record<string, TableRule | Stays>> = {
	'mark.person_id': marks,
	'cohort_member.person_id': members,
	'guardian.person_id': guardians,
	'waiting_place.person_id': waiting,
	'guardian.linked_person_id': linked,
	'caregiver.child_id': cares,
	'caregiver.caregiver_id': cares,
	'consent.person_id': sayings,
	'consent.giver_id': sayings,
	'unaccompanied.person_id': unaccompanied,
	'person_name_key.person_id': { stays: 'is part of the merged one’s own row' },
	'person.merged_into': THE_MERGE,
	'person_merge.kept_id': THE_MERGE,
	'person_merge.merged_id': THE_MERGE,
	'pair_decision.first_id': THE_TWO,
	'pair_decision.second_id': THE_TWO,
	'possible_pair.first_id': THE_TWO,
	'possible_pair.second_id': THE_TWO,
	'changed_person.person_id': { stays: 'is work for the comparing of names, which are the same' },
	'erasure.person_id': { stays: 'waits, and takes whomever this turned out to be along' },
	'import_row.person_id': { stays: 'is judged again before its file is run' },
	'reached_person.person_id': { stays: 'is counted from the marks, by whoever changes them' },
	'published_person.person_id': {
		stays: 'counts for whom it was merged into, and is never restated'
	}
};

/** The rules that move something, each once. */
export const TABLE_RULES: readonly TableRule[] = [
	...new Set(Object.values(RULES).filter((rule) => 'join' in rule))
];

/** Throws when the database names people in a place nobody has said what becomes of: no merge may lose its rows. */
export async function checkRules(db: Db): Promise<void> {
	const without = (await listPlaces(db))
		.map(({ table, column }) => `${table}.${column}`)
		.filter((place) => !Object.hasOwn(RULES, place));
	if (without.length > 0)
		throw new Error(`What becomes of ${without.join(', ')} when two people become one?`);
}
