import type { Context } from '#lib/platform/command/context.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import { known, STRANDS } from '#lib/platform/db/vocabularies.ts';
import type { Texts } from '#lib/platform/i18n/texts.ts';
import { PICTURES, type Activity, type FullPlan, type Outdated, type Wording } from './types.ts';

/** The session plans of a version, or one of them, with their activities, in order; within the section. */
export async function readPlans(
	{ db, scope }: Context,
	{ versionId, planId }: { versionId?: string; planId?: string }
): Promise<FullPlan[]> {
	const plans = await db
		.selectFrom('session_plan')
		.selectAll()
		.where('section_id', '=', scope.sectionId)
		.$if(versionId !== undefined, (query) => query.where('version_id', '=', versionId!))
		.$if(planId !== undefined, (query) => query.where('id', '=', planId!))
		.orderBy('position')
		.execute();
	if (plans.length === 0) return [];
	const activities = await db
		.selectFrom('plan_activity as activity')
		.innerJoin('session_plan as plan', 'plan.id', 'activity.plan_id')
		.selectAll('activity')
		.where('plan.section_id', '=', scope.sectionId)
		.where('plan.version_id', '=', plans[0]!.version_id)
		.$if(planId !== undefined, (query) => query.where('plan.id', '=', planId!))
		.orderBy('activity.position')
		.execute();
	const byPlan = Map.groupBy(activities, ({ plan_id }) => plan_id);
	return plans.map((row) => planOf(row, byPlan.get(row.id) ?? []));
}

/** The file of a plan's own picture, of any version within the section; undefined where it has none. */
export async function findPicture({ db, scope }: Context, planId: string) {
	const row = await db
		.selectFrom('session_plan as plan')
		.innerJoin('file', 'file.id', 'plan.picture_file_id')
		.select(['plan.version_id', 'file.sha256', 'file.type', 'file.size_bytes'])
		.where('plan.id', '=', planId)
		.where('plan.section_id', '=', scope.sectionId)
		.executeTakeFirst();
	if (!row) return undefined;
	const { version_id: versionId, sha256, type, size_bytes: bytes } = row;
	return { versionId, file: { sha256, type, bytes } };
}

function planOf(row: Row<'session_plan'>, activities: readonly Row<'plan_activity'>[]): FullPlan {
	const wording = wordingsOf(row.outdated);
	return {
		id: row.id,
		versionId: row.version_id,
		position: row.position,
		moduleId: row.module_id,
		minutes: row.minutes,
		strand: known(STRANDS, row.strand),
		picture: PICTURES.find((picture) => picture === row.picture) ?? null,
		ownPicture:
			row.picture_file_id === null
				? null
				: { file: row.picture_file_id, shows: wording('picture', row.picture_texts) },
		version: row.version,
		stemId: row.stem_id ?? row.id,
		title: wording('title', row.title_texts),
		objectives: wording('objectives', row.objectives_texts),
		materials: wording('materials', row.materials_texts),
		variants: wording('variants', row.variants_texts),
		notes: wording('notes', row.notes_texts),
		activities: activities.map(activityOf)
	};
}

function activityOf(row: Row<'plan_activity'>): Activity {
	const wording = wordingsOf(row.outdated);
	return {
		id: row.id,
		position: row.position,
		minutes: row.minutes,
		version: row.version,
		title: wording('title', row.title_texts),
		children: wording('children', row.children_texts),
		says: wording('says', row.says_texts),
		younger: wording('younger', row.younger_texts),
		older: wording('older', row.older_texts)
	};
}

/** Reads the texts of a row by their name, beside its list of those that lag behind. */
export function wordingsOf(json: string): (field: string, texts: string) => Wording {
	const outdated = JSON.parse(json) as Outdated;
	return (field, texts) => ({
		texts: JSON.parse(texts) as Texts,
		outdated: outdated[field] ?? []
	});
}
