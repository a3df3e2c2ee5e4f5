import { z } from 'zod';
import { id, line } from '#lib/platform/forms/fields.ts';
import { latinDigits } from '#lib/platform/forms/digits.ts';
import { NAMED_STEPS } from '#lib/platform/db/vocabularies.ts';
import { LOCALES } from '#lib/platform/i18n/locale.ts';

const place = {
	step: z.enum(NAMED_STEPS, { error: 'choose' }),
	/** None: every centre. */
	centre: id().optional()
};

/** A focal point who is named for a step. */
export const accountResponderForm = z.strictObject({ account: id(), ...place });

/** Somebody without an account who is named for a step; an address is a mail address or a number with its country. */
export const contactResponderForm = z.strictObject({
	name: line(80),
	address: line(200).transform(latinDigits),
	locale: z.enum(LOCALES, { error: 'choose' }),
	...place
});

export const responderChoice = z.strictObject({ id: id() });

/** A test, and its confirmation, ask for nothing but the decision. */
export const testForm = z.strictObject({});
