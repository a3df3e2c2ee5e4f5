import { countsAsReach, isOfProjects } from '#lib/features/counts/queries.server.ts';
import { projectsOf } from '#lib/features/projects/queries.server.ts';
import { mayOpen } from '#lib/features/sessions/queries.server.ts';
import { groupOf } from '#lib/features/sessions/words.ts';
import { within, type Context } from '#lib/platform/command/context.ts';
import type { Db } from '#lib/platform/db/open.ts';
import { known, MEASURES } from '#lib/platform/db/vocabularies.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import { countPeople } from './measures.rules.ts';
import { countAdults } from './people.queries.server.ts';
import { addStanding, listMeasured, type MeasuredPeople } from './standing.queries.server.ts';
import type { CentreReach, MissingOf, MissingRegister, TargetReach } from './types.ts';

/**
 * The targets of the section that count people with their reach, current ones first. `today` is the civil date of the
 * section: registers after it cannot exist, sessions before it should have one. For an actor of some
 * centres, only those centres' parts; for a project manager of one project its targets. For readers outside the
 * section none: they see what is published.
 */
export async function listTargetReach(
	ctx: Context,
	{ today }: { today: string },
	locale: Locale
): Promise<TargetReach[]> {
	if (ctx.scope.totalsOnly) return [];
	const { projectIds, sectionId } = ctx.scope;
	const all = await listCountryTargets(ctx.db, [sectionId], today, locale);
	const targets = all.filter(
		({ projects }) => projectIds === null || projects.some(({ id }) => projectIds.includes(id))
	);
	const people = await listMeasured(ctx, targets);
	const counted = await addCentres(
		ctx,
		targets.map((target) => measured(target, people)),
		people,
		{ today, locale }
	);
	return addStanding(ctx, counted, people, { today, locale });
}

/** The target with those alone whom it counts; everybody is counted already. */
function measured<Target extends TargetReach>(target: Target, people: MeasuredPeople): Target {
	if (target.measure === 'reached') return target;
	return {
		...target,
		peopleCount: countPeople(people.of(target)),
		participationCount: null
	};
}

/** The people targets of some sections with their live reach and no centre; who shows it outside reduces it first. */
export async function listCountryTargets(
	db: Db,
	sectionIds: readonly string[],
	today: string,
	locale: Locale
): Promise<(TargetReach & { sectionId: string })[]> {
	const rows = await db
		.selectFrom('target')
		.leftJoin('opening_balance as opening', (join) =>
			join.onRef('opening.target_id', '=', 'target.id').onRef('opening.unit', '=', 'target.unit')
		)
		.leftJoin('reached_target as reached', 'reached.target_id', 'target.id')
		.leftJoin('indicator', 'indicator.id', 'target.indicator_id')
		.select([
			'target.id',
			'target.section_id',
			'target.name_texts',
			'target.starts_on',
			'target.ends_on',
			'target.amount',
			'target.is_example',
			'target.definition_texts',
			'indicator.name_texts as indicator_texts',
			'indicator.definition_texts as rule_texts',
			'indicator.measure',
			'indicator.rule_version',
			'opening.amount as opening_count',
			'opening.as_of',
			'opening.source_texts',
			'reached.people_count as reached_count'
		])
		.where('target.section_id', 'in', sectionIds)
		.where('target.centre_id', 'is', null)
		.where('target.unit', '=', 'people')
		.orderBy('target.ends_on', 'desc')
		.orderBy('target.id')
		.execute();
	const sums = await db
		.selectFrom('reached_centre')
		.select(({ fn }) => [
			'target_id',
			fn.sum<number>('participation_count').as('participations'),
			fn.sum<number>('session_count').as('sessions')
		])
		.where('section_id', 'in', sectionIds)
		.groupBy('target_id')
		.execute();
	const merges = await db
		.selectFrom('person_merge')
		.select(['section_id', 'merged_at'])
		.where('section_id', 'in', sectionIds)
		.where('undone_at', 'is', null)
		.execute();
	const projects = await projectsOf({ db, sectionIds }, 'target', locale);
	return rows.map((row) => {
		const sum = sums.find(({ target_id }) => target_id === row.id);
		return {
			id: row.id,
			sectionId: row.section_id,
			name: textIn(row.name_texts, locale),
			startsOn: row.starts_on,
			endsOn: row.ends_on,
			closed: row.ends_on < today,
			isExample: row.is_example === 1,
			targetPeople: row.amount,
			measure: row.measure === null ? 'reached' : known(MEASURES, row.measure),
			definition: saidIn(row.definition_texts, locale) ?? saidIn(row.rule_texts, locale),
			indicator: row.indicator_texts
				? { name: textIn(row.indicator_texts, locale), ruleVersion: row.rule_version! }
				: null,
			projects: projects.get(row.id) ?? [],
			note: null,
			peopleCount: row.reached_count ?? 0,
			adultCount: null,
			participationCount: sum?.participations ?? 0,
			sessionsHeldCount: sum?.sessions ?? 0,
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
			published: undefined,
			...{ pace: null, groups: [] },
			centres: []
		};
	});
}

