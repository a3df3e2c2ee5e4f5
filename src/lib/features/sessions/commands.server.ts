import { giveTo } from '#lib/features/cohorts/facilitators.commands.server.ts';
import { belongTo } from '#lib/features/projects/rows.commands.server.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { isBlocking, plan } from './clashes.rules.ts';
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
		await assignFacilitators(ctx, input, {
			sessionIds: withIds.map(({ id }) => id),
			fromOn: wish.today
		});
		if (!(await takeSlots(ctx, input, withIds))) refuse({ reason: 'clash' });
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
	input: PlanInput,
	{ sessionIds, fromOn }: { sessionIds: string[]; fromOn: string }
): Promise<void> {
	const section_id = ctx.scope.sectionId;
	const staff = input.with.toSorted();
	await ctx.db
		.insertInto('session_facilitator')
		.values(
			sessionIds.flatMap((session_id) =>
				staff.map((account_id) => ({ session_id, account_id, section_id }))
			)
		)
		.execute();
	await giveTo(ctx, input.cohort, { accountIds: staff, fromOn });
}

/** Takes every five minutes of room, cohort and facilitators; false when another plan took one first. */
async function takeSlots(
	ctx: Context,
	input: PlanInput,
	sessions: { id: string; laid: LaidSession }[]
): Promise<boolean> {
	const rows = sessions.flatMap(({ id, laid }) =>
		[
			`room:${laid.roomId}`,
			`cohort:${input.cohort}`,
			...input.with.map((staff) => `staff:${staff}`)
		].flatMap((resource) =>
			slotsOf(laid).map(({ date, slot }) => ({ resource, on_date: date, slot, session_id: id }))
		)
	);
	return insertSlots(ctx, rows);
}
