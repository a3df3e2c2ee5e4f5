import type { KeyRing } from '../../platform/crypto/keyring.ts';
import { seal } from '../../platform/crypto/sealed.ts';
import type { NewRow } from '../../platform/db/schema.ts';
import { emailIndex } from '../../platform/login/sessions.ts';
import { ACCOUNTS, centreId } from './cast.ts';

/** Every account of the example, with one password hash for all. `createdAt` in UTC milliseconds. */
export function accountRows(
	ring: KeyRing,
	passwordHash: string,
	createdAt: number
): NewRow<'account'>[] {
	return ACCOUNTS.map(({ id, email, name, role, sectionId, locale }) => ({
		id,
		section_id: sectionId,
		role,
		email_index: emailIndex(ring, email),
		email_sealed: seal(ring, { table: 'account', column: 'email_sealed', row: id }, email),
		name_sealed: seal(ring, { table: 'account', column: 'name_sealed', row: id }, name),
		password_hash: passwordHash,
		locale,
		theme: 'auto',
		disabled_at: null,
		created_at: createdAt
	}));
}

export const accountCentreRows: NewRow<'account_centre'>[] = ACCOUNTS.flatMap(
	({ id, sectionId: section_id, centres }) =>
		section_id === null
			? []
			: centres.map((centre) => ({ account_id: id, centre_id: centreId(centre), section_id }))
);
