import type { Room } from '#lib/features/centres/types.ts';
import type { Cohort } from '#lib/features/cohorts/types.ts';
import type { CurriculumVersion } from '#lib/features/curricula/types.ts';
import type { Facilitator } from '#lib/features/staff/types.ts';
import { addDays } from '#lib/platform/clock/days.ts';

/** After school, before dark. */
const USUAL_TIME = '15:00';

interface Choices {
	cohort: Cohort;
	rooms: readonly Room[];
	staff: readonly Facilitator[];
	versions: readonly CurriculumVersion[];
	plannerId: string;
	/** Civil date at the centre. */
	today: string;
}

/**
 * What the planner's sentence says before anyone has chosen: a curriculum made for the cohort, the first
 * room that holds it, the planner among the facilitators, from tomorrow. The weekdays are left open.
 */
export function suggest({ cohort, rooms, staff, versions, plannerId, today }: Choices) {
	const fitting = versions.find(({ audience }) => audience === cohort.audience) ?? versions[0];
	const roomy = rooms.find(({ capacity }) => capacity >= cohort.memberCount) ?? rooms[0];
	return {
		cohort: cohort.id,
		version: fitting?.id ?? '',
		weekday: [] as string[],
		time: USUAL_TIME,
		room: roomy?.id ?? '',
		with: staff.filter(({ id }) => id === plannerId).map(({ id }) => id),
		from: addDays(today, 1)
	};
}
