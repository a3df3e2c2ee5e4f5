import { giveTo } from '#lib/features/cohorts/facilitators.commands.server.ts';
import { belongTo } from '#lib/features/projects/rows.commands.server.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { isBlocking, plan, staffOf } from './clashes.rules.ts';
import type { PlanInput } from './forms.ts';
import { readPlanRequest, type PlanRequestRefusal } from './planning.queries.server.ts';
import { slotsOf } from './rules.ts';
import { insertSlots } from './slots.commands.server.ts';
import type { LaidSession } from './types.ts';

export type PlanRefusal =
	PlanRequestRefusal | { reason: 'clash' | 'nothing_to_plan' | 'doubtful' | 'project_unknown' };

/**
 * Plans a cycle: every session laid out, its room, facilitators and cohort taken. Of two plans that
 * want the same room at once exactly one is kept; the other is refused with `clash`. What is `doubtful` about
 * it has to be meant. `locale` only names things in the answer's way.
 */
export function planCycle(
	ctx: Context,
	input: PlanInput,
	{ once, locale }: { once: string; locale: Locale }
): Promise<
	Outcome<{ cycleId: string; centreId: string; firstDate: string }, PlanRefusal | KeyReused>
> {
	return command(ctx, { name: 'plan cycle', once, input }, async ({ ctx, refuse, audit }) => {
		const read = await readPlanRequest(ctx, input, locale);
		if (!read.ok) return refuse(read.refusal);
		const { wish, versionId } = read;
		const { sessions, clashes, doubts } = plan(wish);
		const dates = sessions.map(({ date }) => date).sort();
		const [firstDate, lastDate] = [dates.at(0), dates.at(-1)];
		if (!firstDate || !lastDate) return refuse({ reason: 'nothing_to_plan' });
		if (clashes.some(isBlocking)) refuse({ reason: 'clash' });
		if (doubts.length > 0 && !input.anyway) refuse({ reason: 'doubtful' });
		const cycleId = newId();
		const shared = {
			section_id: ctx.scope.sectionId,
			centre_id: wish.centre.id,
			cohort_id: input.cohort
		};
		await ctx.db
			.insertInto('cycle')
			.values({
				id: cycleId,
				...shared,
				version_id: versionId,
				room_id: input.room,
				weekdays: input.weekday.join(','),
				start_time: input.time,
				starts_on: firstDate,
				ends_on: lastDate,
				planned_by: ctx.actor.accountId,
				planned_at: ctx.now
			})
			.execute();
		if ((await belongTo(ctx, { kind: 'cycle', id: cycleId }, input.project)) === 'unknown')
			refuse({ reason: 'project_unknown' });
		const withIds = sessions.map((laid) => ({ id: newId(), laid }));
		await ctx.db
			.insertInto('session')
			.values(
				withIds.map(({ id, laid }) => ({
					id,
					...shared,
					cycle_id: cycleId,
					session_plan_id: laid.planId,
					position: laid.position,
					strand: laid.strand,
					room_id: laid.roomId,
					on_date: laid.date,
					start_time: laid.time,
					minutes: laid.minutes,
					zone: wish.centre.zone,
					status: 'planned' as const,
					headcount: null,
					recorded_by: null,
					recorded_at: null,
					version: 1
				}))
			)
			.execute();
		const staffed = withIds.map(({ id, laid }) => ({
			id,
			laid,
			staff: staffOf(wish, laid)
				.map((one) => one.id)
				.toSorted()
		}));
		await assignFacilitators(ctx, input.cohort, { sessions: staffed, fromOn: wish.today });
		if (!(await takeSlots(ctx, input.cohort, staffed))) refuse({ reason: 'clash' });
		await audit({
			action: 'plan cycle',
			objectType: 'cycle',
			objectId: cycleId,
			fields: [
				'cohort_id',
				'version_id',
				'room_id',
				'weekdays',
				'start_time',
				'starts_on',
				'ends_on',
				'projects'
			]
		});
		return { cycleId, centreId: wish.centre.id, firstDate };
	});
}

/**
 * Puts the facilitators on every session, and makes the cohort their own. Sorted, for the same reason
 * as the slots: two plans that name the same people in another order must not wait for each other.
 */
async function assignFacilitators(
	ctx: Context,
	cohortId: string,
	{ sessions, fromOn }: { sessions: StaffedSession[]; fromOn: string }
): Promise<void> {
	const section_id = ctx.scope.sectionId;
	await ctx.db
		.insertInto('session_facilitator')
		.values(
			sessions.flatMap(({ id, staff }) =>
				staff.map((account_id) => ({ session_id: id, account_id, section_id }))
			)
		)
		.execute();
	const accountIds = [...new Set(sessions.flatMap(({ staff }) => staff))].sort();
	await giveTo(ctx, cohortId, { accountIds, fromOn });
}

/** A laid session with its row's id and who runs it. */
interface StaffedSession {
	id: string;
	laid: LaidSession;
	staff: string[];
}

/**
 * Takes every five minutes of room, cohort and facilitators; false when another plan took one first. Two halves at once
 * take the time of their cohort once: nothing else of it may go on beside them.
 */
async function takeSlots(
	ctx: Context,
	cohortId: string,
	sessions: StaffedSession[]
): Promise<boolean> {
	const rows = sessions.flatMap(({ id, laid, staff }) =>
		[`room:${laid.roomId}`, ...staff.map((one) => `staff:${one}`)].flatMap((resource) =>
			slotsOf(laid).map(({ date, slot }) => ({ resource, on_date: date, slot, session_id: id }))
		)
	);
	const ofCohort = new Map(
		sessions.flatMap(({ id, laid }) =>
			slotsOf(laid).map(({ date, slot }) => [
				`${date} ${slot}`,
				{ resource: `cohort:${cohortId}`, on_date: date, slot, session_id: id }
			])
		)
	);
	return insertSlots(ctx, [...rows, ...ofCohort.values()]);
}
