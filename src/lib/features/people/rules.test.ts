import { expect, it } from 'vitest';
import { ageOn } from './rules.ts';

it('counts years by the month where it is known', () => {
	expect(ageOn({ birthYear: 2016 }, '2026-05-01')).toBe(10);
	expect(ageOn({ birthYear: 2016, birthMonth: 5 }, '2026-05-01')).toBe(10);
	expect(ageOn({ birthYear: 2016, birthMonth: 6 }, '2026-05-01')).toBe(9);
	expect(ageOn({ birthYear: 2016, birthMonth: null }, '2026-12-31')).toBe(10);
});