/** A text somebody wrote, in the reader's language if there is one in it; null where nobody did. */
function saidIn(json: string | null, locale: Locale): string | null {
	return json === null || json === '{}' ? null : textIn(json, locale);
}

/** Adds each centre's own people, its part of the target and how many registers it owes. */
async function addCentres(
	ctx: Context,
	targets: TargetReach[],
	people: MeasuredPeople,
	{ today, locale }: { today: string; locale: Locale }
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
	const reached = await db
		.selectFrom('reached_centre')
		.select(['target_id', 'centre_id', 'people_count', 'participation_count'])
		.where('section_id', '=', scope.sectionId)
		.execute();
	const missing = await unrecorded(ctx, today)
		.select((eb) => [
			'target.id as target_id',
			'session.centre_id',
			eb.fn.countAll<number>().as('count')
		])
		.groupBy(['target.id', 'session.centre_id'])
		.execute();
	const everybody = targets.filter(({ measure }) => measure === 'reached').map(({ id }) => id);
	const adults = await countAdults(db, scope.sectionId, everybody);
	const find = <T extends { centre_id: string | null }>(
		rows: T[],
		centreId: string,
		isOfTarget: (row: T) => boolean
	) => rows.find((row) => row.centre_id === centreId && isOfTarget(row));
	return targets.map((target) => ({
		...target,
		adultCount: target.measure === 'reached' ? adults.of(target.id) : null,
		centres: centres.map(({ id, name_texts }): CentreReach => {
			const part = find(parts, id, (row) => row.parent_id === target.id);
			const count = find(reached, id, (row) => row.target_id === target.id);
			const owed = find(missing, id, (row) => row.target_id === target.id);
			const isEverybody = target.measure === 'reached';
			return {
				centreId: id,
				name: textIn(name_texts, locale),
				targetPeople: part?.amount ?? null,
				peopleCount: isEverybody
					? (count?.people_count ?? 0)
					: countPeople(people.of(target).filter(({ centreId }) => centreId === id)),
				adultCount: isEverybody ? adults.of(target.id, id) : null,
				participationCount: isEverybody ? (count?.participation_count ?? 0) : null,
				missingCount: owed?.count ?? 0,
				...{ dueCount: null, pace: null }
			};
		})
	}));
}

/** The registers a centre within reach owes a target of the country, oldest first; `today` as for the targets. */
export async function listMissingRegisters(
	ctx: Context,
	{ targetId, centreId }: MissingOf,
	today: string,
	locale: Locale
): Promise<MissingRegister[]> {
	if (ctx.scope.totalsOnly) return [];
	const rows = await unrecorded(ctx, today)
		.select(['session.id', 'session.on_date', 'session.start_time', 'session.minutes'])
		.select(['session.title_texts as own_title_texts', 'cohort.name_texts as cohort_texts'])
		.select(mayOpen(within(ctx, 'see sessions')).as('opens'))
		.where('target.id', '=', targetId)
		.where('session.centre_id', '=', centreId)
		.orderBy('session.on_date')
		.orderBy('session.start_time')
		.execute();
	return rows.map((row) => ({
		sessionId: row.id,
		cohort: groupOf(row, locale),
		date: row.on_date,
		time: row.start_time,
		minutes: row.minutes,
		opens: Boolean(row.opens)
	}));
}

/** Sessions before today that nobody recorded, in the period of a target; those of staff training leave no gap in reach. */
function unrecorded({ db, scope }: Context, today: string) {
	return db
		.selectFrom('session')
		.leftJoin('cohort', 'cohort.id', 'session.cohort_id')
		.innerJoin('target', (join) =>
			join
				.onRef('target.section_id', '=', 'session.section_id')
				.onRef('target.starts_on', '<=', 'session.on_date')
				.onRef('target.ends_on', '>=', 'session.on_date')
		)
		.where('session.section_id', '=', scope.sectionId)
		.$if(scope.centreIds !== null, (query) =>
			query.where('session.centre_id', 'in', scope.centreIds!)
		)
		.where('session.status', '=', 'planned')
		.where(countsAsReach)
		.where(isOfProjects)
		.where('session.on_date', '<', today)
		.where('target.centre_id', 'is', null);
}
