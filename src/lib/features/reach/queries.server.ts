import { sql } from 'kysely';
import { ATTENDED } from '#lib/features/attendance/rules.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Db } from '#lib/platform/db/open.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import { byGap, seenFromOutside } from './rules.ts';
import type { CentreReach, MissingRegister, TargetReach } from './types.ts';

/**
 * The targets of the section with their reach, current ones first. `today` is the civil date of the
 * section: registers after it cannot exist, sessions before it should have one. For an actor of some
 * centres, only those centres' parts. Without centres: what partners outside the section may see.
 */
export async function listTargetReach(
	ctx: Context,
	{ today, withCentres }: { today: string; withCentres: boolean },
	locale: Locale
): Promise<TargetReach[]> {
	const targets = await countryTargets(ctx.db, [ctx.scope.sectionId], today, locale);
	return withCentres ? addCentres(ctx, targets, today, locale) : targets.map(seenFromOutside);
}

/** Every section's current targets, as totals without centres or small numbers: what the network may see. */
export async function listNetworkReach(
	db: Db,
	today: string,
	locale: Locale
): Promise<{ sectionId: string; section: string; targets: TargetReach[] }[]> {
	const sections = await db.selectFrom('section').selectAll().orderBy('id').execute();
	const targets = await countryTargets(
		db,
		sections.map(({ id }) => id),
		today,
		locale
	);
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
	today: string,
	locale: Locale
): Promise<(TargetReach & { sectionId: string })[]> {
	const rows = await db
		.selectFrom('target')
		.leftJoin('opening_balance as opening', 'opening.target_id', 'target.id')
		.select([
			'target.id',
			'target.section_id',
			'target.name_texts',
			'target.starts_on',
			'target.ends_on',
			'target.people_count',
			'target.is_example',
			'opening.people_count as opening_count',
			'opening.as_of',
			'opening.source_texts'
		])
		.where('target.section_id', 'in', sectionIds)
		.where('target.centre_id', 'is', null)
		.orderBy('target.ends_on', 'desc')
		.orderBy('target.id')
		.execute();
	const counts = await attendedIn(db, sectionIds)
		.select('target.id as target_id')
		.groupBy('target.id')
		.execute();
	return rows.map((row) => {
		const count = counts.find((count) => count.target_id === row.id);
		return {
			id: row.id,
			sectionId: row.section_id,
			name: textIn(row.name_texts, locale),
			startsOn: row.starts_on,
			endsOn: row.ends_on,
			closed: row.ends_on < today,
			isExample: row.is_example === 1,
			targetPeople: row.people_count,
			peopleCount: count?.people ?? 0,
			participationCount: count?.participations ?? 0,
			sessionsHeldCount: count?.sessions ?? 0,
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

/**
 * Held sessions per country target and period with the marks of people who were there: distinct people,
 * participations and sessions, also those nobody came to. Staff training is not reach. One statement for
 * every target asked for.
 */
function attendedIn(db: Db, sectionIds: string[]) {
	return db
		.selectFrom('target')
		.innerJoin('session', (join) =>
			join
				.onRef('session.section_id', '=', 'target.section_id')
				.onRef('session.on_date', '>=', 'target.starts_on')
				.onRef('session.on_date', '<=', 'target.ends_on')
		)
		.innerJoin('cohort', 'cohort.id', 'session.cohort_id')
		.leftJoin('mark', (join) =>
			join.onRef('mark.session_id', '=', 'session.id').on('mark.code', 'in', ATTENDED)
		)
		.where('target.section_id', 'in', sectionIds)
		.where('target.centre_id', 'is', null)
		.where('session.status', '=', 'held')
		.where('cohort.audience', '<>', 'staff')
		.select([
			sql<number>`count(distinct mark.person_id)`.as('people'),
			sql<number>`count(mark.person_id)`.as('participations'),
			sql<number>`count(distinct session.id)`.as('sessions')
		]);
}

/** Adds each centre's own people, its part of the target and the registers it owes. */
async function addCentres(
	ctx: Context,
	targets: TargetReach[],
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
		.select(['parent_id', 'centre_id', 'people_count'])
		.where('section_id', '=', scope.sectionId)
		.where('centre_id', 'is not', null)
		.execute();
	const counts = await attendedIn(db, [scope.sectionId])
		.select(['target.id as target_id', 'session.centre_id'])
		.groupBy(['target.id', 'session.centre_id'])
		.execute();
	const missing = await missingRegisters(ctx, today);
	return targets.map((target) => ({
		...target,
		centres: centres
			.map((centre): CentreReach => {
				const part = parts.find((p) => p.parent_id === target.id && p.centre_id === centre.id);
				const count = counts.find((c) => c.target_id === target.id && c.centre_id === centre.id);
				return {
					centreId: centre.id,
					name: textIn(centre.name_texts, locale),
					targetPeople: part?.people_count ?? null,
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
							cohort: textIn(row.name_texts, locale),
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
		.innerJoin('cohort', 'cohort.id', 'session.cohort_id')
		.select([
			'session.id',
			'session.centre_id',
			'session.on_date',
			'session.start_time',
			'cohort.name_texts'
		])
		.where('session.section_id', '=', scope.sectionId)
		.$if(scope.centreIds !== null, (query) =>
			query.where('session.centre_id', 'in', scope.centreIds!)
		)
		.where('session.status', '=', 'planned')
		.where('cohort.audience', '<>', 'staff')
		.where('session.on_date', '<', today)
		.orderBy('session.on_date')
		.orderBy('session.start_time')
		.execute();
}
