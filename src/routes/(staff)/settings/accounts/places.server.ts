import { m } from '#lib/paraglide/messages.js';
import { CENTRE_ROLES, type Access } from '#lib/features/staff/rules.ts';

/** Where a form that names a centre or a body which is not there says so. */
export function placeErrors(
	reason: 'centre_not_found' | 'body_not_found',
	{ roles }: Pick<Access, 'roles'>
): Record<string, string> {
	const fields =
		reason === 'body_not_found'
			? ['body']
			: CENTRE_ROLES.filter((role) => roles.includes(role)).map((role) => `centres_${role}`);
	return Object.fromEntries(fields.map((field) => [field, m.form_choose()]));
}
