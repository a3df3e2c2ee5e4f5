import { expect, it } from 'vitest';
import { planForm } from './forms.ts';
import { MOST_MOVES, moveText } from './move.rules.ts';

const move = planForm.shape.move;

it('reads back what the address carries, with the room only where it is another', () => {
	const slot = { key: '3', date: '2026-05-12', time: '16:30', roomId: 'green' };
	expect(moveText(slot, 'blue')).toBe('3.20260512.1630.green');
	expect(move.parse([moveText(slot, 'blue')])).toEqual([slot]);
	expect(moveText(slot, 'green')).toBe('3.20260512.1630');
	expect(move.parse([moveText(slot, 'green')])).toEqual([{ ...slot, roomId: null }]);
});

it('refuses days and times that do not exist, and more than an address carries', () => {
	for (const text of ['3.20260231.1630', '3.20260512.2561', 'x', '3.20260512.1630.'])
		expect(move.safeParse([text]).success).toBe(false);
	const many = Array.from({ length: MOST_MOVES + 1 }, (_, i) => `${i}.20260512.1630`);
	expect(move.safeParse(many.slice(1)).success).toBe(true);
	expect(move.safeParse(many).success).toBe(false);
});
