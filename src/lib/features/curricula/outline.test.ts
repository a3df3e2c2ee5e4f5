import { expect, it } from 'vitest';
import { moved, moveOf, outlineOf, shifted, type Outline } from './outline.rules.ts';

const OUTLINE: Outline = [
	{ module: null, plans: [] },
	{ module: 'a', plans: ['1', '2'] },
	{ module: 'b', plans: ['3'] }
];
const plansOf = (outline: Outline | null) => outline?.map(({ plans }) => plans.join(''));

it('moves a plan over its neighbour, and at the edge into the next module', () => {
	expect(plansOf(moved(OUTLINE, { plan: '1', to: 'down' }))).toEqual(['', '21', '3']);
	expect(plansOf(moved(OUTLINE, { plan: '2', to: 'down' }))).toEqual(['', '1', '23']);
	expect(plansOf(moved(OUTLINE, { plan: '3', to: 'up' }))).toEqual(['', '123', '']);
	expect(plansOf(moved(OUTLINE, { plan: '1', to: 'up' }))).toEqual(['1', '2', '3']);
	expect(moved(OUTLINE, { plan: '3', to: 'down' })).toBeNull();
});

it('drops a plan where it is let go, and nowhere that is not there', () => {
	expect(plansOf(moved(OUTLINE, moveOf('plan:3:a:2')))).toEqual(['', '132', '']);
	expect(plansOf(moved(OUTLINE, moveOf('plan:1:b:')))).toEqual(['', '2', '31']);
	expect(plansOf(moved(OUTLINE, moveOf('plan:1::')))).toEqual(['1', '2', '3']);
	expect(moved(OUTLINE, moveOf('plan:1:c:'))).toBeNull();
	expect(moved(OUTLINE, moveOf('plan:1:b:2'))).toBeNull();
	expect(moved(OUTLINE, moveOf('plan:9:up'))).toBeNull();
});

it('moves modules with all they hold, never above the plans without one', () => {
	expect(moved(OUTLINE, moveOf('module:b:up'))?.map(({ module }) => module)).toEqual([
		null,
		'b',
		'a'
	]);
	expect(moved(OUTLINE, moveOf('module:a:up'))).toBeNull();
	expect(moved(OUTLINE, moveOf('module:b:down'))).toBeNull();
});

it('reads an order from places, and shifts one of a list', () => {
	const modules = [
		{ id: 'b', position: 2 },
		{ id: 'a', position: 1 }
	];
	const plans = [
		{ id: '3', position: 3, moduleId: 'b' },
		{ id: '2', position: 2, moduleId: 'a' },
		{ id: '1', position: 1, moduleId: 'a' }
	];
	expect(outlineOf(modules, plans)).toEqual(OUTLINE);
	expect(shifted(['x', 'y'], 'y', 'up')).toEqual(['y', 'x']);
	expect(shifted(['x', 'y'], 'y', 'down')).toBeNull();
});
