import type { Import } from '#lib/features/imports/queries.server.ts';
import { m } from '#lib/paraglide/messages.js';
import { audienceWord } from '#lib/features/cohorts/words.ts';
import { groupWord, languageWord, sexWord } from '#lib/features/people/words.ts';
import { markWord } from '#lib/features/attendance/words.ts';
import type { CohortRow, PersonRow } from '#lib/features/imports/reading/parsing.ts';
import type { Counts, Meaning, Setup } from '#lib/features/imports/types.ts';
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
	}[];
	columns: { label: string; examples: string[] }[];
	marks: { text: string; count: number }[];
}

export function shapeShown({ sheets, columns, marks }: Setup): Shape {
	return {
		sheets: sheets.map(({ name, chosen, date, blankDates, futureDates }, at) => {
			const dates = date.filter((one) => one !== null).sort();
			return {
				...{ at, name, chosen, blankDates, futureDates },
				...{ dateCount: dates.length, first: dates[0] ?? null, last: dates.at(-1) ?? null }
			};
		}),
		columns: columns.map(({ label, examples }) => ({ label, examples })),
		marks: marks.map(({ text, count }) => ({ text, count }))
	};
}

/** What is chosen about a file, as the fields of its form. */
export function valuesOfColumns({ setup, version }: Import): Record<string, string | string[]> {
	const { sheets, columns, marks, options } = setup;
	const headers = new Set(
		sheets.filter(({ chosen }) => chosen).map(({ headerRows }) => headerRows.length)
	);
	const per = (name: string, values: readonly string[]) =>
		Object.fromEntries(values.map((value, at) => [`${name}.${at}`, value]));
	return {
		version: String(version),
		sheet: sheets.flatMap(({ chosen }, at) => (chosen ? [String(at)] : [])),
		headerRows: headers.size === 1 ? String([...headers][0]) : '',
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
			birth: row.birthYear === null ? '' : String(row.birthYear),
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
