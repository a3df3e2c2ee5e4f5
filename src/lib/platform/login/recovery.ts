import { createHash, createHmac } from 'node:crypto';
import type { KeyRing } from '../crypto/keyring.ts';
import type { Db } from '../db/open.ts';
import { latinDigits } from '../forms/digits.ts';
import { auditOwn, type Owner } from './own-audit.ts';

/** How many codes someone gets who turns codes by time on, for the day the phone is gone. */
export const RECOVERY_CODES = 10;
/** Without i, l, o and u: those who copy by hand read digits in them, or words. */
const SIGNS = 'abcdefghjkmnpqrstvwxyz0123456789';
const READ_AS: Record<string, string> = { i: '1', l: '1', o: '0' };

/** Sixteen signs of five bits each: nobody guesses one, and it can be copied by hand. */
export function recoveryCodes(ring: KeyRing, secret: string): string[] {
	const key = ring.derive(ring.current, 'recovery code');
	return Array.from({ length: RECOVERY_CODES }, (_, nth) => {
		const bytes = createHmac('sha256', key).update(`${secret} ${nth}`).digest().subarray(0, 16);
		return grouped([...bytes].map((byte) => SIGNS[byte % 32]).join(''));
	});
}

function recoveryHash(accountId: string, typed: string): string {
	const plain = latinDigits(typed)
		.toLowerCase()
		.replaceAll(/[^a-z0-9]/g, '')
		.replaceAll(/[ilo]/g, (sign) => READ_AS[sign]!);
	return createHash('sha256').update(`${accountId} ${plain}`).digest('base64url');
}

/** Keeps fingerprints of the codes; the codes themselves are shown once. */
export async function addRecoveryCodes(db: Db, accountId: string, codes: string[]): Promise<void> {
	await db
		.insertInto('recovery_code')
		.values(
			codes.map((code) => ({
				code_hash: recoveryHash(accountId, code),
				account_id: accountId,
				used_at: null
			}))
		)
		.execute();
}

/** How many recovery codes are left; null when no code is asked for. */
export async function countRecoveryCodes(db: Db, accountId: string): Promise<number | null> {
	const row = await db
		.selectFrom('account_code as code')
		.leftJoin('recovery_code as recovery', (join) =>
			join.onRef('recovery.account_id', '=', 'code.account_id').on('recovery.used_at', 'is', null)
		)
		.select((eb) => eb.fn.count<number>('recovery.code_hash').as('left'))
		.where('code.account_id', '=', accountId)
		.groupBy('code.account_id')
		.executeTakeFirst();
	return row ? Number(row.left) : null;
}

/** True when it is one of the account's recovery codes that was not used; it is now. */
export async function useRecoveryCode(
	db: Db,
	{ accountId, sectionId, typed, now }: Owner & { typed: string; now: number }
): Promise<boolean> {
	return db.transaction().execute(async (trx) => {
		const { numUpdatedRows } = await trx
			.updateTable('recovery_code')
			.set({ used_at: now })
			.where('code_hash', '=', recoveryHash(accountId, typed))
			.where('account_id', '=', accountId)
			.where('used_at', 'is', null)
			.executeTakeFirst();
		if (numUpdatedRows !== 1n) return false;
		const fields = ['recovery_code'];
		await auditOwn(trx, { accountId, sectionId, action: 'use recovery code', fields, now });
		return true;
	});
}

/** In groups of four, to be copied by hand. */
export function grouped(text: string): string {
	return text.match(/.{1,4}/g)!.join(' ');
}
