import { expect, it } from 'vitest';
import { daysOfMonth, daysOfYear, whyNot } from './periods.rules.ts';

it('a month ends on its own last day, a year on the last of December', () => {
	expect(daysOfMonth('2028-02')).toEqual({ from: '2028-02-01', to: '2028-02-29' });
	expect(daysOfMonth('2026-12')).toEqual({ from: '2026-12-01', to: '2026-12-31' });
	expect(daysOfYear('2026-04')).toEqual({ from: '2026-01-01', to: '2026-12-31' });
});

it('months are published once, in order, and not before they begin', () => {
	const on = { latest: '2026-04', today: '2026-06-15' };
	expect(whyNot('2026-04', on)).toBe('published');
	expect(whyNot('2026-03', on)).toBe('later_published');
	expect(whyNot('2026-05', on)).toBe(null);
	expect(whyNot('2026-06', on)).toBe(null);
	expect(whyNot('2026-07', on)).toBe('not_begun');
	expect(whyNot('2025-12', { ...on, latest: null })).toBe(null);
});
