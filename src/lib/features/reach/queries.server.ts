import { ATTENDED } from '#lib/features/attendance/rules.ts';
import { countsAsReach } from '#lib/features/sessions/audience.server.ts';
import { groupOf } from '#lib/features/sessions/words.ts';
import type { NetworkScope } from '#lib/platform/access/actor.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Db } from '#lib/platform/db/open.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import { byGap, seenFromOutside } from './rules.ts';
import type { CentreReach, MissingRegister, TargetReach } from './types.ts';

/**
 * The targets of the section that count people with their reach, current ones first. `today` is the civil date of the
 * section: registers after it cannot exist, sessions before it should have one. For an actor of some
 * centres, only those centres' parts. For partners outside the section, totals only.
 */
export async function listTargetReach(
	ctx: Context,
	{ today }: { today: string },
	locale: Locale
): Promise<TargetReach[]> {
	const sectionIds = [ctx.scope.sectionId];
	const reached = await countReached(ctx.db, sectionIds);
	const targets = await countryTargets(ctx.db, sectionIds, reached, today, locale);
	return ctx.scope.totalsOnly
		? targets.map(seenFromOutside)
		: addCentres(ctx, targets, reached, today, locale);
}

/** Every section's current targets, as totals without centres or small numbers: what the network may see. */
export async function listNetworkReach(
	{ db }: { db: Db; network: NetworkScope },
	today: string,
	locale: Locale
): Promise<{ sectionId: string; section: string; targets: TargetReach[] }[]> {
	const sections = await db.selectFrom('section').selectAll().orderBy('id').execute();
	const sectionIds = sections.map(({ id }) => id);
	const reached = await countReached(db, sectionIds);
	const targets = await countryTargets(db, sectionIds, reached, today, locale);
	return sections.map((section) => ({
		sectionId: section.id,
		section: textIn(section.name_texts, locale),
		targets: targets
			.filter((target) => target.sectionId === section.id && !target.closed)
			.map(seenFromOutside)
	}));
}

async function countryTargets(
	db: Db,
	sectionIds: string[],
	reached: Reached[],
	today: string,
	locale: Locale
): Promise<(TargetReach & { sectionId: string })[]> {
	const rows = await db
		.selectFrom('target')
		.leftJoin('opening_balance as opening', (join) =>
			join.onRef('opening.target_id', '=', 'target.id').onRef('opening.unit', '=', 'target.unit')
		)
		.select([
			'target.id',
			'target.section_id',
			'target.name_texts',
			'target.starts_on',
			'target.ends_on',
			'target.amount',
			'target.is_example',
			'opening.amount as opening_count',
			'opening.as_of',
			'opening.source_texts'
		])
		.where('target.section_id', 'in', sectionIds)
		.where('target.centre_id', 'is', null)
		.where('target.unit', '=', 'people')
		.orderBy('target.ends_on', 'desc')
		.orderBy('target.id')
		.execute();
	const held = await heldIn(db, sectionIds)
		.select((eb) => ['target.id as target_id', eb.fn.countAll<number>().as('session_count')])
		.groupBy('target.id')
		.execute();
	const merges = await db
		.selectFrom('person_merge')
		.select(['section_id', 'merged_at'])
		.where('section_id', 'in', sectionIds)
		.where('undone_at', 'is', null)
		.execute();
	return rows.map((row) => {
		const count = reached.find((r) => r.target_id === row.id && r.centre_id === null);
		return {
			id: row.id,
			sectionId: row.section_id,
			name: textIn(row.name_texts, locale),
			startsOn: row.starts_on,
			endsOn: row.ends_on,
			closed: row.ends_on < today,
			isExample: row.is_example === 1,
			targetPeople: row.amount,
			peopleCount: count?.people ?? 0,
			participationCount: count?.participations ?? 0,
			sessionsHeldCount: held.find((h) => h.target_id === row.id)?.session_count ?? 0,
			mergedCount: merges.filter(
				({ section_id, merged_at }) =>
					section_id === row.section_id && merged_at >= Date.parse(row.starts_on)
			).length,
			opening:
				row.opening_count === null || row.source_texts === null
					? null
					: {
							peopleCount: row.opening_count,
							asOf: row.as_of,
							source: textIn(row.source_texts, locale)
						},
			centres: []
		};
	});
}

