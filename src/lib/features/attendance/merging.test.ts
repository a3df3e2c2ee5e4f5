import { expect, it } from 'vitest';
import { mergedMark, mergedMembership, tookTwoPlaces } from './merging.ts';

it('keeps the mark of the kept one unless only the other attended', () => {
	expect(mergedMark(null, 'absent')).toBe('absent');
	expect(mergedMark('absent', 'late')).toBe('late');
	expect(mergedMark('excused_illness', 'absent')).toBe('excused_illness');
	expect(mergedMark('present', 'late')).toBe('present');
	expect(mergedMark('late', 'absent')).toBe('late');
});

it('spans both memberships, and knows where two places were one too many', () => {
	const kept = { joined_on: '2026-02-01', left_on: '2026-03-01' };
	const merged = { joined_on: '2026-01-01', left_on: '2026-04-01' };
	expect(mergedMembership(null, merged)).toEqual(merged);
	expect(mergedMembership(kept, merged)).toEqual(merged);
	expect(mergedMembership(merged, kept)).toEqual(merged);
	const member = { joined_on: '2026-02-15', left_on: null };
	expect(mergedMembership(kept, member)).toEqual({ joined_on: '2026-02-01', left_on: null });
	expect(tookTwoPlaces(member, member)).toBe(true);
	expect(tookTwoPlaces(kept, member)).toBe(false);
	expect(tookTwoPlaces(null, member)).toBe(false);
});
