import { beforeEach, describe, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { addAccount, addSection, NOW } from '#tests/factories/rows.ts';
import { keyRing, newKeyRing } from '../crypto/keyring.ts';
import { KNOWN_MS, knowsAccount, readBrowser, rememberAccount } from './known-browser.ts';

const DAY = 24 * 60 * 60_000;

let fresh: FreshDatabase;
let sectionId: string;
beforeEach(async () => {
	fresh = await freshDatabase();
	sectionId = await addSection(fresh);
});

const anAccount = async () => (await addAccount(fresh, { sectionId })).id;

/** The cookie after logging in to an account. */
const remember = (accountId: string, cookie?: string, now = NOW) =>
	rememberAccount(fresh.db, fresh.ring, readBrowser(fresh.ring, cookie), { accountId, now });

async function knows(cookie: string | undefined, accountId: string, now = NOW): Promise<boolean> {
	const account = await fresh.db
		.selectFrom('account')
		.select(['id', 'password_hash'])
		.where('id', '=', accountId)
		.executeTakeFirstOrThrow();
	const browser = readBrowser(fresh.ring, cookie);
	return !!browser && knowsAccount(fresh.ring, browser, account, now);
}

describe('a browser that logged in', () => {
	it('is known to that account and no other, for 180 days', async () => {
		const [rana, karim] = [await anAccount(), await anAccount()];
		const cookie = await remember(rana);
		expect(await knows(cookie, rana)).toBe(true);
		expect(await knows(cookie, karim)).toBe(false);
		expect(await knows(cookie, rana, NOW + KNOWN_MS - DAY)).toBe(true);
		expect(await knows(cookie, rana, NOW + KNOWN_MS + DAY)).toBe(false);
		expect(cookie).not.toContain(rana);
	});

	it('keeps its id and knows several colleagues, the last eight', async () => {
		const accounts = await Promise.all(Array.from({ length: 9 }, anAccount));
		let cookie: string | undefined;
		for (const id of accounts) cookie = await remember(id, cookie);
		const first = await remember(accounts[0]!);
		expect(cookie!.split('.')[0]).not.toBe(first!.split('.')[0]);
		expect(await knows(cookie, accounts[0]!)).toBe(false);
		for (const id of accounts.slice(1)) expect(await knows(cookie, id)).toBe(true);
		expect(cookie!.length).toBeLessThan(350);
		expect((await remember(accounts[8]!, cookie))!.length).toBe(cookie!.length);
	});

	it('is a stranger once the account has another password', async () => {
		const rana = await anAccount();
		const cookie = await remember(rana);
		await fresh.db.updateTable('account').set({ password_hash: 'another' }).execute();
		expect(await knows(cookie, rana)).toBe(false);
	});

	it('is not made up, altered, or known under other keys', async () => {
		const rana = await anAccount();
		const cookie = (await remember(rana))!;
		const [id, proof, mark] = cookie.split('.');
		const moved = (await remember(await anAccount()))!.split('.');
		for (const wrong of [
			undefined,
			'',
			'.',
			`x${cookie}`,
			`${id}.${proof}`,
			`${id}.${proof}.x${mark}`,
			`${moved[0]}.${moved[1]}.${mark}`,
			`${cookie}${'.x'.repeat(300)}`
		])
			expect(await knows(wrong, rana)).toBe(false);
		expect(readBrowser(keyRing(newKeyRing()), cookie)).toBeUndefined();
	});

	it('of the example is never known: anybody can log in there', async () => {
		const rana = await anAccount();
		await fresh.db.updateTable('section').set({ is_example: 1 }).execute();
		expect(await remember(rana)).toBeUndefined();
	});
});
