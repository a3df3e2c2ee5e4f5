import type { Context } from '#lib/platform/command/context.ts';
import { insertAll } from '#lib/platform/db/batches.ts';
import type { NewRow } from '#lib/platform/db/schema.ts';
import { textsJson, type Texts } from '#lib/platform/i18n/texts.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import type { NewModule } from './types.ts';

/** Fills an empty draft with what a template or a pasted table holds. Part of a larger command. */
export async function writeContent(
	ctx: Context,
	version_id: string,
	modules: readonly NewModule[]
): Promise<void> {
	const section_id = ctx.scope.sectionId;
	const rows = modules.map(({ name, plans }, at) => ({
		row: { id: newId(), section_id, version_id, position: at + 1, name_texts: textsJson(name) },
		isNamed: Object.keys(name).length > 0,
		plans
	}));
	const plans = rows
		.flatMap(({ row, isNamed, plans }) =>
			plans.map((plan) => ({ plan, id: newId(), module_id: isNamed ? row.id : null }))
		)
		.map((one, at) => ({ ...one, position: at + 1 }));
	await insertAll(
		ctx.db,
		'curriculum_module',
		rows.filter(({ isNamed }) => isNamed).map(({ row }) => row)
	);
	await insertAll(
		ctx.db,
		'session_plan',
		plans.map(({ plan, ...place }): NewRow<'session_plan'> => ({
			...{ ...place, section_id, version_id, minutes: plan.minutes },
			...{ picture: plan.picture ?? null, strand: plan.strand ?? '' },
			title_texts: textsJson(plan.title),
			objectives_texts: orNone(plan.objectives),
			materials_texts: orNone(plan.materials),
			variants_texts: orNone(plan.variants),
			notes_texts: orNone(plan.notes)
		}))
	);
	await insertAll(
		ctx.db,
		'plan_activity',
		plans.flatMap(({ id: plan_id, plan }) =>
			plan.activities.map((activity, at) => ({
				...{ id: newId(), section_id, plan_id, position: at + 1, minutes: activity.minutes },
				title_texts: textsJson(activity.title),
				children_texts: orNone(activity.children),
				says_texts: orNone(activity.says),
				younger_texts: orNone(activity.younger),
				older_texts: orNone(activity.older)
			}))
		)
	);
}

/** Copies everything a version holds into an empty one; each plan keeps its stem. Part of a larger command. */
export async function copyContent(
	ctx: Context,
	{ from, to }: { from: string; to: string }
): Promise<void> {
	const modules = await ctx.db
		.selectFrom('curriculum_module')
		.selectAll()
		.where('section_id', '=', ctx.scope.sectionId)
		.where('version_id', '=', from)
		.execute();
	const plans = await ctx.db
		.selectFrom('session_plan')
		.selectAll()
		.where('section_id', '=', ctx.scope.sectionId)
		.where('version_id', '=', from)
		.execute();
	const moduleIds = new Map(modules.map(({ id }) => [id, newId()]));
	const planIds = new Map(plans.map(({ id }) => [id, newId()]));
	const activities = await ctx.db
		.selectFrom('plan_activity')
		.innerJoin('session_plan as plan', 'plan.id', 'plan_activity.plan_id')
		.selectAll('plan_activity')
		.where('plan.section_id', '=', ctx.scope.sectionId)
		.where('plan.version_id', '=', from)
		.execute();
	await insertAll(
		ctx.db,
		'curriculum_module',
		modules.map((row) => ({ ...row, id: moduleIds.get(row.id)!, version_id: to, version: 1 }))
	);
	await insertAll(
		ctx.db,
		'session_plan',
		plans.map((row) => ({
			...row,
			id: planIds.get(row.id)!,
			version_id: to,
			module_id: row.module_id && moduleIds.get(row.module_id)!,
			version: 1,
			stem_id: row.stem_id ?? row.id
		}))
	);
	await insertAll(
		ctx.db,
		'plan_activity',
		activities.map((row) => ({
			...row,
			id: newId(),
			plan_id: planIds.get(row.plan_id)!,
			version: 1
		}))
	);
}

function orNone(texts: Texts | undefined): string {
	return textsJson(texts ?? {});
}
