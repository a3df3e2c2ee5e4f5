import { addDays } from '../../platform/clock/days.ts';
import type { NewRow } from '../../platform/db/schema.ts';
import { builtInRows } from '#lib/features/directory/built-in.rules.ts';
import { lebaneseHolidays } from '#lib/features/centres/holidays.rules.ts';
import { centreId, SECTIONS } from './cast.ts';
import { exampleId, texts } from './invent.ts';

/** Zones, languages and week starts: CLDR 48 and the tz database. */
export const sectionRows: NewRow<'section'>[] = [
	section(SECTIONS.lebanon, 'LB', 'Asia/Beirut', 'ar-LB', 1, ['Lebanon', 'Liban', 'لبنان']),
	section(SECTIONS.brazil, 'BR', 'America/Sao_Paulo', 'pt-BR', 7, ['Brazil', 'Brésil', 'البرازيل']),
	section(SECTIONS.moldova, 'MD', 'Europe/Chisinau', 'ro-MD', 1, [
		'Moldova',
		'Moldavie',
		'مولدوفا'
	]),
	section(SECTIONS.thailand, 'TH', 'Asia/Bangkok', 'th-TH', 7, [
		'Thailand',
		'Thaïlande',
		'تايلاند'
	]),
	section(SECTIONS.togo, 'TG', 'Africa/Lome', 'fr-TG', 1, ['Togo', 'Togo', 'توغو'])
];

function section(
	id: string,
	country: string,
	zone: string,
	locale: string,
	week_starts_on: number,
	[en, fr, ar]: [string, string, string]
): NewRow<'section'> {
	const name_texts = texts(en, fr, ar);
	return { id, name_texts, country, zone, locale, week_starts_on, is_example: 1 };
}

/** Whom to turn to: nobody of an example has rung these numbers, and it says so. */
export const helpEntryRows: NewRow<'help_entry'>[] = sectionRows.flatMap(({ id, country }) =>
	builtInRows(id, country, (phone) => exampleId(`help ${country} ${phone}`))
);

/** Fixed national days of the other sections: general knowledge, to be checked by each section. */
const NATIONAL_DAYS: { sectionId: string; day: string; names: [string, string, string] }[] = [
	{
		sectionId: SECTIONS.brazil,
		day: '09-07',
		names: ['Independence Day', 'Fête de l’Indépendance', 'عيد الاستقلال']
	},
	{
		sectionId: SECTIONS.brazil,
		day: '11-15',
		names: ['Republic Day', 'Jour de la République', 'يوم الجمهورية']
	},
	{
		sectionId: SECTIONS.moldova,
		day: '08-27',
		names: ['Independence Day', 'Fête de l’Indépendance', 'عيد الاستقلال']
	},
	{
		sectionId: SECTIONS.moldova,
		day: '08-31',
		names: ['Romanian Language Day', 'Jour de la langue roumaine', 'يوم اللغة الرومانية']
	},
	{ sectionId: SECTIONS.thailand, day: '04-13', names: ['Songkran', 'Songkran', 'سونغكران'] },
	{
		sectionId: SECTIONS.thailand,
		day: '12-10',
		names: ['Constitution Day', 'Jour de la Constitution', 'يوم الدستور']
	},
	{
		sectionId: SECTIONS.togo,
		day: '04-27',
		names: ['Independence Day', 'Fête de l’Indépendance', 'عيد الاستقلال']
	},
	{
		sectionId: SECTIONS.togo,
		day: '06-21',
		names: ['Martyrs’ Day', 'Journée des martyrs', 'يوم الشهداء']
	}
];

/** Holidays of so many years back, this year and next, and one day on which centre 01 itself closes. */
export function closedDayRows(today: string, yearsBack: number): NewRow<'closed_day'>[] {
	const year = Number(today.slice(0, 4));
	const years = Array.from({ length: yearsBack + 2 }, (_, i) => year - yearsBack + i);
	const lebanese = years.flatMap(lebaneseHolidays).map(({ date, names, certainty, source }) => ({
		id: exampleId(`closed day LB ${date} ${names.en}`),
		section_id: SECTIONS.lebanon,
		centre_id: null,
		on_date: date,
		name_texts: texts(names.en, names.fr, names.ar),
		certainty,
		source
	}));
	const national = years.flatMap((each) =>
		NATIONAL_DAYS.map(({ sectionId, day, names }) => ({
			id: exampleId(`closed day ${sectionId} ${each}-${day}`),
			section_id: sectionId,
			centre_id: null,
			on_date: `${each}-${day}`,
			name_texts: texts(...names),
			certainty: 'confirmed' as const,
			source: 'Example'
		}))
	);
	return [...lebanese, ...national, cleaningDay(today)];
}

function cleaningDay(today: string): NewRow<'closed_day'> {
	return {
		id: exampleId('closed day centre 01'),
		section_id: SECTIONS.lebanon,
		centre_id: centreId(1),
		on_date: addDays(today, 21),
		name_texts: texts('Big clean-up day', 'Journée de grand nettoyage', 'يوم التنظيف الكبير'),
		certainty: 'confirmed',
		source: 'Example'
	};
}

/** What Lebanon reports as in its monthly sheet; Togo has not said so yet. */
export const reportSettingRows: NewRow<'report_setting'>[] = [
	{
		section_id: SECTIONS.lebanon,
		activity: 'Focused psychosocial support (example)',
		indicator: '5.2.2'
	}
];
