import { z } from 'zod';
import { HELP_AUDIENCES, HELP_KINDS } from '#lib/platform/db/vocabularies.ts';
import { latinDigits } from '#lib/platform/forms/digits.ts';
import { id, line, texts, whole } from '#lib/platform/forms/fields.ts';
import { LOCALES } from '#lib/platform/i18n/locale.ts';
import { SPOKEN } from './rules.ts';

const phone = z
	.string()
	.max(30, 'too_long')
	.transform(latinDigits)
	.pipe(
		z
			.string()
			.max(30, 'too_long')
			.regex(/^[0-9+*#][0-9 ()*#./-]+$/, 'phone')
	);

/** Somebody to turn to: a name in one language at least, and one way to reach them. */
export const helpForm = z
	.strictObject({
		kind: z.enum(HELP_KINDS, { error: 'choose' }),
		audience: z.enum(HELP_AUDIENCES, { error: 'choose' }),
		centre: id().optional(),
		...texts('name', 80),
		...texts('purpose', 140),
		...texts('hours', 80),
		...texts('place', 140),
		phone: phone.optional(),
		chat: line(200).optional(),
		languages: z
			.array(
				z
					.string()
					.max(3, 'choose')
					.refine((code) => SPOKEN.includes(code), 'choose')
			)
			.max(SPOKEN.length, 'choose'),
		position: whole(1, 99)
	})
	.refine((entry) => LOCALES.some((locale) => entry[`name_${locale}`]), {
		path: ['name_en'],
		error: 'required'
	})
	.refine(
		(entry) => entry.phone || entry.chat || LOCALES.some((locale) => entry[`place_${locale}`]),
		{ path: ['phone'], error: 'way' }
	);

export const helpChoice = z.strictObject({ id: id() });
