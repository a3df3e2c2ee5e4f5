import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
	activitiesMovedWith,
	followersOf,
	movedWith,
	wouldCircle,
	type Following
} from './following.rules.ts';
import { slipOf } from './slipping.rules.ts';

const ids = ['a', 'b', 'c', 'd', 'e'];
const followings = fc.array(
	fc.record({ id: fc.constantFrom(...ids), afterId: fc.constantFrom(...ids) }),
	{ maxLength: 12 }
);
const dated = (id: string, isOpen = true) => ({
	...{ id, isOpen, startsOn: '2026-05-01', dueOn: '2026-06-01' }
});

it('what follows is found through any number of steps, and ends with circles too', () => {
	fc.assert(
		fc.property(followings, fc.constantFrom(...ids), (all, id) => {
			const found = followersOf(id, all);
			expect(found.has(id)).toBe(false);
			for (const one of all)
				if ((one.afterId === id || found.has(one.afterId)) && one.id !== id)
					expect(found.has(one.id)).toBe(true);
		})
	);
});

it('nothing that was let in one by one ever comes after itself', () => {
	fc.assert(
		fc.property(followings, (wanted) => {
			const kept: Following[] = [];
			for (const one of wanted) {
				const own = kept.filter(({ id }) => id === one.id).map(({ afterId }) => afterId);
				if (!wouldCircle(one.id, [...own, one.afterId], kept)) kept.push(one);
			}
			for (const id of ids)
				expect(kept.some((one) => one.afterId === id && followersOf(one.id, kept).has(id))).toBe(
					false
				);
		})
	);
});

it('what follows moves by as many days, closed ones and those moved themselves do not', () => {
	const chain = [
		{ id: 'b', afterId: 'a' },
		{ id: 'c', afterId: 'b' },
		{ id: 'd', afterId: 'a' }
	];
	const all = [dated('a'), dated('b'), dated('c', false), dated('d')];
	const later = { id: 'a', before: '2026-06-01', after: '2026-06-11' };
	expect(movedWith([later], all, chain)).toMatchObject([
		{ id: 'b', startsOn: '2026-05-11', dueOn: '2026-06-11', from: { dueOn: '2026-06-01' } },
		{ id: 'd', dueOn: '2026-06-11' }
	]);
	const both = [later, { id: 'b', before: '2026-06-01', after: '2026-06-03' }];
	expect(movedWith(both, all, chain).map(({ id }) => id)).toEqual(['d']);
	expect(movedWith([{ ...later, after: later.before }], all, chain)).toEqual([]);
});

it('activities move by as many days as their milestone, done ones do not', () => {
	const of = (id: string, milestoneId: string, isOpen = true) => ({
		...{ id, milestoneId, isOpen, startsOn: '2026-04-25', endsOn: '2026-05-01' }
	});
	const all = [of('x', 'a'), of('y', 'a', false), of('z', 'b')];
	const earlier = { id: 'a', before: '2026-06-01', after: '2026-05-22' };
	expect(activitiesMovedWith([earlier], all)).toEqual([
		{
			...{ ...all[0], startsOn: '2026-04-15', endsOn: '2026-04-21' },
			from: { startsOn: '2026-04-25', endsOn: '2026-05-01' }
		}
	]);
	expect(activitiesMovedWith([{ ...earlier, after: earlier.before }], all)).toEqual([]);
});

it('a date has slipped as often as it was put off, by what it is later now than at first', () => {
	const change = (before: string, after: string) => ({ before, after });
	expect(slipOf([])).toBeNull();
	expect(slipOf([change('2026-06-30', '2026-06-01')])).toBeNull();
	const twice = [change('2026-06-30', '2026-07-15'), change('2026-07-15', '2026-08-10')];
	expect(slipOf(twice)).toEqual({ count: 2, days: 41 });
	expect(slipOf([...twice, change('2026-08-10', '2026-06-20')])).toEqual({ count: 2, days: 0 });
});
