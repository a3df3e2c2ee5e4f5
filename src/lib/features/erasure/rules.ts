/**
 * What becomes of every place where a person is named: its rows go; they stay, of a row without a name; or they
 * stay and no longer say who.
 */
export const RULES: Readonly<Record<string, 'goes' | 'stays' | 'forgets'>> = {
	'mark.person_id': 'stays',
	'cohort_member.person_id': 'stays',
	'reached_person.person_id': 'stays',
	'published_person.person_id': 'stays',
	'person.merged_into': 'stays',
	'person_merge.kept_id': 'stays',
	'person_merge.merged_id': 'stays',
	'person_name_key.person_id': 'goes',
	'guardian.person_id': 'goes',
	'guardian.linked_person_id': 'goes',
	'caregiver.child_id': 'goes',
	'caregiver.caregiver_id': 'goes',
	'consent.person_id': 'goes',
	'consent.giver_id': 'stays', // said for another child: it holds, by nobody named
	'unaccompanied.person_id': 'goes',
	'waiting_place.person_id': 'goes',
	'pair_decision.first_id': 'goes',
	'pair_decision.second_id': 'goes',
	'possible_pair.first_id': 'goes',
	'possible_pair.second_id': 'goes',
	'changed_person.person_id': 'goes',
	'import_row.person_id': 'goes', // with its file, before
	'erasure.person_id': 'forgets'
};

const DAY_MS = 24 * 3_600_000;
/** Where nobody else may confirm an erasure, whoever asked for it does after so long: a slip of the hand is seen until then. */
export const ALONE_AFTER_MS = 7 * DAY_MS;

/** Whether an erasure may take effect now, and if not why. `hasOther`: somebody else could confirm it. */
export function confirmation(
	{ isOwn, askedAt }: { isOwn: boolean; askedAt: number },
	hasOther: boolean,
	now: number
): 'free' | 'needs_other' | 'too_early' {
	if (!isOwn) return 'free';
	if (hasOther) return 'needs_other';
	return now >= askedAt + ALONE_AFTER_MS ? 'free' : 'too_early';
}

/** A birth without its month, where no age on any of these days depends on it. Days are `YYYY-MM-DD`. */
export function coarseBirthMonth(
	birthMonth: number | null,
	days: readonly string[]
): number | null {
	if (birthMonth === null) return null;
	return days.some((day) => Number(day.slice(5, 7)) < birthMonth) ? birthMonth : null;
}
