import { sql } from 'kysely';
import type { z } from 'zod';
import { lockCounts } from '#lib/features/counts/commands.server.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { insertAll } from '#lib/platform/db/batches.ts';
import type { Db } from '#lib/platform/db/open.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import type { publishForm, reportSettingForm } from './forms.ts';
import { freeze, PROTECTION, type Frozen, type Protection } from './freezing.rules.ts';
import { layOut, layoutsFor } from './layouts.rules.ts';
import { groupAlike, unpublishedFirsts } from './newly.queries.server.ts';
import { whyNot, yearOf } from './periods.rules.ts';
import { getReportSetting, latestPeriod, listWithTotals, whereItIs } from './queries.server.ts';
import { runningTotals, toldSince } from './totals.rules.ts';
import type { Layout, RunningTotal } from './types.ts';

export type PublishRefusal = {
	reason: 'published' | 'later_published' | 'not_begun' | 'no_layout' | 'not_found';
};

/**
 * Publishes a month: counts everybody newly reached in its year up to its end who is in no snapshot yet, protects
 * small numbers, and freezes what is left under the next number. For good: what registers say later is counted in the
 * next. Refused for a month that is published, or has a later one that is. Of two at once one publishes.
 */
export function publishMonth(
	ctx: Context,
	input: z.output<typeof publishForm>,
	{ once, today }: { once: string; today: string },
	protection: Protection = PROTECTION
): Promise<Outcome<{ snapshotId: string; number: number }, PublishRefusal | KeyReused>> {
	return command(ctx, { name: 'publish month', once, input }, async ({ ctx, refuse, audit }) => {
		const { db, scope, actor } = ctx;
		if (scope.centreIds !== null || scope.totalsOnly) refuse({ reason: 'not_found' });
		const { month, layout } = input;
		await lockCounts(db, scope.sectionId);
		const reason = whyNot(month, { latest: await latestPeriod(db, scope.sectionId), today });
		if (reason) refuse({ reason });
		const { country } = await whereItIs(db, scope.sectionId);
		if (!layoutsFor(country).includes(layout)) refuse({ reason: 'no_layout' });
		const by = { sectionId: scope.sectionId, frozenBy: actor.accountId, frozenOn: today };
		const snapshotId = newId();
		const done = await writeSnapshot(db, { ...by, snapshotId, month, layout }, protection);
		await audit({
			action: 'publish month',
			objectType: 'section',
			objectId: scope.sectionId,
			fields: [month, layout, String(done.number)]
		});
		return done;
	});
}

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
	},
	protection: Protection = PROTECTION
): Promise<{ snapshotId: string; number: number }> {
	const { snapshotId, sectionId, month, layout } = of;
	const newly = await groupAlike(db, unpublishedFirsts(db, sectionId, month));
	const sheet = layOut(newly, { layout, month, ...(await whereItIs(db, sectionId)) });
	const frozen = freeze(sheet, protection);
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
			...{ people_count: frozen.peopleCount, zeros_hidden: frozen.zerosHidden },
			...(await getReportSetting(db, sectionId))
		})
		.execute();
	if (frozen.peopleCount > 0) await markPublished(db, { sectionId, month, snapshotId });
	const year = yearOf(month);
	const years = [year, ...(await targetYears(db, sectionId)), ...toldSince(earlier)];
	const counts = await countSince(db, sectionId, new Set(years.filter((one) => one <= year)));
	const totals = runningTotals(
		{ year, peopleCount: frozen.peopleCount, counts },
		earlier,
		protection
	);
	await insertAll(db, 'snapshot_cell', cellRows(frozen, { sectionId, snapshotId }));
	await insertAll(db, 'snapshot_total', totalRows(totals, { sectionId, snapshotId }));
	return { snapshotId, number };
}

/** Remembers who is counted in a snapshot: in one statement, however many. */
async function markPublished(
	db: Db,
	{ sectionId, month, snapshotId }: { sectionId: string; month: string; snapshotId: string }
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
		...{ is_total: isTotal, people_count: count }
	}));
}

function totalRows(totals: readonly RunningTotal[], { sectionId, snapshotId }: RowOf) {
	return totals.map(({ sinceYear, peopleCount, isCarried }) => ({
		...{ snapshot_id: snapshotId, since_year: sinceYear, section_id: sectionId },
		...{ people_count: peopleCount, is_carried: isCarried }
	}));
}

/** Remembers what the section's people are reported as. */
export function saveReportSetting(
	ctx: Context,
	input: z.output<typeof reportSettingForm>,
	once: string
): Promise<Outcome<null, KeyReused>> {
	return command(ctx, { name: 'save report setting', once, input }, async ({ ctx, audit }) => {
		await ctx.db
			.insertInto('report_setting')
			.values({ section_id: ctx.scope.sectionId, ...input })
			.onConflict((conflict) => conflict.column('section_id').doUpdateSet(input))
			.execute();
		await audit({
			action: 'save report setting',
			objectType: 'section',
			objectId: ctx.scope.sectionId,
			fields: Object.keys(input)
		});
		return null;
	});
}
