import type { Context } from '#lib/platform/command/context.ts';
import { within } from '#lib/platform/command/context.ts';
import { can } from '#lib/platform/access/roles.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import { AUDIENCES, CARE_LAYERS, CURRICULUM_TYPES, known } from '#lib/platform/db/vocabularies.ts';
import { byName } from '#lib/platform/i18n/collation.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import { readPlans, wordingsOf } from './plans.queries.server.ts';
import type { CountingRule, CurriculumCard, FullVersion } from './types.ts';

/**
 * Whether who asks may change curricula: what is planned from belongs to the whole section, so a coordinator of
 * some centres does not.
 */
export function isEditor(ctx: Context): boolean {
	if (ctx.actor.kind !== 'staff' || !can(ctx.actor, 'edit curricula')) return false;
	return within(ctx, 'edit curricula').scope.centreIds === null;
}

/** Every curriculum of the section by name, the retired ones last; drafts for editors alone. */
export async function listCurricula(ctx: Context, locale: Locale): Promise<CurriculumCard[]> {
	const editor = isEditor(ctx);
	const rows = await ctx.db
		.selectFrom('curriculum')
		.innerJoin('curriculum_version as version', 'version.curriculum_id', 'curriculum.id')
		.select([
			'curriculum.id',
			'curriculum.name_texts',
			'curriculum.type',
			'curriculum.layer',
			'curriculum.audience',
			'curriculum.retired_on',
			'version.id as version_id',
			'version.number',
			'version.published_on'
		])
		.select((eb) =>
			eb
				.selectFrom('session_plan')
				.whereRef('session_plan.version_id', '=', 'version.id')
				.select((plan) => plan.fn.countAll<number>().as('plan_count'))
				.as('plan_count')
		)
		.where('curriculum.section_id', '=', ctx.scope.sectionId)
		.where('curriculum.is_imported', '=', 0)
		.$if(!editor, (query) => query.where('version.published_on', 'is not', null))
		.orderBy('version.number', 'desc')
		.execute();
	const cards = [...Map.groupBy(rows, ({ id }) => id).values()].map((versions): CurriculumCard => {
		const [row] = versions;
		return {
			...headOf(row!, locale),
			versions: versions.map((one) => ({
				id: one.version_id,
				number: one.number,
				publishedOn: one.published_on,
				planCount: Number(one.plan_count)
			}))
		};
	});
	return cards.sort(
		(a, b) => Number(a.retiredOn !== null) - Number(b.retiredOn !== null) || byName(locale)(a, b)
	);
}

/** One curriculum with its names in every language, for who edits it. */
export async function findCurriculum(ctx: Context, id: string, locale: Locale) {
	const card = (await listCurricula(ctx, locale)).find((one) => one.id === id);
	if (!card) return undefined;
	const row = await ctx.db
		.selectFrom('curriculum')
		.select(['name_texts', 'outdated', 'version'])
		.where('id', '=', id)
		.executeTakeFirstOrThrow();
	return {
		...card,
		version: row.version,
		naming: wordingsOf(row.outdated)('name', row.name_texts)
	};
}

/** A version of the section with all it holds; a draft for editors alone, the imported registers' for nobody. */
export async function findVersion(
	ctx: Context,
	id: string,
	locale: Locale
): Promise<FullVersion | undefined> {
	const row = await ctx.db
		.selectFrom('curriculum_version as version')
		.innerJoin('curriculum', 'curriculum.id', 'version.curriculum_id')
		.selectAll('version')
		.select(['curriculum.name_texts', 'curriculum.type', 'curriculum.layer'])
		.select(['curriculum.audience', 'curriculum.retired_on'])
		.where('version.id', '=', id)
		.where('version.section_id', '=', ctx.scope.sectionId)
		.where('curriculum.is_imported', '=', 0)
		.executeTakeFirst();
	if (!row || (row.published_on === null && !isEditor(ctx))) return undefined;
	const modules = await ctx.db
		.selectFrom('curriculum_module')
		.selectAll()
		.where('version_id', '=', id)
		.orderBy('position')
		.execute();
	return {
		id: row.id,
		number: row.number,
		publishedOn: row.published_on,
		copiedFrom: row.copied_from,
		rule: ruleOf(row),
		curriculum: headOf({ ...row, id: row.curriculum_id }, locale),
		modules: modules.map(({ id, position, version, name_texts, outdated }) => {
			return { id, position, version, name: wordingsOf(outdated)('name', name_texts) };
		}),
		plans: await readPlans(ctx, { versionId: id })
	};
}

/** The versions that cycles of the section run, with the rule by which these count; by name, then number. */
export async function listRunVersions(
	{ db, scope }: Context,
	locale: Locale
): Promise<{ name: string; number: number; rule: CountingRule }[]> {
	const rows = await db
		.selectFrom('curriculum_version as version')
		.innerJoin('curriculum', 'curriculum.id', 'version.curriculum_id')
		.selectAll('version')
		.select('curriculum.name_texts')
		.where('version.section_id', '=', scope.sectionId)
		.where('curriculum.is_imported', '=', 0)
		.where('version.id', 'in', (eb) =>
			eb.selectFrom('cycle').select('version_id').where('section_id', '=', scope.sectionId)
		)
		.orderBy('version.number')
		.execute();
	return rows
		.map((row) => ({
			name: textIn(row.name_texts, locale),
			number: row.number,
			rule: ruleOf(row)
		}))
		.sort(byName(locale));
}

function headOf(
	row: Pick<Row<'curriculum'>, 'id' | 'name_texts' | 'type' | 'layer' | 'audience' | 'retired_on'>,
	locale: Locale
) {
	return {
		id: row.id,
		name: textIn(row.name_texts, locale),
		type: row.type === null ? null : known(CURRICULUM_TYPES, row.type),
		layer: row.layer === null ? null : known(CARE_LAYERS, row.layer),
		audience: known(AUDIENCES, row.audience),
		retiredOn: row.retired_on
	};
}

/** The rule as the columns of a version say it. */
export function ruleOf(
	row: Pick<
		Row<'curriculum_version'>,
		'reached_count' | 'engaged_count' | 'engaged_pct' | 'completed_pct' | 'dropped_count'
	>
): CountingRule {
	return {
		reachedCount: row.reached_count,
		engagedCount: row.engaged_count,
		engagedPct: row.engaged_pct,
		completedPct: row.completed_pct,
		droppedCount: row.dropped_count
	};
}
