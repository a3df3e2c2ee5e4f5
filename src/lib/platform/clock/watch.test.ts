import { describe, expect, it } from 'vitest';
import { isUnderWay, TOLERANCE_MS, watchClock } from './watch.ts';

const MINUTE = 60_000;

/** A wall clock and a steady one that tests move by hand. */
function clocks() {
	const time = { wall: 1_000_000_000_000, steady: 0 };
	const lost = watchClock(
		() => time.wall,
		() => time.steady
	);
	return {
		lost,
		pass: (ms: number) => void ((time.wall += ms), (time.steady += ms)),
		set: (ms: number) => void (time.wall += ms)
	};
}

describe('a clock', () => {
	it('that runs, or is put forward, was not set back', () => {
		const { lost, pass, set } = clocks();
		pass(MINUTE);
		expect(lost()).toBe(0);
		set(60 * MINUTE);
		expect(lost()).toBe(0);
		pass(600 * MINUTE);
		expect(lost()).toBe(0);
	});

	it('that is set back says so once, by how much, also when it stands later than before', () => {
		const { lost, pass, set } = clocks();
		pass(40 * MINUTE);
		set(-30 * MINUTE);
		expect(lost()).toBe(30 * MINUTE);
		pass(MINUTE);
		expect(lost()).toBe(0);
	});

	it('that was ahead and is put right was set back', () => {
		const { lost, set } = clocks();
		set(60 * MINUTE);
		lost();
		set(-60 * MINUTE);
		expect(lost()).toBe(60 * MINUTE);
	});

	it('is allowed small corrections, but not one after the other for ever', () => {
		const { lost, pass, set } = clocks();
		const said = Array.from({ length: 30 }, () => {
			pass(MINUTE);
			set(-5000);
			return lost();
		});
		expect(said.filter(Boolean)).toEqual([65_000, 65_000]);
	});
});

it('what was made later than now is not under way', () => {
	const until = 10 * MINUTE;
	expect(isUnderWay(until, 10 * MINUTE, 0)).toBe(true);
	expect(isUnderWay(until, 10 * MINUTE, until)).toBe(false);
	expect(isUnderWay(until, 10 * MINUTE, -TOLERANCE_MS)).toBe(true);
	expect(isUnderWay(until, 10 * MINUTE, -TOLERANCE_MS - 1)).toBe(false);
});
