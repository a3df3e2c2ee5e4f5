import type { NewRow } from '#lib/platform/db/schema.ts';
import { COHORTS, SECTIONS } from './cast.ts';
import type { CohortPlan } from './cohorts.ts';
import { exampleId } from './invent.ts';

const WAITING = 3;
const DAY_MS = 86_400_000;

/** Children of another cohort of its centre who wait for a place in Cedars, which is full; the first since a fortnight. */
export function waitingRows(
	plans: readonly CohortPlan[],
	byCohort: ReadonlyMap<string, string[]>,
	now: number
): NewRow<'waiting_place'>[] {
	const full = plans.find(({ id }) => id === COHORTS.cedars)!;
	const inside = new Set(byCohort.get(full.id));
	const beside = plans.find(
		({ id, centre, audience }) =>
			id !== full.id && centre === full.centre && audience === full.audience
	);
	const waiting = (byCohort.get(beside?.id ?? '') ?? []).filter((id) => !inside.has(id));
	return waiting.slice(0, WAITING).map((person_id, nth) => ({
		id: exampleId(`waiting ${nth}`),
		...{ section_id: SECTIONS.lebanon, cohort_id: full.id, person_id },
		...{ asked_at: now - (14 - nth * 3) * DAY_MS, ended_at: null, outcome: null }
	}));
}
