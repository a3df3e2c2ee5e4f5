import { expect, it } from 'vitest';
import { instantOf } from '#lib/platform/clock/zone.ts';
import {
	attended,
	differences,
	headcountDifference,
	MARKS,
	offeredMark,
	registerRefusal
} from './rules.ts';

it('counts who came, came late or left early, and nobody else', () => {
	expect(MARKS.filter(attended)).toEqual(['present', 'late', 'left_early']);
	expect(MARKS).toHaveLength(6);
});

const SESSION = { status: 'planned', date: '2026-05-05', time: '15:00', zone: 'Asia/Beirut' };
const at = (date: string, time: string) => instantOf(date, time, SESSION.zone);

it('lets a register be taken once the session begins and any time afterwards', () => {
	expect(registerRefusal(SESSION, at('2026-05-05', '15:00'))).toBe(null);
	expect(registerRefusal(SESSION, at('2026-05-05', '23:59'))).toBe(null);
	expect(registerRefusal(SESSION, at('2027-01-01', '00:00'))).toBe(null);
});

it('asks about one within an hour before, and refuses one that is earlier', () => {
	expect(registerRefusal(SESSION, at('2026-05-05', '14:59'))).toBe('not_begun');
	expect(registerRefusal(SESSION, at('2026-05-05', '14:00'))).toBe('not_begun');
	expect(registerRefusal(SESSION, at('2026-05-05', '14:00') - 1)).toBe('too_early');
	expect(registerRefusal(SESSION, at('2026-05-04', '15:30'))).toBe('too_early');
	const late = { ...SESSION, time: '23:30' };
	expect(registerRefusal(late, at('2026-05-05', '22:39'))).toBe('not_begun');
	const early = { ...SESSION, time: '00:15' };
	expect(registerRefusal(early, at('2026-05-04', '23:30'))).toBe('not_begun');
});

it('lets a saved register be corrected and a cancelled session have none', () => {
	const before = at('2026-05-01', '12:00');
	expect(registerRefusal({ ...SESSION, status: 'held' }, before)).toBe(null);
	expect(registerRefusal({ ...SESSION, status: 'cancelled' }, before)).toBe('cancelled');
	expect(registerRefusal({ ...SESSION, status: 'cancelled' }, at('2026-05-06', '12:00'))).toBe(
		'cancelled'
	);
});

it('says where two registers differ, a missing mark too', () => {
	const people = ['nour', 'rami', 'layla', 'ziad'];
	const mine = { nour: 'present', rami: 'late', layla: 'present' } as const;
	const theirs = { nour: 'present', rami: 'absent', ziad: 'late' } as const;
	expect(differences(people, mine, theirs)).toEqual([
		{ personId: 'rami', mine: 'late', theirs: 'absent' },
		{ personId: 'layla', mine: 'present', theirs: null },
		{ personId: 'ziad', mine: null, theirs: 'late' }
	]);
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
