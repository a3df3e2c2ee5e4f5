import { byName } from '#lib/platform/i18n/collation.ts';
import type { NotNull } from 'kysely';
import type { Context } from '#lib/platform/command/context.ts';
import { AUDIENCES, known, STRANDS } from '#lib/platform/db/vocabularies.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import type { CurriculumVersion, SessionPlan } from './types.ts';

/**
 * The newest published version of every curriculum of the section with its session plans, by name; not the
 * one that registers from before Halqa are pinned to, nor a retired one: nothing is planned from them.
 */
export async function listCurrentVersions(
	ctx: Context,
	locale: Locale
): Promise<CurriculumVersion[]> {
	const rows = await ctx.db
		.selectFrom('curriculum_version as version')
		.innerJoin('curriculum', 'curriculum.id', 'version.curriculum_id')
		.innerJoin('session_plan as plan', 'plan.version_id', 'version.id')
		.leftJoin('curriculum_module as module', 'module.id', 'plan.module_id')
		.select([
			'version.id as version_id',
			'version.number',
			'version.curriculum_id',
			'version.published_on',
			'curriculum.name_texts',
			'curriculum.audience',
			'plan.id as plan_id',
			'plan.position',
			'module.name_texts as module_texts',
			'plan.title_texts',
			'plan.minutes',
			'plan.strand'
		])
		.where('version.section_id', '=', ctx.scope.sectionId)
		.where('curriculum.is_imported', '=', 0)
		.where('curriculum.retired_on', 'is', null)
		.where('version.published_on', 'is not', null)
		.$narrowType<{ published_on: NotNull }>()
		.where('version.number', '=', (eb) =>
			eb
				.selectFrom('curriculum_version as newer')
				.whereRef('newer.curriculum_id', '=', 'version.curriculum_id')
				.where('newer.published_on', 'is not', null)
				.select((newest) => newest.fn.max('newer.number').as('number'))
		)
		.orderBy('version.id')
		.orderBy('plan.position')
		.execute();
	const versions = new Map<string, CurriculumVersion>();
	for (const row of rows) {
		const version = versions.get(row.version_id) ?? {
			id: row.version_id,
			curriculumId: row.curriculum_id,
			name: textIn(row.name_texts, locale),
			number: row.number,
			publishedOn: row.published_on,
			audience: known(AUDIENCES, row.audience),
			plans: []
		};
		version.plans.push(asPlan({ ...row, id: row.plan_id }, locale));
		versions.set(row.version_id, version);
	}
	return [...versions.values()].sort(byName(locale));
}

function asPlan(
	row: {
		id: string;
		position: number;
		module_texts: string | null;
		title_texts: string;
		minutes: number;
		strand: string;
	},
	locale: Locale
): SessionPlan {
	return {
		id: row.id,
		position: row.position,
		module: row.module_texts === null ? '' : textIn(row.module_texts, locale),
		title: textIn(row.title_texts, locale),
		minutes: row.minutes,
		strand: known(STRANDS, row.strand)
	};
}
