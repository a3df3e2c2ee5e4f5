import type { KeyRing } from '../crypto/keyring.ts';
import type { Db } from '../db/open.ts';
import type { Locale } from '../i18n/locale.ts';
import { newId } from '../ids/ids.ts';
import { changeAccount, insertAccount, replaceRoles } from './account-rows.ts';
import { openAccountEmail, openAccountName } from './accounts.ts';
import { LINK_MS, linkToken, makeLink, voidLink } from './links.ts';
import { auditOwn } from './own-audit.ts';
import { NO_PASSWORD } from './passwords.ts';
import { endLoginsOf, findAccountByEmail } from './sessions.ts';

/** Somebody of the network: sees the published numbers of every organisation here, and no person. */
export interface NetworkAccount {
	id: string;
	name: string;
	email: string;
	isOff: boolean;
	/** Has chosen a password. */
	hasJoined: boolean;
}

/** Those of the network, by the time they were added; never the example's. */
export async function listNetworkAccounts(db: Db, ring: KeyRing): Promise<NetworkAccount[]> {
	const rows = await db
		.selectFrom('account')
		.selectAll()
		.where('section_id', 'is', null)
		.where('is_example', '=', 0)
		.orderBy('created_at')
		.orderBy('id')
		.execute();
	return rows.map((row) => ({
		id: row.id,
		name: openAccountName(ring, row),
		email: openAccountEmail(ring, row),
		isOff: row.disabled_at !== null,
		hasJoined: row.password_hash !== NO_PASSWORD
	}));
}

/**
 * Gives somebody an account of the network, or one that is there already a new link, and switches it on; answers the token of
 * the link that chooses its password and when that ends. Null when the address belongs to another account.
 */
export function giveNetworkAccount(
	db: Db,
	ring: KeyRing,
	given: { email: string; name: string; locale: Locale; now: number }
): Promise<{ token: string; expiresAt: number; isNew: boolean } | null> {
	const { email, name, locale, now } = given;
	return db.transaction().execute(async (trx) => {
		const before = await findAccountByEmail(trx, ring, email);
		if (before && (before.section_id !== null || before.is_example === 1)) return null;
		const id = before?.id ?? newId();
		if (before) await changeAccount(trx, id, { disabled_at: null });
		else {
			await insertAccount(trx, ring, {
				...{ id, section_id: null, email, name },
				...{ password_hash: NO_PASSWORD, locale, created_at: now }
			});
			await replaceRoles({ db: trx, now }, id, [
				{ account_id: id, role: 'network', section_id: null, centre_id: null, body_id: null }
			]);
		}
		const kind = before && before.password_hash !== NO_PASSWORD ? 'reset' : 'invite';
		const link = { accountId: id, sectionId: null, kind, madeBy: id, now } as const;
		const linkId = await makeLink(trx, ring, link);
		const fields = before ? ['disabled_at'] : ['name_sealed', 'email_sealed', 'roles'];
		const action = before ? 'renew network link' : 'add to network';
		await auditOwn(trx, { accountId: id, sectionId: null, action, fields, now });
		return {
			token: linkToken(ring, linkId),
			expiresAt: now + LINK_MS[kind],
			isNew: before === undefined
		};
	});
}

/** Ends what an account of the network may do, its logins and its link; false when there is none of this address. */
export function switchOffNetworkAccount(
	db: Db,
	ring: KeyRing,
	{ email, now }: { email: string; now: number }
): Promise<boolean> {
	return db.transaction().execute(async (trx) => {
		const account = await findAccountByEmail(trx, ring, email);
		if (account?.section_id !== null || account.is_example === 1) return false;
		const { id } = account;
		await changeAccount(trx, id, { disabled_at: now });
		await endLoginsOf(trx, id, now);
		await voidLink(trx, id);
		const done = { action: 'switch off', fields: ['disabled_at'] };
		await auditOwn(trx, { accountId: id, sectionId: null, ...done, now });
		return true;
	});
}
