import { z } from 'zod';
import { LANGUAGES } from '#lib/features/people/types.ts';
import { CONSENT_PURPOSES, CONSENT_READERS, ON_MISSING } from '#lib/platform/db/vocabularies.ts';
import { date, id, line, whole } from '#lib/platform/forms/fields.ts';
import { LOCALES } from '#lib/platform/i18n/locale.ts';
import { LONGEST_BODY } from './texts.rules.ts';

const purpose = z.enum(CONSENT_PURPOSES, { error: 'choose' });
/** A giver as `keyOf` writes one. */
const who = z
	.string({ error: 'choose' })
	.max(80, 'choose')
	.regex(/^(self|unnamed|(contact|person)\.[0-9a-z-]+)$/, 'choose');
const said = z.enum(['yes', 'no'], { error: 'choose' });

const asking = {
	on: date(),
	language: z.enum(LOCALES, { error: 'choose' }),
	explained: line(80).optional(),
	interpreter: line(80).optional()
};

/** What somebody said of one or several purposes. `seen`: how much was written down when the page was opened. */
export const sayingForm = z.strictObject({
	seen: whole(0, 100_000),
	who,
	purpose: z.array(purpose).min(1, 'choose').max(CONSENT_PURPOSES.length, 'choose'),
	said,
	paper: z.enum(['yes'], { error: 'choose' }).optional(),
	spoken: z.enum(LANGUAGES, { error: 'choose' }).optional(),
	...asking
});

/** Taking a yes back asks for nothing but whose and for what. */
export const withdrawForm = z.strictObject({ who, purpose });

/** Papers of a cohort for one purpose: by person what the child and a guardian signed, and which guardian. */
export const paperForm = z.strictObject({
	purpose,
	...asking,
	self: byPerson(z.union([said, z.literal('')])),
	guardian: byPerson(z.union([said, z.literal('')])),
	who: byPerson(who)
});

function byPerson<Value extends z.ZodType<string, string>>(value: Value) {
	return z.record(id(), value).refine((all) => Object.keys(all).length <= 200, 'too_long');
}

/** Whether a child is without family here. */
export const aloneForm = z.strictObject({ alone: z.enum(['yes', 'no'], { error: 'choose' }) });

/** How the section goes about asking. */
export const termsForm = z.strictObject({
	version: whole(0, 1_000_000),
	purposes: z.array(purpose).min(1, 'choose').max(CONSENT_PURPOSES.length, 'choose'),
	onMissing: z.enum(ON_MISSING, { error: 'choose' }),
	ownAge: whole(6, 18, 'age').optional(),
	validMonths: whole(1, 60)
});

/** The next version of a text; `number`: of the one it was written from. */
export const textForm = z.strictObject({
	purpose,
	reader: z.enum(CONSENT_READERS, { error: 'choose' }),
	language: z.enum(LOCALES, { error: 'choose' }),
	number: whole(1, 100_000),
	body: z
		.string({ error: 'required' })
		.overwrite((text) => text.replaceAll('\r\n', '\n'))
		.trim()
		.min(1, 'required')
		.max(LONGEST_BODY, 'too_long')
});
