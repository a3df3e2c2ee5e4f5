import { m } from '#lib/paraglide/messages.js';

const DONE: Record<string, () => string> = {
	planned: m.done_planned,
	recorded: m.done_recorded,
	enrolled: m.done_enrolled,
	cohort_added: m.done_cohort_added,
	cohort_saved: m.done_cohort_saved,
	person_added: m.done_person_added,
	person_saved: m.done_person_saved,
	person_moved: m.done_person_moved,
	guardian_added: m.done_guardian_added,
	guardian_saved: m.done_guardian_saved,
	guardian_removed: m.done_guardian_removed,
	saved: m.done_saved,
	added: m.done_day_added,
	confirmed: m.done_day_confirmed,
	removed: m.done_day_removed,
	centre_added: m.done_centre_added,
	centre_saved: m.done_centre_saved,
	room_added: m.done_room_added,
	room_saved: m.done_room_saved,
	room_removed: m.done_room_removed,
	centres_pasted: m.done_centres_pasted,
	substitute_named: m.done_substitute_named,
	substitute_back: m.done_substitute_back,
	holidays: m.done_holidays,
	no_holidays: m.done_no_holidays,
	report_setting: m.done_report_setting,
	set_up: m.done_set_up,
	organisation: m.done_organisation,
	example_left: m.done_example_left,
	password: m.done_password,
	code_off: m.done_code_off,
	code_removed: m.done_code_removed,
	access_saved: m.done_access_saved,
	switched_off: m.done_switched_off,
	switched_on: m.done_switched_on,
	feedback_opened: m.done_feedback_opened,
	feedback_closed: m.done_feedback_closed,
	concern_taken: m.done_concern_taken,
	concern_closed: m.done_concern_closed,
	import_dropped: m.done_import_dropped,
	undone: m.done_undone,
	linked: m.done_linked,
	unlinked: m.done_unlinked,
	milestone_closed: m.done_milestone_closed,
	milestone_reopened: m.done_milestone_reopened
};

/** What was just done, as the page after it says; null for anything it does not know. */
export function doneWords(key: string | null): string | null {
	return key !== null && Object.hasOwn(DONE, key) ? DONE[key]!() : null;
}
