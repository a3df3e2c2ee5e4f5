import { z } from 'zod';
import { line } from '#lib/platform/forms/fields.ts';
import { LOCALES } from '#lib/platform/i18n/locale.ts';
import { LONGEST_TEXT } from './rules.ts';

const language = z.enum(LOCALES, { error: 'choose' });
const key = z.string({ error: 'choose' }).max(80, 'choose');

/** Something is seen of it: a child must not find a button with nothing on it. */
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** A correction: one line, since a child's page breaks lines by itself. */
export const correctForm = z.strictObject({
	language,
	key,
	text: line(LONGEST_TEXT)
		.regex(SEEN, 'required')
		.transform((text) => text.replace(/\s+/gu, ' '))
});

export const restoreForm = z.strictObject({ language, key });

/** Somebody has read all texts of a language, those with this fingerprint. */
export const checkForm = z.strictObject({
	language,
	fingerprint: z.string({ error: 'choose' }).max(64, 'choose')
});
