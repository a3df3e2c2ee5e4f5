import { describe, expect, it } from 'vitest';
import { answeringTime, bandOf, lengthOf } from './rules.ts';

describe('the band of a cohort', () => {
	it.each([
		[6, 9, '6-9'],
		[8, 11, '6-9'],
		[9, 13, '10-13'],
		[10, 13, '10-13'],
		[12, 15, '10-13'],
		[13, 17, '14-17'],
		[11, 60, '14-17'],
		[3, 6, '6-9'],
		[17, 25, '14-17']
	])('from %i to %i is %s', (from, to, band) => expect(bandOf(from, to)).toBe(band));

	it.each([
		[3, 5],
		[18, 60]
	])('from %i to %i is none: there is no form for them', (from, to) =>
		expect(bandOf(from, to)).toBeNull()
	);
});

describe('the form of a session', () => {
	const cycle = (count: number) =>
		Array.from({ length: count }, (_, i) => lengthOf(i + 1, count) === 'full');

	it('is the full one in the middle and at the end of the cycle', () => {
		expect(cycle(12).flatMap((full, i) => (full ? [i + 1] : []))).toEqual([6, 12]);
		expect(cycle(5).flatMap((full, i) => (full ? [i + 1] : []))).toEqual([3, 5]);
		expect(cycle(1)).toEqual([true]);
	});
});

describe('children may answer', () => {
	const session = {
		status: 'planned' as const,
		date: '2026-05-05',
		time: '15:00',
		zone: 'Asia/Beirut'
	};
	const at = (time: string) => Date.parse(`${time}+03:00`);

	it.each([
		['2026-05-05T14:59', 'too_early'],
		['2026-05-05T15:00', 'now'],
		['2026-05-05T23:59', 'now'],
		['2026-05-06T00:00', 'over']
	])('at %s: %s', (time, answer) => expect(answeringTime(session, at(time))).toBe(answer));

	it('never for a cancelled session', () =>
		expect(answeringTime({ ...session, status: 'cancelled' }, at('2026-05-05T15:30'))).toBe(
			'cancelled'
		));

	it('by the clock of the place, not of the reader', () =>
		expect(answeringTime({ ...session, zone: 'America/Sao_Paulo' }, at('2026-05-06T03:00'))).toBe(
			'now'
		));
});
