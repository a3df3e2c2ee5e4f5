import { m } from '#lib/paraglide/messages.js';
import type { Audience } from '#lib/platform/db/schema.ts';
import type { JoinedWhy, LeftWhy } from '#lib/platform/db/vocabularies.ts';

const WORDS: Record<Audience, () => string> = {
	children: m.audience_children,
	caregivers: m.audience_caregivers,
	staff: m.audience_staff,
	professionals: m.audience_professionals
};

/** Whom a cohort or curriculum is for, in the reader's language. */
export function audienceWord(audience: Audience): string {
	return WORDS[audience]();
}

const JOINED: Record<JoinedWhy, () => string> = {
	sibling: m.joined_sibling,
	fits_better: m.joined_fits_better,
	no_other_group: m.joined_no_other_group,
	was_here_before: m.joined_was_here_before
};

/** Why somebody is in a group that is not quite for them. */
export function joinedWhyWord(why: JoinedWhy): string {
	return JOINED[why]();
}

const LEFT: Record<LeftWhy, () => string> = {
	finished: m.left_finished,
	other_group: m.left_other_group,
	moved_away: m.left_moved_away,
	school_or_work: m.left_school_or_work,
	times_do_not_fit: m.left_times_do_not_fit,
	own_wish: m.left_own_wish,
	not_known: m.left_not_known
};

/** Why somebody left a group. */
export function leftWhyWord(why: LeftWhy): string {
	return LEFT[why]();
}
