import { beforeEach, describe, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { addAccount, addSection } from '#tests/factories/rows.ts';
import type { Row } from '../db/schema.ts';
import { tryPassword } from './attempts.ts';
import { readBrowser, rememberAccount, type KnownBrowser } from './known-browser.ts';
import type { Place } from './passwords.ts';

/** On the quarter hour, where a count by the clock begins anew. */
const NOW = Date.UTC(2026, 4, 4, 8);
const SECOND = 1000;
const MINUTE = 60 * SECOND;

let home: FreshDatabase;
let amal: Row<'account'>;
let browser: KnownBrowser;
beforeEach(async () => {
	home = await freshDatabase();
	const { id } = await addAccount(home, { sectionId: await addSection(home) });
	amal = await home.db
		.selectFrom('account')
		.selectAll()
		.where('id', '=', id)
		.executeTakeFirstOrThrow();
	browser = await browserFor(id);
});

async function browserFor(accountId: string, now = NOW): Promise<KnownBrowser> {
	const cookie = await rememberAccount(home.db, home.ring, undefined, { accountId, now });
	return readBrowser(home.ring, cookie)!;
}

interface Attempt {
	right?: boolean;
	now?: number;
	address?: string;
	browser?: KnownBrowser;
	email?: string;
}

let turn = 0;
let place: Place | undefined;
/** A try at Amal's account by a stranger from a new address, unless told otherwise. */
async function attempt(given: Attempt = {}): Promise<'right' | 'wrong' | 'too_many_tries'> {
	turn += 1;
	const { right = false, now = NOW, address = `10.0.0.${turn}`, email } = given;
	const trying = {
		email: email ?? 'amal@example.org',
		account: email ? undefined : amal,
		browser: given.browser,
		address
	};
	return tryPassword({ db: home.db, ring: home.ring, now }, trying, async (given) => {
		place = given;
		return right ? 'right' : null;
	});
}

const wrongOnes = (count: number, given: Attempt = {}) =>
	Promise.all(Array.from({ length: count }, () => attempt(given)));
const lookedAt = (answers: string[]) =>
	answers.filter((answer) => answer !== 'too_many_tries').length;

describe('tries of strangers at an account', () => {
	it('are ten in any quarter of an hour, across its turn too, from wherever they come', async () => {
		expect(lookedAt(await wrongOnes(10, { now: NOW - SECOND }))).toBe(10);
		expect(lookedAt(await wrongOnes(10, { now: NOW + SECOND }))).toBe(0);
		expect(await attempt({ right: true, now: NOW + SECOND })).toBe('too_many_tries');
	});

	it('are ten in any quarter of an hour of a long siege, and come back after each', async () => {
		const passed: number[] = [];
		for (let now = NOW; now < NOW + 60 * MINUTE; now += 30 * SECOND)
			if ((await attempt({ now })) === 'wrong') passed.push(now);
		const within = passed.map((from) =>
			passed.filter((at) => at >= from && at < from + 15 * MINUTE)
		);
		expect(Math.max(...within.map(({ length }) => length))).toBe(10);
		expect(passed.length).toBeGreaterThanOrEqual(35);
	});

	it('are ten of thirty that are made at once', async () => {
		expect(lookedAt(await wrongOnes(30))).toBe(10);
	});

	it('do not count when they are right', async () => {
		for (let nth = 0; nth < 15; nth += 1) expect(await attempt({ right: true })).toBe('right');
		expect(await attempt()).toBe('wrong');
	});
});

describe('a known browser', () => {
	it('lets in whom strangers have shut out everywhere else, before them in the queue', async () => {
		await wrongOnes(20);
		expect(await attempt({ right: true })).toBe('too_many_tries');
		expect(await attempt({ right: true, browser })).toBe('right');
		expect(place).toEqual({ isKnown: true, lane: amal.id });
	});

	it('has ten tries of its own, which take none from another', async () => {
		const other = await browserFor(amal.id);
		expect(lookedAt(await wrongOnes(15, { browser }))).toBe(10);
		expect(await attempt({ right: true, browser })).toBe('too_many_tries');
		expect(await attempt({ right: true, browser: other })).toBe('right');
		expect(await attempt({ right: true })).toBe('right');
	});

	it('is a stranger to every other account, though not one of its address', async () => {
		await attempt({ browser, email: 'other@example.org', address: '10.9.9.9' });
		expect(place).toEqual({ isKnown: false, lane: browser.id });
	});
});
