/** The roadmaps of the example as rows: Lebanon's is invented, the others stand on a published project. */
import { addDays } from '../../platform/clock/days.ts';
import { instantOf } from '../../platform/clock/zone.ts';
import type { NewRow } from '../../platform/db/schema.ts';
import { textsJson, type Texts } from '../../platform/i18n/texts.ts';
import { CAST } from './cast.ts';
import { exampleId } from './invent.ts';
import { lebanon } from './roadmaps-lebanon.ts';
import { projectCountries } from './roadmaps-project.ts';

export interface RoadmapRows {
	body: NewRow<'body'>[];
	body_kind: NewRow<'body_kind'>[];
	roadmap: NewRow<'roadmap'>[];
	roadmap_outcome: NewRow<'roadmap_outcome'>[];
	milestone: NewRow<'milestone'>[];
	activity: NewRow<'activity'>[];
	milestone_cycle: NewRow<'milestone_cycle'>[];
}

export interface RoadmapPlan {
	id: string;
	sectionId: string;
	name: Texts;
	startsOn: string;
	endsOn: string;
	partners: PartnerPlan[];
	outcomes: { name: Texts; milestones: MilestonePlan[] }[];
}

export interface PartnerPlan {
	id: string;
	name: Texts;
	source?: Texts;
}

/** Dates are civil ones, or days from today. */
export type Day = string | number;

export interface MilestonePlan {
	id: string;
	name: Texts;
	kind: 'sessions' | 'checkpoint';
	startsOn: Day;
	dueOn: Day;
	partnerId?: string;
	fromChildren?: boolean;
	/** Where it is taken from; without one it is invented. */
	source?: Texts;
	closed?: { reachedOn: Day; evidence: Texts; confirmedBy: string };
	activities?: { name: Texts; startsOn: Day; endsOn: Day; partnerId?: string }[];
	/** Whose sessions count. */
	cohortIds?: string[];
}

/** Every roadmap around a day; `cycles` are the laid out ones of the example. */
export function roadmapRows(today: string, cycles: readonly NewRow<'cycle'>[]): RoadmapRows {
	const rows: RoadmapRows = {
		body: [],
		body_kind: [],
		roadmap: [],
		roadmap_outcome: [],
		milestone: [],
		activity: [],
		milestone_cycle: []
	};
	for (const plan of [lebanon(today), ...projectCountries(today)]) addRoadmap(rows, plan, today);
	const links = milestonesOf(lebanon(today)).flatMap(({ id, cohortIds = [] }) =>
		cycles
			.filter(({ cohort_id }) => cohortIds.includes(cohort_id))
			.map((cycle) => ({
				milestone_id: id,
				cycle_id: cycle.id,
				section_id: cycle.section_id,
				linked_by: CAST.manager.id,
				linked_at: cycle.planned_at
			}))
	);
	return { ...rows, milestone_cycle: links };
}

function addRoadmap(rows: RoadmapRows, plan: RoadmapPlan, today: string): void {
	const section_id = plan.sectionId;
	const on = (day: Day) => (typeof day === 'string' ? day : addDays(today, day));
	for (const { id, name, source } of plan.partners) {
		rows.body.push({
			id,
			section_id,
			name_texts: textsJson(name),
			source_texts: source ? textsJson(source) : null
		});
		rows.body_kind.push({ body_id: id, kind: 'partner', section_id });
	}
	rows.roadmap.push({
		id: plan.id,
		section_id,
		name_texts: textsJson(plan.name),
		starts_on: plan.startsOn,
		ends_on: plan.endsOn,
		is_example: 1
	});
	plan.outcomes.forEach(({ name, milestones }, lane) => {
		const outcome_id = exampleId(`outcome ${plan.id} ${lane}`);
		rows.roadmap_outcome.push({
			id: outcome_id,
			section_id,
			roadmap_id: plan.id,
			position: lane + 1,
			name_texts: textsJson(name)
		});
		milestones.forEach((milestone, i) => {
			rows.milestone.push({
				id: milestone.id,
				section_id,
				outcome_id,
				position: i + 1,
				kind: milestone.kind,
				name_texts: textsJson(milestone.name),
				starts_on: on(milestone.startsOn),
				due_on: on(milestone.dueOn),
				body_id: milestone.partnerId ?? null,
				from_children: milestone.fromChildren ? 1 : 0,
				source_texts: milestone.source ? textsJson(milestone.source) : null,
				is_example: milestone.source ? 0 : 1,
				...closing(milestone, on, today),
				version: 1
			});
			milestone.activities?.forEach((activity, nth) =>
				rows.activity.push({
					id: exampleId(`activity ${milestone.id} ${nth}`),
					section_id,
					milestone_id: milestone.id,
					position: nth + 1,
					name_texts: textsJson(activity.name),
					starts_on: on(activity.startsOn),
					ends_on: on(activity.endsOn),
					body_id: activity.partnerId ?? null
				})
			);
		});
	});
}

/** Nothing is reached on a day that is still to come. */
function closing({ closed }: MilestonePlan, on: (day: Day) => string, today: string) {
	const reached_on = closed ? on(closed.reachedOn) : null;
	if (!closed || reached_on === null || reached_on > today)
		return {
			reached_on: null,
			evidence_texts: null,
			confirmed_by: null,
			closed_by: null,
			closed_at: null
		};
	return {
		reached_on,
		evidence_texts: textsJson(closed.evidence),
		confirmed_by: closed.confirmedBy,
		closed_by: null,
		closed_at: instantOf(reached_on, '12:00', 'UTC')
	};
}

function milestonesOf({ outcomes }: RoadmapPlan): MilestonePlan[] {
	return outcomes.flatMap(({ milestones }) => milestones);
}
