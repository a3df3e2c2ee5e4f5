import { expect, it } from 'vitest';
import { backSaying, beside, carryingBack, from, wayBack } from './way-back.ts';

const TODAY = { href: '/today', label: 'Today' };
const WEEK = new URL(
	'https://halqa.example/calendar?date=2026-05-04&centre=c1&room=r%C3%A9&done=planned&undo=u1'
);

it('leads back to the week a session was opened from, filters included', () => {
	const there = new URL(from(WEEK, '/sessions/s1'), WEEK);
	expect(there.pathname).toBe('/sessions/s1');
	expect(wayBack(there, TODAY).href).toBe('/calendar?date=2026-05-04&centre=c1&room=r%C3%A9');
	const after = new URL(`/sessions/s1?done=recorded${carryingBack(there)}`, WEEK);
	expect(wayBack(after, TODAY)).toEqual(wayBack(there, TODAY));
	const cohort = new URL(from(new URL('/cohorts/c-1', WEEK), '/sessions/s1'), WEEK);
	expect(wayBack(cohort, TODAY).href).toBe('/cohorts/c-1');
});

it('remembers the week over a session, its voices and its code', () => {
	const session = new URL(from(WEEK, '/sessions/s1'), WEEK);
	const code = new URL(beside(session, '/sessions/s1/code'), WEEK);
	expect(wayBack(new URL(beside(code, '/sessions/s1'), WEEK), TODAY)).toEqual(
		wayBack(session, TODAY)
	);
	const voices = new URL(from(session, '/voices/s1?code=2'), WEEK);
	expect(voices.searchParams.get('code')).toBe('2');
	const again = new URL(wayBack(voices, TODAY).href, WEEK);
	expect(again.pathname).toBe('/sessions/s1');
	expect(wayBack(again, TODAY)).toEqual(wayBack(session, TODAY));
	expect(backSaying(voices, 'vouched', '/voices')).toBe(
		`${wayBack(voices, TODAY).href}&done=vouched`
	);
	expect(backSaying(new URL('/voices/s1', WEEK), 'vouched', '/voices')).toBe(
		'/voices?done=vouched'
	);
	expect(beside(new URL('/sessions/s1', WEEK), '/sessions/s1/code')).toBe('/sessions/s1/code');
});

it('leads nowhere but to a list', () => {
	for (const back of [
		'https://elsewhere.example/',
		'//elsewhere.example',
		'/calendar/../logout',
		'/calendar?date=1#x',
		'/.//elsewhere',
		'/cohorts/c1/edit',
		'/settings',
		''
	])
		expect(wayBack(new URL(`/sessions/s1?${new URLSearchParams({ back })}`, WEEK), TODAY)).toBe(
			TODAY
		);
	expect(wayBack(new URL('/sessions/s1', WEEK), TODAY)).toBe(TODAY);
	expect(carryingBack(new URL('/sessions/s1', WEEK))).toBe('');
});
