/** Cohorts' runs laid out over the calendar: cycles, sessions and what each session holds on to. */
import { addDays, minutesOf, timeAt, weekdayOf } from '../../platform/clock/days.ts';
import { instantOf } from '../../platform/clock/zone.ts';
import type { NewRow } from '../../platform/db/schema.ts';
import { dayState } from '../centres/rules.ts';
import type { Centre, ClosedDay } from '../centres/types.ts';
import { centreId, roomId, SECTIONS, VERSIONS } from './cast.ts';
import { ZONE } from './centres.ts';
import type { CohortPlan, Run } from './cohorts.ts';
import { MINUTES, sessionPlanRows } from './curricula.ts';
import { exampleId } from './invent.ts';

const SLOT_MINUTES = 5;

export interface LaidOut {
	cycles: NewRow<'cycle'>[];
	sessions: NewRow<'session'>[];
	facilitators: NewRow<'session_facilitator'>[];
	slots: NewRow<'slot'>[];
}

/** Past sessions are held, but for those the plan leaves unrecorded; today's and later ones are planned. */
export function layOut(
	plans: CohortPlan[],
	centres: Centre[],
	closedDays: ClosedDay[],
	today: string
): LaidOut {
	const laidOut: LaidOut = { cycles: [], sessions: [], facilitators: [], slots: [] };
	for (const plan of plans) {
		if (!plan.run) continue;
		const centre = centres.find(({ id }) => id === centreId(plan.centre))!;
		const sessions = sessionsOf(plan, plan.run, centre, closedDays, today);
		laidOut.cycles.push(cycleOf(plan, plan.run, sessions));
		laidOut.sessions.push(...sessions);
		for (const session of sessions) {
			laidOut.facilitators.push(
				...plan.staffIds.map((account_id) => ({
					session_id: session.id,
					account_id,
					section_id: SECTIONS.lebanon
				}))
			);
			if (session.on_date >= today) laidOut.slots.push(...slotsOf(session, plan));
		}
	}
	return laidOut;
}

function sessionsOf(
	plan: CohortPlan,
	run: Run,
	centre: Centre,
	closedDays: ClosedDay[],
	today: string
): NewRow<'session'>[] {
	const sessionPlans = sessionPlanRows.filter(
		({ version_id }) => version_id === VERSIONS[run.version]
	);
	const dates = datesOf(run, sessionPlans.length, centre, closedDays);
	const heldCount = dates.filter((date) => date < today).length - run.missingCount;
	return sessionPlans.map(({ id: session_plan_id, position }, i) => {
		const on_date = dates[i]!;
		const isHeld = i < heldCount;
		return {
			id: exampleId(`session ${plan.id} ${position}`),
			section_id: SECTIONS.lebanon,
			centre_id: centreId(plan.centre),
			cohort_id: plan.id,
			cycle_id: exampleId(`cycle ${plan.id}`),
			session_plan_id,
			position,
			room_id: roomId(plan.centre, run.room),
			on_date,
			start_time: run.time,
			minutes: MINUTES,
			zone: ZONE,
			status: isHeld ? ('held' as const) : ('planned' as const),
			headcount: null,
			recorded_by: isHeld ? plan.staffIds[0]! : null,
			recorded_at: isHeld ? instantOf(on_date, endOf(run.time), ZONE) : null,
			version: isHeld ? 2 : 1
		};
	});
}

function datesOf(run: Run, count: number, centre: Centre, closedDays: ClosedDay[]): string[] {
	const dates: string[] = [];
	for (let date = run.startsOn; dates.length < count; date = addDays(date, 1)) {
		if (!run.weekdays.includes(weekdayOf(date))) continue;
		const { state } = dayState(centre, closedDays, date);
		if (state === 'open' || state === 'doubtful') dates.push(date);
	}
	return dates;
}

function cycleOf(plan: CohortPlan, run: Run, sessions: NewRow<'session'>[]): NewRow<'cycle'> {
	return {
		id: exampleId(`cycle ${plan.id}`),
		section_id: SECTIONS.lebanon,
		centre_id: centreId(plan.centre),
		cohort_id: plan.id,
		version_id: VERSIONS[run.version],
		room_id: roomId(plan.centre, run.room),
		weekdays: [...run.weekdays].sort().join(','),
		start_time: run.time,
		starts_on: sessions[0]!.on_date,
		ends_on: sessions.at(-1)!.on_date,
		planned_by: plan.staffIds[0]!,
		planned_at: instantOf(addDays(run.startsOn, -10), '09:00', ZONE)
	};
}

function slotsOf(session: NewRow<'session'>, plan: CohortPlan): NewRow<'slot'>[] {
	const resources = [
		`room:${session.room_id}`,
		`cohort:${plan.id}`,
		...plan.staffIds.map((id) => `staff:${id}`)
	];
	const first = minutesOf(session.start_time) / SLOT_MINUTES;
	return resources.flatMap((resource) =>
		Array.from({ length: MINUTES / SLOT_MINUTES }, (_, nth) => ({
			resource,
			on_date: session.on_date,
			slot: first + nth,
			session_id: session.id
		}))
	);
}

function endOf(time: string): string {
	return timeAt(minutesOf(time) + MINUTES);
}
