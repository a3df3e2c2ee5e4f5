import { expect, it } from 'vitest';
import { ageOn, kindsOf } from './rules.ts';

it('counts years by the month where it is known', () => {
	expect(ageOn({ birthYear: 2016 }, '2026-05-01')).toBe(10);
	expect(ageOn({ birthYear: 2016, birthMonth: 5 }, '2026-05-01')).toBe(10);
	expect(ageOn({ birthYear: 2016, birthMonth: 6 }, '2026-05-01')).toBe(9);
	expect(ageOn({ birthYear: 2016, birthMonth: null }, '2026-12-31')).toBe(10);
});

it('tells child from adult by age, and a caregiver by a relation, whatever the group', () => {
	const someone = (age: number, caresForChild = false, isStaff = false) =>
		kindsOf({ age, caresForChild, isStaff }).join(' ');
	expect(someone(12)).toBe('child');
	expect(someone(12, true)).toBe('child');
	expect(someone(17)).toBe('child');
	expect(someone(18)).toBe('adult');
	expect(someone(34, true)).toBe('caregiver');
	expect(someone(34, false, true)).toBe('staff');
	expect(someone(34, true, true)).toBe('staff caregiver');
	expect(someone(17, false, true)).toBe('staff');
});
