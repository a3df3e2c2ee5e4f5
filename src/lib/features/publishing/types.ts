import type { Place } from '#lib/features/centres/types.ts';
import type { Sex } from '#lib/platform/db/schema.ts';
import type { Format } from '#lib/platform/sheets/table.ts';

/**
 * The fixed layouts numbers of people leave in, finest first. Each period is published in one of them: of two,
 * one could be subtracted from the other.
 */
export const LAYOUTS = [
	'district_group_sex_age',
	'district_sex_age',
	'governorate_sex_age',
	'country_group_sex_age',
	'country_sex_age',
	'total'
] as const;
export type Layout = (typeof LAYOUTS)[number];

/** Displaced Syrian, Lebanese, Palestine refugee from Syria and in Lebanon, other (`domain.md` 5.1), and not stated. */
export const GROUPS = ['SYR', 'LEB', 'PRS', 'PRL', 'OTH', 'not stated'] as const;
export const SEXES = ['female', 'male', 'other or not stated'] as const;
/** With an en dash: a spreadsheet takes 6-11 for a day in November. */
export const AGES = ['0–5', '6–11', '12–17', '18+'] as const;

/** What people are told apart by; null for all, or where a layout does not ask. */
export interface Category {
	/** Also null outside Lebanon: other countries have no such list. */
	group: string | null;
	sex: string | null;
	age: string | null;
}

/** A number of a sheet. */
export interface SheetCell extends Category {
	/** null for all places. */
	place: Place | null;
	/** Sums of a row, a column or all. */
	isTotal: boolean;
	/** null where it is not shown. */
	count: number | null;
}

/** One month's numbers as they left the section. */
export interface Snapshot {
	id: string;
	sectionId: string;
	/** `YYYY-MM`. */
	period: string;
	layout: Layout;
	/** Counted up in a section. */
	number: number;
	frozenOn: string;
	/** Ten or more; 0 stands for fewer than ten, who are counted in a later one. */
	peopleCount: number;
}

/** How many different people were published since 1 January of a year, as it stood with a snapshot. */
export interface RunningTotal {
	sinceYear: number;
	peopleCount: number;
	isCarried: boolean;
}

/** What a layout would show of a month that is not published yet, said before it is. */
export interface LayoutPreview {
	layout: Layout;
	/** People in numbers of the sheet itself that would be shown; totals are not among them. */
	shownPeople: number;
	/** Numbers of the sheet itself, of people who are there, that would not be shown. */
	hiddenCount: number;
}

/** What publishing a month would do now; exact, for inside. */
export interface Preview {
	/** Everybody it would count. */
	peopleCount: number;
	/** Of them first reached in an earlier month and in no snapshot so far. */
	carriedCount: number;
	/** Sessions of the year up to the month's end without a register. */
	missingCount: number;
	layouts: LayoutPreview[];
}

/** How many people were newly reached, of those alike in all that is reported. */
export interface NewlyReached {
	centreId: string;
	sex: Sex;
	birthYear: number;
	/** 1 to 12. */
	birthMonth: number | null;
	populationGroup: string | null;
	count: number;
}

/** A file of a snapshot: which, as what, with HXL tags or without. */
export interface WantedSnapshot {
	snapshot: string;
	format: Format;
	tags: 'hxl' | 'none';
}
