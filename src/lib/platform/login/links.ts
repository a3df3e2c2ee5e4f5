import { createHash, createHmac } from 'node:crypto';
import type { KeyRing } from '../crypto/keyring.ts';
import type { Db } from '../db/open.ts';
import type { Locale } from '../i18n/locale.ts';
import { newId } from '../ids/ids.ts';
import { openAccountEmail, openAccountName } from './accounts.ts';
import { auditOwn } from './own-audit.ts';
import { hashPassword } from './passwords.ts';
import { endLoginsOf } from './sessions.ts';

export type LinkKind = 'invite' | 'reset';

/** How long a link may be used. A reset opens an account with work in it, an invitation an empty one. */
export const LINK_MS: Record<LinkKind, number> = {
	invite: 7 * 24 * 60 * 60_000,
	reset: 24 * 60 * 60_000
};

/** Whose password a link may choose, and what a guesser would know of them. */
export interface LinkHolder {
	accountId: string;
	/** null: the network's. */
	sectionId: string | null;
	kind: LinkKind;
	name: string;
	email: string;
	locale: string;
	/** The organisation's name per language, as JSON; null: the network's. */
	sectionTexts: string | null;
}

/**
 * The 256 bits of a link, made of its id under a key outside the database: a form sent twice shows the same
 * link twice, and whoever reads the database alone has none.
 */
export function linkToken(ring: KeyRing, linkId: string): string {
	const key = ring.derive(ring.current, 'account link');
	return createHmac('sha256', key).update(linkId).digest('base64url');
}

/** What the database keeps of a link. */
export function linkHash(token: string): string {
	return createHash('sha256').update(token).digest('base64url');
}

/** Gives an account a link in place of any earlier one; answers the id `linkToken` takes. */
export async function makeLink(
	db: Db,
	ring: KeyRing,
	link: { accountId: string; sectionId: string | null; kind: LinkKind; madeBy: string; now: number }
): Promise<string> {
	const id = newId();
	const fresh = {
		token_hash: linkHash(linkToken(ring, id)),
		kind: link.kind,
		made_by: link.madeBy,
		made_at: link.now,
		expires_at: link.now + LINK_MS[link.kind],
		used_at: null
	};
	await db
		.insertInto('account_link')
		.values({ account_id: link.accountId, section_id: link.sectionId, ...fresh })
		.onConflict((conflict) => conflict.column('account_id').doUpdateSet(fresh))
		.execute();
	return id;
}

/** Ends the time of the link an account has, also for whoever is using it at this moment. */
export async function voidLink(db: Db, accountId: string): Promise<void> {
	await db
		.updateTable('account_link')
		.set({ expires_at: 0 })
		.where('account_id', '=', accountId)
		.execute();
}

/** Who holds a link; undefined when it is unknown, used, over, or the account is switched off. */
export async function findLinkHolder(
	db: Db,
	ring: KeyRing,
	token: string,
	now: number
): Promise<LinkHolder | undefined> {
	const row = await db
		.selectFrom('account_link as link')
		.innerJoin('account', 'account.id', 'link.account_id')
		.leftJoin('section', 'section.id', 'link.section_id')
		.select(['account.id', 'account.name_sealed', 'account.email_sealed', 'account.locale'])
		.select(['link.kind', 'link.section_id', 'section.name_texts'])
		.where('link.token_hash', '=', linkHash(token))
		.where('link.used_at', 'is', null)
		.where('link.expires_at', '>', now)
		.where('account.disabled_at', 'is', null)
		.executeTakeFirst();
	if (!row) return undefined;
	return {
		accountId: row.id,
		sectionId: row.section_id,
		kind: row.kind,
		name: openAccountName(ring, row),
		email: openAccountEmail(ring, row),
		locale: row.locale,
		sectionTexts: row.name_texts
	};
}

/**
 * Sets the password a link is for and ends every login of the account; false when the link was used or
 * voided meanwhile. Tries are not counted: a link is 256 bits, whoever has one guesses nothing. Throws `LineFull` when too many wait.
 */
export async function takeLink(
	db: Db,
	{ accountId, sectionId }: LinkHolder,
	chosen: { token: string; password: string; locale: Locale; now: number }
): Promise<boolean> {
	const { now, locale } = chosen;
	const password_hash = await hashPassword(chosen.password);
	return db.transaction().execute(async (trx) => {
		const { numUpdatedRows } = await trx
			.updateTable('account_link')
			.set({ used_at: now })
			.where('token_hash', '=', linkHash(chosen.token))
			.where('used_at', 'is', null)
			.where('expires_at', '>', now)
			.executeTakeFirst();
		if (!numUpdatedRows) return false;
		await trx
			.updateTable('account')
			.set({ password_hash, locale })
			.where('id', '=', accountId)
			.execute();
		await endLoginsOf(trx, accountId, now);
		const fields = ['password_hash', 'locale'];
		await auditOwn(trx, { accountId, sectionId, action: 'choose password by link', fields, now });
		return true;
	});
}
