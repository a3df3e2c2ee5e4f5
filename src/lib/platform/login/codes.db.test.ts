import { Secret, TOTP } from 'otpauth';
import { beforeEach, describe, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { addAccount, addSection, NOW, type Account } from '#tests/factories/rows.ts';
import {
	offerCode,
	OFFER_MS,
	proveCode,
	readOffer,
	STEP_MS,
	turnCodeOff,
	turnCodeOn
} from './codes.ts';
import { countRecoveryCodes, RECOVERY_CODES } from './recovery.ts';
import { enter, findPending, SECOND_STEP_MS } from './second-step.ts';

const QUARTER = 15 * 60_000;

let fresh: FreshDatabase;
let rana: Account;

beforeEach(async () => {
	fresh = await freshDatabase();
	rana = await addAccount(fresh, { sectionId: await addSection(fresh) });
});

const owner = () => ({ accountId: rana.id, sectionId: rana.sectionId });
const offered = (now = NOW) =>
	offerCode(fresh.ring, { accountId: rana.id, email: 'rana@example.org', now });

/** What the phone shows that took the offer over. */
function phone({ address }: { address: string }) {
	const secret = Secret.fromBase32(new URL(address).searchParams.get('secret')!);
	const totp = new TOTP({ secret });
	return (now: number) => totp.generate({ timestamp: now });
}

const turnOn = (sealed: string, typed: string, now = NOW) =>
	turnCodeOn(fresh.db, fresh.ring, { ...owner(), sealed, typed, now });
const prove = (typed: string, now: number, from = 'a browser') =>
	proveCode(fresh.db, fresh.ring, { ...owner(), typed, from, now });

/** An account whose codes are on since `NOW`. */
async function on() {
	const offer = offered();
	const at = phone(offer);
	const turned = await turnOn(offer.sealed, at(NOW));
	if (!turned.ok) throw new Error(turned.reason);
	return { at, recovery: turned.recovery };
}

/** Six digits that are not of any step around an instant. */
function wrongAt(at: (now: number) => string, now: number): string {
	const right = [-STEP_MS, 0, STEP_MS].map((off) => at(now + off));
	return ['000000', '111111', '222222', '333333'].find((code) => !right.includes(code))!;
}

describe('turning codes on', () => {
	it('takes a code of the phone, and gives ten recovery codes', async () => {
		const offer = offered();
		expect(offer.address).toMatch(/^otpauth:\/\/totp\/Halqa/);
		expect(offer.key.replaceAll(' ', '')).toBe(new URL(offer.address).searchParams.get('secret'));
		const wrong = wrongAt(phone(offer), NOW);
		expect(await turnOn(offer.sealed, wrong)).toEqual({ ok: false, reason: 'wrong' });
		expect(await countRecoveryCodes(fresh.db, rana.id)).toBe(null);
		const turned = await turnOn(offer.sealed, phone(offer)(NOW));
		expect(new Set(turned.ok ? turned.recovery : []).size).toBe(RECOVERY_CODES);
		expect(await countRecoveryCodes(fresh.db, rana.id)).toBe(RECOVERY_CODES);
	});

	it('sent twice answers the same; another offer is refused while codes are on', async () => {
		const offer = offered();
		const code = phone(offer)(NOW);
		const both = await Promise.all([turnOn(offer.sealed, code), turnOn(offer.sealed, code)]);
		expect(both[0]).toEqual(both[1]);
		const other = offered();
		const refused = await turnOn(other.sealed, phone(other)(NOW));
		expect(refused).toEqual({ ok: false, reason: 'is_on' });
	});

	it('moves to another phone for who has a code of the one before, or a recovery code', async () => {
		const { at, recovery } = await on();
		const later = NOW + 10 * STEP_MS;
		const move = (present: string, offer = offered(later), now = later) =>
			turnCodeOn(fresh.db, fresh.ring, {
				...{ ...owner(), sealed: offer.sealed, typed: phone(offer)(now), present, now }
			});
		expect(await move(wrongAt(at, later))).toEqual({ ok: false, reason: 'present_wrong' });
		const offer = offered(later);
		const moved = await move(at(later), offer);
		expect(moved.ok).toBe(true);
		expect(await move(at(later), offer)).toEqual(moved);
		expect(await prove(at(later + STEP_MS), later + STEP_MS)).toBe('wrong');
		expect(await prove(recovery[0]!, later + STEP_MS)).toBe('wrong');
		expect(await prove(phone(offer)(later + STEP_MS), later + STEP_MS)).toBe('right');
		const next = later + 10 * STEP_MS;
		expect((await move(moved.ok ? moved.recovery[4]! : '', offered(next), next)).ok).toBe(true);
		const actions = await fresh.db.selectFrom('audit').select('action').orderBy('seq').execute();
		expect(actions.map(({ action }) => action)).toEqual([
			...['turn code on', 'move code', 'use recovery code', 'move code']
		]);
	});

	it('takes the offer of this account alone, for a quarter of an hour', async () => {
		const offer = offered();
		const again = { accountId: rana.id, email: 'rana@example.org', sealed: offer.sealed };
		expect(readOffer(fresh.ring, { ...again, now: NOW + OFFER_MS - 1 })).toEqual(offer);
		expect(readOffer(fresh.ring, { ...again, now: NOW + OFFER_MS })).toBeUndefined();
		expect(readOffer(fresh.ring, { ...again, accountId: 'other', now: NOW })).toBeUndefined();
		expect(readOffer(fresh.ring, { ...again, sealed: 'x', now: NOW })).toBeUndefined();
		const late = NOW + OFFER_MS;
		expect(await turnOn(offer.sealed, phone(offer)(late), late)).toMatchObject({ reason: 'over' });
	});

	it('keeps neither the secret nor a recovery code readable', async () => {
		const offer = offered();
		const turned = await turnOn(offer.sealed, phone(offer)(NOW));
		const kept = JSON.stringify([
			await fresh.db.selectFrom('account_code').selectAll().execute(),
			await fresh.db.selectFrom('recovery_code').selectAll().execute(),
			await fresh.db.selectFrom('audit').selectAll().execute()
		]);
		expect(kept).not.toContain(offer.key.replaceAll(' ', ''));
		for (const code of turned.ok ? turned.recovery : [])
			expect(kept).not.toContain(code.replaceAll(' ', ''));
	});
});

describe('a code by time', () => {
	it('opens one step early or late, in whichever digits, and never twice', async () => {
		const { at } = await on();
		expect(await prove(at(NOW), NOW)).toBe('wrong'); // used to turn codes on
		const later = NOW + 10 * STEP_MS;
		expect(await prove(at(later - 2 * STEP_MS), later)).toBe('wrong');
		expect(await prove(at(later - STEP_MS), later)).toBe('right');
		const arabic = at(later).replaceAll(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)]!);
		expect(await prove(` ${arabic.slice(0, 3)} ${arabic.slice(3)}`, later)).toBe('right');
		expect(await prove(at(later), later)).toBe('wrong');
		expect(await prove(at(later - STEP_MS), later)).toBe('wrong');
		expect(await prove(at(later + STEP_MS), later)).toBe('right');
	});

	it('opens one of two tabs', async () => {
		const { at } = await on();
		const later = NOW + 10 * STEP_MS;
		const both = await Promise.all([prove(at(later), later), prove(at(later), later)]);
		expect(both.sort()).toEqual(['right', 'wrong']);
	});

	it('is not looked at after five wrong ones in a quarter of an hour from there', async () => {
		const { at } = await on();
		const later = NOW + QUARTER;
		for (let nth = 0; nth < 5; nth += 1)
			expect(await prove(wrongAt(at, later), later)).toBe('wrong');
		expect(await prove(at(later), later)).toBe('too_many_tries');
		expect(await prove(at(later), later, 'another browser')).toBe('right');
		expect(await prove(at(later + QUARTER + 60_000), later + QUARTER + 60_000)).toBe('right');
	});

	it('may be right as often as there are steps', async () => {
		const { at } = await on();
		for (let nth = 1; nth < 9; nth += 1)
			expect(await prove(at(NOW + nth * STEP_MS), NOW + nth * STEP_MS)).toBe('right');
	});

	it('turns codes off, with all that came with them', async () => {
		const { at, recovery } = await on();
		const later = NOW + 10 * STEP_MS;
		const off = (typed: string) =>
			turnCodeOff(fresh.db, fresh.ring, { ...owner(), typed, now: later });
		expect(await off(wrongAt(at, later))).toBe('wrong');
		expect(await off(at(later))).toBe('off');
		expect(await countRecoveryCodes(fresh.db, rana.id)).toBe(null);
		expect(await prove(recovery[0]!, later)).toBe('wrong');
	});
});

