import { m } from '#lib/paraglide/messages.js';
import { beside, type Refusals } from '#lib/platform/forms/refusals.ts';
import type { CohortRefusal } from './cohort.commands.server.ts';
import type { EnrolRefusal, OtherAge } from './commands.server.ts';
import type { EnrolKnownRefusal, MoveRefusal } from './membership.commands.server.ts';

export const COHORT_REFUSALS: Refusals<CohortRefusal> = {
	not_found: m.error_not_found,
	name_taken: beside('name', m.cohort_name_taken),
	too_small: beside('capacity', m.cohort_too_small),
	audience_fixed: beside('audience', m.cohort_audience_fixed),
	stranger: beside('facilitators', m.cohort_stranger)
};

export const ENROL_REFUSALS: Refusals<EnrolRefusal> = {
	not_found: m.error_not_found,
	cohort_closed: m.cohort_is_closed,
	cohort_full: m.cohort_is_full,
	year_ahead: beside('birthYear', m.form_year),
	other_age: beside('ageAnyway', otherAgeWords),
	/** The people who may be the same one are shown beside the form. */
	may_be_known: () => ({}),
	consent_first: m.consent_bar_new
};

export const ENROL_KNOWN_REFUSALS: Refusals<EnrolKnownRefusal> = {
	not_found: m.error_not_found,
	cohort_closed: m.cohort_is_closed,
	cohort_full: m.cohort_is_full,
	member_already: m.cohort_member_already,
	consent_refused: m.consent_bar_refused,
	consent_missing: m.consent_bar_missing,
	other_age: otherAgeWords
};

export const MOVE_REFUSALS: Refusals<MoveRefusal> = {
	not_found: m.error_not_found,
	changed_meanwhile: m.people_changed_meanwhile,
	same_centre: m.people_move_same
};

function otherAgeWords({ age, ageFrom, ageTo }: OtherAge): string {
	return m.enrol_other_age({ age: String(age), from: String(ageFrom), to: String(ageTo) });
}
