import type { z } from 'zod';
import { findCentre } from '#lib/features/centres/queries.server.ts';
import { findBar } from '#lib/features/consent/queries.server.ts';
import { peopleInScope } from '#lib/features/people/queries.server.ts';
import { moveToCentre } from '#lib/features/people/rows.commands.server.ts';
import { reachesCentre } from '#lib/platform/access/actor.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { keepUndo, type Restore } from '#lib/platform/undo/undo.ts';
import type { moveForm } from './forms.ts';
import { otherAgeOf, type OtherAge } from './commands.server.ts';
import { giveBackPlaces, takePlace } from './places.commands.server.ts';
import { cohortsInScope } from './queries.server.ts';

export type EnrolKnownRefusal =
	| { reason: 'not_found' | 'cohort_closed' | 'cohort_full' | 'member_already' }
	| { reason: 'consent_refused' | 'consent_missing' }
	| (OtherAge & { personId: string });
export type MoveRefusal = { reason: 'not_found' | 'changed_meanwhile' | 'same_centre' };

interface EnrolledKnown {
	personId: string;
	cohortId: string;
	today: string;
	/** A membership of the same day that was taken up again. */
	before: { joined_on: string; left_on: string } | null;
}

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
 * Adds someone who is known already, so that they are counted once. Of another age than the cohort is for only with
 * `ageAnyway`; never who said no to taking part, or has not agreed where the section asks for it first. Who comes back has a membership more: the
 * earlier one stays. `today` is the civil date at the centre.
 */
export function enrolKnown(
	ctx: Context,
	input: { cohortId: string; personId: string; ageAnyway?: 'yes' | undefined },
	{ once, today }: { once: string; today: string }
): Promise<Outcome<{ undo: string }, EnrolKnownRefusal | KeyReused>> {
	return command(ctx, { name: 'enrol known', once, input }, async ({ ctx, refuse, audit }) => {
		const { cohortId, personId } = input;
		const cohort = await cohortsInScope(ctx).where('cohort.id', '=', cohortId).executeTakeFirst();
		const person = await peopleInScope(ctx).where('person.id', '=', personId).executeTakeFirst();
		if (!cohort || !person) return refuse({ reason: 'not_found' });
		const born = { birthYear: person.birth_year, birthMonth: person.birth_month };
		const bar = await findBar(ctx, personId, today);
		if (bar) refuse({ reason: `consent_${bar}` });
		const otherAge = input.ageAnyway ? null : otherAgeOf(born, cohort, today);
		if (otherAge) refuse({ ...otherAge, personId });
		const full = await takePlace(ctx, cohort);
		if (full) refuse({ reason: full });
		const earlier = await ctx.db
			.selectFrom('cohort_member')
			.select(['joined_on', 'left_on'])
			.where('cohort_id', '=', cohortId)
			.where('person_id', '=', personId)
			.execute();
		if (earlier.some(({ left_on }) => left_on === null)) refuse({ reason: 'member_already' });
		const before = earlier.find(({ joined_on }) => joined_on === today);
		await ctx.db
			.insertInto('cohort_member')
			.values({
				cohort_id: cohortId,
				person_id: personId,
				section_id: ctx.scope.sectionId,
				joined_on: today,
				left_on: null
			})
			.onConflict((conflict) =>
				conflict.columns(['cohort_id', 'person_id', 'joined_on']).doUpdateSet({ left_on: null })
			)
			.execute();
		await audit({
			action: 'enrol known',
			objectType: 'person',
			objectId: personId,
			fields: ['cohort_id']
		});
		const undo = await keepUndo<EnrolledKnown>(ctx, 'enrol known', {
			cohortId,
			personId,
			today,
			before: before ? { joined_on: before.joined_on, left_on: before.left_on! } : null
		});
		return { undo };
	});
}

/** Takes someone known who was just enrolled out of the cohort again. */
export const unenrolKnown: Restore<EnrolledKnown> = async (
	{ ctx, audit, inTheWay },
	{ personId, cohortId, today, before }
) => {
	const enrolled = await ctx.db
		.deleteFrom('cohort_member')
		.where('person_id', '=', personId)
		.where('cohort_id', '=', cohortId)
		.where('cohort_id', 'in', cohortsInScope(ctx).clearSelect().select('cohort.id'))
		.where('joined_on', '=', today)
		.where('left_on', 'is', null)
		.executeTakeFirst();
	if (!enrolled.numDeletedRows) inTheWay();
	if (before)
		await ctx.db
			.insertInto('cohort_member')
			.values({
				cohort_id: cohortId,
				person_id: personId,
				section_id: ctx.scope.sectionId,
				...before
			})
			.execute();
	await giveBackPlaces(ctx, [cohortId]);
	await audit({
		action: 'undo enrol known',
		objectType: 'person',
		objectId: personId,
		fields: ['cohort_id']
	});
};

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
