import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ageOn } from '#lib/features/people/rules.ts';
import { lastDayOf, monthsBefore } from './retention.rules.ts';
import { ALONE_AFTER_MS, coarseBirthMonth, confirmation } from './rules.ts';

it.each([
	['2026-05-31', 3, '2026-02-28'],
	['2024-05-31', 3, '2024-02-29'],
	['2026-01-15', 1, '2025-12-15'],
	['2026-03-31', 12, '2025-03-31']
])('%s less %i months is %s', (date, months, before) => {
	expect(monthsBefore(date, months)).toBe(before);
});

it('keeps attendance until its year is over and the months after it too', () => {
	expect(lastDayOf('attendance', 12, '2026-12-30')).toBe('2024-12-31');
	expect(lastDayOf('attendance', 12, '2026-12-31')).toBe('2025-12-31');
	expect(lastDayOf('contacts', 6, '2026-05-04')).toBe('2025-11-04');
});

it('a month of birth goes only where no age on any of the days changes', () => {
	const day = fc
		.tuple(fc.integer({ min: 2024, max: 2027 }), fc.integer({ min: 1, max: 12 }))
		.map(([year, month]) => `${year}-${String(month).padStart(2, '0')}-10`);
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 12 }), fc.array(day), (birthMonth, days) => {
			const kept = coarseBirthMonth(birthMonth, days);
			for (const on of days)
				expect(ageOn({ birthYear: 2016, birthMonth: kept }, on)).toBe(
					ageOn({ birthYear: 2016, birthMonth }, on)
				);
		})
	);
	expect(coarseBirthMonth(3, ['2026-03-01', '2026-11-01'])).toBeNull();
});

it('who asked confirms alone after a week, and only where nobody else may', () => {
	const own = { isOwn: true, askedAt: 0 };
	expect(confirmation({ isOwn: false, askedAt: 0 }, false, 0)).toBe('free');
	expect(confirmation(own, true, ALONE_AFTER_MS)).toBe('needs_other');
	expect(confirmation(own, false, ALONE_AFTER_MS - 1)).toBe('too_early');
	expect(confirmation(own, false, ALONE_AFTER_MS)).toBe('free');
});
