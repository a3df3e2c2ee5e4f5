import { m } from '#lib/paraglide/messages.js';

/**
 * Every text children read, and adults who answer beside them, in the order they meet them. What is not here they do
 * not read: their pages take their words from `say`.
 */
const MET = {
	wall: {
		feedback_code_title: m.feedback_code_title,
		feedback_code_scan: m.feedback_code_scan,
		feedback_code_type: m.feedback_code_type,
		feedback_code_free: m.feedback_code_free
	},
	door: {
		child_code_title: m.child_code_title,
		child_code_label: m.child_code_label,
		child_code_go: m.child_code_go,
		child_code_empty: m.child_code_empty,
		child_code_odd: m.child_code_odd,
		child_not_open: m.child_not_open,
		child_not_open_text: m.child_not_open_text,
		child_too_often: m.child_too_often,
		child_too_often_text: m.child_too_often_text,
		child_over: m.child_over,
		child_over_text: m.child_over_text
	},
	everywhere: {
		child_listen: m.child_listen,
		child_leave: m.child_leave,
		child_language: m.child_language,
		child_language_age: m.child_language_age,
		child_age: m.child_age,
		child_progress: m.child_progress,
		child_back: m.child_back,
		child_next: m.child_next,
		child_go_on: m.child_go_on,
		child_dont_know: m.child_dont_know,
		child_skip: m.child_skip,
		child_stop: m.child_stop,
		child_talk: m.child_talk
	},
	who: {
		child_who: m.child_who,
		ask_band_6_9: m.ask_band_6_9,
		ask_band_10_13: m.ask_band_10_13,
		ask_band_14_17: m.ask_band_14_17,
		ask_band_adult: m.ask_band_adult,
		child_neutral_title: m.child_neutral_title,
		child_other: m.child_other,
		child_still_me: m.child_still_me
	},
	promises: {
		child_no_wrong: m.child_no_wrong,
		child_not_shown_to: m.child_not_shown_to,
		child_not_shown: m.child_not_shown,
		teen_not_shown_to: m.teen_not_shown_to,
		teen_not_shown: m.teen_not_shown,
		adult_not_shown: m.adult_not_shown,
		child_only_sent: m.child_only_sent,
		child_about_day: m.child_about_day
	},
	welcome: {
		child_welcome: m.child_welcome,
		child_welcome_count: m.child_welcome_count,
		child_welcome_no_name: m.child_welcome_no_name,
		child_welcome_change: m.child_welcome_change,
		child_welcome_results: m.child_welcome_results,
		adult_welcome_results: m.adult_welcome_results,
		child_start: m.child_start,
		child_not_today: m.child_not_today
	},
	age_6_9: {
		ask_best_6_9: m.ask_best_6_9,
		ask_again_6_9: m.ask_again_6_9,
		ask_safe_6_9: m.ask_safe_6_9,
		ask_listened_6_9: m.ask_listened_6_9
	},
	age_10_13: {
		ask_fun_10_13: m.ask_fun_10_13,
		ask_learned_10_13: m.ask_learned_10_13,
		ask_safe_10_13: m.ask_safe_10_13,
		ask_say_10_13: m.ask_say_10_13,
		ask_helped_10_13: m.ask_helped_10_13,
		ask_listened_10_13: m.ask_listened_10_13,
		ask_acted_10_13: m.ask_acted_10_13,
		ask_change_10_13: m.ask_change_10_13
	},
	age_14_17: {
		ask_worth_14_17: m.ask_worth_14_17,
		ask_learned_14_17: m.ask_learned_14_17,
		ask_safe_14_17: m.ask_safe_14_17,
		ask_say_14_17: m.ask_say_14_17,
		ask_helped_14_17: m.ask_helped_14_17,
		ask_listened_14_17: m.ask_listened_14_17,
		ask_acted_14_17: m.ask_acted_14_17,
		ask_again_14_17: m.ask_again_14_17,
		ask_change_14_17: m.ask_change_14_17,
		ask_idea_14_17: m.ask_idea_14_17
	},
	adults: {
		ask_useful_adult: m.ask_useful_adult,
		ask_learned_adult: m.ask_learned_adult,
		ask_respected_adult: m.ask_respected_adult,
		ask_safe_adult: m.ask_safe_adult,
		ask_say_adult: m.ask_say_adult,
		ask_acted_adult: m.ask_acted_adult,
		ask_again_adult: m.ask_again_adult,
		ask_change_adult: m.ask_change_adult,
		ask_idea_adult: m.ask_idea_adult
	},
	options: {
		ask_option_no: m.ask_option_no,
		ask_option_a_bit: m.ask_option_a_bit,
		ask_option_maybe: m.ask_option_maybe,
		ask_option_yes: m.ask_option_yes,
		ask_option_moving: m.ask_option_moving,
		ask_option_making: m.ask_option_making,
		ask_option_talking: m.ask_option_talking,
		ask_option_nothing: m.ask_option_nothing,
		ask_option_not_at_all: m.ask_option_not_at_all,
		ask_option_a_little: m.ask_option_a_little,
		ask_option_partly: m.ask_option_partly,
		ask_option_mostly: m.ask_option_mostly,
		ask_option_completely: m.ask_option_completely
	},
	writing: {
		child_words_read_by: m.child_words_read_by,
		child_words_read: m.child_words_read,
		child_words_help: m.child_words_help,
		child_words_time: m.child_words_time
	},
	offer: {
		child_offer_title: m.child_offer_title,
		child_offer_text: m.child_offer_text
	},
	leaving: {
		child_stop_title: m.child_stop_title,
		child_stop_text: m.child_stop_text,
		child_stop_keep: m.child_stop_keep,
		child_stop_delete: m.child_stop_delete,
		child_stop_now: m.child_stop_now,
		child_withdrawn: m.child_withdrawn,
		child_withdrawn_text: m.child_withdrawn_text,
		child_already_deleted: m.child_already_deleted
	},
	sending: {
		child_send_title: m.child_send_title,
		child_send_text: m.child_send_text,
		child_send: m.child_send,
		child_sent: m.child_sent,
		child_sent_text: m.child_sent_text,
		child_already_sent: m.child_already_sent,
		child_another: m.child_another,
		adult_another: m.adult_another
	},
	help: {
		child_help_trust: m.child_help_trust,
		child_help_here: m.child_help_here,
		child_help_nickname: m.child_help_nickname,
		form_nickname: m.form_nickname,
		child_help_will_come: m.child_help_will_come,
		child_help_later: m.child_help_later,
		child_help_now_go: m.child_help_now_go,
		child_help_now_tell: m.child_help_now_tell,
		child_help_come: m.child_help_come,
		child_help_told: m.child_help_told,
		child_help_asked: m.child_help_asked,
		child_help_asked_text: m.child_help_asked_text,
		child_help_failed: m.child_help_failed,
		child_help_failed_text: m.child_help_failed_text,
		child_help_phone: m.child_help_phone,
		child_help_danger: m.child_help_danger,
		child_help_untried: m.child_help_untried,
		child_help_phone_text: m.child_help_phone_text,
		child_help_back: m.child_help_back
	},
	paper: {
		child_paper_how: m.child_paper_how,
		child_paper_box: m.child_paper_box,
		child_paper_code: m.child_paper_code
	},
	wrong: {
		child_choose_first: m.child_choose_first,
		child_write_first: m.child_write_first,
		child_too_long: m.child_too_long,
		child_cookies: m.child_cookies,
		child_cookies_written: m.child_cookies_written,
		child_failed: m.child_failed,
		child_failed_text: m.child_failed_text,
		child_not_kept: m.child_not_kept,
		child_try_again: m.child_try_again
	}
};

type Met = typeof MET;
export type Group = keyof Met;
type Texts = { [Of in Group]: (texts: Met[Of]) => void }[Group] extends (texts: infer All) => void
	? All
	: never;
export type ChildTextKey = Extract<keyof Texts, string>;
/** What a text is told about: nothing, or the values of its placeholders. */
export type InputsOf<Key extends ChildTextKey> = Parameters<Texts[Key]>[0];

export const GROUPS = Object.keys(MET) as Group[];
/** The texts as they came with this release, in the language asked for. */
export const CHILD_TEXTS: Texts = Object.assign({}, ...Object.values(MET));
/** Texts with a form for each kind of number. */
export const COUNTED: readonly ChildTextKey[] = ['child_welcome_count'];

export function keysOf(group: Group): ChildTextKey[] {
	return Object.keys(MET[group]) as ChildTextKey[];
}

export function isChildText(key: string): key is ChildTextKey {
	return Object.hasOwn(CHILD_TEXTS, key);
}
