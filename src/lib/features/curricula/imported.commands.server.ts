import type { NotNull } from 'kysely';
import type { Context } from '#lib/platform/command/context.ts';
import { textsJson } from '#lib/platform/i18n/texts.ts';
import { newId } from '#lib/platform/ids/ids.ts';

/** Content, as a curriculum's own texts are: in each language, whatever the reader's. */
const NAME = { en: 'Imported registers', fr: 'Registres importés', ar: 'سجلّات مستوردة' };
const MODULE = { en: 'Before Halqa', fr: 'Avant Halqa', ar: 'قبل حلقة' };

function titleOf(position: number): string {
	return textsJson({
		en: `Session ${position}`,
		fr: `Séance ${position}`,
		ar: `الجلسة ${position}`
	});
}

/**
 * The version that sessions from before Halqa are pinned to, with one plan for each position up to
 * `positions`; made where the section lacks it. Answers its id and its plans' by position. To be called
 * while the section is locked.
 */
export async function importedVersion(
	ctx: Context,
	{ positions, minutes, today }: { positions: number; minutes: number; today: string }
): Promise<{ versionId: string; plans: Map<number, string> }> {
	const section_id = ctx.scope.sectionId;
	const known = await ctx.db
		.selectFrom('curriculum_version as version')
		.innerJoin('curriculum', 'curriculum.id', 'version.curriculum_id')
		.select('version.id')
		.where('curriculum.section_id', '=', section_id)
		.where('curriculum.is_imported', '=', 1)
		.executeTakeFirst();
	const versionId = known?.id ?? (await makeVersion(ctx, today));
	const plans = new Map(
		(
			await ctx.db
				.selectFrom('session_plan')
				.select(['position', 'id'])
				.where('version_id', '=', versionId)
				.execute()
		).map(({ position, id }) => [position, id])
	);
	const moduleId = await moduleOf(ctx, versionId);
	const missing = Array.from({ length: positions }, (_, at) => at + 1)
		.filter((position) => !plans.has(position))
		.map((position) => ({
			id: newId(),
			section_id,
			version_id: versionId,
			position,
			module_id: moduleId,
			title_texts: titleOf(position),
			minutes,
			picture: null
		}));
	if (missing.length > 0) await ctx.db.insertInto('session_plan').values(missing).execute();
	for (const { position, id } of missing) plans.set(position, id);
	return { versionId, plans };
}

async function makeVersion(ctx: Context, today: string): Promise<string> {
	const section_id = ctx.scope.sectionId;
	const [curriculum_id, id] = [newId(), newId()];
	await ctx.db
		.insertInto('curriculum')
		.values({
			...{ id: curriculum_id, section_id, name_texts: textsJson(NAME) },
			...{ audience: 'children', is_imported: 1 }
		})
		.execute();
	await ctx.db
		.insertInto('curriculum_version')
		.values({ id, section_id, curriculum_id, number: 1, published_on: today })
		.execute();
	return id;
}

/** The one module of that version; made where it lacks it. */
async function moduleOf(ctx: Context, version_id: string): Promise<string> {
	const known = await ctx.db
		.selectFrom('curriculum_module')
		.select('id')
		.where('version_id', '=', version_id)
		.executeTakeFirst();
	if (known) return known.id;
	const id = newId();
	await ctx.db
		.insertInto('curriculum_module')
		.values({
			...{ id, section_id: ctx.scope.sectionId, version_id, position: 1 },
			name_texts: textsJson(MODULE)
		})
		.execute();
	return id;
}

/** Removes plans that no session is pinned to any more, and with the last one the curriculum itself. */
export async function pruneImportedVersion(ctx: Context): Promise<void> {
	const imported = ctx.db
		.selectFrom('curriculum')
		.select('id')
		.where('section_id', '=', ctx.scope.sectionId)
		.where('is_imported', '=', 1);
	await ctx.db
		.deleteFrom('session_plan')
		.where('version_id', 'in', (eb) =>
			eb.selectFrom('curriculum_version').select('id').where('curriculum_id', 'in', imported)
		)
		.where('id', 'not in', (eb) =>
			eb
				.selectFrom('session')
				.select('session_plan_id')
				.where('section_id', '=', ctx.scope.sectionId)
				.where('session_plan_id', 'is not', null)
				.$narrowType<{ session_plan_id: NotNull }>()
		)
		.execute();
	await ctx.db
		.deleteFrom('curriculum_module')
		.where('version_id', 'in', (eb) =>
			eb.selectFrom('curriculum_version').select('id').where('curriculum_id', 'in', imported)
		)
		.where('id', 'not in', (eb) =>
			eb
				.selectFrom('session_plan')
				.select('module_id')
				.where('section_id', '=', ctx.scope.sectionId)
				.where('module_id', 'is not', null)
				.$narrowType<{ module_id: NotNull }>()
		)
		.execute();
	await ctx.db
		.deleteFrom('curriculum_version')
		.where('curriculum_id', 'in', imported)
		.where('id', 'not in', (eb) =>
			eb
				.selectFrom('session_plan')
				.select('version_id')
				.where('section_id', '=', ctx.scope.sectionId)
		)
		.where('id', 'not in', (eb) =>
			eb.selectFrom('cycle').select('version_id').where('section_id', '=', ctx.scope.sectionId)
		)
		.execute();
	await ctx.db
		.deleteFrom('curriculum')
		.where('id', 'in', imported)
		.where('id', 'not in', (eb) =>
			eb
				.selectFrom('curriculum_version')
				.select('curriculum_id')
				.where('section_id', '=', ctx.scope.sectionId)
		)
		.execute();
}
