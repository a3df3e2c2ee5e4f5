import { dateIn } from '#lib/platform/clock/zone.ts';
import { isOutside, type Reader } from '#lib/platform/command/reader.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import { readOutcomes, sightOf, type Sight } from './outcomes.queries.server.ts';
import type { Milestone } from './types.ts';

/** One roadmap of a project: its milestones that belong to the project, whatever their outcome. */
export interface ProjectLane {
	roadmapId: string;
	name: string;
	section: string;
	startsOn: string;
	endsOn: string;
	/** Whether the reader may open it and its milestones. */
	opens: boolean;
	/** In order of their due date. */
	milestones: Milestone[];
}

/**
 * The roadmaps of a project in all its sections, each as far as its own section shows it there. Of the own section all
 * that the reader sees of it anyway; partners see their own items and nothing of other sections.
 */
export async function listProjectLanes(
	reader: Reader,
	projectId: string,
	locale: Locale
): Promise<ProjectLane[]> {
	const own = 'scope' in reader ? reader.scope.sectionId : null;
	const rows = await reader.db
		.selectFrom('roadmap')
		.innerJoin('section', 'section.id', 'roadmap.section_id')
		.innerJoin('project_section as part', 'part.section_id', 'roadmap.section_id')
		.select(['roadmap.id', 'roadmap.name_texts', 'roadmap.starts_on', 'roadmap.ends_on'])
		.select(['roadmap.section_id', 'section.zone', 'section.name_texts as section_texts'])
		.where('part.project_id', '=', projectId)
		.where(({ eb, or }) =>
			or([eb('part.shows_roadmaps', '=', 1), eb('roadmap.section_id', '=', own ?? '')])
		)
		.where(({ eb, selectFrom }) =>
			eb(
				'roadmap.id',
				'in',
				selectFrom('project_milestone as belongs')
					.innerJoin('milestone', 'milestone.id', 'belongs.milestone_id')
					.innerJoin('roadmap_outcome as outcome', 'outcome.id', 'milestone.outcome_id')
					.select('outcome.roadmap_id')
					.where('belongs.project_id', '=', projectId)
			)
		)
		.orderBy('roadmap.starts_on')
		.orderBy('roadmap.id')
		.execute();
	const sight: Sight = { ...sightOf(reader), projectIds: [projectId] };
	const isOwn = (row: (typeof rows)[number]) => row.section_id === own;
	const others: Sight | null =
		sight.bodyIds === null ? { ...sight, isOutside: own !== null || isOutside(reader) } : null;
	const milestones = [
		...(await milestonesOf(sight, rows.filter(isOwn), reader.now, locale)),
		...(others
			? await milestonesOf(
					others,
					rows.filter((row) => !isOwn(row)),
					reader.now,
					locale
				)
			: [])
	];
	return rows
		.map((row) => ({
			roadmapId: row.id,
			name: textIn(row.name_texts, locale),
			section: textIn(row.section_texts, locale),
			startsOn: row.starts_on,
			endsOn: row.ends_on,
			opens: own === null || isOwn(row),
			milestones: milestones
				.filter(({ roadmapId }) => roadmapId === row.id)
				.flatMap((outcome) => outcome.milestones)
				.sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1))
		}))
		.filter((lane) => lane.milestones.length > 0);
}

async function milestonesOf(
	sight: Sight,
	rows: readonly { id: string; zone: string }[],
	now: number,
	locale: Locale
) {
	if (rows.length === 0) return [];
	const todays = new Map(rows.map(({ id, zone }) => [id, dateIn(zone, now)]));
	return readOutcomes(
		sight,
		rows.map(({ id }) => id),
		todays,
		locale
	);
}
