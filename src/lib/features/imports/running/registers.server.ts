import { writeMarks as putMarks } from '#lib/features/attendance/marks.commands.server.ts';
import { ATTENDED } from '#lib/features/attendance/rules.ts';
import {
	addCycles,
	addSessions,
	holdSessions
} from '#lib/features/sessions/rows.commands.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { NewRow, Row } from '#lib/platform/db/schema.ts';
import { minutesOf, timeAt } from '#lib/platform/clock/days.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { importedVersion } from '#lib/features/curricula/imported.commands.server.ts';
import type { JudgedPerson } from '../matching/judged.ts';
import { roomsOf } from '../matching/judging.server.ts';
import type { Done } from './ledger.server.ts';
import { rowsOf } from './ledger-rows.server.ts';
import type { Import } from '../queries.server.ts';
import { datesOf, weekdaysOf } from '../rules.ts';
import { occasionsOf, sessionsOn } from '../matching/sessions.server.ts';
import { dayOf, partOf, timeOf, type Occasion } from '../reading/occasions.ts';
import type { ComingCohort } from '../types.ts';

/** Between two sessions of one day where a list has no times. */
const BREAK_MINUTES = 30;
const LATEST_START = 23 * 60 + 55;

/** A group of this step with its register's dates. */
export interface Registered {
	cohort: Row<'cohort'>;
	coming: ComingCohort;
}

/**
 * Makes the sessions of some groups that are missing on their register's dates, in one cycle each: held
 * where there are marks, else planned, so that a register is missing. They take no slots: what is over
 * needs no room. Answers what was made and the ids of the sessions.
 */
export async function makeSessions(
	ctx: Context,
	{ setup }: Import,
	groups: readonly Registered[],
	today: string
): Promise<{ cycles: string[]; sessions: string[]; unrecorded: number }> {
	const wanted = new Map(groups.map(({ cohort, coming }) => [cohort.id, datesOf(coming)]));
	const here = await sessionsOn(ctx, wanted);
	const incomplete = groups
		.map((group) => ({
			...group,
			missing: datesOf(group.coming).filter((date) => !here.has(`${group.cohort.id} ${date}`))
		}))
		.filter(({ missing }) => missing.length > 0);
	if (incomplete.length === 0) return { cycles: [], sessions: [], unrecorded: 0 };
	const { minutes, startTime } = setup.options;
	const positions = Math.max(...incomplete.map(({ missing }) => missing.length));
	const { versionId, plans } = await importedVersion(ctx, { positions, minutes, today });
	const centreIds = incomplete.map(({ cohort }) => cohort.centre_id);
	const rooms = await roomsOf(ctx, centreIds);
	const zones = await zonesOf(ctx, centreIds);
	const cycles: NewRow<'cycle'>[] = [];
	const sessions: NewRow<'session'>[] = [];
	for (const { cohort, coming, missing } of incomplete) {
		const place = {
			...{ section_id: ctx.scope.sectionId, centre_id: cohort.centre_id, cohort_id: cohort.id },
			...{ room_id: rooms.get(cohort.centre_id)!, start_time: startTime }
		};
		const cycle = {
			...{ id: newId(), ...place, version_id: versionId, weekdays: weekdaysOf(missing) },
			...{ starts_on: dayOf(missing[0]!), ends_on: dayOf(missing.at(-1)!) },
			...{ planned_by: ctx.actor.accountId, planned_at: ctx.now }
		};
		cycles.push(cycle);
		for (const [at, date] of missing.entries()) {
			const isHeld = coming.dates.includes(date);
			sessions.push({
				...{ id: newId(), ...place, cycle_id: cycle.id, on_date: dayOf(date), minutes },
				start_time: startOf(date, { startTime, minutes }),
				...{ session_plan_id: plans.get(at + 1)!, position: at + 1 },
				...{ zone: zones.get(cohort.centre_id)!, status: isHeld ? 'held' : 'planned' },
				...{ headcount: isHeld ? 0 : null, version: 1 },
				recorded_by: isHeld ? ctx.actor.accountId : null,
				recorded_at: isHeld ? ctx.now : null
			});
		}
	}
	await addCycles(ctx, cycles);
	await addSessions(ctx, sessions);
	return {
		cycles: cycles.map(({ id }) => id),
		sessions: sessions.map(({ id }) => id),
		unrecorded: sessions.filter(({ status }) => status === 'planned').length
	};
}

/**
 * Writes the marks of rows whose people and sessions are there. Their sessions are held then, and count as
 * many heads as came. `made` are the sessions of this step; answers what was changed for the ledger.
 */
export async function writeMarks(
	ctx: Context,
	rows: readonly JudgedPerson[],
	{ comings, made }: { comings: ReadonlyMap<string, ComingCohort>; made: readonly string[] }
): Promise<{ sessions: Done; marks: Done; added: number; changed: number }> {
	const marked = rows.filter(({ cohort, marks }) => cohort && marks.length > 0);
	const sessions = await sessionsOn(ctx, occasionsOf(marked, comings));
	const all = marked.flatMap(({ cohort, subject, marks }) =>
		marks.map(({ at, code, isChange }) => ({
			session_id: sessions.get(`${cohort!.id} ${at}`)!.id,
			...{ person_id: subject!.id!, code, isChange }
		}))
	);
	const changed = all.filter(({ isChange }) => isChange);
	const ids = [...new Set(all.map(({ session_id }) => session_id))];
	const isMade = new Set(made);
	const earlier = ids.filter((id) => !isMade.has(id)).map((id) => [id]);
	const sessionsBefore = await rowsOf(ctx, 'session', earlier);
	const marksBefore = await rowsOf(
		ctx,
		'mark',
		changed.map(({ session_id, person_id }) => [session_id, person_id])
	);
	await putMarks(
		ctx,
		all.map(({ session_id, person_id, code }) => ({
			...{ session_id, person_id, section_id: ctx.scope.sectionId, code }
		}))
	);
	await holdSessions(ctx, ids, ATTENDED);
	return {
		sessions: {
			table: 'session',
			keys: [...made.map((id) => [id]), ...earlier],
			before: sessionsBefore
		},
		marks: {
			table: 'mark',
			keys: all.map(({ session_id, person_id }) => [session_id, person_id]),
			before: marksBefore
		},
		added: all.length - changed.length,
		changed: changed.length
	};
}

/** When a session began: as the list says, else each of a day's sessions after the one before it, with a break. */
function startOf(
	occasion: Occasion,
	{ startTime, minutes }: { startTime: string; minutes: number }
): string {
	const start = minutesOf(startTime) + (partOf(occasion) - 1) * (minutes + BREAK_MINUTES);
	return timeOf(occasion) ?? timeAt(Math.min(start, LATEST_START));
}

async function zonesOf(ctx: Context, centreIds: readonly string[]): Promise<Map<string, string>> {
	const rows = await ctx.db
		.selectFrom('centre')
		.select(['id', 'zone'])
		.where('section_id', '=', ctx.scope.sectionId)
		.where('id', 'in', centreIds)
		.execute();
	return new Map(rows.map(({ id, zone }) => [id, zone]));
}
