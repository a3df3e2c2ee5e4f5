import { findBar } from '#lib/features/consent/queries.server.ts';
import { peopleInScope } from '#lib/features/people/queries.server.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { JoinedWhy } from '#lib/platform/db/vocabularies.ts';
import { keepUndo, type Restore } from '#lib/platform/undo/undo.ts';
import { otherAgeOf, type OtherAge } from './commands.server.ts';
import { join, unjoin, type Joined } from './joining.commands.server.ts';
import { takePlace } from './places.commands.server.ts';
import { cohortsInScope } from './queries.server.ts';
import { endWaiting } from './waiting-rows.commands.server.ts';

export type EnrolKnownRefusal =
	| { reason: 'not_found' | 'cohort_closed' | 'cohort_full' | 'member_already' }
	| { reason: 'consent_refused' | 'consent_missing' }
	| (OtherAge & { personId: string });

/**
 * Adds someone who is known already, so that they are counted once. Of another age than the cohort is for only with
 * `why`; never who said no to taking part, or has not agreed where the section asks for it first. Who comes back has a
 * membership more: the earlier one stays. `today` is the civil date at the centre.
 */
export function enrolKnown(
	ctx: Context,
	input: { cohortId: string; personId: string; why?: JoinedWhy | undefined },
	{ once, today }: { once: string; today: string }
): Promise<Outcome<{ undo: string }, EnrolKnownRefusal | KeyReused>> {
	return command(ctx, { name: 'enrol known', once, input }, async ({ ctx, refuse, audit }) => {
		const { cohortId, personId, why } = input;
		const cohort = await cohortsInScope(ctx).where('cohort.id', '=', cohortId).executeTakeFirst();
		const person = await peopleInScope(ctx).where('person.id', '=', personId).executeTakeFirst();
		if (!cohort || !person) return refuse({ reason: 'not_found' });
		const born = { birthYear: person.birth_year, birthMonth: person.birth_month };
		const bar = await findBar(ctx, personId, today);
		if (bar) refuse({ reason: `consent_${bar}` });
		const otherAge = why ? null : otherAgeOf(born, cohort, today);
		if (otherAge) refuse({ ...otherAge, personId });
		const full = await takePlace(ctx, cohort);
		if (full) refuse({ reason: full });
		const joined = await join(ctx, { cohortId, personId, from: today, why });
		if (!joined) return refuse({ reason: 'member_already' });
		await endWaiting(ctx, joined);
		await audit({
			action: 'enrol known',
			objectType: 'person',
			objectId: personId,
			fields: ['cohort_id']
		});
		return { undo: await keepUndo(ctx, 'enrol known', joined) };
	});
}

/** Takes someone known who was just enrolled out of the cohort again. */
export const unenrolKnown: Restore<Joined> = async ({ ctx, audit, inTheWay }, joined) => {
	if (!(await unjoin(ctx, joined))) inTheWay();
	await audit({
		action: 'undo enrol known',
		objectType: 'person',
		objectId: joined.personId,
		fields: ['cohort_id']
	});
};
