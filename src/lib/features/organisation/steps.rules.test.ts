import { expect, test } from 'vitest';
import { stepsOf } from './steps.rules.ts';

const NOTHING = {
	...{ centres: 0, accounts: 1, people: 0, registers: 0, targets: 0 },
	...{ curricula: 0, cycles: 0 },
	...{ alerts: false, words: false, readers: false }
};
const LISTENING = ['alerts', 'words', 'readers'] as const;

test('a new organisation still needs everything, and each step that can be done leads somewhere', () => {
	const steps = stepsOf(NOTHING);
	expect(steps.filter(({ isDone }) => isDone)).toEqual([]);
	const blocked = steps.filter(({ href }) => href === undefined).map(({ name }) => name);
	expect(blocked).toEqual(['people', 'registers', 'cycles']); // a list comes to a centre, a cycle from a curriculum
	expect(steps.at(-1)).toMatchObject({ name: 'cycles' });
});

test.each(LISTENING)('nothing is complete while %s are missing', (missing) => {
	const working = { centres: 1, accounts: 3, people: 20, registers: 1, targets: 1 };
	const planned = { curricula: 1, cycles: 1 };
	const there = { ...working, ...planned, alerts: true, words: true, readers: true };
	expect(stepsOf(there).every(({ isDone }) => isDone)).toBe(true);
	const waiting = stepsOf({ ...there, [missing]: false }).filter(({ isDone }) => !isDone);
	expect(waiting.map(({ name, href }) => ({ name, href }))).toEqual([
		{ name: missing, href: `/settings/${missing}` }
	]);
});
