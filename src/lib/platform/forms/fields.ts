import { z } from 'zod';
import { isDate, isTime } from '../clock/days.ts';

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

export function time() {
	return z.string({ error: 'required' }).max(5, 'time').refine(isTime, 'time');
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

/** ٠–٩ and ۰–۹ as 0–9. */
export function latinDigits(text: string): string {
	return text
		.trim()
		.replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
		.replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0));
}
