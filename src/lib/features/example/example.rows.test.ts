import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, minutesOf, weekdayOf, weekdaysFrom } from '#lib/platform/clock/days.ts';
import { keyRing, newKeyRing } from '#lib/platform/crypto/keyring.ts';
import { CAST, COHORTS, PEOPLE, SECTIONS, TARGETS } from './cast.ts';
import { exampleRows, type ExampleRows } from './example.server.ts';
import { came } from './registers.ts';

const ring = keyRing(newKeyRing());

const AWKWARD = {
	'a Monday': '2026-11-23',
	'a Sunday': '2026-05-03',
	'a Saturday': '2026-10-24',
	'a holiday': '2026-12-25',
	'the Saturday after Good Friday': '2025-04-19',
	'29 February': '2028-02-29',
	'the first day of a year': '2027-01-01',
	'shortly after the holidays': '2027-01-08',
	'the first day of a quarter': '2026-07-01',
	'the last day of a quarter': '2026-09-30'
};

/** A handful of other days, the same at every run. */
const OTHER_DAYS = fc
	.sample(fc.integer({ min: 0, max: 3650 }), { numRuns: 6, seed: 15215 })
	.map((days) => addDays('2024-01-01', days));

const examples = [...Object.values(AWKWARD), ...OTHER_DAYS].map((today) => ({
	today,
	rows: exampleRows(ring, today, 'no password opens this')
}));

function onEveryDay(check: (rows: ExampleRows, today: string) => void): void {
	for (const { today, rows } of examples)
		try {
			check(rows, today);
		} catch (error) {
			throw new Error(`With ${today} as today`, { cause: error });
		}
}

/** Dates on which a centre is closed by a confirmed day. */
function confirmedDays(rows: ExampleRows, centreId: string): Set<string> {
	return new Set(
		rows.closed_day
			.filter((day) => day.section_id === SECTIONS.lebanon && day.certainty === 'confirmed')
			.filter((day) => !day.centre_id || day.centre_id === centreId)
			.map((day) => day.on_date)
	);
}

function sessionsOfRana(rows: ExampleRows) {
	const ids = rows.session_facilitator
		.filter(({ account_id }) => account_id === CAST.facilitator.id)
		.map(({ session_id }) => session_id);
	return rows.session.filter(({ id }) => ids.includes(id));
}

it('has sessions somebody vouched for, some that wait, one that took too many forms, and adults’ answers', () => {
	const { rows } = examples[0]!;
	const closed = rows.feedback_code.filter(({ closed_at }) => closed_at !== null);
	const flooded = closed.filter(
		({ started_count, member_count }) => started_count > (member_count ?? 0)
	);
	const vouched = new Set(rows.feedback_vouch.map(({ code_id }) => code_id));
	expect(flooded).toHaveLength(1);
	expect(vouched.size).toBeGreaterThan(20);
	expect(closed.length - vouched.size).toBeGreaterThan(5);
	expect(rows.feedback_count.some(({ code_id }) => code_id === flooded[0]!.id)).toBe(false);
	expect(rows.feedback_count.some(({ form }) => form.includes('adult'))).toBe(true);
	expect(rows.caregiver.length).toBeGreaterThan(0);
});

