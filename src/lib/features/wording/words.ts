import { m } from '#lib/paraglide/messages.js';
import type { Group } from './met.words.ts';
import type { CheckState } from './types.ts';

/** Where children meet a group of texts. */
export function groupWords(group: Group): string {
	return GROUPS[group]();
}

/** "Checked", "Not checked", "Changed since it was checked". */
export function stateWords(state: CheckState): string {
	return STATES[state]();
}

/** Which number a plural form is for, "few: 3 to 10". */
export function formWords(form: string): string {
	return m.wording_form({ form: (FORMS[form] ?? m.wording_form_other)() });
}

const GROUPS: Record<Group, () => string> = {
	wall: m.wording_group_wall,
	door: m.wording_group_door,
	everywhere: m.wording_group_everywhere,
	who: m.wording_group_who,
	promises: m.wording_group_promises,
	welcome: m.wording_group_welcome,
	age_6_9: m.wording_group_age_6_9,
	age_10_13: m.wording_group_age_10_13,
	age_14_17: m.wording_group_age_14_17,
	adults: m.wording_group_adults,
	options: m.wording_group_options,
	writing: m.wording_group_writing,
	offer: m.wording_group_offer,
	leaving: m.wording_group_leaving,
	sending: m.wording_group_sending,
	help: m.wording_group_help,
	paper: m.wording_group_paper,
	wrong: m.wording_group_wrong
};

const STATES: Record<CheckState, () => string> = {
	checked: m.wording_checked,
	unchecked: m.wording_unchecked,
	changed: m.wording_changed
};

const FORMS: Record<string, () => string> = {
	zero: m.wording_form_zero,
	one: m.wording_form_one,
	two: m.wording_form_two,
	few: m.wording_form_few,
	many: m.wording_form_many
};
