import type { z } from 'zod';
import { findBar } from '#lib/features/consent/queries.server.ts';
import { takeOutPerson } from '#lib/features/people/commands.server.ts';
import { peopleInScope } from '#lib/features/people/queries.server.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { JoinedWhy } from '#lib/platform/db/vocabularies.ts';
import { keepUndo, type Restore } from '#lib/platform/undo/undo.ts';
import {
	addNew,
	checkNew,
	otherAgeOf,
	type EnrolRefusal,
	type OtherAge
} from './commands.server.ts';
import type { enrolForm } from './forms.ts';
import { join, unjoin, type Joined } from './joining.commands.server.ts';
import { BEYOND, takePlace } from './places.commands.server.ts';
import { cohortsInScope } from './queries.server.ts';
import { beginWaiting, endWaiting, waitAgain } from './waiting-rows.commands.server.ts';
import { waitingFor } from './waiting.queries.server.ts';

export type WaitRefusal = {
	reason: 'not_found' | 'cohort_closed' | 'member_already' | 'waits_already';
};
export type TakeInRefusal =
	| { reason: 'not_found' | 'member_already' | 'consent_refused' | 'consent_missing' }
	| { reason: 'cohort_closed' | 'cohort_full' | 'not_first'; personId: string }
	| (OtherAge & { personId: string });

type Done<T, Refusal extends { reason: string }> = Promise<Outcome<T, Refusal | KeyReused>>;
interface Undo {
	undo: string;
}
/** Somebody's place on a list. */
interface Wait {
	cohortId: string;
	personId: string;
	/** They are in the register only since. */
	isNew?: boolean;
}

/** Puts someone known at the end of a cohort's waiting list. A person decides who is taken in from it. */
export function wait(
	ctx: Context,
	input: { cohortId: string; personId: string },
	once: string
): Done<Undo, WaitRefusal> {
	return command<Undo, WaitRefusal>(
		ctx,
		{ name: 'wait for place', once, input },
		async ({ ctx, refuse, audit }) => {
			const { cohortId, personId } = input;
			const cohort = await cohortsInScope(ctx).where('cohort.id', '=', cohortId).executeTakeFirst();
			const person = await peopleInScope(ctx).where('person.id', '=', personId).executeTakeFirst();
			if (!cohort || !person) return refuse({ reason: 'not_found' });
			if (cohort.status === 'closed') refuse({ reason: 'cohort_closed' });
			if (await isMember(ctx, input)) refuse({ reason: 'member_already' });
			if (!(await beginWaiting(ctx, input))) refuse({ reason: 'waits_already' });
			await audit(noted('wait for place', personId));
			return { undo: await keepUndo<Wait>(ctx, 'wait for place', input) };
		}
	);
}

/** Puts somebody new to the centre at the end of a cohort's waiting list; asked and refused as who is enrolled. */
export function waitNew(
	ctx: Context,
	input: z.output<typeof enrolForm> & { cohortId: string },
	{ once, today }: { once: string; today: string }
): Done<Undo, EnrolRefusal> {
	return command<Undo, EnrolRefusal>(
		ctx,
		{ name: 'wait for place as new', once, input },
		async ({ ctx, refuse, audit }) => {
			const { cohortId } = input;
			const cohort = await cohortsInScope(ctx).where('cohort.id', '=', cohortId).executeTakeFirst();
			if (!cohort) return refuse({ reason: 'not_found' });
			if (cohort.status === 'closed') refuse({ reason: 'cohort_closed' });
			await checkNew(ctx, input, { cohort, today, refuse });
			const personId = await addNew(ctx, input, { cohort, today });
			await beginWaiting(ctx, { cohortId, personId });
			await audit(noted('wait for place', personId, ['name_sealed', 'birth_year', 'sex']));
			const waits = { cohortId, personId, isNew: true };
			return { undo: await keepUndo<Wait>(ctx, 'wait for place', waits) };
		}
	);
}

/** Takes somebody who was just put on a list off it again, with the person where they came with it. */
export const unwait: Restore<Wait> = async ({ ctx, audit, inTheWay }, { isNew, ...waits }) => {
	if (!(await endWaiting(ctx, waits, 'taken_off'))) inTheWay();
	if (isNew) {
		await ctx.db
			.deleteFrom('waiting_place')
			.where('cohort_id', '=', waits.cohortId)
			.where('person_id', '=', waits.personId)
			.execute();
		if (!(await takeOutPerson(ctx, waits.personId))) inTheWay();
	}
	await audit(noted('undo wait for place', waits.personId));
};

