import { sql } from 'kysely';
import type { Context } from '#lib/platform/command/context.ts';
import type { Reader } from '#lib/platform/command/reader.ts';
import type { Db } from '#lib/platform/db/open.ts';
import type { ProjectPart } from '#lib/platform/db/vocabularies.ts';
import { byName, collatorIn } from '#lib/platform/i18n/collation.ts';
import { countryName } from '#lib/platform/i18n/countries.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn, type Texts } from '#lib/platform/i18n/texts.ts';
import { codesOf } from './rules.ts';
import type {
	Belonging,
	Project,
	ProjectCard,
	ProjectChoice,
	ProjectSheet,
	TakingPart
} from './types.ts';

/**
 * Projects a reader may see: those the own section takes part in; for a partner those a body of theirs pays for or
 * takes part in, for a project manager who is held to one that one; for the network those of every section of its kind.
 */
function projectsInReach(reader: Reader) {
	return reader.db
		.selectFrom('project')
		.innerJoin('section as keeping', 'keeping.id', 'project.section_id')
		.selectAll('project')
		.select('keeping.name_texts as keeping_texts')
		.where(({ eb, and, selectFrom }) => {
			if (!('scope' in reader))
				return eb('keeping.is_example', '=', reader.network.isExample ? 1 : 0);
			const { sectionId, bodyIds, projectIds } = reader.scope;
			const among = (ids: readonly string[] | null) =>
				ids === null ? eb.lit(true) : eb('project.id', 'in', ids);
			return and([
				eb(
					'project.id',
					'in',
					selectFrom('project_section').select('project_id').where('section_id', '=', sectionId)
				),
				among(projectIds),
				bodyIds === null
					? eb.lit(true)
					: eb(
							'project.id',
							'in',
							selectFrom('project_body').select('project_id').where('body_id', 'in', bodyIds)
						)
			]);
		});
}

/** The projects within reach, those that run first, the latest to end first. */
export async function listProjects(reader: Reader, locale: Locale): Promise<ProjectCard[]> {
	const rows = await projectsInReach(reader)
		.orderBy(sql`case when project.ended_on is null then 0 else 1 end`)
		.orderBy('project.ends_on', 'desc')
		.orderBy('project.id')
		.execute();
	const bodies = await bodiesOf(
		reader.db,
		rows.map(({ id }) => id),
		locale
	);
	return rows.map((row) => cardOf(row, bodies, locale));
}

/** One project with who takes part; undefined when it is out of reach. */
export async function findProject(
	reader: Reader,
	id: string,
	locale: Locale
): Promise<Project | undefined> {
	const row = await projectsInReach(reader).where('project.id', '=', id).executeTakeFirst();
	if (!row) return undefined;
	return {
		...cardOf(row, await bodiesOf(reader.db, [id], locale), locale),
		advisory: row.advisory_texts === '{}' ? null : textIn(row.advisory_texts, locale),
		sections: await takingPart(reader.db, id, locale),
		isKept: 'scope' in reader && row.section_id === reader.scope.sectionId,
		version: row.version
	};
}

/** A project the section keeps, as its form shows it; undefined for any other. */
export async function findProjectSheet(
	{ db, scope }: Context,
	id: string
): Promise<ProjectSheet | undefined> {
	const row = await db
		.selectFrom('project')
		.selectAll()
		.where('id', '=', id)
		.where('section_id', '=', scope.sectionId)
		.executeTakeFirst();
	if (!row) return undefined;
	const bodies = await db
		.selectFrom('project_body')
		.select(['body_id', 'part'])
		.where('project_id', '=', id)
		.execute();
	const sections = await db
		.selectFrom('project_section')
		.select('section_id')
		.where('project_id', '=', id)
		.where('section_id', '<>', scope.sectionId)
		.execute();
	const idsOf = (part: ProjectPart) =>
		bodies.filter((body) => body.part === part).map(({ body_id }) => body_id);
	return {
		id,
		names: JSON.parse(row.name_texts) as Texts,
		advisory: JSON.parse(row.advisory_texts) as Texts,
		countryCodes: codesOf(row.countries),
		startsOn: row.starts_on,
		endsOn: row.ends_on,
		funderIds: idsOf('funder'),
		partnerIds: idsOf('partner'),
		sectionIds: sections.map(({ section_id }) => section_id),
		version: row.version
	};
}

/** Projects of the section that run, and those something belongs to already, by name. */
export async function listChoices(
	{ db, scope }: Context,
	locale: Locale,
	chosen: readonly string[] = []
): Promise<ProjectChoice[]> {
	const rows = await db
		.selectFrom('project')
		.innerJoin('project_section as part', 'part.project_id', 'project.id')
		.select(['project.id', 'project.name_texts'])
		.where('part.section_id', '=', scope.sectionId)
		.where((eb) =>
			eb.or([eb('project.ended_on', 'is', null), eb('project.id', 'in', ['', ...chosen])])
		)
		.execute();
	return rows
		.map(({ id, name_texts }) => ({ id, name: textIn(name_texts, locale) }))
		.sort(byName(locale));
}

/** Sections of the same kind beside the own one, by name: who may take part. */
export async function listOtherSections(
	{ db, scope }: Context,
	locale: Locale
): Promise<ProjectChoice[]> {
	const rows = await db
		.selectFrom('section')
		.innerJoin('section as own', 'own.is_example', 'section.is_example')
		.select(['section.id', 'section.name_texts'])
		.where('own.id', '=', scope.sectionId)
		.where('section.id', '<>', scope.sectionId)
		.execute();
	return rows
		.map(({ id, name_texts }) => ({ id, name: textIn(name_texts, locale) }))
		.sort(byName(locale));
}

