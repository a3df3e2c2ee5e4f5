import { expect, it } from 'vitest';
import { onTimeRate } from './watch.rules.ts';

const of = (onTime: number, late: number) =>
	onTimeRate([...Array(onTime).fill(true), ...Array(late).fill(false)]);

it('says nothing of fewer than five', () => {
	expect(of(0, 0)).toEqual({ count: null, onTime: null });
	expect(of(1, 3)).toEqual({ count: null, onTime: null });
	expect(of(1, 4)).toEqual({ count: 5, onTime: 0.2 });
});

it('rounds down to tenths, so that all in time means all', () => {
	expect(of(99, 1).onTime).toBe(0.9);
	expect(of(12, 0).onTime).toBe(1);
});
