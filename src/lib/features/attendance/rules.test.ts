import { expect, it } from 'vitest';
import { attended, headcountDifference, MARKS, offeredMark, registerRefusal } from './rules.ts';

it('counts who came, came late or left early, and nobody else', () => {
	expect(MARKS.filter(attended)).toEqual(['present', 'late', 'left_early']);
	expect(MARKS).toHaveLength(6);
});

it('lets a register be taken on the day and afterwards, never before', () => {
	const session = { status: 'planned', date: '2026-05-05' };
	expect(registerRefusal(session, '2026-05-04')).toBe('too_early');
	expect(registerRefusal(session, '2026-05-05')).toBe(null);
	expect(registerRefusal(session, '2027-01-01')).toBe(null);
});

it('lets a saved register be corrected and a cancelled session have none', () => {
	expect(registerRefusal({ status: 'held', date: '2026-05-05' }, '2026-05-06')).toBe(null);
	expect(registerRefusal({ status: 'cancelled', date: '2026-05-05' }, '2026-05-06')).toBe(
		'cancelled'
	);
	expect(registerRefusal({ status: 'cancelled', date: '2026-05-05' }, '2026-05-01')).toBe(
		'cancelled'
	);
});

it('tells how far the headcount is from the marks, in either direction', () => {
	const marks = ['present', 'late', 'left_early', 'absent', 'excused_illness'] as const;
	expect(headcountDifference(3, marks)).toBe(0);
	expect(headcountDifference(5, marks)).toBe(2);
	expect(headcountDifference(0, marks)).toBe(-3);
	expect(headcountDifference(0, [])).toBe(0);
});

it('offers present to everyone at first, and no mark to who joined after the register was saved', () => {
	expect(offeredMark(null, false)).toBe('present');
	expect(offeredMark(null, true)).toBe(null);
	expect(offeredMark('late', true)).toBe('late');
});
