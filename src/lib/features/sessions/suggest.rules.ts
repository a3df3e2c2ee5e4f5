import type { Centre, Room } from '#lib/features/centres/types.ts';
import type { Cohort } from '#lib/features/cohorts/types.ts';
import type { CurriculumVersion } from '#lib/features/curricula/types.ts';
import type { Facilitator } from '#lib/features/staff/types.ts';
import { addDays, minutesOf, timeAt } from '#lib/platform/clock/days.ts';

/** After school, before dark. */
const USUAL_TIME = '15:00';
const QUARTER_MINUTES = 15;

interface Choices {
	centre: Pick<Centre, 'opensAt' | 'closesAt'>;
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
 * room that holds it, another for mothers where they meet apart, the planner among the facilitators, from tomorrow. The
 * weekdays are left open.
 */
export function suggest({ centre, cohort, rooms, staff, versions, plannerId, today }: Choices) {
	const fitting = versions.find(({ audience }) => audience === cohort.audience) ?? versions[0];
	const roomy = rooms.find(({ capacity }) => capacity >= cohort.memberCount) ?? rooms[0];
	const time = usualTime(startTimes(centre, fitting));
	return {
		cohort: cohort.id,
		version: fitting?.id ?? '',
		weekday: [] as string[],
		time,
		room: roomy?.id ?? '',
		mothersTime: time,
		mothersRoom: (rooms.find(({ id }) => id !== roomy?.id) ?? roomy)?.id ?? '',
		mothersWith: [] as string[],
		with: staff.filter(({ id }) => id === plannerId).map(({ id }) => id),
		from: addDays(today, 1)
	};
}

/**
 * Every quarter of an hour, from the centre's opening on, at which each session of a curriculum can begin and be over
 * before the centre closes; none where its longest is longer than the centre's day.
 */
export function startTimes(
	{ opensAt, closesAt }: Pick<Centre, 'opensAt' | 'closesAt'>,
	version: Pick<CurriculumVersion, 'plans'> | undefined
): string[] {
	const longest = Math.max(0, ...(version?.plans.map(({ minutes }) => minutes) ?? []));
	const [first, last] = [minutesOf(opensAt), minutesOf(closesAt) - Math.max(longest, 1)];
	const count = Math.floor((last - first) / QUARTER_MINUTES) + 1;
	return Array.from({ length: Math.max(0, count) }, (_, i) => timeAt(first + i * QUARTER_MINUTES));
}

/** The usual time, or the nearest one there is. */
function usualTime(times: readonly string[]): string {
	const away = (time: string) => Math.abs(minutesOf(time) - minutesOf(USUAL_TIME));
	return times.toSorted((a, b) => away(a) - away(b)).at(0) ?? USUAL_TIME;
}
