import { m } from '#lib/paraglide/messages.js';
import { regionName } from '#lib/features/centres/words.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import type { Column, Table, Value } from '#lib/platform/sheets/table.ts';
import { hxlTags, SHEET_COLUMNS } from './hxl.rules.ts';
import { codeOf } from './layouts.rules.ts';
import type { SheetCell } from './types.ts';

/** What stands beside every number of a sheet. */
export interface SheetAbout {
	/** The sheet's own name; that of its totals and notes follows. */
	name: string;
	section: string;
	country: string;
	activity: string;
	indicator: string;
	/** `YYYY-MM`. */
	month: string;
	withTags: boolean;
	/** How it was counted, below a first line of its own. */
	notes: string[];
}

const COLUMNS = SHEET_COLUMNS.map((name): Column => ({
	header: name,
	kind: name === 'value' ? 'number' : 'text'
}));

/** A month's numbers as ActivityInfo takes them in, their totals, and how they were counted. */
export function sheetTables(
	cells: readonly SheetCell[],
	about: SheetAbout,
	locale: Locale
): Table[] {
	const places = cells.flatMap(({ place }) => (place ? [place] : []));
	const tags = about.withTags ? [hxlTags(places)] : [];
	const rows = (areTotals: boolean) =>
		cells.filter(({ isTotal }) => isTotal === areTotals).map((cell) => rowOf(cell, about, locale));
	return [
		{ name: about.name, columns: COLUMNS, rows: [...tags, ...rows(false)] },
		{ name: m.report_totals(), columns: COLUMNS, rows: [...tags, ...rows(true)] },
		{
			name: m.report_notes(),
			columns: [{ header: m.report_notes(), kind: 'text' }],
			rows: about.notes.map((line) => [line])
		}
	];
}

function rowOf(
	{ place, group, sex, age, count }: SheetCell,
	{ section, country, activity, indicator, month }: SheetAbout,
	locale: Locale
): Value[] {
	const region = (code: string | null) => code && regionName(country, code, locale);
	return [
		section,
		activity,
		place && region(place.adm1),
		place && region(place.adm2),
		place && codeOf(place),
		month,
		indicator,
		group,
		sex,
		age,
		count,
		count === null ? m.report_hidden() : null
	];
}
