import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { beside, type Refusals, type Told } from '#lib/platform/forms/refusals.ts';
import { formatDate } from '#lib/platform/i18n/format.ts';
import type { CohortRefusal } from './cohort.commands.server.ts';
import type { EnrolRefusal, OtherAge } from './commands.server.ts';
import type { ChangeRefusal, LeaveRefusal } from './leaving.commands.server.ts';
import type { EnrolKnownRefusal } from './membership.commands.server.ts';
import type { MoveRefusal } from './moving.commands.server.ts';
import type { TakeInRefusal, WaitRefusal } from './waiting.commands.server.ts';

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
	other_age: beside('why', otherAgeWords),
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

export const LEAVE_REFUSALS: Refusals<LeaveRefusal> = leaveRefusals('lastDay');

export const CHANGE_COHORT_REFUSALS: Refusals<ChangeRefusal> = {
	...leaveRefusals('from'),
	other_not_found: beside('cohort', m.form_choose),
	consent_refused: m.consent_bar_refused,
	cohort_closed: beside('cohort', m.cohort_is_closed),
	cohort_full: beside('cohort', m.cohort_is_full),
	member_already: beside('cohort', m.cohort_member_already),
	other_age: beside('why', otherAgeWords)
};

export const TAKE_IN_REFUSALS: Refusals<TakeInRefusal> = {
	not_found: m.error_not_found,
	cohort_closed: m.cohort_is_closed,
	member_already: m.cohort_member_already,
	consent_refused: m.consent_bar_refused,
	consent_missing: m.consent_bar_missing,
	cohort_full: m.waiting_full_why,
	not_first: m.waiting_not_first,
	other_age: otherAgeWords
};

export const WAIT_REFUSALS: Refusals<WaitRefusal> = {
	not_found: m.error_not_found,
	cohort_closed: m.cohort_is_closed,
	member_already: m.cohort_member_already,
	waits_already: m.waiting_already
};

function leaveRefusals(field: 'lastDay' | 'from') {
	const on = (words: (of: { date: string }) => string) => (refusal: { date: string }) =>
		({
			errors: { [field]: words({ date: formatDate(refusal.date, getLocale(), 'full') }) }
		}) as Told;
	return {
		not_found: m.error_not_found,
		day_ahead: beside(field, m.member_day_ahead),
		before_joined: on(m.member_before_joined),
		marked_after: on(m.member_marked_after)
	};
}

function otherAgeWords({ age, ageFrom, ageTo }: OtherAge): string {
	return m.enrol_other_age({ age: String(age), from: String(ageFrom), to: String(ageTo) });
}
