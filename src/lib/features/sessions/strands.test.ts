import { describe, expect, it } from 'vitest';
import type { Strand } from '#lib/platform/db/vocabularies.ts';
import { aWish, somePlans } from '#tests/factories/plan-request.ts';
import { isBlocking, plan } from './clashes.rules.ts';
import { layOut } from './rules.ts';
import { withHalvesOnce } from './strands.rules.ts';

const SALMA = { id: 'salma', name: 'Salma' };

function plansOf(...strands: Strand[]) {
	return somePlans(strands.length).map((plan, i) => ({ ...plan, strand: strands[i]! }));
}

/** A joint opening, two halves, girls alone, a joint end. */
const plans = plansOf('joint', 'girls', 'mothers', 'girls', 'joint');

describe('a curriculum in which girls and mothers meet apart', () => {
	it('has both halves of a position on one day, each where and when its own meet', () => {
		const { sessions } = layOut(aWish({ plans, mothers: { time: '15:30', roomId: 'green' } }));
		expect(
			sessions.map(({ key, position, strand, date, time, roomId }) =>
				[key, position, strand, date.slice(5), time, roomId].join(' ')
			)
		).toEqual([
			'1 1 joint 05-05 15:00 blue',
			'2g 2 girls 05-07 15:00 blue',
			'2m 2 mothers 05-07 15:30 green',
			'3g 3 girls 05-12 15:00 blue',
			'4 4 joint 05-14 15:00 blue'
		]);
	});

	it('moves one half and leaves the other', () => {
		const moves = [{ key: '2m', date: '2026-05-08', time: '10:00', roomId: null }];
		const { sessions } = layOut(
			aWish({ plans, moves, mothers: { time: '15:00', roomId: 'green' } })
		);
		expect(
			sessions.filter(({ position }) => position === 2).map(({ date, roomId }) => [date, roomId])
		).toEqual([
			['2026-05-07', 'blue'],
			['2026-05-08', 'green']
		]);
	});

	it('blocks two halves at once in one room or with one facilitator, and offers another time', () => {
		const judged = plan(aWish({ plans }));
		expect(judged.clashes.filter(isBlocking).map(({ key, kind }) => [key, kind])).toEqual([
			['2g', 'half'],
			['2g', 'facilitator'],
			['2m', 'half'],
			['2m', 'facilitator']
		]);
		expect(judged.free).toEqual([
			{ key: '2g', date: '2026-05-07', time: '14:00', roomId: 'blue' },
			{ key: '2m', date: '2026-05-07', time: '16:00', roomId: 'blue' }
		]);
	});

	it('has nothing against two rooms with two facilitators, nor against other hours', () => {
		const mothers = { time: '15:00', roomId: 'green' };
		const apart = { plans, mothers, mothersFacilitators: [SALMA] };
		expect(plan(aWish(apart)).clashes.filter(isBlocking)).toEqual([]);
		const later = { time: '16:00', roomId: 'blue' };
		expect(plan(aWish({ plans, mothers: later })).clashes.filter(isBlocking)).toEqual([]);
	});

	it('judges each half by its own facilitators and members, what is joint by all', () => {
		const mothers = { time: '15:00', roomId: 'tiny' };
		const given = { plans, mothers, mothersFacilitators: [SALMA] };
		const crowded = plan(aWish({ ...given, halfCounts: { girls: 8, mothers: 4 } })).clashes;
		expect(crowded.map(({ key, kind }) => [key, kind])).toEqual([['2m', 'alone']]);
		const full = plan(aWish({ ...given, halfCounts: { girls: 8, mothers: 6 } })).clashes;
		expect(full.map(({ key, kind }) => [key, kind])).toEqual([
			['2m', 'crowded'],
			['2m', 'alone']
		]);
	});

	it('never lets a half go on beside what its whole cohort does', () => {
		const moves = [{ key: '1', date: '2026-05-07', time: '15:00', roomId: 'tiny' }];
		const apart = { plans, moves, mothers: { time: '15:00', roomId: 'green' } };
		const { clashes } = plan(aWish({ ...apart, mothersFacilitators: [SALMA] }));
		const cohort = clashes.filter(({ kind }) => kind === 'cohort').map(({ key }) => key);
		expect(cohort).toEqual(['1', '1', '2g', '2m']);
	});
});

it('two halves are one session: planned while one of them is, held when one was and none is planned', () => {
	const half = (status: string, position: number | null = 1) => ({
		cycleId: 'cycle',
		...{ position, status }
	});
	const statusesOf = (...halves: ReturnType<typeof half>[]) =>
		withHalvesOnce(halves).map(({ status }) => status);
	expect(statusesOf(half('held'), half('planned'))).toEqual(['planned']);
	expect(statusesOf(half('cancelled'), half('held'))).toEqual(['held']);
	expect(statusesOf(half('cancelled'), half('cancelled'))).toEqual(['cancelled']);
	expect(statusesOf(half('held'), half('held', 2), half('held', null), half('held', null))).toEqual(
		['held', 'held', 'held', 'held']
	);
});
