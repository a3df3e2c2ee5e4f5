import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FairLine, LineFull, Throttle } from './line.ts';

/** Waits in a line and writes down how it went. */
function standIn(line: FairLine, lane: string, went: string[]): Promise<void> {
	return line.wait(lane).then(
		() => void went.push(lane),
		(cause: unknown) => void went.push(cause instanceof LineFull ? `${lane} full` : 'fault')
	);
}

describe('a line', () => {
	it('lets one of each lane through after the other, however many stand in one', async () => {
		const line = new FairLine(10);
		const went: string[] = [];
		const all = ['a', 'a', 'a', 'b', 'c', 'c'].map((lane) => standIn(line, lane, went));
		while (line.next());
		await Promise.all(all);
		expect(went).toEqual(['a', 'b', 'c', 'a', 'c', 'a']);
		expect(line.next()).toBe(false);
	});

	it('gives places of a crowd to whoever else comes, and refuses the crowd alone', async () => {
		const line = new FairLine(64);
		const went: string[] = [];
		const crowd = Array.from({ length: 70 }, () => standIn(line, 'crowd', went));
		const others = Array.from({ length: 25 }, (_, nth) => standIn(line, `other ${nth}`, went));
		while (line.next());
		await Promise.all([...crowd, ...others]);
		expect(went.filter((who) => /^other \d+$/.test(who))).toHaveLength(25);
		expect(went.filter((who) => who === 'crowd full')).toHaveLength(6 + 25);
		expect(went.filter((who) => who === 'crowd')).toHaveLength(39);
	});

	it('that is full of lanes alike takes nobody’s place', async () => {
		const line = new FairLine(2);
		const went: string[] = [];
		const all = ['a', 'b', 'c'].map((lane) => standIn(line, lane, went));
		while (line.next());
		await Promise.all(all);
		expect(went).toEqual(expect.arrayContaining(['a', 'b', 'c full']));
	});
});

describe('a pace', () => {
	beforeEach(() => void vi.useFakeTimers());
	afterEach(() => void vi.useRealTimers());

	it('lets one through in so long, each key for itself, and refuses who would wait too long', async () => {
		const throttle = new Throttle(2000);
		const at: [string, number | 'full'][] = [];
		const began = performance.now();
		const turns = ['a', 'a', 'a', 'a', 'b'].map(async (key) => {
			const full = await throttle.turn(key, 4000).catch((cause: unknown) => cause);
			at.push([key, full instanceof LineFull ? 'full' : performance.now() - began]);
		});
		await vi.runAllTimersAsync();
		await Promise.all(turns);
		expect(at.sort()).toEqual([
			['a', 0],
			['a', 2000],
			['a', 4000],
			['a', 'full'],
			['b', 0]
		]);
	});
});
