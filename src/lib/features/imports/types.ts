import type { MarkCode, Sex } from '#lib/platform/db/schema.ts';
import type { Calendar } from '#lib/platform/sheets/calendars.ts';
import type { Encoding, EncodingGuess } from '#lib/platform/sheets/encodings.ts';
import type { SheetNotes } from '#lib/platform/sheets/types.ts';

/** Whom cohorts that come in are for: those of professionals do not come by lists. */
export const IMPORTED_AUDIENCES = ['children', 'caregivers', 'staff'] as const;
export type ImportedAudience = (typeof IMPORTED_AUDIENCES)[number];

/** An age that became a date: the row is left out, has no age, or it was a date of birth after all. */
export const AGE_DATES = ['out', 'blank', 'birth'] as const;
export type AgeDates = (typeof AGE_DATES)[number];

/** What a file brings: people, groups, or registers of a time before Halqa. */
export const KINDS = ['people', 'cohorts', 'registers'] as const;
export type ImportKind = (typeof KINDS)[number];

/**
 * Where an import stands. `checking`, `running` and `undoing` go on by themselves, in short steps that are
 * kept in the database, so that they survive a restart.
 */
export const STAGES = [
	'columns',
	'checking',
	'preview',
	'running',
	'done',
	'undoing',
	'undone'
] as const;
export type Stage = (typeof STAGES)[number];

/**
 * What a column may hold. A register has a column for each date, found by its header; in a long one, a row for each
 * child and date, columns are the `date`, `time` and `mark`. `person` is Halqa's own number, as exports have it.
 */
export const USES = {
	people: [
		'name',
		'first_name',
		'father_name',
		'family_name',
		'number',
		'person',
		'birth',
		'birth_month',
		'sex',
		'group',
		'centre',
		'cohort',
		'language',
		'guardian',
		'phone',
		'consent',
		'assent',
		'ignore'
	],
	cohorts: ['name', 'centre', 'ages', 'age_from', 'age_to', 'capacity', 'audience', 'ignore'],
	registers: [
		'name',
		'first_name',
		'father_name',
		'family_name',
		'number',
		'person',
		'birth',
		'birth_month',
		'sex',
		'group',
		'centre',
		'cohort',
		'date',
		'time',
		'mark',
		'ignore'
	]
} as const satisfies Record<ImportKind, readonly string[]>;
export type Use = (typeof USES)[ImportKind][number];

/** What a mark of a register means; `none`: the child has no mark for that day. */
export const MEANINGS = [
	'present',
	'late',
	'left_early',
	'absent_notified',
	'absent',
	'excused_illness',
	'none'
] as const satisfies readonly (MarkCode | 'none')[];
export type Meaning = (typeof MEANINGS)[number];

/** One sheet of the file, as it was understood. Rows and columns from zero, as in the file. */
export interface Sheet {
	name: string;
	/** False for a sheet that is left out. */
	chosen: boolean;
	headerRows: number[];
	/** First data row and the row after the last. */
	from: number;
	to: number;
	/** Per column: where in `Setup.columns` its use stands, or null for a blank column or a date. */
	column: (number | null)[];
	/** Per column: the date of its marks, or null. Registers alone. */
	date: (string | null)[];
	/** Per column with a date: 1, or which of several sessions of that day it is. */
	part: number[];
	/** Of these: dates without a single mark, and dates that are still to come. */
	blankDates: string[];
	futureDates: string[];
	/** Dates go back from one column to the next; some are real dates of the sheet, others were typed as text. */
	isOutOfOrder: boolean;
	isMixed: boolean;
	notes: Partial<SheetNotes>;
	/** Registers: whose register it is, where no column says so. */
	cohort: string;
}

/** A column by its header, whatever sheets it stands in. */
export interface FileColumn {
	/** As shown: the header's text, or the letter of a column without one. */
	label: string;
	use: Use;
	/** The first few different values, as shown. */
	examples: string[];
}

/** A mark that was found, how often, and what it means; null until someone says so. */
export interface FoundMark {
	/** As typed, '' for blank. */
	text: string;
	count: number;
	meaning: Meaning | null;
}

/** A word of the column of sexes, how often, and what it means; null until someone says so. */
export interface FoundSex {
	/** As `sexText` has it. */
	text: string;
	count: number;
	sex: Sex | null;
}

/** What was found in a file that has to be asked or said. */
export interface Found {
	/** Calendars its years can be of, where they are not ours. */
	calendars: Calendar[];
	/** Ages, counted from the list's date. */
	hasAges: boolean;
	/** The list names another year than this one. */
	isOld: boolean;
	/** Ages a spreadsheet made dates: the first few. */
	ageDates: string[];
	/** Dates in headers without a year. */
	yearless: boolean;
	/** Numbers that stand beside different people: they identify nobody. `all`: the column counts rows. */
	sharedNumbers: string[] | 'all';
	encoding: EncodingGuess | null;
}

