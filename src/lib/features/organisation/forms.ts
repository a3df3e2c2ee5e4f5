import { z } from 'zod';
import { line, names, weekdays } from '#lib/platform/forms/fields.ts';
import { LOCALES } from '#lib/platform/i18n/locale.ts';
import { PASSWORD_MOST } from '#lib/platform/login/password-fault.ts';

/** What was pasted from the terminal: the code, or the whole link. */
export const linkForm = z.strictObject({ code: line(500) });

const week = {
	zone: z.string({ error: 'choose' }).min(1, 'choose').max(64, 'choose'),
	language: z.enum(LOCALES, { error: 'choose' }),
	languages: z.array(z.enum(LOCALES, { error: 'choose' })).max(LOCALES.length, 'choose'),
	weekStartsOn: z.enum(['1', '2', '3', '4', '5', '6', '7'], { error: 'choose' }),
	closedWeekdays: weekdays()
};

/** An organisation of one's own and the first who runs it. */
const country = z
	.string({ error: 'choose' })
	.regex(/^[A-Z]{2}$/, 'choose')
	.max(2, 'choose');

/** Another country for what is being set up; what is typed beside it is shown again and looked at later. */
export const countryForm = z.strictObject({ chosen: country });

export const setupForm = z.strictObject({
	organisation: line(120),
	country,
	/** What the list of countries stands at; it counts once it is taken. */
	chosen: country.optional(),
	...week,
	holidays: z.enum(['yes', 'no'], { error: 'choose' }),
	admin: line(80),
	email: line(200).pipe(z.email('email').max(200, 'too_long')),
	password: z.string({ error: 'required' }).min(1, 'required').max(PASSWORD_MOST, 'password_long')
});

export const organisationForm = z.strictObject({ ...names(120), ...week });

/** Leaving the example asks for nothing but the decision. */
export const leaveForm = z.strictObject({});