describe('the example on any day', () => {
	it('never books a room, a facilitator, a cohort or a person twice at a time', () => {
		onEveryDay((rows) => {
			const staff = Map.groupBy(rows.session_facilitator, ({ session_id }) => session_id);
			const members = Map.groupBy(rows.cohort_member, ({ cohort_id }) => cohort_id);
			const bookings = rows.session.flatMap((session) => {
				const adults = staff.get(session.id)!.map(({ account_id }) => account_id);
				expect(adults).toHaveLength(2);
				const people = members.get(session.cohort_id!)!.map(({ person_id }) => person_id);
				const from = minutesOf(session.start_time);
				return [session.room_id, session.cohort_id, ...adults, ...people].map((resource) => ({
					key: `${resource} ${session.on_date}`,
					from,
					to: from + session.minutes
				}));
			});
			for (const [key, sameDay] of Map.groupBy(bookings, ({ key }) => key)) {
				const inOrder = sameDay.sort((a, b) => a.from - b.from);
				inOrder.slice(1).forEach(({ from }, i) => {
					if (from < inOrder[i]!.to) expect.fail(`booked twice: ${key}`);
				});
			}
		});
	});

	it('meets only when the centre is open', () => {
		onEveryDay((rows) => {
			for (const centre of rows.centre) {
				const closed = confirmedDays(rows, centre.id);
				for (const session of rows.session.filter(({ centre_id }) => centre_id === centre.id)) {
					expect(closed.has(session.on_date)).toBe(false);
					expect(weekdaysFrom(centre.closed_weekdays)).not.toContain(weekdayOf(session.on_date));
					const starts = minutesOf(session.start_time);
					expect(starts).toBeGreaterThanOrEqual(minutesOf(centre.opens_at));
					expect(starts + session.minutes).toBeLessThanOrEqual(minutesOf(centre.closes_at));
				}
			}
		});
	});

	it('gives the facilitator two sessions to come today, but none on a holiday', () => {
		onEveryDay((rows, today) => {
			const todays = sessionsOfRana(rows).filter(({ on_date }) => on_date === today);
			const isHoliday = confirmedDays(rows, rows.centre[0]!.id).has(today);
			expect(todays.map(({ start_time }) => start_time).sort()).toEqual(
				isHoliday ? [] : ['10:00', '15:00']
			);
			expect(todays.every(({ status }) => status === 'planned')).toBe(true);
		});
	});

	it('leaves the facilitator two registers of the last ten days to take', () => {
		onEveryDay((rows, today) => {
			const missing = sessionsOfRana(rows).filter(
				({ on_date, status }) => on_date < today && status === 'planned'
			);
			expect(missing).toHaveLength(2);
			for (const { on_date } of missing) expect(on_date >= addDays(today, -10)).toBe(true);
		});
	});

	it('counts the members of a cohort right, within its places and its room', () => {
		onEveryDay((rows) => {
			for (const cohort of rows.cohort) {
				const members = rows.cohort_member.filter(({ cohort_id }) => cohort_id === cohort.id);
				expect(cohort.member_count).toBe(members.length);
				expect(cohort.member_count).toBeLessThanOrEqual(cohort.capacity);
				const rooms = rows.room.filter(({ centre_id }) => centre_id === cohort.centre_id);
				for (const room of rooms) expect(cohort.capacity).toBeLessThanOrEqual(room.capacity);
			}
		});
	});

	it('gives every member an age the cohort asks for', () => {
		onEveryDay((rows, today) => {
			const cohorts = new Map(rows.cohort.map((cohort) => [cohort.id, cohort]));
			const persons = new Map(rows.person.map((person) => [person.id, person]));
			for (const { cohort_id, person_id } of rows.cohort_member) {
				const age = Number(today.slice(0, 4)) - persons.get(person_id)!.birth_year;
				expect(age).toBeGreaterThanOrEqual(cohorts.get(cohort_id)!.age_from);
				expect(age).toBeLessThanOrEqual(cohorts.get(cohort_id)!.age_to);
			}
		});
	});

	it('holds five minutes at a time for every session from today on that takes place, and for no other', () => {
		onEveryDay((rows, today) => {
			const keys = rows.slot.map(({ resource, on_date, slot }) => `${resource} ${on_date} ${slot}`);
			expect(new Set(keys).size).toBe(keys.length);
			const coming = rows.session.filter(
				({ on_date, status }) => on_date >= today && status !== 'cancelled'
			);
			expect(new Set(rows.slot.map(({ session_id }) => session_id))).toEqual(
				new Set(coming.map(({ id }) => id))
			);
			expect(rows.slot).toHaveLength(coming.length * 4 * 18);
		});
	});

	it('marks everybody in every held session, and nobody in another', () => {
		onEveryDay((rows) => {
			const size = new Map(rows.cohort.map(({ id, member_count }) => [id, member_count]));
			const held = rows.session.filter(({ status }) => status === 'held');
			expect(rows.mark).toHaveLength(held.reduce((sum, s) => sum + size.get(s.cohort_id!)!, 0));
			for (const { headcount } of held) expect(headcount).toBeGreaterThan(0);
			const share = rows.mark.filter(({ code }) => came(code)).length / rows.mark.length;
			expect(share).toBeGreaterThan(0.8);
			expect(share).toBeLessThan(0.95);
		});
	});

	it('sees three children at two centres', () => {
		onEveryDay((rows) => {
			const centreOf = new Map(rows.session.map(({ id, centre_id }) => [id, centre_id]));
			for (const child of PEOPLE.atTwoCentres) {
				const marks = rows.mark.filter(({ person_id, code }) => person_id === child && came(code));
				expect(new Set(marks.map(({ session_id }) => centreOf.get(session_id))).size).toBe(2);
			}
		});
	});

	it('shows a current target whose parts leave a difference, and a closed one exceeded', () => {
		onEveryDay((rows, today) => {
			const target = (id: string) => rows.target.find((each) => each.id === id)!;
			const strategy = target(TARGETS.strategy);
			expect(strategy.starts_on <= today && today <= strategy.ends_on).toBe(true);
			const parts = rows.target.filter(({ parent_id }) => parent_id === TARGETS.strategy);
			expect(parts.reduce((sum, part) => sum + part.amount, 0)).toBe(6300);

			const quarter = target(TARGETS.lastQuarter);
			expect(quarter.ends_on < today).toBe(true);
			const sessions = rows.session.filter(
				({ on_date }) => on_date >= quarter.starts_on && on_date <= quarter.ends_on
			);
			const ids = new Set(sessions.map(({ id }) => id));
			const reached = new Set(
				rows.mark
					.filter(({ session_id, code }) => ids.has(session_id) && came(code))
					.map(({ person_id }) => person_id)
			);
			expect(reached.size / quarter.amount).toBeGreaterThan(1.04);
			expect(reached.size / quarter.amount).toBeLessThan(1.4);
		});
	});

	it('keeps a cohort ready to be planned, a full one and a closed one at centre 01', () => {
		onEveryDay((rows) => {
			const cohort = (id: string) => rows.cohort.find((each) => each.id === id)!;
			const butterflies = cohort(COHORTS.butterflies);
			expect(butterflies.member_count).toBeLessThan(butterflies.capacity);
			expect(rows.cycle.some(({ cohort_id }) => cohort_id === COHORTS.butterflies)).toBe(false);
			expect(cohort(COHORTS.cedars).member_count).toBe(cohort(COHORTS.cedars).capacity);
			expect(cohort(COHORTS.oliveGrove).status).toBe('closed');
			const cohortsOfHers = rows.cohort_member.filter(
				({ person_id }) => person_id === PEOPLE.inTwoCohorts
			);
			expect(cohortsOfHers).toHaveLength(2);
		});
	});
});