describe('a recovery code', () => {
	it('opens once, however it is written', async () => {
		const { recovery } = await on();
		const [first, second] = recovery as [string, string];
		const now = NOW + STEP_MS;
		expect(await prove(first.toUpperCase().replaceAll(' ', '-'), now)).toBe('right');
		expect(await prove(first, now)).toBe('wrong');
		const both = await Promise.all([prove(second, now), prove(second, now)]);
		expect(both.sort()).toEqual(['right', 'wrong']);
		expect(await countRecoveryCodes(fresh.db, rana.id)).toBe(RECOVERY_CODES - 2);
	});

	it('is another account’s nothing', async () => {
		const { recovery } = await on();
		rana = await addAccount(fresh, { sectionId: rana.sectionId });
		await on();
		expect(await prove(recovery[0]!, NOW + STEP_MS)).toBe('wrong');
	});
});

describe('the second step', () => {
	const pendingOf = async () => {
		const entry = await enter(fresh.db, fresh.ring, rana.id, NOW);
		return 'pending' in entry ? entry.pending : undefined;
	};
	const whoOwes = (cookie: string | undefined, now = NOW) =>
		findPending(fresh.db, fresh.ring, cookie, now);

	it('is asked of those alone who turned codes on, for ten minutes', async () => {
		expect(await pendingOf()).toBeUndefined();
		await on();
		const cookie = await pendingOf();
		expect(await whoOwes(cookie, NOW + SECOND_STEP_MS - 1)).toMatchObject(owner());
		expect(await whoOwes(cookie, NOW + SECOND_STEP_MS)).toBeUndefined();
		expect(await whoOwes(`x${cookie}`)).toBeUndefined();
		expect(await whoOwes(undefined)).toBeUndefined();
		expect(await fresh.db.selectFrom('login_session').selectAll().execute()).toHaveLength(1);
	});

	it.each([{ password_hash: 'another' }, { disabled_at: NOW }])('ends with %j', async (changed) => {
		await on();
		const cookie = await pendingOf();
		await fresh.db.updateTable('account').set(changed).where('id', '=', rana.id).execute();
		expect(await whoOwes(cookie)).toBeUndefined();
	});
});
