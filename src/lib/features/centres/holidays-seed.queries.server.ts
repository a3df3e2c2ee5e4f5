import { createHash } from 'node:crypto';
import { addDays } from '#lib/platform/clock/days.ts';
import type { NewRow } from '#lib/platform/db/schema.ts';
import { textsJson } from '#lib/platform/i18n/texts.ts';
import { lebaneseHolidays, type Holiday } from './holidays.rules.ts';

const SOURCE = 'date-holidays 3.37.0';
const DAY_MS = 86_400_000;
/** Months by which date-holidays writes a rule of the Hijri year. */
const BY_MOON = /Muharram|Safar|Rabi|Jumada|Rajab|Shaban|Sha'ban|Ramadan|Shawwal|Dhu/;

/**
 * Public holidays of a country in a civil year, by date. Lebanon's are our own; others come from the
 * package date-holidays, days by the moon as expected. Empty where nobody has written them down.
 */
export async function publicHolidays(country: string, year: number): Promise<Holiday[]> {
	if (country === 'LB') return lebaneseHolidays(year);
	const { default: Holidays } = await import('date-holidays');
	const calendar = new Holidays(country);
	const [en, fr, ar] = (['en', 'fr', 'ar'] as const).map((language) =>
		(calendar.getHolidays(year, language) ?? []).filter(({ type }) => type === 'public')
	) as [Found[], Found[], Found[]];
	return en.flatMap((found, at) => {
		const names = {
			en: found.name,
			fr: fr[at]?.name ?? found.name,
			ar: ar[at]?.name ?? found.name
		};
		const certainty = BY_MOON.test(found.rule) ? ('expected' as const) : ('confirmed' as const);
		const length = Math.ceil((found.end.getTime() - found.start.getTime()) / DAY_MS);
		return Array.from({ length: Math.min(length, 14) }, (_, nth) => ({
			date: addDays(found.date.slice(0, 10), nth),
			names,
			certainty,
			source: SOURCE
		}));
	});
}

interface Found {
	date: string;
	start: Date;
	end: Date;
	name: string;
	rule: string;
	type: string;
}

/** Holidays as rows of a section. An id follows from day and name, so that the same day is never there twice. */
export function holidayRows(sectionId: string, holidays: Holiday[]): NewRow<'closed_day'>[] {
	const rows = holidays.map(({ date, names, certainty, source }) => ({
		id: idOf([sectionId, date, names.en].join('|')),
		section_id: sectionId,
		centre_id: null,
		on_date: date,
		name_texts: textsJson({ ...names }),
		certainty,
		source
	}));
	return [...new Map(rows.map((row) => [row.id, row])).values()];
}

function idOf(text: string): string {
	const hex = createHash('sha256').update(text).digest('hex');
	return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
