import { m } from '#lib/paraglide/messages.js';
import type { Fault } from './reading/faults.ts';
import type { TakeRefusal } from './commands.server.ts';
import type { Calendar } from '#lib/platform/sheets/calendars.ts';
import type { AgeDates, ImportKind, ProblemCode, Stage, StayedWhy, Use, Verdict } from './types.ts';

const KINDS: Record<ImportKind, () => string> = {
	people: m.import_kind_people,
	cohorts: m.import_kind_cohorts,
	registers: m.import_kind_registers
};

/** What a file brings, in the reader's language. */
export function kindWord(kind: ImportKind): string {
	return KINDS[kind]();
}

const STAGES: Record<Stage, () => string> = {
	columns: m.import_stage_columns,
	checking: m.import_stage_checking,
	preview: m.import_stage_preview,
	running: m.import_stage_running,
	done: m.import_stage_done,
	undoing: m.import_stage_undoing,
	undone: m.import_stage_undone
};

/** Where an import stands. */
export function stageWord(stage: Stage): string {
	return STAGES[stage]();
}

const USES: Record<Use, () => string> = {
	name: m.import_use_name,
	first_name: m.import_use_first_name,
	father_name: m.import_use_father_name,
	family_name: m.import_use_family_name,
	number: m.import_use_number,
	person: m.exports_person,
	birth_month: m.exports_birth_month,
	date: m.import_use_date,
	time: m.import_use_time,
	mark: m.import_use_mark,
	birth: m.import_use_birth,
	sex: m.import_use_sex,
	group: m.import_use_group,
	centre: m.import_use_centre,
	cohort: m.import_use_cohort,
	language: m.import_use_language,
	guardian: m.import_use_guardian,
	phone: m.import_use_phone,
	consent: m.import_use_consent,
	assent: m.import_use_assent,
	ages: m.import_use_ages,
	age_from: m.import_use_age_from,
	age_to: m.import_use_age_to,
	capacity: m.import_use_capacity,
	audience: m.import_use_audience,
	ignore: m.import_use_ignore
};

/** What a column holds. */
export function useWord(kind: ImportKind, use: Use): string {
	return kind === 'cohorts' && use === 'name' ? m.import_use_cohort_name() : USES[use]();
}

const VERDICTS: Record<Verdict, () => string> = {
	new: m.import_verdict_new,
	same: m.import_verdict_same,
	changed: m.import_verdict_changed,
	maybe: m.import_verdict_maybe,
	repeat: m.import_verdict_repeat,
	out: m.import_verdict_out
};

/** What becomes of a row. */
export function verdictWord(verdict: Verdict): string {
	return VERDICTS[verdict]();
}

const PROBLEMS: Record<ProblemCode, () => string> = {
	name_missing: m.import_problem_name_missing,
	name_error: m.import_problem_name_error,
	name_long: m.import_problem_name_long,
	person_unknown: m.import_problem_person_unknown,
	sex_missing: m.import_problem_sex_missing,
	sex_unknown: m.import_problem_sex_unknown,
	birth_missing: m.import_problem_birth_missing,
	birth_unknown: m.import_problem_birth_unknown,
	age_is_date: m.import_problem_age_is_date,
	centre_missing: m.import_problem_centre_missing,
	centre_unknown: m.import_problem_centre_unknown,
	cohort_missing: m.import_problem_cohort_missing,
	cohort_long: m.import_problem_cohort_long,
	cohort_error: m.import_problem_cohort_error,
	ages_unknown: m.import_problem_ages_unknown,
	capacity_unknown: m.import_problem_capacity_unknown,
	capacity_small: m.import_problem_capacity_small,
	audience_unknown: m.import_problem_audience_unknown,
	room_missing: m.import_problem_room_missing,
	number_taken: m.import_problem_number_taken,
	undecided: m.import_problem_undecided,
	group_unknown: m.import_problem_group_unknown,
	group_not_kept: m.import_problem_group_not_kept,
	language_unknown: m.import_problem_language_unknown,
	phone_unknown: m.import_problem_phone_unknown,
	phones_several: m.import_problem_phones_several,
	guardian_long: m.import_problem_guardian_long,
	guardian_missing: m.import_problem_guardian_missing,
	number_long: m.import_problem_number_long,
	number_shared: m.import_problem_number_shared,
	cell_error: m.import_problem_cell_error,
	date_unknown: m.import_problem_date_unknown,
	date_ahead: m.import_problem_date_ahead,
	mark_unknown: m.import_problem_mark_unknown,
	cohort_full: m.import_problem_cohort_full,
	cohort_closed: m.cohort_is_closed,
	session_cancelled: m.import_problem_session_cancelled,
	session_recorded: m.import_problem_session_recorded
};

/** What is wrong with a cell. */
export function problemWord(code: ProblemCode): string {
	return PROBLEMS[code]();
}

const FAULTS: Record<Fault['code'], () => string> = {
	name_column: m.import_fault_name_column,
	date_columns: m.import_fault_date_columns,
	twice: m.import_fault_twice,
	centre: m.import_fault_centre,
	cohort: m.import_fault_cohort,
	mark: m.form_choose,
	mark_column: m.import_fault_mark_column,
	sex: m.form_choose,
	calendar: m.form_choose,
	list_date: m.import_fault_list_date,
	age_dates: m.form_choose,
	encoding: m.form_choose
};

/** What is missing before rows can be looked at. */
export function faultWord(code: Fault['code']): string {
	return FAULTS[code]();
}

const CALENDARS: Record<Calendar, () => string> = {
	gregorian: m.import_calendar_gregorian,
	buddhist: m.import_calendar_buddhist,
	hijri: m.import_calendar_hijri,
	persian: m.import_calendar_persian,
	kurdish: m.import_calendar_kurdish
};

/** A calendar, as a choice. */
export function calendarWord(calendar: Calendar): string {
	return CALENDARS[calendar]();
}

const AGE_DATE_WORDS: Record<AgeDates, () => string> = {
	out: m.import_age_dates_out,
	blank: m.import_age_dates_blank,
	birth: m.import_age_dates_birth
};

/** What becomes of ages that are dates. */
export function ageDatesWord(choice: AgeDates): string {
	return AGE_DATE_WORDS[choice]();
}

const STAYED: Record<StayedWhy, () => string> = {
	changed: m.import_stayed_changed,
	used: m.import_stayed_used,
	merged: m.import_stayed_merged
};

/** Why something stayed when a list was taken back. */
export function stayedWord(why: StayedWhy): string {
	return STAYED[why]();
}

const REFUSALS: Record<TakeRefusal['reason'], () => string> = {
	too_large: m.error_file_too_large,
	not_a_sheet: m.import_refused_not_a_sheet,
	old_excel: m.import_refused_old_excel,
	protected: m.import_refused_protected,
	damaged: m.import_refused_damaged,
	too_many_rows: m.import_refused_too_many_rows,
	too_many_columns: m.import_refused_too_many_columns,
	too_many_sheets: m.import_refused_too_many_sheets,
	bomb: m.import_refused_bomb,
	empty: m.import_refused_empty
};

/** Why a file is not read, and what to do. */
export function refusalWord(reason: TakeRefusal['reason']): string {
	return REFUSALS[reason]();
}
