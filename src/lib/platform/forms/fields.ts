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

/** Several things that were ticked, at most so many. */
export function ids(most: number) {
	return z.array(id()).max(most, 'choose');
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
	return texts('name', most);
}

/** A line in each language it is known in, as fields `FIELD_en`, `FIELD_fr`, `FIELD_ar`; none is needed. */
export function texts<const Field extends string>(field: Field, most: number) {
	const one = line(most).optional();
	return Object.fromEntries(LOCALES.map((locale) => [`${field}_${locale}`, one])) as Record<
		`${Field}_${Locale}`,
		typeof one
	>;
}

/** The names a form brought, by language; empty when none was typed. */
export function namesIn(typed: Partial<Record<`name_${Locale}`, string>>): Texts {
	return textsIn('name', typed);
}

/** The lines a form brought under a field, by language; empty when none was typed. */
export function textsIn<const Field extends string>(
	field: Field,
	typed: Partial<Record<`${Field}_${Locale}`, string>>
): Texts {
	return Object.fromEntries(
		LOCALES.flatMap((locale) => {
			const text = typed[`${field}_${locale}`];
			return text ? [[locale, text]] : [];
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
