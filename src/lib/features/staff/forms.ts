import { z } from 'zod';
import { id, line } from '#lib/platform/forms/fields.ts';
import { LOCALES } from '#lib/platform/i18n/locale.ts';
import { GIVEN_ROLES, needsCentres } from './rules.ts';

const role = z.enum(GIVEN_ROLES, { error: 'choose' });
const centres = z.array(id()).max(100, 'choose');

/** Centres are asked of who works at some; other roles have the whole section. */
const CENTRES_MISSING = { path: ['centres'], message: 'choose' };
function hasCentres(access: { role: (typeof GIVEN_ROLES)[number]; centres: string[] }): boolean {
	return !needsCentres(access.role) || access.centres.length > 0;
}

/** Someone to invite. */
export const invitationForm = z
	.strictObject({
		name: line(80),
		email: line(200).pipe(z.email('email').max(200, 'too_long')),
		role,
		locale: z.enum(LOCALES, { error: 'choose' }),
		centres
	})
	.refine(hasCentres, CENTRES_MISSING);

/** What an account may see and do. */
export const accessForm = z.strictObject({ role, centres }).refine(hasCentres, CENTRES_MISSING);

/** Switching an account off or on, and links, ask for nothing but the decision. */
export const decisionForm = z.strictObject({});
