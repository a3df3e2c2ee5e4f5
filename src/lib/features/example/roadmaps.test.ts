import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '#lib/platform/clock/days.ts';
import { keyRing, newKeyRing } from '#lib/platform/crypto/keyring.ts';
import { known, SESSION_STATUSES } from '#lib/platform/db/vocabularies.ts';
import { percentOf, stateOf, tallyOf } from '../roadmap/rules.ts';
import { COHORTS, MILESTONES, ROADMAPS, SECTIONS } from './cast.ts';
import { exampleRows, type ExampleRows } from './example.server.ts';

const ring = keyRing(newKeyRing());

const DAYS = [
	...['2026-11-23', '2026-05-03', '2026-12-25', '2027-01-01', '2028-02-29', '2026-07-01'],
	...fc
		.sample(fc.integer({ min: 0, max: 3650 }), { numRuns: 6, seed: 21600 })
		.map((days) => addDays('2024-01-01', days))
];
const examples = DAYS.map((today) => ({
	today,
	rows: exampleRows(ring, today, 'no password opens this')
}));

/** How the milestones of Lebanon stand, by their name in the cast. */
function standings(rows: ExampleRows, today: string) {
	return Object.fromEntries(
		Object.entries(MILESTONES).map(([name, id]) => {
			const row = rows.milestone.find((one) => one.id === id)!;
			const cycles = rows.milestone_cycle
				.filter(({ milestone_id }) => milestone_id === id)
				.map(({ cycle_id }) => cycle_id);
			const tally = tallyOf(
				rows.session
					.filter(({ cycle_id }) => cycles.includes(cycle_id!))
					.map(({ status, on_date }) => ({
						status: known(SESSION_STATUSES, status),
						date: on_date
					})),
				today
			);
			const standing = {
				kind: row.kind,
				startsOn: row.starts_on,
				dueOn: row.due_on,
				reachedOn: row.reached_on ?? null,
				tally
			};
			return [name, { state: stateOf(standing, today), percent: percentOf(tally), tally }];
		})
	);
}

describe.each(examples)('the roadmaps of the example on $today', ({ today, rows }) => {
	it('show every state, and the milestones stand as the cast says', () => {
		const seen = standings(rows, today);
		expect(
			Object.fromEntries(Object.entries(seen).map(([name, { state }]) => [name, state]))
		).toEqual({
			firstRound: 'done',
			akkar: 'at_risk',
			baalbekToNorth: 'on_time',
			newGroups: 'not_begun',
			guide: 'done',
			pilot: 'on_time',
			eveningHours: 'late',
			mothers: 'on_time',
			code: 'at_risk',
			quietCorner: 'on_time',
			review: 'not_begun'
		});
		expect(seen['firstRound']).toMatchObject({ percent: 100, tally: { heldCount: 72 } });
		expect(seen['akkar']!.tally).toMatchObject({ missingCount: 2 });
		expect(seen['pilot']).toMatchObject({ percent: 100, tally: { heldCount: 8 } });
		expect(seen['newGroups']!.percent).toBe(null);
		for (const running of ['akkar', 'baalbekToNorth', 'mothers']) {
			expect(seen[running]!.percent).toBeGreaterThan(0);
			expect(seen[running]!.percent).toBeLessThan(100);
		}
	});

	it('keep today, and the due dates of open milestones, on the picture', () => {
		for (const roadmap of rows.roadmap) {
			expect(roadmap.starts_on <= today && today <= roadmap.ends_on).toBe(true);
			const outcomes = rows.roadmap_outcome
				.filter(({ roadmap_id }) => roadmap_id === roadmap.id)
				.map(({ id }) => id);
			const open = rows.milestone.filter(
				({ outcome_id, reached_on }) => outcomes.includes(outcome_id) && !reached_on
			);
			for (const { due_on } of open)
				expect(due_on >= roadmap.starts_on && due_on <= roadmap.ends_on).toBe(true);
		}
	});

	it('never call an organisation late for what was invented', () => {
		const shown = rows.milestone.filter(({ section_id }) => section_id !== SECTIONS.lebanon);
		for (const { due_on, reached_on, is_example } of shown)
			if (is_example === 1) expect(due_on > today && reached_on === null).toBe(true);
	});

	it('mark what is invented, and say where the rest is taken from', () => {
		for (const { source_texts, is_example } of rows.milestone)
			expect(is_example === 1).toBe(source_texts === null);
		for (const { name_texts, source_texts } of rows.body)
			expect(source_texts !== null || name_texts.includes('(example)')).toBe(true);
	});

	it('leave Butterflies, who have no cycle yet, to be linked', () => {
		const linked = rows.milestone_cycle.map(({ cycle_id }) => cycle_id);
		const cohorts = rows.cycle
			.filter(({ id }) => linked.includes(id))
			.map(({ cohort_id }) => cohort_id);
		expect(cohorts).not.toContain(COHORTS.butterflies);
		expect(linked).toHaveLength(6 + 2 + 4 + 4 + 1);
	});
});

it('gives each section one roadmap', () => {
	const [{ rows }] = examples as [(typeof examples)[0]];
	expect(rows.roadmap.map(({ id }) => id).sort()).toEqual(Object.values(ROADMAPS).sort());
	expect(new Set(rows.roadmap.map(({ section_id }) => section_id)).size).toBe(5);
});
