import { cohortsInScope } from '#lib/features/cohorts/queries.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { blindIndex } from '#lib/platform/crypto/keyring.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import { leaveOut, type JudgedCohort } from './judged.ts';
import { keyOfCohort } from './matching.ts';
import { parseRow, type CohortRow, type Places } from '../reading/parsing.ts';
import type { Import, WaitingRow } from '../queries.server.ts';

/** Groups within reach by `keyOfCohort`, under every name they have; of two alike the older. */
export async function cohortsByKey(ctx: Context): Promise<Map<string, Row<'cohort'>>> {
	const byKey = new Map<string, Row<'cohort'>>();
	for (const cohort of await cohortsInScope(ctx).orderBy('cohort.id').execute())
		for (const name of Object.values(JSON.parse(cohort.name_texts) as Record<string, string>)) {
			const key = keyOfCohort(cohort.centre_id, name);
			if (!byKey.has(key)) byKey.set(key, cohort);
		}
	return byKey;
}

/** Judges rows of a list of groups: by centre and name a group is new, the same or changed. */
export async function judgeCohorts(
	ctx: Context,
	item: Import,
	waiting: readonly WaitingRow[],
	places: Places
): Promise<JudgedCohort[]> {
	const rows = waiting.map((one): JudgedCohort => {
		const sheet = item.setup.sheets[one.sheet]!;
		const { row, problems } = parseRow(item.kind, item.setup, sheet, one.cells, places);
		return {
			...{ waiting: one, row: row?.kind === 'cohort' ? row : null, problems },
			...{
				verdict: row ? 'new' : 'out',
				matchKey: null,
				personId: null,
				twin: null,
				cohort: null,
				set: {}
			}
		};
	});
	const byKey = await cohortsByKey(ctx);
	const seen = new Set<string>();
	for (const one of rows) {
		if (!one.row) continue;
		const key = keyOfCohort(one.row.centreId, one.row.name);
		one.matchKey = blindIndex(ctx.ring, `import ${item.id}`, key).slice(0, 22);
		if (seen.has(key)) one.verdict = 'repeat';
		else judgeCohort(one, one.row, byKey.get(key));
		if (one.row) seen.add(key);
	}
	await findRepeats(ctx, item, rows);
	return rows;
}

function judgeCohort(one: JudgedCohort, row: CohortRow, cohort: Row<'cohort'> | undefined): void {
	if (!cohort) return;
	if (row.capacity !== null && row.capacity < cohort.member_count)
		return leaveOut(one, { column: null, code: 'capacity_small' });
	const { ageFrom, ageTo, capacity, audience } = row;
	const [from, to] = [ageFrom ?? cohort.age_from, ageTo ?? cohort.age_to];
	if (from > to) return leaveOut(one, { column: null, code: 'ages_unknown' });
	one.cohort = cohort;
	one.set = {
		...(from !== cohort.age_from && { age_from: from }),
		...(to !== cohort.age_to && { age_to: to }),
		...(capacity !== null && capacity !== cohort.capacity && { capacity }),
		...(audience !== null && audience !== cohort.audience && { audience })
	};
	one.verdict = Object.keys(one.set).length > 0 ? 'changed' : 'same';
}

/** Of two rows of one group the first one counts, wherever in the file they stand. */
async function findRepeats(
	ctx: Context,
	item: Import,
	rows: readonly JudgedCohort[]
): Promise<void> {
	const first = rows[0]?.waiting.position;
	const keys = rows.flatMap(({ matchKey }) => matchKey ?? []);
	if (!first || keys.length === 0) return;
	const earlier = await ctx.db
		.selectFrom('import_row')
		.select('match_key')
		.where('import_id', '=', item.id)
		.where('position', '<', first)
		.where('verdict', '<>', 'out')
		.where('match_key', 'in', keys)
		.execute();
	const known = new Set(earlier.map(({ match_key }) => match_key));
	for (const one of rows) if (one.row && known.has(one.matchKey)) one.verdict = 'repeat';
}
