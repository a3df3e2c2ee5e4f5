import { Secret, TOTP } from 'otpauth';
import { giveBackOfLimit, takeOfLimit, type Limit } from '../access/tries.ts';
import { isUnderWay } from '../clock/watch.ts';
import type { KeyRing } from '../crypto/keyring.ts';
import { open, seal, type Sealed } from '../crypto/sealed.ts';
import type { Db } from '../db/open.ts';
import { latinDigits } from '../forms/digits.ts';
import { auditOwn, type Owner } from './own-audit.ts';
import { addRecoveryCodes, grouped, recoveryCodes, useRecoveryCode } from './recovery.ts';

/** Codes by time as apps for phones make them (RFC 6238: six digits, SHA-1, thirty seconds). */
export const STEP_MS = 30_000;
/** A phone's clock may be a step off, either way. */
const WINDOW = 1;
/** How long a code that was offered may be turned on. */
export const OFFER_MS = 15 * 60_000;

const TRIES: Limit = { name: 'code', withinMs: 15 * 60_000, most: 5 };

/** A secret nobody uses yet: what the phone reads, and what the form brings back. */
export interface Offer {
	/** `otpauth://…`, for a QR code. */
	address: string;
	/** The key to type where no camera is, in groups of four. */
	key: string;
	sealed: string;
}

/** Offers a new secret. Nothing is kept until a code proves that a phone has it. */
export function offerCode(
	ring: KeyRing,
	{ accountId, email, now }: { accountId: string; email: string; now: number }
): Offer {
	const secret = new Secret({ size: 20 }).base32;
	const text = JSON.stringify({ secret, until: now + OFFER_MS });
	return shown(secret, email, seal(ring, offerPlace(accountId), text) as unknown as string);
}

/** An offer that came back with a form; undefined when it is not this account's, or its time is over. */
export function readOffer(
	ring: KeyRing,
	{
		accountId,
		email,
		sealed,
		now
	}: { accountId: string; email: string; sealed: string; now: number }
): Offer | undefined {
	const secret = offeredSecret(ring, accountId, sealed, now);
	return secret === undefined ? undefined : shown(secret, email, sealed);
}

/**
 * Turns codes on once a code shows that the phone has the secret; answers the recovery codes. The same
 * form sent twice answers the same ones: they are made from the secret under a key of the ring. Where codes are
 * on already, the phone takes the place of the one before, for who still has a code by `present`.
 */
export async function turnCodeOn(
	db: Db,
	ring: KeyRing,
	{ accountId, sectionId, sealed, typed, present, now }: TurningOn
): Promise<{ ok: true; recovery: string[] } | { ok: false; reason: NotOn }> {
	const secret = offeredSecret(ring, accountId, sealed, now);
	if (secret === undefined) return { ok: false, reason: 'over' };
	const step = stepOf(secret, typed, now);
	if (step === undefined) return { ok: false, reason: 'wrong' };
	const recovery = recoveryCodes(ring, secret);
	const before = await findSecret(db, ring, accountId);
	if (before === secret) return { ok: true, recovery };
	if (before !== undefined) {
		if (!present) return { ok: false, reason: 'is_on' };
		const proof = { accountId, sectionId, typed: present, from: INSIDE, now };
		const proved = await proveCode(db, ring, proof);
		if (proved !== 'right')
			return { ok: false, reason: proved === 'wrong' ? 'present_wrong' : proved };
	}
	return db.transaction().execute(async (trx) => {
		if (before !== undefined) await removeCode(trx, accountId);
		const { numInsertedOrUpdatedRows } = await trx
			.insertInto('account_code')
			.values({
				account_id: accountId,
				secret_sealed: seal(ring, secretPlace(accountId), secret),
				last_step: step,
				made_at: now
			})
			.onConflict((conflict) => conflict.column('account_id').doNothing())
			.executeTakeFirst();
		if (!numInsertedOrUpdatedRows)
			return (await findSecret(trx, ring, accountId)) === secret
				? { ok: true, recovery }
				: { ok: false, reason: 'is_on' };
		await addRecoveryCodes(trx, accountId, recovery);
		const action = before === undefined ? 'turn code on' : 'move code';
		await auditOwn(trx, { accountId, sectionId, action, fields: ['code'], now });
		return { ok: true, recovery };
	});
}

