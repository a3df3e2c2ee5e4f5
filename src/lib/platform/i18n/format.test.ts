import { afterEach, describe, expect, it, vi } from 'vitest';
import {
	formatAge,
	formatDate,
	formatInstant,
	formatList,
	formatNumber,
	formatPercent,
	formatTimeToday,
	formatWeekday
} from './format.ts';
import { directionOf, isLocale, LOCALES, preferredLocale, type Locale } from './locale.ts';

/** Without the marks that only steer direction. */
const plain = (text: string) => text.replaceAll(/[\u061C\u200E\u200F\u2068\u2069]/g, '');
const ARABIC_DIGITS = /[٠-٩۰-۹]/;

it('says an age in its largest unit, rounded down, and never below nothing', () => {
	const minute = 60_000;
	expect(formatAge(71.9 * 60 * minute, 'en')).toBe('2 days');
	expect(formatAge(119 * minute, 'en')).toBe('1 hour');
	expect(formatAge(59.9 * minute, 'fr')).toBe('59 minutes');
	expect(formatAge(-5 * minute, 'en')).toBe('0 minutes');
	expect(plain(formatAge(3 * 24 * 60 * minute, 'ar'))).toBe('3 أيام');
});

it('keeps every number and date apart from a text written from the right, and leaves the others as they are', () => {
	const noon = Date.parse('2026-05-04T12:00:00Z');
	const said = (locale: Locale) => [
		formatNumber(28_074, locale),
		formatPercent(0.125, locale),
		formatDate('2026-05-04', locale),
		formatDate('2026-05-04', locale, 'month'),
		formatAge(71 * 60_000, locale),
		formatInstant(noon, 'Asia/Beirut', locale),
		formatTimeToday(noon, noon, 'Asia/Beirut', locale)
	];
	for (const text of said('ar')) expect(text).toMatch(/^\u2068[^\u2068]*\u2069$/);
	for (const text of [...said('en'), ...said('fr')]) expect(text).not.toMatch(/[\u2066-\u2069]/);
	expect(formatWeekday(1, 'ar')).not.toMatch(/[\u2066-\u2069]/);
});

describe('dates', () => {
	it('carry the month names of Lebanon in Arabic', () => {
		expect(plain(formatDate('2026-12-24', 'ar', 'full'))).toBe('24 كانون الأول 2026');
		expect(plain(formatDate('2026-01-06', 'ar', 'month'))).toBe('كانون الثاني 2026');
		expect(formatDate('2026-05-04', 'ar', 'dayLong')).toContain('أيار');
	});

	it('read naturally in English and French', () => {
		expect(formatDate('2026-05-04', 'en')).toBe('Mon 4 May');
		expect(formatDate('2026-05-04', 'en', 'full')).toBe('4 May 2026');
		expect(formatDate('2026-05-04', 'fr', 'dayLong')).toBe('lundi 4 mai');
	});

	it('name the weekdays from Monday to Sunday', () => {
		expect(formatWeekday(1, 'en')).toBe('Monday');
		expect(formatWeekday(7, 'fr')).toBe('dimanche');
		expect(formatWeekday(5, 'ar')).toBe('الجمعة');
		expect(formatWeekday(2, 'en', 'weekdayShort')).toBe('Tue');
	});

	it('show an instant at the wall of its zone', () => {
		const instant = Date.parse('2026-03-28T22:00:00Z');
		expect(formatInstant(instant, 'Asia/Beirut', 'en')).toBe('29 Mar 2026, 01:00');
		expect(formatInstant(instant, 'UTC', 'en')).toBe('28 Mar 2026, 22:00');
	});
});

describe('a civil date', () => {
	const zone = process.env['TZ'];
	afterEach(() => {
		if (zone === undefined) delete process.env['TZ'];
		else process.env['TZ'] = zone;
	});

	it.each([
		['Pacific/Pago_Pago', 660],
		['America/Los_Angeles', 420],
		['UTC', 0],
		['Asia/Beirut', -180],
		['Pacific/Kiritimati', -840]
	])('does not shift on a machine in %s', async (zone, offset) => {
		process.env['TZ'] = zone;
		expect(new Date('2026-05-04T12:00:00Z').getTimezoneOffset()).toBe(offset);
		vi.resetModules();
		const format = await import('./format.ts');
		const days = await import('../clock/days.ts');
		expect(format.formatDate('2026-03-29', 'en', 'full')).toBe('29 March 2026');
		expect(format.formatWeekday(1, 'en')).toBe('Monday');
		expect(days.addDays('2026-03-28', 1)).toBe('2026-03-29');
		expect(days.weekdayOf('2026-03-29')).toBe(7);
		expect(days.isDate('2026-03-29')).toBe(true);
	});
});

describe('numbers', () => {
	it('are written in Latin digits in every language', () => {
		for (const locale of LOCALES) {
			const texts = [
				formatNumber(21_600, locale),
				formatPercent(0.771, locale),
				formatDate('2026-12-24', locale, 'full'),
				formatInstant(0, 'UTC', locale)
			];
			for (const text of texts) {
				expect(text).not.toMatch(ARABIC_DIGITS);
				expect(text).toMatch(/[0-9]/);
			}
		}
	});

	it('are grouped alike beside and inside messages', () => {
		expect(formatNumber(21_600, 'en')).toBe('21,600');
		expect(plain(formatNumber(21_600, 'ar'))).toBe('21,600');
		expect(formatNumber(21_600, 'fr')).toBe('21\u202f600');
	});

	it('turn a share into a percentage with one decimal, beyond a hundred too', () => {
		expect(formatPercent(21_600 / 28_000, 'en')).toBe('77.1%');
		expect(formatPercent(25_845 / 17_000, 'en')).toBe('152%');
		expect(formatPercent(25_850 / 17_000, 'en')).toBe('152.1%');
		expect(plain(formatPercent(21_600 / 28_000, 'ar'))).toBe('77.1%');
		expect(formatPercent(21_600 / 28_000, 'fr')).toMatch(/^77,1\s%$/);
	});
});

it('joins names as the language does', () => {
	expect(formatList(['Rana', 'Karim', 'Layla'], 'en')).toBe('Rana, Karim and Layla');
	expect(formatList(['Rana', 'Karim'], 'fr')).toBe('Rana et Karim');
	expect(formatList(['رنا', 'كريم'], 'ar')).toBe('رنا وكريم');
	expect(formatList([], 'en')).toBe('');
});

describe('the language', () => {
	it('is the first one of the browser that Halqa speaks, else English', () => {
		expect(preferredLocale('ar-LB,ar;q=0.9,en;q=0.8')).toBe('ar');
		expect(preferredLocale('de-DE, fr-CH;q=0.9')).toBe('fr');
		expect(preferredLocale('de')).toBe('en');
		expect(preferredLocale('')).toBe('en');
		expect(preferredLocale(null)).toBe('en');
		expect(preferredLocale(`${'x,'.repeat(10_000)}ar`)).toBe('en');
	});

	it('runs from right to left in Arabic alone', () => {
		expect(LOCALES.map(directionOf)).toEqual(['ltr', 'ltr', 'rtl']);
	});

	it('is one of the languages offered, and nothing that only looks like one', () => {
		expect(isLocale('ar')).toBe(true);
		for (const other of ['AR', 'de', '', null, undefined, ['ar'], 'toString'])
			expect(isLocale(other)).toBe(false);
	});
});
