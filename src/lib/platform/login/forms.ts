import { z } from 'zod';
import { id, line } from '../forms/fields.ts';
import { LOCALES } from '../i18n/locale.ts';
import { PASSWORD_MOST } from './password-fault.ts';

export const loginForm = z.strictObject({
	email: line(200),
	password: z.string({ error: 'required' }).min(1, 'required').max(128, 'too_long')
});

/** What someone with a link chooses. How good the password is, is asked afterwards. */
export const joinForm = loginForm
	.pick({ password: true })
	.extend({ locale: z.enum(LOCALES, { error: 'choose' }) });

/** Whoever a phone was given to is known by name already. */
export const receiverForm = loginForm.pick({ password: true });

/** To whom a phone is given. */
export const handoverForm = z.strictObject({ account: id() });

/** What people choose for themselves. */
export const settingsForm = z.strictObject({
	locale: z.enum(LOCALES, { error: 'choose' }),
	theme: z.enum(['auto', 'light', 'dark'], { error: 'choose' })
});

/** The language alone, and the page it was chosen on. */
export const languageForm = settingsForm
	.pick({ locale: true })
	.extend({ back: z.string().max(2000).default('/') });

const password = z.string({ error: 'required' }).min(1, 'required').max(PASSWORD_MOST, 'too_long');

/** Another password for oneself. How good it is, is asked afterwards. */
export const passwordForm = z.strictObject({ oldPassword: password, newPassword: password });

/** A code by time, or a recovery code with its spaces. */
export const codeForm = z.strictObject({ code: line(40) });

/** Setting codes up asks for nothing but the decision. */
export const codeOfferForm = z.strictObject({});

/** The first code of a phone, with the secret it was offered; a code of the phone before where there is one. */
export const codeOnForm = codeForm.extend({
	present: line(40).optional(),
	offer: z.string({ error: 'required' }).max(1000, 'too_long')
});
