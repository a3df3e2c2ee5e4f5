import { expect, it } from 'vitest';
import { aCentre, aClosedDay } from '#tests/factories/plan-request.ts';
import { closedEverywhere, dayState } from './rules.ts';

const TUESDAY = '2026-05-05';
const SATURDAY = '2026-05-09';
const expected = (date: string) => aClosedDay(date, { certainty: 'expected' });

it('is open on an ordinary weekday and closed at the weekend', () => {
	expect(dayState(aCentre(), [], TUESDAY)).toEqual({ state: 'open' });
	expect(dayState(aCentre(), [], SATURDAY)).toEqual({ state: 'closed' });
});

it('is skipped on a confirmed day, and only on that day', () => {
	const day = aClosedDay(TUESDAY);
	expect(dayState(aCentre(), [day], TUESDAY)).toEqual({ state: 'skipped', day });
	expect(dayState(aCentre(), [day], '2026-05-06')).toEqual({ state: 'open' });
});

it('is doubtful a day before, on and a day after an expected day', () => {
	const day = expected('2026-05-06');
	const states = ['2026-05-04', '2026-05-05', '2026-05-06', '2026-05-07', '2026-05-08'].map(
		(date) => dayState(aCentre(), [day], date).state
	);
	expect(states).toEqual(['open', 'doubtful', 'doubtful', 'doubtful', 'open']);
});

it('takes the certain over the expected', () => {
	const closedDays = [expected(TUESDAY), aClosedDay(TUESDAY)];
	expect(dayState(aCentre(), closedDays, TUESDAY).state).toBe('skipped');
});

it('closes a centre by its own days and the country by its holidays, and no other centre', () => {
	const own = aClosedDay(TUESDAY, { centreId: 'centre' });
	expect(dayState(aCentre(), [own], TUESDAY).state).toBe('skipped');
	expect(dayState(aCentre({ id: 'another' }), [own], TUESDAY).state).toBe('open');
	expect(dayState(aCentre({ id: 'another' }), [aClosedDay(TUESDAY)], TUESDAY).state).toBe(
		'skipped'
	);
});

it('keeps centres shut together only when each of them is, and for sure', () => {
	const [here, there] = [aCentre(), aCentre({ id: 'another' })];
	const holiday = aClosedDay(TUESDAY);
	const own = aClosedDay(TUESDAY, { centreId: 'centre' });
	expect(closedEverywhere([here, there], [holiday], TUESDAY)).toEqual(holiday);
	expect(closedEverywhere([here], [own], TUESDAY)).toEqual(own);
	expect(closedEverywhere([here, there], [own], TUESDAY)).toBe(null);
	expect(closedEverywhere([here], [expected(TUESDAY)], TUESDAY)).toBe(null);
	expect(closedEverywhere([], [holiday], TUESDAY)).toBe(null);
});