/** Takes somebody off a cohort's waiting list. */
export function takeOffList(
	ctx: Context,
	input: { cohortId: string; personId: string },
	once: string
): Done<Undo, { reason: 'not_found' }> {
	return command<Undo, { reason: 'not_found' }>(
		ctx,
		{ name: 'take off waiting list', once, input },
		async ({ ctx, refuse, audit }) => {
			const waits = await waitingFor(ctx, input.cohortId)
				.where('waiting.person_id', '=', input.personId)
				.executeTakeFirst();
			if (!waits) return refuse({ reason: 'not_found' });
			await endWaiting(ctx, input, 'taken_off');
			await audit(noted('take off waiting list', input.personId));
			const back = { id: waits.id, personId: input.personId };
			return { undo: await keepUndo(ctx, 'take off waiting list', back) };
		}
	);
}

/** Puts somebody who was taken off a waiting list back where they stood. */
export const putBackOnList: Restore<{ id: string; personId: string }> = async (
	{ ctx, audit, inTheWay },
	{ id, personId }
) => {
	if (!(await waitAgain(ctx, id))) inTheWay();
	await audit(noted('undo take off waiting list', personId));
};

/**
 * Makes who waits a member from `today` on, the civil date at the centre. Who is not first, finds no place or is of
 * another age needs a reason, `why`, which is kept with the membership.
 */
export function takeIn(
	ctx: Context,
	input: { cohortId: string; personId: string; why?: JoinedWhy | undefined },
	{ once, today }: { once: string; today: string }
): Done<Undo, TakeInRefusal> {
	return command<Undo, TakeInRefusal>(
		ctx,
		{ name: 'take in', once, input },
		async ({ ctx, refuse, audit }) => {
			const { cohortId, personId, why } = input;
			const cohort = await cohortsInScope(ctx).where('cohort.id', '=', cohortId).executeTakeFirst();
			const waiting = await waitingFor(ctx, cohortId).execute();
			const who = waiting.find(({ person_id }) => person_id === personId);
			if (!cohort || !who) return refuse({ reason: 'not_found' });
			if (!why && who !== waiting[0]) refuse({ reason: 'not_first', personId });
			const bar = await findBar(ctx, personId, today);
			if (bar) refuse({ reason: `consent_${bar}` });
			const born = { birthYear: who.birth_year, birthMonth: who.birth_month };
			const otherAge = why ? null : otherAgeOf(born, cohort, today);
			if (otherAge) refuse({ ...otherAge, personId });
			const full = await takePlace(ctx, cohort, { upTo: why ? BEYOND : 0 });
			if (full) refuse({ reason: full, personId });
			const joined = await join(ctx, { cohortId, personId, from: today, why });
			if (!joined) return refuse({ reason: 'member_already' });
			await endWaiting(ctx, input);
			await audit(noted('take in', personId));
			return { undo: await keepUndo<TakenIn>(ctx, 'take in', { joined, waitingId: who.id }) };
		}
	);
}

interface TakenIn {
	joined: Joined;
	waitingId: string;
}

/** Puts somebody who was just taken in back where they waited. */
export const putBackToWait: Restore<TakenIn> = async (
	{ ctx, audit, inTheWay },
	{ joined, waitingId }
) => {
	if (!(await unjoin(ctx, joined))) inTheWay();
	if (!(await waitAgain(ctx, waitingId))) inTheWay();
	await audit(noted('undo take in', joined.personId));
};

async function isMember(
	{ db }: Context,
	{ cohortId, personId }: { cohortId: string; personId: string }
): Promise<boolean> {
	const member = await db
		.selectFrom('cohort_member')
		.select('person_id')
		.where('cohort_id', '=', cohortId)
		.where('person_id', '=', personId)
		.where('left_on', 'is', null)
		.executeTakeFirst();
	return member !== undefined;
}

function noted(action: string, personId: string, fields: string[] = []) {
	return {
		action,
		objectType: 'person' as const,
		objectId: personId,
		fields: ['cohort_id', ...fields]
	};
}
