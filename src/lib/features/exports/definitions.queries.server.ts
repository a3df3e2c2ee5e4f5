import { m } from '#lib/paraglide/messages.js';
import { listRunVersions } from '#lib/features/curricula/versions.queries.server.ts';
import { ruleLines } from '#lib/features/curricula/words.ts';
import { projectsOf } from '#lib/features/projects/queries.server.ts';
import { listAims } from '#lib/features/roadmap/editing.queries.server.ts';
import { definitionsTable, type Definition } from '#lib/features/targets/definitions.words.ts';
import { listIndicators } from '#lib/features/targets/indicators.queries.server.ts';
import { measureWord, ruleWords } from '#lib/features/targets/words.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { formatList, formatNumber } from '#lib/platform/i18n/format.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn, textsJson } from '#lib/platform/i18n/texts.ts';
import type { Table } from '#lib/platform/sheets/table.ts';

/**
 * What the numbers of a workbook mean: the rule of people reached, every indicator of the section, what the versions that
 * cycles run ask for, and whose sessions the targets of projects count.
 */
export async function readDefinitions(ctx: Context, locale: Locale): Promise<Table> {
	const indicators = await listIndicators(ctx, locale);
	const reached = {
		...WITHOUT_INDICATOR,
		...{ name: measureWord('reached'), definition: null, rule: ruleWords('reached') }
	};
	const own = indicators.map((indicator) => ({
		...indicator,
		name: textIn(textsJson(indicator.names), locale),
		definition: textIn(textsJson(indicator.definitions), locale),
		rule: ruleWords(indicator.measure)
	}));
	return definitionsTable(
		[reached, ...own, ...(await ofVersions(ctx, locale)), ...(await ofProjects(ctx, locale))],
		locale
	);
}

const WITHOUT_INDICATOR = {
	...{ ruleVersion: null, disaggregation: [] },
	codes: { activityinfo: null, iati: null, dhis2: null }
};

async function ofVersions(ctx: Context, locale: Locale): Promise<Definition[]> {
	const versions = await listRunVersions(ctx, locale);
	return versions.map(({ name, number, rule }) => ({
		...WITHOUT_INDICATOR,
		name: m.curricula_of_version({ name, number: formatNumber(number, locale) }),
		definition: null,
		rule: ruleLines(rule, locale)
			.map(({ term, text }) => `${term}: ${text}`)
			.join('. '),
		ruleVersion: number
	}));
}

async function ofProjects(ctx: Context, locale: Locale): Promise<Definition[]> {
	const sectionIds = [ctx.scope.sectionId];
	const projects = await projectsOf({ db: ctx.db, sectionIds }, 'target', locale);
	const aims = (await listAims(ctx, locale)).filter(({ id }) => projects.has(id));
	return aims.map(({ id, name }) => {
		const names = projects.get(id)!.map((project) => project.name);
		const definition = m.project_target_of({ projects: formatList(names, locale) });
		return { ...WITHOUT_INDICATOR, name, definition, rule: null };
	});
}
