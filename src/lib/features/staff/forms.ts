import { z } from 'zod';
import { id, line } from '#lib/platform/forms/fields.ts';
import { LOCALES } from '#lib/platform/i18n/locale.ts';
import { CENTRE_ROLES, GIVEN_ROLES, type Access } from './rules.ts';

const centres = z.array(id()).max(100, 'choose');
const access = {
	roles: z
		.array(z.enum(GIVEN_ROLES, { error: 'choose' }))
		.min(1, 'choose')
		.max(GIVEN_ROLES.length),
	centres_facilitator: centres,
	centres_coordinator: centres,
	body: id().optional(),
	project: id().optional()
};

/** Centres are asked of who works at some, a body of a partner; other roles have the whole section. */
function hasPlaces(given: Access, { addIssue }: z.core.$RefinementCtx<Access>): void {
	const missing = (field: string) =>
		addIssue({ code: 'custom', path: [field], message: 'choose', input: given });
	for (const role of CENTRE_ROLES)
		if (given.roles.includes(role) && given[`centres_${role}`].length === 0)
			missing(`centres_${role}`);
	if (given.roles.includes('partner') && !given.body) missing('body');
}

const details = {
	name: line(80),
	email: line(200).pipe(z.email('email').max(200, 'too_long'))
};

/** What somebody is called and the address they log in with. */
export const detailsForm = z.strictObject(details);

/** Someone to invite. */
export const invitationForm = z
	.strictObject({
		...details,
		locale: z.enum(LOCALES, { error: 'choose' }),
		...access
	})
	.superRefine(hasPlaces);

/** What an account may see and do. */
export const accessForm = z.strictObject(access).superRefine(hasPlaces);

/** Switching an account off or on, and links, ask for nothing but the decision. */
export const decisionForm = z.strictObject({});
