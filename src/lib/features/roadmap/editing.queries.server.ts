import { belonging } from '#lib/features/projects/queries.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { known, MILESTONE_KINDS } from '#lib/platform/db/vocabularies.ts';
import { byName } from '#lib/platform/i18n/collation.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn, type Texts } from '#lib/platform/i18n/texts.ts';
import { isOfProjects } from './outcomes.queries.server.ts';

/** A roadmap as its forms show it: names by language. */
export interface RoadmapSheet {
	id: string;
	name: string;
	names: Texts;
	startsOn: string;
	endsOn: string;
	version: number;
	/** Projects every milestone of it belongs to: a new one begins with them. */
	projectIds: string[];
	outcomes: OutcomeSheet[];
}

export interface OutcomeSheet {
	id: string;
	name: string;
	names: Texts;
	version: number;
	milestones: MilestoneLine[];
}

export interface MilestoneLine {
	id: string;
	name: string;
	startsOn: string;
	dueOn: string;
	isOpen: boolean;
	version: number;
}

/** A roadmap of the section with everything that can be changed about it; undefined when it is out of reach. */
export async function findRoadmapSheet(
	{ db, scope }: Context,
	id: string,
	locale: Locale
): Promise<RoadmapSheet | undefined> {
	const row = await db
		.selectFrom('roadmap')
		.selectAll()
		.where('id', '=', id)
		.where('section_id', '=', scope.sectionId)
		.executeTakeFirst();
	if (!row) return undefined;
	const outcomes = await db
		.selectFrom('roadmap_outcome')
		.selectAll()
		.where('roadmap_id', '=', id)
		.orderBy('position')
		.execute();
	const milestones = await db
		.selectFrom('milestone')
		.innerJoin('roadmap_outcome as outcome', 'outcome.id', 'milestone.outcome_id')
		.selectAll('milestone')
		.where('outcome.roadmap_id', '=', id)
		.orderBy('milestone.due_on')
		.orderBy('milestone.position')
		.execute();
	const links = await belonging(db, 'milestone')
		.innerJoin('milestone', 'milestone.id', 'link.of_id')
		.innerJoin('roadmap_outcome as outcome', 'outcome.id', 'milestone.outcome_id')
		.select('link.project_id')
		.where('outcome.roadmap_id', '=', id)
		.execute();
	const ofAll = [...Map.groupBy(links, ({ project_id }) => project_id)]
		.filter(([, some]) => some.length === milestones.length)
		.map(([project]) => project);
	return {
		id,
		...named(row.name_texts, locale),
		projectIds: ofAll,
		startsOn: row.starts_on,
		endsOn: row.ends_on,
		version: row.version,
		outcomes: outcomes.map((outcome) => ({
			id: outcome.id,
			...named(outcome.name_texts, locale),
			version: outcome.version,
			milestones: milestones
				.filter(({ outcome_id }) => outcome_id === outcome.id)
				.map((one) => ({
					id: one.id,
					name: textIn(one.name_texts, locale),
					startsOn: one.starts_on,
					dueOn: one.due_on,
					isOpen: one.reached_on === null,
					version: one.version
				}))
		}))
	};
}

/** A milestone of the section as its form shows it, with its activities; undefined when it is out of reach. */
export async function findMilestoneSheet({ db, scope }: Context, id: string, locale: Locale) {
	const row = await db
		.selectFrom('milestone')
		.innerJoin('roadmap_outcome as outcome', 'outcome.id', 'milestone.outcome_id')
		.leftJoin('milestone_target as aim', 'aim.milestone_id', 'milestone.id')
		.selectAll('milestone')
		.select(['outcome.roadmap_id', 'aim.target_id'])
		.where('milestone.id', '=', id)
		.where('milestone.section_id', '=', scope.sectionId)
		.where(isOfProjects(scope.projectIds))
		.executeTakeFirst();
	if (!row) return undefined;
	const after = await db
		.selectFrom('milestone_after')
		.select('after_id')
		.where('milestone_id', '=', id)
		.execute();
	const projects = await belonging(db, 'milestone')
		.select('link.project_id')
		.where('link.of_id', '=', id)
		.execute();
	const activities = await db
		.selectFrom('activity')
		.selectAll()
		.where('milestone_id', '=', id)
		.orderBy('starts_on')
		.orderBy('position')
		.execute();
	return {
		id,
		...named(row.name_texts, locale),
		roadmapId: row.roadmap_id,
		outcomeId: row.outcome_id,
		kind: known(MILESTONE_KINDS, row.kind),
		targetId: row.target_id,
		startsOn: row.starts_on,
		dueOn: row.due_on,
		bodyId: row.body_id,
		fromChildren: row.from_children === 1,
		isOpen: row.reached_on === null,
		version: row.version,
		after: after.map(({ after_id }) => after_id),
		projectIds: projects.map(({ project_id }) => project_id),
		activities: activities.map((one) => ({
			id: one.id,
			...named(one.name_texts, locale),
			startsOn: one.starts_on,
			endsOn: one.ends_on,
			bodyId: one.body_id,
			action: one.action,
			status: one.status,
			version: one.version
		}))
	};
}

export type MilestoneSheet = NonNullable<Awaited<ReturnType<typeof findMilestoneSheet>>>;

/** The targets of the whole section that count people, by name: what a milestone can be reached with. */
export async function listAims(
	{ db, scope }: Context,
	locale: Locale
): Promise<{ id: string; name: string }[]> {
	const rows = await db
		.selectFrom('target')
		.select(['id', 'name_texts'])
		.where('section_id', '=', scope.sectionId)
		.where('centre_id', 'is', null)
		.where('unit', '=', 'people')
		.execute();
	return rows
		.map(({ id, name_texts }) => ({ id, name: textIn(name_texts, locale) }))
		.sort(byName(locale));
}

function named(json: string, locale: Locale) {
	return { name: textIn(json, locale), names: JSON.parse(json) as Texts };
}
