import type { z } from 'zod';
import { findBar } from '#lib/features/consent/queries.server.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { addDays } from '#lib/platform/clock/days.ts';
import type { LeftWhy } from '#lib/platform/db/vocabularies.ts';
import { keepUndo, type Restore } from '#lib/platform/undo/undo.ts';
import { otherAgeOf, type OtherAge } from './commands.server.ts';
import type { changeCohortForm, leaveForm } from './forms.ts';
import { join, unjoin, type Joined } from './joining.commands.server.ts';
import { findMembership } from './membership.queries.server.ts';
import { giveBackPlaces, takePlace } from './places.commands.server.ts';
import { cohortsInScope } from './queries.server.ts';
import { endWaiting } from './waiting-rows.commands.server.ts';

export type LeaveRefusal =
	| { reason: 'not_found' | 'day_ahead' }
	/** The first or the last day that is possible: they joined on it, or a register names them there. */
	| { reason: 'before_joined' | 'marked_after'; date: string };
export type ChangeRefusal =
	| LeaveRefusal
	| { reason: 'other_not_found' | 'cohort_closed' | 'cohort_full' | 'member_already' }
	| { reason: 'consent_refused' }
	| OtherAge;

/** A time in a cohort that ended: whose, and its key. */
interface Left {
	personId: string;
	cohortId: string;
	joinedOn: string;
	/** The first day without them. */
	leftOn: string;
	/** How many members there were with them: so many there may be again, where that is more than there are places. */
	memberCount: number;
}

type Who = { cohortId: string; personId: string };
type Said = { once: string; today: string };

/**
 * Ends somebody's time in a cohort after a last day, which may be past but not before a mark of theirs there: what the
 * registers say stays. `today` is the civil date at the centre. The place is free at once.
 */
export function leaveCohort(
	ctx: Context,
	input: z.output<typeof leaveForm> & Who,
	{ once, today }: Said
): Promise<Outcome<{ undo: string }, LeaveRefusal | KeyReused>> {
	return command<{ undo: string }, LeaveRefusal>(
		ctx,
		{ name: 'leave cohort', once, input },
		async ({ ctx, refuse, audit }) => {
			const { left } = await endMembership(ctx, input, {
				...{ leftOn: addDays(input.lastDay, 1), why: input.why, today },
				refuse
			});
			await audit(noted('leave cohort', input.personId));
			return { undo: await keepUndo(ctx, 'leave cohort', left) };
		}
	);
}

/** Lets somebody who left be a member again, while there is a place. */
export const unleave: Restore<Left> = async ({ ctx, audit, inTheWay }, left) => {
	if (!(await beginAgain(ctx, left))) inTheWay();
	await audit(noted('undo leave cohort', left.personId));
};

/**
 * Ends somebody's time in one cohort and begins it in another, from one day on. Marks stay where they were made. Of
 * another age than the other cohort is for only with `why`.
 */
export function changeCohort(
	ctx: Context,
	input: z.output<typeof changeCohortForm> & { cohortId: string; personId: string },
	{ once, today }: Said
): Promise<Outcome<{ undo: string }, ChangeRefusal | KeyReused>> {
	return command<{ undo: string }, ChangeRefusal>(
		ctx,
		{ name: 'change cohort', once, input },
		async ({ ctx, refuse, audit }) => {
			const { personId, from, why } = input;
			const other = await cohortsInScope(ctx)
				.where('cohort.id', '=', input.cohort)
				.where('cohort.id', '<>', input.cohortId)
				.executeTakeFirst();
			if (!other) return refuse({ reason: 'other_not_found' });
			if ((await findBar(ctx, personId, today)) === 'refused')
				refuse({ reason: 'consent_refused' });
			const { left, member } = await endMembership(ctx, input, {
				...{ leftOn: from, why: 'other_group', today },
				refuse
			});
			const otherAge = why ? null : otherAgeOf(member, other, today);
			if (otherAge) refuse(otherAge);
			const full = await takePlace(ctx, other);
			if (full) refuse({ reason: full });
			const joined = await join(ctx, { cohortId: other.id, personId, from, why });
			if (!joined) return refuse({ reason: 'member_already' });
			await endWaiting(ctx, joined);
			await audit(noted('change cohort', personId));
			return { undo: await keepUndo<Changed>(ctx, 'change cohort', { left, joined }) };
		}
	);
}

interface Changed {
	left: Left;
	joined: Joined;
}

/** Puts somebody who changed the cohort back, unless a register of the new one names them or the old one is full. */
export const unchangeCohort: Restore<Changed> = async (
	{ ctx, audit, inTheWay },
	{ left, joined }
) => {
	if (!(await unjoin(ctx, joined))) inTheWay();
	if (!(await beginAgain(ctx, left))) inTheWay();
	await audit(noted('undo change cohort', left.personId));
};

async function endMembership(
	ctx: Context,
	{ cohortId, personId }: Who,
	given: { leftOn: string; why: LeftWhy; today: string; refuse: (no: LeaveRefusal) => never }
) {
	const { leftOn, why, today, refuse } = given;
	const member = await findMembership(ctx, { cohortId, personId });
	if (!member) return refuse({ reason: 'not_found' });
	if (leftOn > addDays(today, 1)) refuse({ reason: 'day_ahead' });
	if (leftOn < member.joinedOn) refuse({ reason: 'before_joined', date: member.joinedOn });
	if (member.lastMarkOn && leftOn <= member.lastMarkOn)
		refuse({ reason: 'marked_after', date: member.lastMarkOn });
	const { numUpdatedRows } = await ctx.db
		.updateTable('cohort_member')
		.set({ left_on: leftOn, left_why: why })
		.where('cohort_id', '=', cohortId)
		.where('person_id', '=', personId)
		.where('joined_on', '=', member.joinedOn)
		.where('left_on', 'is', null)
		.executeTakeFirst();
	if (!numUpdatedRows) refuse({ reason: 'not_found' });
	await giveBackPlaces(ctx, [cohortId]);
	const { memberCount, joinedOn } = member;
	return { left: { personId, cohortId, joinedOn, leftOn, memberCount }, member };
}

/** Opens a time that ended again; false when there is no place, or they are a member already. */
async function beginAgain(ctx: Context, left: Left): Promise<boolean> {
	const { personId, cohortId, joinedOn, leftOn, memberCount: upTo } = left;
	if ((await findBar(ctx, personId, leftOn)) === 'refused') return false;
	if (await takePlace(ctx, { id: cohortId, status: 'open' }, { upTo })) return false;
	if (await findMembership(ctx, left)) return false;
	const { numUpdatedRows } = await ctx.db
		.updateTable('cohort_member')
		.set({ left_on: null, left_why: null })
		.where('person_id', '=', personId)
		.where('cohort_id', '=', cohortId)
		.where('cohort_id', 'in', cohortsInScope(ctx).clearSelect().select('cohort.id'))
		.where('joined_on', '=', joinedOn)
		.where('left_on', '=', leftOn)
		.executeTakeFirst();
	return Boolean(numUpdatedRows);
}

function noted(action: string, personId: string) {
	return {
		action,
		objectType: 'person' as const,
		objectId: personId,
		fields: ['cohort_id', 'left_on']
	};
}
