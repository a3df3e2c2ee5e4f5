import type { KeyRing } from '../../platform/crypto/keyring.ts';
import { seal } from '../../platform/crypto/sealed.ts';
import type { NewRow } from '../../platform/db/schema.ts';
import { emailIndex } from '../../platform/login/sessions.ts';
import { ACCOUNTS, CAST, FURTHER_FOCAL_POINT, rolesOf } from './cast.ts';
import { exampleId } from './invent.ts';

const DAY_MS = 24 * 3_600_000;

/** Every account of the example, with one password hash for all. `createdAt` in UTC milliseconds. */
export function accountRows(
	ring: KeyRing,
	passwordHash: string,
	createdAt: number
): NewRow<'account'>[] {
	return ACCOUNTS.map(({ id, email, name, sectionId, locale }) => ({
		id,
		section_id: sectionId,
		email_index: emailIndex(ring, email),
		email_sealed: seal(ring, { table: 'account', column: 'email_sealed', row: id }, email),
		name_sealed: seal(ring, { table: 'account', column: 'name_sealed', row: id }, name),
		password_hash: passwordHash,
		locale,
		theme: 'auto',
		disabled_at: null,
		created_at: createdAt,
		is_example: sectionId === null ? 1 : 0
	}));
}

/** Both focal points confirmed a test alert the day before. `today` as the instant it begins, in UTC milliseconds. */
export function confirmationRows(today: number): NewRow<'alert_confirmation'>[] {
	return [CAST.focalPoint, FURTHER_FOCAL_POINT].map(({ id, sectionId }) => ({
		...{ account_id: id, section_id: sectionId!, confirmed_at: today - DAY_MS }
	}));
}

/** The roles of every account of the example. */
export const accountRoleRows: NewRow<'account_role'>[] = ACCOUNTS.flatMap((member) =>
	rolesOf(member).flatMap(({ role, centreIds, bodyId: body_id, projectId }) =>
		(centreIds ?? [null]).map((centre_id) => ({
			...{ account_id: member.id, section_id: member.sectionId, role, centre_id, body_id },
			project_id: projectId ?? null
		}))
	)
);

/** Who reads what children of the example write, at every centre. */
export const wordReaderRows: NewRow<'word_reader'>[] = [
	{
		...{ id: exampleId('word reader'), section_id: CAST.focalPoint.sectionId! },
		...{ account_id: CAST.focalPoint.id, centre_id: null, named_by: CAST.admin.id }
	}
];
