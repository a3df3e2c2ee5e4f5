import { beforeEach, describe, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { mayTryLogin } from './attempts.ts';

/** On the quarter hour, where a count by the clock begins anew. */
const NOW = Date.UTC(2026, 4, 4, 8);
const SECOND = 1000;
const MINUTE = 60 * SECOND;

let home: FreshDatabase;
beforeEach(async () => {
	home = await freshDatabase();
});

let turn = 0;
/** A try at the same account from a new address, unless told otherwise. */
function attempt(now: number, who: { email?: string; address?: string } = {}): Promise<boolean> {
	turn += 1;
	const input = { email: 'amal@example.org', address: `10.0.0.${turn}`, now, ...who };
	return mayTryLogin(home.db, home.ring, input);
}

/** The instants at which a try went through, of one every so often. */
async function passes(
	everyMs: number,
	forMs: number,
	who: () => { email?: string; address?: string } = () => ({})
): Promise<number[]> {
	const passed = [];
	for (let now = NOW; now < NOW + forMs; now += everyMs)
		if (await attempt(now, who())) passed.push(now);
	return passed;
}

/** The most instants that lie within any stretch of this length. */
function mostWithin(instants: number[], ms: number): number {
	const counts = instants.map((from) => instants.filter((at) => at >= from && at < from + ms));
	return Math.max(...counts.map((within) => within.length));
}

describe('tries at an account', () => {
	it('are ten in any quarter of an hour, across its turn too', async () => {
		const before = [];
		for (let nth = 0; nth < 10; nth += 1) before.push(await attempt(NOW - SECOND));
		const after = [];
		for (let nth = 0; nth < 10; nth += 1) after.push(await attempt(NOW + SECOND));
		expect(before).toEqual(Array(10).fill(true));
		expect(after).toEqual(Array(10).fill(false));
	});

	it('are ten in any quarter of an hour of a long siege, and come back after each', async () => {
		const passed = await passes(20 * SECOND, 100 * MINUTE);
		expect(mostWithin(passed, 15 * MINUTE)).toBe(10);
		expect(passed.length).toBeGreaterThanOrEqual(60);
	});

	it('are ten of thirty that are made at once', async () => {
		const answers = await Promise.all(Array.from({ length: 30 }, () => attempt(NOW)));
		expect(answers.filter(Boolean)).toHaveLength(10);
	});

	it('are not used up by an address that may try no more', async () => {
		const address = '10.9.9.9';
		for (let nth = 0; nth < 30; nth += 1) await attempt(NOW, { address, email: `${nth}` });
		expect(await attempt(NOW, { address })).toBe(false);
		const own = [];
		for (let nth = 0; nth < 10; nth += 1) own.push(await attempt(NOW));
		expect(own).toEqual(Array(10).fill(true));
	});
});

it('tries from an address are thirty in any minute, whichever account they are at', async () => {
	let nth = 0;
	const who = () => ({ address: '10.0.0.1', email: `${(nth += 1)}@example.org` });
	const passed = await passes(SECOND, 4 * MINUTE, who);
	expect(mostWithin(passed, MINUTE)).toBe(30);
	expect(passed.length).toBeGreaterThanOrEqual(90);
});
