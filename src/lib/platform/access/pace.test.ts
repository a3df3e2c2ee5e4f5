import { describe, expect, it } from 'vitest';
import { Pace } from './pace.ts';

const pace = () => new Pace({ atOnce: 30, stepMs: 500, mostMs: 4000 });

describe('a pace', () => {
	it('lets as many through at once as it says, and the next ones step by step', () => {
		const one = pace();
		const waits = Array.from({ length: 33 }, () => one.take('centre', 0));
		expect(waits.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => 0));
		expect(waits.slice(30)).toEqual([500, 1000, 1500]);
	});

	it('is the same for all of a name, and keeps nobody else waiting', () => {
		const one = pace();
		for (let n = 0; n < 40; n += 1) one.take('centre', 0);
		expect(one.take('centre', 0)).toBeGreaterThan(0);
		expect(one.take('elsewhere', 0)).toBe(0);
	});

	it('never makes anybody wait longer than it says, however many came before', () => {
		const one = pace();
		for (let n = 0; n < 5000; n += 1) expect(one.take('centre', n)).toBeLessThanOrEqual(4000);
		expect(one.take('centre', 5000 + 4500)).toBeLessThan(4000);
	});

	it('takes one who waits for every turn as long as the steps say', () => {
		const one = pace();
		let now = 0;
		for (let n = 0; n < 330; n += 1) now += one.take('flood', now);
		expect(now).toBe(300 * 500);
	});

	it('forgets who may come at once again, and nobody else', () => {
		const one = pace();
		for (let n = 0; n < 60; n += 1) one.take('centre', 0);
		for (let n = 0; n < 2000; n += 1) one.take(`passer-by ${n}`, n);
		expect(one.take('centre', 2000)).toBeGreaterThan(0);
	});
});
