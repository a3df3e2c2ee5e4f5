import type { Texts } from './holidays.rules.ts';

/** The decree as published by the Ministry of Industry (industry.gov.lb, working hours and holidays). */
export const DECREE = 'Decree 15215/2005';
export const DECREE_BY_MOON = 'Decree 15215/2005, Umm al-Qura calendar ± 1';

/** The same day every civil year, `MM-DD`. */
export const FIXED: { day: string; names: Texts }[] = [
	{ day: '01-01', names: { en: 'New Year', fr: 'Jour de l’an', ar: 'رأس السنة الميلادية' } },
	{
		day: '01-06',
		names: { en: 'Armenian Christmas', fr: 'Noël arménien', ar: 'عيد الميلاد لدى الطوائف الأرمنية' }
	},
	{ day: '02-09', names: { en: 'Saint Maroun', fr: 'Saint-Maron', ar: 'عيد مار مارون' } },
	{ day: '03-25', names: { en: 'Annunciation', fr: 'Annonciation', ar: 'عيد البشارة' } },
	{ day: '05-01', names: { en: 'Labour Day', fr: 'Fête du Travail', ar: 'عيد العمّال' } },
	{ day: '08-15', names: { en: 'Assumption', fr: 'Assomption', ar: 'عيد انتقال السيدة العذراء' } },
	{
		day: '11-22',
		names: { en: 'Independence Day', fr: 'Fête de l’Indépendance', ar: 'عيد الاستقلال' }
	},
	{ day: '12-25', names: { en: 'Christmas', fr: 'Noël', ar: 'عيد الميلاد' } }
];

/** Days of the Hijri year: month and first day, and how many days. */
export const HIJRI: { month: number; day: number; days: number; names: Texts }[] = [
	{
		month: 1,
		day: 1,
		days: 1,
		names: { en: 'Hijri New Year', fr: 'Nouvel an de l’Hégire', ar: 'رأس السنة الهجرية' }
	},
	{ month: 1, day: 10, days: 1, names: { en: 'Ashura', fr: 'Achoura', ar: 'عاشوراء' } },
	{
		month: 3,
		day: 12,
		days: 1,
		names: { en: 'Prophet’s Birthday', fr: 'Naissance du Prophète', ar: 'المولد النبوي الشريف' }
	},
	{ month: 10, day: 1, days: 2, names: { en: 'Eid al-Fitr', fr: 'Aïd el-Fitr', ar: 'عيد الفطر' } },
	{
		month: 12,
		day: 10,
		days: 2,
		names: { en: 'Eid al-Adha', fr: 'Aïd el-Adha', ar: 'عيد الأضحى' }
	}
];

export const GOOD_FRIDAY_WESTERN: Texts = {
	en: 'Good Friday (Western)',
	fr: 'Vendredi saint (calendrier occidental)',
	ar: 'الجمعة العظيمة (التقويم الغربي)'
};
export const GOOD_FRIDAY_EASTERN: Texts = {
	en: 'Good Friday (Eastern)',
	fr: 'Vendredi saint (calendrier oriental)',
	ar: 'الجمعة العظيمة (التقويم الشرقي)'
};
export const GOOD_FRIDAY_BOTH: Texts = {
	en: 'Good Friday',
	fr: 'Vendredi saint',
	ar: 'الجمعة العظيمة'
};
export const HOLY_SATURDAY: Texts = {
	en: 'Saturday after Good Friday',
	fr: 'Samedi saint',
	ar: 'سبت النور'
};
export const DAY_AFTER_LABOUR_DAY: Texts = {
	en: 'Day after Labour Day',
	fr: 'Lendemain de la fête du Travail',
	ar: 'اليوم التالي لعيد العمّال'
};