/** Everything chosen about a file. Kept sealed: headers and sheet names are a person's words. */
export interface Setup {
	sheets: Sheet[];
	columns: FileColumn[];
	marks: FoundMark[];
	sexes: FoundSex[];
	found: Found;
	options: Options;
	/** Groups the rows name, found by the check. */
	coming: ComingCohort[];
	/** Undo: what stayed, and why. */
	stayed?: Stayed[];
}

/** Why a row stayed when a list was taken back: somebody changed it, something needs it, or it was merged. */
export const STAYED_WHY = ['changed', 'used', 'merged'] as const;
export type StayedWhy = (typeof STAYED_WHY)[number];

export interface Stayed {
	table: 'person' | 'cohort' | 'session';
	id: string;
	why: StayedWhy;
}

/** A group that rows of the file name. */
export interface ComingCohort {
	/** `keyOfCohort` of centre and name. */
	key: string;
	centreId: string;
	name: string;
	/** It was not there when the file was checked. */
	isNew: boolean;
	/** Different children. */
	rowCount: number;
	/** Of these, who are to become members. */
	joining: number;
	ageFrom: number | null;
	ageTo: number | null;
	/** Whom a new group is for; null until somebody says so. */
	audience: ImportedAudience | null;
	/** Registers: sessions (`occasions.ts`) with marks, and those whose register was never taken; both sorted. */
	dates: string[];
	blankDates: string[];
}

export interface Options {
	dateOrder: 'dmy' | 'mdy' | 'ymd';
	/** How dates of birth are written, where they tell. */
	birthOrder: 'dmy' | 'mdy' | 'ymd';
	/** Of headers without a year: that of the first one. */
	year: number | null;
	/** null: not ours, and nobody said which. */
	calendar: Calendar | null;
	/** Real dates in headers have day and month the wrong way round. */
	swapDates: boolean;
	/** The civil date ages count from; null: a register's first date, else today. */
	listDate: string | null;
	/** What becomes of rows whose age is a date; null: nobody said. */
	ageDates: AgeDates | null;
	hiddenRows: 'in' | 'out';
	/** The code page of a text file; null: as it was read. */
	encoding: Encoding | null;
	/** For rows that name none; null: such rows are left out. */
	centreId: string | null;
	/** For rows that say nothing of it; null: such rows are left out. */
	sex: 'f' | 'm' | 'other' | null;
	birthYear: number | null;
	/** Registers: when the sessions began and how long they took. */
	startTime: string;
	minutes: number;
	/** What happens to every possible duplicate without a decision of its own. */
	maybe: Decision | null;
}

export const DECISIONS = ['same', 'new', 'out'] as const;
export type Decision = (typeof DECISIONS)[number];

/** What becomes of a row. `repeat`: the same child stands further up in the file. */
export const VERDICTS = ['new', 'same', 'changed', 'maybe', 'repeat', 'out'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What is wrong with a cell. Some leave the row out (`LEAVES_OUT`), others only the cell. */
export const PROBLEMS = [
	'name_missing',
	'name_error',
	'name_long',
	'person_unknown',
	'sex_missing',
	'sex_unknown',
	'birth_missing',
	'birth_unknown',
	'age_is_date',
	'centre_missing',
	'centre_unknown',
	'cohort_missing',
	'cohort_long',
	'cohort_error',
	'ages_unknown',
	'capacity_unknown',
	'capacity_small',
	'audience_unknown',
	'room_missing',
	'number_taken',
	'undecided',
	'group_unknown',
	'group_not_kept',
	'language_unknown',
	'phone_unknown',
	'phones_several',
	'guardian_long',
	'guardian_missing',
	'number_long',
	'number_shared',
	'cell_error',
	'date_unknown',
	'date_ahead',
	'mark_unknown',
	'cohort_full',
	'cohort_closed',
	'session_cancelled',
	/** The register of that day was taken here and says otherwise: it stays. */
	'session_recorded'
] as const;
export type ProblemCode = (typeof PROBLEMS)[number];

/** The column is null where a row lacks what no column gives. */
export interface Problem {
	column: number | null;
	code: ProblemCode;
}

/** A kind of problem over the whole file: how many cells, and the addresses of the first few. */
export interface ProblemGroup {
	code: ProblemCode;
	count: number;
	cells: string[];
}

/** What a check found or a run did. Numbers and codes alone: it is stored readable. */
export interface Counts {
	verdicts: Partial<Record<Verdict, number>>;
	problems: ProblemGroup[];
	/** Registers: sessions made, of these without a register, marks added and marks changed. */
	sessions: number;
	unrecorded: number;
	marks: number;
	marksChanged: number;
	cohorts: number;
	/** Undo: rows that were touched since and stayed. */
	stayed: number;
}
