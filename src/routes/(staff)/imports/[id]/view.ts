import type { Import } from '#lib/features/imports/queries.server.ts';
import { m } from '#lib/paraglide/messages.js';
import { audienceWord } from '#lib/features/cohorts/words.ts';
import { groupWord, languageWord, sexWord } from '#lib/features/people/words.ts';
import { markWord } from '#lib/features/attendance/words.ts';
import type { CohortRow, PersonRow } from '#lib/features/imports/reading/parsing.ts';
import { dayOf } from '#lib/features/imports/reading/occasions.ts';
import {
	ENCODINGS,
	recoder,
	type Encoding,
	type EncodingGuess
} from '#lib/platform/sheets/encodings.ts';
import type { Counts, Found, Meaning, Setup } from '#lib/features/imports/types.ts';
import type { FormView } from '#lib/platform/forms/view.ts';
import { formatNumber } from '#lib/platform/i18n/format.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';

/** What the page needs of a file's shape to ask about it. */
export interface Shape {
	sheets: {
		at: number;
		name: string;
		chosen: boolean;
		dateCount: number;
		first: string | null;
		last: string | null;
		blankDates: string[];
		futureDates: string[];
		/** Days with several sessions. */
		twiceDates: string[];
		isOutOfOrder: boolean;
		isMixed: boolean;
		notes: Setup['sheets'][number]['notes'];
	}[];
	columns: { label: string; examples: string[] }[];
	marks: { text: string; count: number }[];
	sexes: { text: string; count: number }[];
	/** A row for each child and date: no column is headed with one. */
	isLong: boolean;
	found: Omit<Found, 'sharedNumbers'> & { hasSharedNumbers: boolean };
	/** The first names as each code page has them. */
	letters: { encoding: Encoding; example: string }[];
}

export function shapeShown({ sheets, columns, marks, sexes, found }: Setup): Shape {
	const { sharedNumbers, ...rest } = found;
	return {
		sheets: sheets.map((sheet, at) => {
			const { name, chosen, date, part, isOutOfOrder, isMixed, notes } = sheet;
			const dates = date.filter((one) => one !== null).sort();
			const days = (occasions: readonly string[]) => [...new Set(occasions.map(dayOf))];
			return {
				...{ at, name, chosen, isOutOfOrder, isMixed, notes },
				...{ blankDates: days(sheet.blankDates), futureDates: days(sheet.futureDates) },
				twiceDates: [
					...new Set(date.filter((one, index) => one !== null && part[index] === 2))
				] as string[],
				...{ dateCount: dates.length, first: dates[0] ?? null, last: dates.at(-1) ?? null }
			};
		}),
		columns: columns.map(({ label, examples }) => ({ label, examples })),
		marks: marks.map(({ text, count }) => ({ text, count })),
		sexes: sexes.map(({ text, count }) => ({ text, count })),
		isLong: columns.some(({ use }) => use === 'date'),
		found: { ...rest, hasSharedNumbers: sharedNumbers.length > 0 },
		letters: lettersOf(columns, found.encoding)
	};
}

/** How the names of a text file look in each code page it may be in. */
function lettersOf(columns: Setup['columns'], guess: EncodingGuess | null): Shape['letters'] {
	if (!guess) return [];
	const texts = columns.flatMap(({ label, examples }) => [...examples, label]);
	const telling = texts.filter((text) => /[^\p{ASCII}]/u.test(text)).slice(0, 2);
	return ENCODINGS.map((encoding) => ({
		encoding,
		example: telling.map((text) => String(recoder(guess.encoding, encoding)(text))).join(' · ')
	})).filter(({ example }, at, all) => all.findIndex((one) => one.example === example) === at);
}

/** What is chosen about a file, as the fields of its form. */
export function valuesOfColumns({ setup, version }: Import): Record<string, string | string[]> {
	const { sheets, columns, marks, sexes, options } = setup;
	const headers = new Set(
		sheets.filter(({ chosen }) => chosen).map(({ headerRows }) => headerRows.length)
	);
	const tops = new Set(
		sheets.flatMap(({ chosen, headerRows }) => (chosen ? headerRows.slice(0, 1) : []))
	);
	const per = (name: string, values: readonly string[]) =>
		Object.fromEntries(values.map((value, at) => [`${name}.${at}`, value]));
	return {
		version: String(version),
		sheet: sheets.flatMap(({ chosen }, at) => (chosen ? [String(at)] : [])),
		headerRows: headers.size === 1 ? String([...headers][0]) : '',
		headerAt: tops.size === 1 ? String([...tops][0]! + 1) : '',
		year: options.year === null ? '' : String(options.year),
		calendar: options.calendar ?? '',
		swapDates: options.swapDates ? 'yes' : 'no',
		listDate: options.listDate ?? '',
		ageDates: options.ageDates ?? '',
		hiddenRows: options.hiddenRows,
		encoding:
			options.encoding ??
			(setup.found.encoding?.inDoubt ? '' : (setup.found.encoding?.encoding ?? '')),
		...per(
			'sexWord',
			sexes.map(({ sex }) => sex ?? '')
		),
		dateOrder: options.dateOrder,
		...per(
			'use',
			columns.map(({ use }) => use)
		),
		...per(
			'mark',
			marks.map(({ meaning }) => meaning ?? '')
		),
		...per(
			'cohort',
			sheets.map(({ cohort }) => cohort)
		),
		centre: options.centreId ?? '',
		sex: options.sex ?? '',
		birthYear: options.birthYear === null ? '' : String(options.birthYear),
		startTime: options.startTime,
		minutes: String(options.minutes)
	};
}

/** What a mark of the file means, in the reader's language. */
export function meaningWord(meaning: Meaning): string {
	return meaning === 'none' ? m.import_meaning_none() : markWord(meaning);
}

/** Whether a run would write nothing at all. */
export function bringsNothing({
	verdicts,
	cohorts,
	sessions,
	marks,
	marksChanged
}: Counts): boolean {
	const rows = (verdicts.new ?? 0) + (verdicts.changed ?? 0) + (verdicts.maybe ?? 0);
	return rows + cohorts + sessions + marks + marksChanged === 0;
}

/** How many rows would be left out. */
export function leftOut({ verdicts }: Counts): number {
	return verdicts.out ?? 0;
}

/** A part of a row as it will be; '' where the row says nothing of it. */
export function cellText(row: PersonRow | CohortRow, key: string, locale: Locale): string {
	if (row.kind === 'cohort') {
		const { ageFrom, ageTo, capacity, audience } = row;
		return (
			{
				name: row.name,
				ages: ageFrom === null && ageTo === null ? '' : `${ageFrom ?? ''}–${ageTo ?? ''}`,
				capacity: capacity === null ? '' : formatNumber(capacity, locale),
				audience: audience ? audienceWord(audience) : ''
			}[key] ?? ''
		);
	}
	return (
		{
			name: row.name,
			number: row.number,
			sex: row.sex && sexWord(row.sex),
			birth:
				row.birthYear === null
					? ''
					: [row.birthYear, row.birthMonth].filter((part) => part !== null).join('-'),
			group: row.group && groupWord(row.group),
			language: row.language && languageWord(row.language, locale),
			cohort: row.cohort,
			guardian: [row.guardian, row.phone].filter(Boolean).join(' · '),
			marks: row.marks.length === 0 ? '' : formatNumber(row.marks.length, locale)
		}[key] ?? ''
	);
}

/** The form of a button that asks nothing. */
export function buttonView(once: string): FormView {
	return { once, values: {}, errors: {} };
}
