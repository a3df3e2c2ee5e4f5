import { z } from 'zod';
import { isDate, isTime } from '../clock/days.ts';
import { LOCALES, type Locale } from '../i18n/locale.ts';
import type { Texts } from '../i18n/texts.ts';
import { latinDigits } from './digits.ts';

/** The fields forms are made of. Every one is bounded; its message is a key of `errors.ts`. */

/** A line of text of at most `most` characters, trimmed, Arabic-Indic digits left as typed. */
export function line(most: number) {
	return z.string({ error: 'required' }).trim().min(1, 'required').max(most, 'too_long');
}

export function id() {
	return z
		.string({ error: 'choose' })
		.max(64, 'choose')
		.regex(/^[0-9a-z-]+$/, 'choose');
}

/** A civil date of this century or the next: far ones are slips of the hand, and end arithmetic badly. */
export function date() {
	return z
		.string({ error: 'required' })
		.max(10, 'date')
		.refine((text) => isDate(text) && text >= '2000-01-01' && text < '2200-01-01', 'date');
}

/** A month of this century, `YYYY-MM`. */
export function month() {
	return z
		.string({ error: 'choose' })
		.max(7, 'choose')
		.regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'choose');
}

export function time() {
	return z.string({ error: 'required' }).max(5, 'time').refine(isTime, 'time');
}

/** ISO weekdays, each at most once. */
export function weekdays() {
	return z.array(z.enum(['1', '2', '3', '4', '5', '6', '7'], { error: 'choose' })).max(7, 'choose');
}

/** A name in each of the languages it is known in, as fields `name_en`, `name_fr`, `name_ar`. */
export function names(most: number) {
	const one = line(most).optional();
	return { name_en: one, name_fr: one, name_ar: one };
}

/** The names a form brought, by language; empty when none was typed. */
export function namesIn(typed: Partial<Record<`name_${Locale}`, string>>): Texts {
	return Object.fromEntries(
		LOCALES.flatMap((locale) => {
			const name = typed[`name_${locale}`];
			return name ? [[locale, name]] : [];
		})
	);
}

/** A whole number typed in Latin, Arabic-Indic or Persian digits. */
export function whole(least: number, most: number, key = 'number') {
	return z
		.string({ error: 'required' })
		.max(20, key)
		.transform(latinDigits)
		.transform(Number)
		.pipe(z.number({ error: key }).int(key).min(least, key).max(most, key));
}