/** Held sessions within each country target's period, also those nobody came to. Staff training is not reach. */
function heldIn(db: Db, sectionIds: string[]) {
	return db
		.selectFrom('target')
		.innerJoin('session', (join) =>
			join
				.onRef('session.section_id', '=', 'target.section_id')
				.onRef('session.on_date', '>=', 'target.starts_on')
				.onRef('session.on_date', '<=', 'target.ends_on')
		)
		.leftJoin('cohort', 'cohort.id', 'session.cohort_id')
		.where('target.section_id', 'in', sectionIds)
		.where('target.centre_id', 'is', null)
		.where('target.unit', '=', 'people')
		.where('session.status', '=', 'held')
		.where(countsAsReach);
}

type Reached = Awaited<ReturnType<typeof countReached>>[number];

/**
 * Distinct people and participations per country target, for the country (centre null) and for each
 * centre. The marks are the largest table: they are read once, down to one row for a person at a
 * centre, and both counts are made from those.
 */
function countReached(db: Db, sectionIds: string[]) {
	return db
		.with(
			(cte) => cte('seen').materialized(),
			() =>
				heldIn(db, sectionIds)
					.innerJoin('mark', 'mark.session_id', 'session.id')
					.where('mark.code', 'in', ATTENDED)
					.select((eb) => [
						'target.id as target_id',
						'session.centre_id',
						'mark.person_id',
						eb.fn.countAll<number>().as('times')
					])
					.groupBy(['target.id', 'session.centre_id', 'mark.person_id'])
		)
		.selectFrom('seen')
		.select((eb) => [
			'target_id',
			eb.cast<string | null>(eb.lit(null), 'text').as('centre_id'),
			eb.fn.count<number>('person_id').distinct().as('people'),
			eb.fn.sum<number>('times').as('participations')
		])
		.groupBy('target_id')
		.unionAll((eb) =>
			eb
				.selectFrom('seen')
				.select((eb) => [
					'target_id',
					eb.ref('centre_id').$castTo<string | null>().as('centre_id'),
					eb.fn.countAll<number>().as('people'),
					eb.fn.sum<number>('times').as('participations')
				])
				.groupBy(['target_id', 'centre_id'])
		)
		.execute();
}

/** Adds each centre's own people, its part of the target and the registers it owes. */
async function addCentres(
	ctx: Context,
	targets: TargetReach[],
	reached: Reached[],
	today: string,
	locale: Locale
): Promise<TargetReach[]> {
	const { db, scope } = ctx;
	const centres = await db
		.selectFrom('centre')
		.select(['id', 'name_texts'])
		.where('section_id', '=', scope.sectionId)
		.$if(scope.centreIds !== null, (query) => query.where('id', 'in', scope.centreIds!))
		.execute();
	const parts = await db
		.selectFrom('target')
		.select(['parent_id', 'centre_id', 'amount'])
		.where('section_id', '=', scope.sectionId)
		.where('centre_id', 'is not', null)
		.execute();
	const missing = await missingRegisters(ctx, today);
	return targets.map((target) => ({
		...target,
		centres: centres
			.map((centre): CentreReach => {
				const part = parts.find((p) => p.parent_id === target.id && p.centre_id === centre.id);
				const count = reached.find((r) => r.target_id === target.id && r.centre_id === centre.id);
				return {
					centreId: centre.id,
					name: textIn(centre.name_texts, locale),
					targetPeople: part?.amount ?? null,
					peopleCount: count?.people ?? 0,
					participationCount: count?.participations ?? 0,
					missing: missing
						.filter(
							(row) =>
								row.centre_id === centre.id &&
								row.on_date >= target.startsOn &&
								row.on_date <= target.endsOn
						)
						.map((row): MissingRegister => ({
							sessionId: row.id,
							cohort: groupOf(row, locale),
							date: row.on_date,
							time: row.start_time
						}))
				};
			})
			.sort(byGap)
	}));
}

/** Sessions before today that nobody recorded, oldest first; those of staff training leave no gap in reach. */
function missingRegisters({ db, scope }: Context, today: string) {
	return db
		.selectFrom('session')
		.leftJoin('cohort', 'cohort.id', 'session.cohort_id')
		.select([
			'session.id',
			'session.centre_id',
			'session.on_date',
			'session.start_time',
			'session.title_texts as own_title_texts',
			'cohort.name_texts as cohort_texts'
		])
		.where('session.section_id', '=', scope.sectionId)
		.$if(scope.centreIds !== null, (query) =>
			query.where('session.centre_id', 'in', scope.centreIds!)
		)
		.where('session.status', '=', 'planned')
		.where(countsAsReach)
		.where('session.on_date', '<', today)
		.orderBy('session.on_date')
		.orderBy('session.start_time')
		.execute();
}
