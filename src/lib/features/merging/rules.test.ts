import { expect, it } from 'vitest';
import { mergedMark, mergedTimes, spanOf, tookTwoPlaces, type Membership } from './rules.ts';

it('keeps the mark of the kept one unless only the other attended', () => {
	expect(mergedMark(null, 'absent')).toBe('absent');
	expect(mergedMark('absent', 'late')).toBe('late');
	expect(mergedMark('excused_illness', 'absent')).toBe('excused_illness');
	expect(mergedMark('present', 'late')).toBe('present');
	expect(mergedMark('late', 'absent')).toBe('late');
});

it('makes one of times that touch or overlap, and leaves apart who came back', () => {
	const kept: Membership = { joined_on: '2026-02-01', left_on: '2026-03-01' };
	const merged: Membership = { joined_on: '2026-01-01', left_on: '2026-04-01' };
	const member = { joined_on: '2026-02-15', left_on: null };
	const later = { joined_on: '2026-05-01', left_on: null };
	expect(mergedTimes([], [merged])).toEqual([merged]);
	expect(mergedTimes([kept], [merged])).toEqual([merged]);
	expect(mergedTimes([merged], [kept])).toEqual([merged]);
	expect(mergedTimes([kept], [member])).toEqual([{ joined_on: '2026-02-01', left_on: null }]);
	expect(mergedTimes([kept], [later])).toEqual([kept, later]);
	expect(mergedTimes([kept], [{ joined_on: '2026-03-01', left_on: null }])).toEqual([
		{ joined_on: '2026-02-01', left_on: null }
	]);
	expect(spanOf([later, kept])).toEqual({ joined_on: '2026-02-01', left_on: null });
	expect(spanOf([merged, kept])).toEqual(merged);
});

it('knows where two places were one too many', () => {
	const past = { joined_on: '2026-02-01', left_on: '2026-03-01' };
	const member = { joined_on: '2026-02-15', left_on: null };
	expect(tookTwoPlaces([member], [member])).toBe(true);
	expect(tookTwoPlaces([past, member], [member])).toBe(true);
	expect(tookTwoPlaces([past], [member])).toBe(false);
	expect(tookTwoPlaces([], [member])).toBe(false);
});
