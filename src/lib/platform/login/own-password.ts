import { giveBackOfLimit, takeOfLimit, type Limit } from '../access/tries.ts';
import type { KeyRing } from '../crypto/keyring.ts';
import type { Db } from '../db/open.ts';
import type { Texts } from '../i18n/texts.ts';
import { openAccountEmail, openAccountName } from './accounts.ts';
import { voidLink } from './links.ts';
import { auditOwn } from './own-audit.ts';
import { passwordFault, type PasswordFault } from './password-fault.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { endLoginsOf, startLogin } from './sessions.ts';

/** For each login apart: whoever found one open does not keep its owner from changing the password in another. */
const PER_LOGIN: Limit = { name: 'own password', withinMs: 15 * 60_000, most: 10 };

export type PasswordOutcome =
	| { ok: true; token: string }
	| { ok: false; reason: 'wrong' | 'too_many_tries' }
	| { ok: false; reason: 'fault'; fault: PasswordFault };

interface Change {
	accountId: string;
	/** The token of the login it is changed by. */
	login: string;
	oldPassword: string;
	newPassword: string;
	now: number;
}

/**
 * Changes one's own password, which asks for the old one: ends every login and starts one anew, and voids a
 * link that was not used. Throws `LineFull` when too many wait.
 */
export async function changePassword(
	db: Db,
	ring: KeyRing,
	{ accountId, login, oldPassword, newPassword, now }: Change
): Promise<PasswordOutcome> {
	if (!(await takeOfLimit(db, ring, PER_LOGIN, login, now)))
		return { ok: false, reason: 'too_many_tries' };
	const giveBack = () => giveBackOfLimit(db, ring, PER_LOGIN, login, now);
	const place = { isKnown: true, lane: accountId };
	const account = await db
		.selectFrom('account')
		.leftJoin('section', 'section.id', 'account.section_id')
		.select(['account.id', 'section_id', 'name_sealed', 'email_sealed', 'password_hash'])
		.select('section.name_texts')
		.where('account.id', '=', accountId)
		.executeTakeFirstOrThrow();
	const isRight = await verifyPassword(account.password_hash, oldPassword, place).catch(
		async (cause: unknown) => {
			await giveBack();
			throw cause;
		}
	);
	if (!isRight) return { ok: false, reason: 'wrong' };
	await giveBack();
	const sections = Object.values(JSON.parse(account.name_texts ?? '{}') as Texts);
	const fault = passwordFault(newPassword, [
		openAccountName(ring, account),
		openAccountEmail(ring, account),
		...sections.filter((name) => name !== undefined)
	]);
	if (fault) return { ok: false, reason: 'fault', fault };
	const password_hash = await hashPassword(newPassword, place);
	const isChanged = await db.transaction().execute(async (trx) => {
		await voidLink(trx, accountId);
		const { numUpdatedRows } = await trx
			.updateTable('account')
			.set({ password_hash })
			.where('id', '=', accountId)
			.where('password_hash', '=', account.password_hash)
			.executeTakeFirst();
		if (numUpdatedRows !== 1n) return false; // changed meanwhile: the old one is the old one no more
		await endLoginsOf(trx, accountId, now);
		await auditOwn(trx, {
			accountId,
			sectionId: account.section_id,
			action: 'change password',
			fields: ['password_hash'],
			now
		});
		return true;
	});
	return isChanged
		? { ok: true, token: await startLogin(db, accountId, now) }
		: { ok: false, reason: 'wrong' };
}