type TurningOn = Owner & {
	sealed: string;
	/** A code of the phone that took the offer over. */
	typed: string;
	/** A code or recovery code of what is on already. */
	present?: string | undefined;
	now: number;
};
type NotOn = 'over' | 'wrong' | 'is_on' | 'present_wrong' | 'too_many_tries';

/** Tries by who is logged in are counted apart: who knows a password alone does not use them up. */
const INSIDE = 'inside';

/**
 * Whether a code by time or a recovery code is right, and uses it up: neither works twice, also in two tabs
 * at once. Of those that come `from` the same browser, or are after the same password, five wrong ones in a quarter of
 * an hour, and none is looked at until it is over.
 */
export async function proveCode(
	db: Db,
	ring: KeyRing,
	{ accountId, sectionId, typed, from, now }: Owner & { typed: string; from: string; now: number }
): Promise<'right' | 'wrong' | 'too_many_tries'> {
	const whose = `${accountId} ${from}`;
	if (!(await takeOfLimit(db, ring, TRIES, whose, now))) return 'too_many_tries';
	const secret = await findSecret(db, ring, accountId);
	if (secret === undefined) return 'wrong';
	const step = stepOf(secret, typed, now);
	const isRight =
		step === undefined
			? await useRecoveryCode(db, { accountId, sectionId, typed, now })
			: await useStep(db, accountId, step);
	if (!isRight) return 'wrong';
	await giveBackOfLimit(db, ring, TRIES, whose, now);
	return 'right';
}

/** Asks an account for no code any more and forgets its recovery codes; false when it asked for none. */
export async function removeCode(db: Db, accountId: string): Promise<boolean> {
	await db.deleteFrom('recovery_code').where('account_id', '=', accountId).execute();
	const { numDeletedRows } = await db
		.deleteFrom('account_code')
		.where('account_id', '=', accountId)
		.executeTakeFirst();
	return numDeletedRows > 0n;
}

/** Turns codes off for who can still make one. */
export async function turnCodeOff(
	db: Db,
	ring: KeyRing,
	own: Owner & { typed: string; now: number }
): Promise<'off' | 'wrong' | 'too_many_tries'> {
	const proved = await proveCode(db, ring, { ...own, from: INSIDE });
	if (proved !== 'right') return proved;
	await db.transaction().execute(async (trx) => {
		await removeCode(trx, own.accountId);
		await auditOwn(trx, { ...own, action: 'turn code off', fields: ['code'] });
	});
	return 'off';
}

/** The step a typed code is of, as this phone or one a step off makes it; undefined when it is of none. */
function stepOf(secret: string, typed: string, now: number): number | undefined {
	const token = latinDigits(typed).replaceAll(/\s/g, '');
	if (!/^\d{6}$/.test(token)) return undefined;
	const delta = TOTP.validate({
		token,
		secret: Secret.fromBase32(secret),
		timestamp: now,
		window: WINDOW
	});
	return delta === null ? undefined : Math.floor(now / STEP_MS) + delta;
}

async function useStep(db: Db, accountId: string, step: number): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('account_code')
		.set({ last_step: step })
		.where('account_id', '=', accountId)
		.where('last_step', '<', step)
		.executeTakeFirst();
	return numUpdatedRows === 1n;
}

async function findSecret(db: Db, ring: KeyRing, accountId: string): Promise<string | undefined> {
	const row = await db
		.selectFrom('account_code')
		.select('secret_sealed')
		.where('account_id', '=', accountId)
		.executeTakeFirst();
	return row && open(ring, secretPlace(accountId), row.secret_sealed);
}

function secretPlace(accountId: string) {
	return { table: 'account_code', column: 'secret_sealed', row: accountId };
}

function offerPlace(accountId: string) {
	return { table: 'form', column: 'offer', row: accountId };
}

function offeredSecret(
	ring: KeyRing,
	accountId: string,
	sealed: string,
	now: number
): string | undefined {
	try {
		const text = open(ring, offerPlace(accountId), sealed as unknown as Sealed);
		const { secret, until } = JSON.parse(text) as { secret: string; until: number };
		return isUnderWay(until, OFFER_MS, now) ? secret : undefined;
	} catch {
		return undefined; // altered, another account's, or sealed under a key that is gone
	}
}

function shown(secret: string, email: string, sealed: string): Offer {
	const totp = new TOTP({ issuer: 'Halqa', label: email, secret });
	return { address: totp.toString(), key: grouped(secret), sealed };
}
