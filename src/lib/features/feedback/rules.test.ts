import { describe, expect, it } from 'vitest';
import { BANDS, CHILD_BANDS } from '#lib/features/asking/bank.rules.ts';
import { answeringTime, bandsFor, isCounted, lengthOf, offeredCount } from './rules.ts';

describe('the forms a code offers', () => {
	const CHILDREN = { ageFrom: 6, ageTo: 17 };

	it.each([
		[[7, 8, 9], CHILD_BANDS, '6-9'],
		[[8, 9, 10, 11], CHILD_BANDS, '6-9'],
		[[9, 10, 11], CHILD_BANDS, '10-13'],
		[[14, 15, 17], CHILD_BANDS, '14-17'],
		[[34, 41], ['adult'], 'adult'],
		[[4, 5, 7], CHILD_BANDS, '6-9']
	])('follow from the ages of its members: %j', (ages, bands, band) =>
		expect(bandsFor(ages, CHILDREN)).toEqual({ bands, band })
	);

	it('are asked for where children and adults are in one cohort: girls get their own, mothers the adults’', () => {
		const everyBand = { bands: BANDS, band: null };
		expect(bandsFor([11, 12, 15, 34, 41], { ageFrom: 11, ageTo: 60 })).toEqual(everyBand);
		expect(bandsFor([17, 18], CHILDREN)).toEqual(everyBand);
	});

	it('are none where nobody is six', () =>
		expect(bandsFor([3, 4, 5], CHILDREN)).toEqual({ bands: [], band: null }));

	it.each([
		[6, 9, CHILD_BANDS, '6-9'],
		[9, 13, CHILD_BANDS, '10-13'],
		[12, 15, CHILD_BANDS, '10-13'],
		[18, 60, ['adult'], 'adult'],
		[11, 60, BANDS, null],
		[3, 5, [], null]
	])('without members follow from the ages it is for: %i to %i', (ageFrom, ageTo, bands, band) =>
		expect(bandsFor([], { ageFrom, ageTo })).toEqual({ bands, band })
	);
});

it('a session counts while no more ballots were begun than the cohort has members', () => {
	expect(isCounted(12, 12)).toBe(true);
	expect(isCounted(13, 12)).toBe(false);
	expect(isCounted(1, null)).toBe(false);
});

it('the number offered is that of those marked as there, never more than the members', () => {
	expect(offeredCount(11, 14)).toBe(11);
	expect(offeredCount(19, 14)).toBe(14);
	expect(offeredCount(0, 14)).toBeNull();
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

	it('under a fresh code until its own day ends, also when the session was days ago', () => {
		const fresh = { ...session, freshOn: '2026-05-08' };
		expect(answeringTime(fresh, at('2026-05-08T23:59'))).toBe('now');
		expect(answeringTime(fresh, at('2026-05-09T00:00'))).toBe('over');
		expect(answeringTime({ ...fresh, status: 'cancelled' }, at('2026-05-08T10:00'))).toBe(
			'cancelled'
		);
	});
});
