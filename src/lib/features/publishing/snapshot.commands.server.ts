import { sql } from 'kysely';
import { insertAll } from '#lib/platform/db/batches.ts';
import type { Db } from '#lib/platform/db/open.ts';
import { freeze, type Frozen } from './freezing.rules.ts';
import { layOut } from './layouts.rules.ts';
import { groupAlike, unpublishedFirsts } from './newly.queries.server.ts';
import { yearOf } from './periods.rules.ts';
import { getReportSetting, listWithTotals, whereItIs } from './queries.server.ts';
import { runningTotals, toldSince, type Published } from './totals.rules.ts';
import type { Layout, RunningTotal } from './types.ts';

/**
 * The rows of a month's snapshot. Part of a command: on its transaction, which holds the section's counts and has asked
 * `whyNot`.
 */
export async function writeSnapshot(
	db: Db,
	of: {
		snapshotId: string;
		sectionId: string;
		month: string;
		layout: Layout;
		frozenOn: string;
		frozenBy: string;
	}
): Promise<{ snapshotId: string; number: number }> {
	const { snapshotId, sectionId, month, layout } = of;
	const own = { sectionId, snapshotId };
	const earlier = (await listWithTotals(db, [sectionId])).map((one) => ({
		...one,
		year: yearOf(one.period)
	}));
	const number = earlier.length + 1;
	await db
		.insertInto('snapshot')
		.values({
			...{ id: snapshotId, section_id: sectionId, period: month, layout, number },
			...{ frozen_on: of.frozenOn, frozen_by: of.frozenBy },
			...{ people_count: 0, zeros_hidden: 0 },
			...(await getReportSetting(db, sectionId))
		})
		.execute();
	const frozen = await freezePeople(db, own, { month, layout });
	await insertAll(db, 'snapshot_cell', cellRows(frozen, own));
	const totals = await tellTotals(db, own, { month, peopleCount: frozen.peopleCount, earlier });
	await insertAll(db, 'snapshot_total', totalRows(totals, own));
	return { snapshotId, number };
}

/** Takes whoever is not published yet into a snapshot and freezes their numbers; nobody when they are too few. */
async function freezePeople(
	db: Db,
	own: RowOf,
	{ month, layout }: { month: string; layout: Layout }
): Promise<Frozen> {
	const { sectionId, snapshotId } = own;
	await markPublished(db, own, month);
	const those = db
		.selectFrom('published_person')
		.select(['person_id', 'centre_id'])
		.where('snapshot_id', '=', snapshotId);
	const newly = await groupAlike(db, those);
	const frozen = freeze(layOut(newly, { layout, month, ...(await whereItIs(db, sectionId)) }));
	if (frozen.peopleCount === 0)
		await db.deleteFrom('published_person').where('snapshot_id', '=', snapshotId).execute();
	else
		await db
			.updateTable('snapshot')
			.set({ people_count: frozen.peopleCount, zeros_hidden: Number(frozen.zerosHidden) })
			.where('id', '=', snapshotId)
			.execute();
	return frozen;
}

/** What a snapshot tells of longer periods, those it is in. */
async function tellTotals(
	db: Db,
	{ sectionId }: RowOf,
	{ month, peopleCount, earlier }: { month: string; peopleCount: number; earlier: Published[] }
): Promise<RunningTotal[]> {
	const year = yearOf(month);
	const years = [year, ...(await targetYears(db, sectionId)), ...toldSince(earlier)];
	const counts = await countSince(db, sectionId, new Set(years.filter((one) => one <= year)));
	return runningTotals({ year, peopleCount, counts }, earlier);
}

/** Remembers who is counted in a snapshot: in one statement, however many. */
async function markPublished(
	db: Db,
	{ sectionId, snapshotId }: RowOf,
	month: string
): Promise<void> {
	const those = unpublishedFirsts(db, sectionId, month);
	await db
		.insertInto('published_person')
		.columns(['person_id', 'centre_id', 'year', 'snapshot_id', 'section_id'])
		.expression(
			db
				.selectFrom(those.as('those'))
				.select([
					'those.person_id',
					'those.centre_id',
					sql<number>`cast(${yearOf(month)} as integer)`.as('year'),
					sql<string>`cast(${snapshotId} as text)`.as('snapshot_id'),
					sql<string>`cast(${sectionId} as text)`.as('section_id')
				])
		)
		.execute();
}

/** The years whose January a people target of the section begins with. */
async function targetYears(db: Db, sectionId: string): Promise<number[]> {
	const targets = await db
		.selectFrom('target')
		.select('starts_on')
		.where('section_id', '=', sectionId)
		.where('centre_id', 'is', null)
		.where('unit', '=', 'people')
		.where('starts_on', 'like', '%-01-01')
		.execute();
	return targets.map(({ starts_on }) => yearOf(starts_on));
}

/** How many different people are published since each of some years. */
async function countSince(
	db: Db,
	sectionId: string,
	years: ReadonlySet<number>
): Promise<ReadonlyMap<number, number>> {
	const counts = new Map<number, number>();
	for (const since of years) {
		const { count } = await db
			.selectFrom('published_person')
			.select((eb) => eb.fn.count<number>('person_id').distinct().as('count'))
			.where('section_id', '=', sectionId)
			.where('year', '>=', since)
			.executeTakeFirstOrThrow();
		counts.set(since, count);
	}
	return counts;
}

interface RowOf {
	sectionId: string;
	snapshotId: string;
}

function cellRows({ cells }: Frozen, { sectionId, snapshotId }: RowOf) {
	return cells.map(({ place, group, sex, age, isTotal, count }, position) => ({
		...{ snapshot_id: snapshotId, position, section_id: sectionId },
		...{ adm1_pcode: place?.adm1 ?? null, adm2_pcode: place?.adm2 ?? null },
		...{ population_group: group, sex, age_band: age },
		...{ is_total: Number(isTotal), people_count: count }
	}));
}

function totalRows(totals: readonly RunningTotal[], { sectionId, snapshotId }: RowOf) {
	return totals.map(({ sinceYear, peopleCount, isCarried }) => ({
		...{ snapshot_id: snapshotId, since_year: sinceYear, section_id: sectionId },
		...{ people_count: peopleCount, is_carried: Number(isCarried) }
	}));
}
