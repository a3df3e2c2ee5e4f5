import { expect, it } from 'vitest';
import { todayOf } from './today.rules.ts';
import type { SessionCard } from './types.ts';

const TODAY = '2026-05-05';

function card(time: string, given: Partial<SessionCard> = {}): SessionCard {
	return {
		id: time,
		cohortId: 'cedars',
		cycleId: 'cycle',
		planId: null,
		cohort: 'Cedars',
		title: 'Title',
		position: 1,
		strand: '',
		room: 'Blue room',
		centreId: 'centre',
		date: TODAY,
		time,
		minutes: 60,
		zone: 'Asia/Beirut',
		status: 'planned',
		expectedCount: 12,
		own: true,
		opens: true,
		facilitators: [],
		standIns: [],
		...given
	};
}

function at(time: string, ...sessions: SessionCard[]) {
	const { now, moment, others } = todayOf(sessions, TODAY, time);
	return [now?.time ?? null, moment, others.map((other) => other.time)];
}

it('has nothing to do on a day without a session', () => {
	expect(at('09:00')).toEqual([null, null, []]);
	expect(at('09:00', card('10:00', { date: '2026-05-06' }))).toEqual([null, null, []]);
	expect(at('09:00', card('10:00', { status: 'cancelled' }))).toEqual([null, null, []]);
});

it('says what comes next, what runs, and whose register is owed', () => {
	expect(at('09:59', card('10:00'))).toEqual(['10:00', 'next', []]);
	expect(at('10:00', card('10:00'))).toEqual(['10:00', 'running', []]);
	expect(at('10:59', card('10:00'))).toEqual(['10:00', 'running', []]);
	expect(at('11:00', card('10:00'))).toEqual(['10:00', 'owed', []]);
});

it('is done once the last register is saved', () => {
	const held = { status: 'held' as const };
	expect(at('12:00', card('10:00', held), card('11:00', held))).toEqual([
		'11:00',
		'done',
		['10:00']
	]);
});

it('goes on to the next session once a register is saved', () => {
	expect(at('12:00', card('10:00', { status: 'held' }), card('15:00'))).toEqual([
		'15:00',
		'next',
		['10:00']
	]);
});

it('shows the running session first, though an earlier register is still owed', () => {
	expect(at('15:10', card('10:00'), card('15:00'))).toEqual(['15:00', 'running', ['10:00']]);
});

it('shows the owed register first while nothing runs', () => {
	expect(at('12:00', card('10:00'), card('15:00'))).toEqual(['10:00', 'owed', ['15:00']]);
});

it('counts the registers of today that are owed, whichever session is shown', () => {
	const owed = (time: string) =>
		todayOf([card('09:00'), card('11:00'), card('15:00')], TODAY, time).owedCount;
	expect([owed('08:00'), owed('09:30'), owed('11:30'), owed('17:00')]).toEqual([0, 0, 1, 3]);
});