/** What each thing of the section belongs to, by its id; who belongs to none is not there. */
export async function projectsOf(
	{ db, sectionIds }: { db: Db; sectionIds: readonly string[] },
	kind: Belonging,
	locale: Locale
): Promise<Map<string, ProjectChoice[]>> {
	const rows = await belonging(db, kind)
		.innerJoin('project', 'project.id', 'link.project_id')
		.select(['link.project_id as id', 'project.name_texts'])
		.where('link.section_id', 'in', sectionIds)
		.orderBy('link.project_id')
		.execute();
	const all = rows.map(({ of_id, id, name_texts }) => ({
		of: of_id,
		project: { id, name: textIn(name_texts, locale) }
	}));
	return new Map(
		[...Map.groupBy(all, ({ of }) => of)].map(([of, some]) => [
			of,
			some.map(({ project }) => project).sort(byName(locale))
		])
	);
}

/** The links of one kind, told by what belongs. */
export function belonging(db: Db, kind: Belonging) {
	const links = {
		cycle: db.selectFrom('project_cycle').select(['project_id', 'section_id', 'cycle_id as of_id']),
		target: db
			.selectFrom('project_target')
			.select(['project_id', 'section_id', 'target_id as of_id']),
		milestone: db
			.selectFrom('project_milestone')
			.select(['project_id', 'section_id', 'milestone_id as of_id'])
	};
	return db.selectFrom(links[kind].as('link')).select('link.of_id');
}

/** Ids of what the own section has put into a project. */
export async function listBelonging(
	{ db, scope }: Context,
	kind: Belonging,
	projectId: string
): Promise<string[]> {
	const rows = await belonging(db, kind)
		.where('link.project_id', '=', projectId)
		.where('link.section_id', '=', scope.sectionId)
		.execute();
	return rows.map(({ of_id }) => of_id);
}

/** What the other sections promise in a project, as far as they show it: no number of people leaves a section. */
export async function listPromises(
	db: Db,
	projectId: string,
	{ but }: { but: string | null },
	locale: Locale
) {
	const rows = await db
		.selectFrom('project_target as link')
		.innerJoin('target', 'target.id', 'link.target_id')
		.innerJoin('project_section as part', (join) =>
			join
				.onRef('part.project_id', '=', 'link.project_id')
				.onRef('part.section_id', '=', 'link.section_id')
		)
		.innerJoin('section', 'section.id', 'link.section_id')
		.select(['target.id', 'target.name_texts', 'target.amount'])
		.select(['target.starts_on', 'target.ends_on', 'section.name_texts as section_texts'])
		.where('link.project_id', '=', projectId)
		.where('part.shows_targets', '=', 1)
		.where('target.unit', '=', 'people')
		.$if(but !== null, (query) => query.where('link.section_id', '<>', but))
		.orderBy('target.ends_on', 'desc')
		.orderBy('target.id')
		.execute();
	return rows.map((row) => ({
		id: row.id,
		section: textIn(row.section_texts, locale),
		name: textIn(row.name_texts, locale),
		amount: row.amount,
		startsOn: row.starts_on,
		endsOn: row.ends_on
	}));
}

type Bodies = Awaited<ReturnType<typeof bodiesOf>>;

function bodiesOf(db: Db, projectIds: readonly string[], locale: Locale) {
	if (projectIds.length === 0) return Promise.resolve([]);
	return db
		.selectFrom('project_body as part')
		.innerJoin('body', 'body.id', 'part.body_id')
		.select(['part.project_id', 'part.part', 'body.name_texts'])
		.where('part.project_id', 'in', projectIds)
		.execute()
		.then((rows) =>
			rows.map(({ project_id, part, name_texts }) => ({
				...{ projectId: project_id, part, name: textIn(name_texts, locale) }
			}))
		);
}

type Row = Awaited<ReturnType<ReturnType<typeof projectsInReach>['execute']>>[number];

function cardOf(row: Row, bodies: Bodies, locale: Locale): ProjectCard {
	const { compare } = collatorIn(locale);
	const named = (part: ProjectPart) =>
		bodies
			.filter((body) => body.projectId === row.id && body.part === part)
			.map(({ name }) => name)
			.sort(compare);
	return {
		id: row.id,
		name: textIn(row.name_texts, locale),
		keptBy: textIn(row.keeping_texts, locale),
		startsOn: row.starts_on,
		endsOn: row.ends_on,
		endedOn: row.ended_on,
		countries: codesOf(row.countries)
			.map((code) => countryName(code, locale))
			.sort(compare),
		funders: named('funder'),
		partners: named('partner')
	};
}

async function takingPart(db: Db, projectId: string, locale: Locale): Promise<TakingPart[]> {
	const rows = await db
		.selectFrom('project_section as part')
		.innerJoin('section', 'section.id', 'part.section_id')
		.select(['part.section_id', 'part.shows_roadmaps', 'part.shows_targets'])
		.select('section.name_texts')
		.where('part.project_id', '=', projectId)
		.execute();
	return rows
		.map((row) => ({
			sectionId: row.section_id,
			name: textIn(row.name_texts, locale),
			showsRoadmaps: row.shows_roadmaps === 1,
			showsTargets: row.shows_targets === 1
		}))
		.sort(byName(locale));
}
