import type { z } from 'zod';
import { findCentre } from '#lib/features/centres/queries.server.ts';
import { peopleInScope } from '#lib/features/people/queries.server.ts';
import { moveToCentre } from '#lib/features/people/rows.commands.server.ts';
import { reachesCentre } from '#lib/platform/access/actor.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { keepUndo, type Restore } from '#lib/platform/undo/undo.ts';
import type { moveForm } from './forms.ts';
import { giveBackPlaces, takePlace } from './places.commands.server.ts';

export type MoveRefusal = { reason: 'not_found' | 'changed_meanwhile' | 'same_centre' };

interface Moved {
	personId: string;
	from: string;
	to: string;
	version: number;
	/** Cohorts that were left with the centre. */
	cohortIds: string[];
	today: string;
}

/**
 * Moves a person to another centre within the mover's reach, from one that is. With `leave` they are no
 * longer members of the old centre's cohorts from `today` on, the civil date there; what was stays.
 */
export function movePerson(
	ctx: Context,
	input: z.output<typeof moveForm> & { personId: string },
	{ once, today, locale }: { once: string; today: string; locale: Locale }
): Promise<Outcome<{ undo: string }, MoveRefusal | KeyReused>> {
	return command(ctx, { name: 'move person', once, input }, async ({ ctx, refuse, audit }) => {
		const { personId, version } = input;
		const person = await peopleInScope(ctx).where('person.id', '=', personId).executeTakeFirst();
		const from = person && (await findCentre(ctx, person.centre_id, locale));
		const to = await findCentre(ctx, input.centre, locale);
		if (!from || !to) return refuse({ reason: 'not_found' });
		if (from.id === to.id) refuse({ reason: 'same_centre' });
		if (!(await moveToCentre(ctx, personId, { from: from.id, to: to.id, version })))
			refuse({ reason: 'changed_meanwhile' });
		const cohortIds = input.leave ? await leaveCohorts(ctx, { personId, today }, from.id) : [];
		await audit({
			action: 'move person',
			objectType: 'person',
			objectId: personId,
			fields: ['centre_id', ...(cohortIds.length > 0 ? ['left_on'] : [])]
		});
		const undo = await keepUndo<Moved>(ctx, 'move person', {
			...{ personId, cohortIds, today, version: version + 1 },
			...{ from: from.id, to: to.id }
		});
		return { undo };
	});
}

/** Moves a person back, into the cohorts they left, while these have a place and both centres are still within reach. */
export const moveBack: Restore<Moved> = async (
	{ ctx, audit, inTheWay },
	{ personId, from, to, version, cohortIds, today }
) => {
	if (!reachesCentre(ctx.scope, from) || !reachesCentre(ctx.scope, to)) inTheWay();
	if (!(await moveToCentre(ctx, personId, { from: to, to: from, version }))) inTheWay();
	for (const id of cohortIds) {
		if (await takePlace(ctx, { id, status: 'open' })) inTheWay();
		const back = await ctx.db
			.updateTable('cohort_member')
			.set({ left_on: null })
			.where('person_id', '=', personId)
			.where('cohort_id', '=', id)
			.where('left_on', '=', today)
			.where(({ not, exists, selectFrom }) =>
				not(
					exists(
						selectFrom('cohort_member as now')
							.select('now.person_id')
							.where('now.cohort_id', '=', id)
							.where('now.person_id', '=', personId)
							.where('now.left_on', 'is', null)
					)
				)
			)
			.executeTakeFirst();
		if (!back.numUpdatedRows) inTheWay();
	}
	await audit({
		action: 'undo move person',
		objectType: 'person',
		objectId: personId,
		fields: ['centre_id', 'left_on']
	});
};

async function leaveCohorts(
	ctx: Context,
	{ personId, today }: { personId: string; today: string },
	centreId: string
): Promise<string[]> {
	const left = await ctx.db
		.updateTable('cohort_member')
		.set({ left_on: today })
		.where('person_id', '=', personId)
		.where('left_on', 'is', null)
		.where('cohort_id', 'in', (eb) =>
			eb.selectFrom('cohort').select('id').where('centre_id', '=', centreId)
		)
		.returning('cohort_id')
		.execute();
	const cohortIds = left.map(({ cohort_id }) => cohort_id);
	await giveBackPlaces(ctx, cohortIds);
	return cohortIds;
}
