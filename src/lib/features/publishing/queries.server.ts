import { countsAsReach } from '#lib/features/counts/queries.server.ts';
import type { Place } from '#lib/features/centres/types.ts';
import type { NetworkScope } from '#lib/platform/access/actor.ts';
import { addDays } from '#lib/platform/clock/days.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Db } from '#lib/platform/db/open.ts';
import { known } from '#lib/platform/db/vocabularies.ts';
import { collatorIn } from '#lib/platform/i18n/collation.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import { previewOf } from './freezing.rules.ts';
import { layOut, layoutsFor } from './layouts.rules.ts';
import { groupAlike, unpublishedFirsts } from './newly.queries.server.ts';
import type { SnapshotWithTotals } from './outside.rules.ts';
import { daysOfMonth, daysOfYear } from './periods.rules.ts';
import { LAYOUTS, type Preview, type RunningTotal, type Snapshot } from './types.ts';

/** Who reads what is published: someone of its section, or the network, which may read those of every section of its kind. */
export type Reader = Pick<Context, 'db' | 'scope'> | { db: Db; network: NetworkScope };

/** The snapshots within reach, sections by name, the latest of each first. */
export async function listSnapshots(
	reader: Reader,
	locale: Locale
): Promise<(Snapshot & { section: string })[]> {
	const rows = await snapshotsInReach(reader)
		.select('section.name_texts')
		.orderBy('snapshot.section_id')
		.orderBy('snapshot.number', 'desc')
		.execute();
	const { compare } = collatorIn(locale);
	return rows
		.map((row) => ({ ...asSnapshot(row), section: textIn(row.name_texts, locale) }))
		.sort((a, b) => compare(a.section, b.section));
}

/** One of them; undefined when it is out of reach. */
export async function findSnapshot(reader: Reader, id: string): Promise<Snapshot | undefined> {
	const row = await snapshotsInReach(reader).where('snapshot.id', '=', id).executeTakeFirst();
	return row && asSnapshot(row);
}

/** Snapshots of the own section; for the network those of every section of its kind. */
export function snapshotsInReach(reader: Reader) {
	return reader.db
		.selectFrom('snapshot')
		.innerJoin('section', 'section.id', 'snapshot.section_id')
		.selectAll('snapshot')
		.$if('scope' in reader, (query) =>
			query.where('snapshot.section_id', '=', (reader as Context).scope.sectionId)
		)
		.$if('network' in reader, (query) => {
			const { network } = reader as { network: NetworkScope };
			return query.where('section.is_example', '=', network.isExample ? 1 : 0);
		});
}

type SnapshotRow = Awaited<
	ReturnType<ReturnType<typeof snapshotsInReach>['executeTakeFirstOrThrow']>
>;

function asSnapshot(row: SnapshotRow): Snapshot {
	return {
		id: row.id,
		sectionId: row.section_id,
		period: row.period,
		layout: known(LAYOUTS, row.layout),
		number: row.number,
		frozenOn: row.frozen_on,
		peopleCount: row.people_count
	};
}

/** The snapshots of some sections in order, with what each tells of longer periods. */
export async function listWithTotals(
	db: Db,
	sectionIds: readonly string[]
): Promise<(SnapshotWithTotals & { sectionId: string })[]> {
	if (sectionIds.length === 0) return [];
	const snapshots = await db
		.selectFrom('snapshot')
		.select(['id', 'section_id', 'period', 'number', 'frozen_on', 'people_count'])
		.where('section_id', 'in', sectionIds)
		.orderBy('section_id')
		.orderBy('number')
		.execute();
	const totals = await db
		.selectFrom('snapshot_total')
		.selectAll()
		.where('section_id', 'in', sectionIds)
		.orderBy('since_year')
		.execute();
	const totalsOf = Map.groupBy(totals, ({ snapshot_id }) => snapshot_id);
	return snapshots.map((row) => ({
		sectionId: row.section_id,
		period: row.period,
		number: row.number,
		frozenOn: row.frozen_on,
		peopleCount: row.people_count,
		totals: (totalsOf.get(row.id) ?? []).map((total): RunningTotal => ({
			sinceYear: total.since_year,
			peopleCount: total.people_count,
			isCarried: total.is_carried === 1
		}))
	}));
}

/** The latest month of a section that is published, `YYYY-MM`. */
export async function latestPeriod(db: Db, sectionId: string): Promise<string | null> {
	const row = await db
		.selectFrom('snapshot')
		.select('period')
		.where('section_id', '=', sectionId)
		.orderBy('period', 'desc')
		.executeTakeFirst();
	return row?.period ?? null;
}

/** What publishing a month would do now, layout by layout. Heavy: reads the marks of its year. */
export async function previewMonth(
	{ db, scope }: Context,
	{ month, today }: { month: string; today: string }
): Promise<Preview> {
	const { sectionId } = scope;
	const newly = await groupAlike(db, unpublishedFirsts(db, sectionId, month));
	const where = await whereItIs(db, sectionId);
	const { carried } = await db
		.selectFrom(unpublishedFirsts(db, sectionId, month).as('those'))
		.select((eb) => eb.fn.countAll<number>().as('carried'))
		.where('those.on_date', '<', daysOfMonth(month).from)
		.executeTakeFirstOrThrow();
	return {
		peopleCount: newly.reduce((sum, { count }) => sum + count, 0),
		carriedCount: carried,
		missingCount: await countMissing(db, { sectionId, month, today }),
		layouts: layoutsFor(where.country).map((layout) =>
			previewOf(layout, layOut(newly, { layout, month, ...where }))
		)
	};
}

async function countMissing(
	db: Db,
	{ sectionId, month, today }: { sectionId: string; month: string; today: string }
): Promise<number> {
	const { to } = daysOfMonth(month);
	const { count } = await db
		.selectFrom('session')
		.leftJoin('cohort', 'cohort.id', 'session.cohort_id')
		.select((eb) => eb.fn.countAll<number>().as('count'))
		.where('session.section_id', '=', sectionId)
		.where('session.status', '=', 'planned')
		.where('session.on_date', '>=', daysOfYear(month).from)
		.where('session.on_date', '<=', to < today ? to : addDays(today, -1))
		.where(countsAsReach)
		.executeTakeFirstOrThrow();
	return count;
}

/** A section's country and where each of its centres is. */
export async function whereItIs(
	db: Db,
	sectionId: string
): Promise<{ country: string; placeOf: ReadonlyMap<string, Place> }> {
	const { country } = await db
		.selectFrom('section')
		.select('country')
		.where('id', '=', sectionId)
		.executeTakeFirstOrThrow();
	const centres = await db
		.selectFrom('centre')
		.select(['id', 'adm1_pcode', 'adm2_pcode'])
		.where('section_id', '=', sectionId)
		.execute();
	return {
		country,
		placeOf: new Map(
			centres.map(({ id, adm1_pcode, adm2_pcode }) => [id, { adm1: adm1_pcode, adm2: adm2_pcode }])
		)
	};
}

/** What a section's people are reported as; empty until somebody typed it. */
export async function getReportSetting(
	db: Db,
	sectionId: string
): Promise<{ activity: string; indicator: string }> {
	const row = await db
		.selectFrom('report_setting')
		.select(['activity', 'indicator'])
		.where('section_id', '=', sectionId)
		.executeTakeFirst();
	return row ?? { activity: '', indicator: '' };
}
