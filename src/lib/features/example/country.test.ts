import { describe, expect, it } from 'vitest';
import { minutesOf } from '#lib/platform/clock/days.ts';
import { keyRing, newKeyRing } from '#lib/platform/crypto/keyring.ts';
import { PEOPLE } from './cast.ts';
import { exampleRows } from './example.server.ts';

const today = '2026-05-04';
const rows = exampleRows(keyRing(newKeyRing()), today, 'no password opens this', 'country');

/** Pairs of sessions that overlap and share one of the names given to them. */
function overlaps(namesOf: (session: (typeof rows.session)[number]) => string[]): string[] {
	const byDay = Map.groupBy(
		rows.session.flatMap((session) => namesOf(session).map((name) => ({ session, name }))),
		({ session, name }) => `${name} ${session.on_date}`
	);
	return [...byDay].flatMap(([day, taken]) => {
		const inOrder = taken
			.map(({ session }) => ({ from: minutesOf(session.start_time), minutes: session.minutes }))
			.sort((a, b) => a.from - b.from);
		const clash = inOrder.some(({ from }, i) => {
			const before = inOrder[i - 1];
			return before !== undefined && before.from + before.minutes > from;
		});
		return clash ? [day] : [];
	});
}

describe('the example at the size of a country', () => {
	it('has five years of 28,000 people, 24,000 sessions and 330,000 marks', () => {
		expect(rows.person.length).toBeGreaterThanOrEqual(28_000);
		expect(rows.session.length).toBeGreaterThan(24_000);
		expect(rows.mark.length).toBeGreaterThan(330_000);
		expect(new Set(rows.session.map(({ centre_id }) => centre_id)).size).toBe(18);
		const first = rows.session.map(({ on_date }) => on_date).sort()[0]!;
		expect(first.slice(0, 4)).toBe('2021');
	});

	it('never puts two sessions into one room, or one facilitator into two rooms, in five years', () => {
		const staff = Map.groupBy(rows.session_facilitator, ({ session_id }) => session_id);
		expect(overlaps(({ room_id }) => [room_id!])).toEqual([]);
		expect(overlaps(({ id }) => staff.get(id)!.map(({ account_id }) => account_id))).toEqual([]);
	});

	it('never expects a child in two places, but for the children the small example is about', () => {
		const members = Map.groupBy(rows.cohort_member, ({ cohort_id }) => cohort_id);
		const cases = new Set<string>([...PEOPLE.atTwoCentres, PEOPLE.inTwoCohorts]);
		const clashes = overlaps(({ cohort_id }) =>
			members
				.get(cohort_id!)!
				.map(({ person_id }) => person_id)
				.filter((id) => !cases.has(id))
		);
		expect(clashes).toEqual([]);
	});

	it('has children at two centres, registers that are missing, and slots for what is still to come', () => {
		const dates = new Map(rows.session.map((session) => [session.id, session]));
		const centres = Map.groupBy(rows.mark, ({ person_id }) => person_id);
		const atTwo = [...centres.values()].filter(
			(marks) => new Set(marks.map(({ session_id }) => dates.get(session_id)!.centre_id)).size > 1
		);
		expect(atTwo.length).toBeGreaterThan(500);
		const missing = rows.session.filter((s) => s.status === 'planned' && s.on_date < today);
		expect(missing.length).toBeGreaterThan(50);
		const slotted = new Set(rows.slot.map(({ session_id }) => session_id));
		const ahead = rows.session
			.filter(({ on_date, status }) => on_date >= today && status !== 'cancelled')
			.map(({ id }) => id);
		expect([...slotted].sort()).toEqual(ahead.sort());
	});

	it('keeps every row of the small example as it is', () => {
		const small = exampleRows(keyRing(newKeyRing()), today, 'no password opens this');
		const ids = new Set(rows.session.map(({ id }) => id));
		expect(small.session.every(({ id }) => ids.has(id))).toBe(true);
		const sizes = Object.fromEntries(rows.cohort.map((cohort) => [cohort.id, cohort]));
		for (const cohort of small.cohort) expect(sizes[cohort.id]).toEqual(cohort);
	});
});
