import type { z } from 'zod';
import { getTerms } from '#lib/features/consent/queries.server.ts';
import { asksFirst } from '#lib/features/consent/standing.rules.ts';
import { addPerson, takeOutPerson } from '#lib/features/people/commands.server.ts';
import { listAlike } from '#lib/features/people/queries.server.ts';
import { ageOn } from '#lib/features/people/rules.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import { keepUndo, type Restore } from '#lib/platform/undo/undo.ts';
import type { enrolForm } from './forms.ts';
import { join } from './joining.commands.server.ts';
import { giveBackPlaces, takePlace } from './places.commands.server.ts';
import { cohortsInScope } from './queries.server.ts';
import { isOutsideAges } from './rules.ts';

export type EnrolRefusal =
	| { reason: 'not_found' | 'cohort_closed' | 'cohort_full' | 'year_ahead' }
	/** The section lets nobody in without an agreement, and of somebody new there is none. */
	| { reason: 'consent_first' }
	| OtherAge
	/** People within reach who may be the same one. */
	| { reason: 'may_be_known'; personIds: string[] };

/** Somebody of an age the cohort is not for, in years. */
export interface OtherAge {
	reason: 'other_age';
	age: number;
	ageFrom: number;
	ageTo: number;
}

interface Enrolled {
	personId: string;
	cohortId: string;
}

/**
 * Adds a new person to a cohort from a date on. Refused, until `anyway` is said, when someone alike is
 * known, and until `why` is, when they are of another age than the cohort is for. The last place is given once, however
 * many ask at the same moment. `today` is the civil date at the centre.
 */
export function enrol(
	ctx: Context,
	input: z.output<typeof enrolForm> & { cohortId: string },
	{ once, today }: { once: string; today: string }
): Promise<Outcome<{ personId: string; undo: string }, EnrolRefusal | KeyReused>> {
	return command<{ personId: string; undo: string }, EnrolRefusal>(
		ctx,
		{ name: 'enrol', once, input },
		async ({ ctx, refuse, audit }) => {
			const cohort = await cohortsInScope(ctx)
				.where('cohort.id', '=', input.cohortId)
				.executeTakeFirst();
			if (!cohort) return refuse({ reason: 'not_found' });
			await checkNew(ctx, input, { cohort, today, refuse });
			if (asksFirst(await getTerms(ctx))) refuse({ reason: 'consent_first' });
			const full = await takePlace(ctx, cohort);
			if (full) refuse({ reason: full });
			const personId = await addNew(ctx, input, { cohort, today });
			await join(ctx, { cohortId: cohort.id, personId, from: today, why: input.why });
			await audit({
				action: 'enrol',
				objectType: 'person',
				objectId: personId,
				fields: ['name_sealed', 'birth_year', 'sex', 'cohort_id']
			});
			const undo = await keepUndo<Enrolled>(ctx, 'enrol', { personId, cohortId: cohort.id });
			return { personId, undo };
		}
	);
}

type New = z.output<typeof enrolForm>;

/** Refuses somebody new to a cohort who may be known already or is of another age, unless either is meant. */
export async function checkNew(
	ctx: Context,
	input: New,
	{
		cohort,
		today,
		refuse
	}: { cohort: Row<'cohort'>; today: string; refuse: (refusal: EnrolRefusal) => never }
): Promise<void> {
	if (input.birthYear > Number(today.slice(0, 4))) refuse({ reason: 'year_ahead' });
	const otherAge = input.why ? null : otherAgeOf(input, cohort, today);
	if (otherAge) refuse(otherAge);
	const alike = input.anyway ? [] : await listAlike(ctx, input);
	if (alike.length > 0) refuse({ reason: 'may_be_known', personIds: alike });
}

/** Writes somebody new to the centre of a cohort; answers their id. */
export function addNew(
	ctx: Context,
	{ name, sex, birthYear }: New,
	{ cohort, today }: { cohort: Row<'cohort'>; today: string }
): Promise<string> {
	const isStaff = cohort.audience === 'staff';
	return addPerson(ctx, {
		...{ centreId: cohort.centre_id, isStaff, name, sex, birthYear, addedOn: today }
	});
}

/** The refusal for an age the cohort is not for; null for any other. */
export function otherAgeOf(
	born: { birthYear: number; birthMonth?: number | null },
	cohort: Pick<Row<'cohort'>, 'age_from' | 'age_to'>,
	today: string
): OtherAge | null {
	const ages = { ageFrom: cohort.age_from, ageTo: cohort.age_to };
	if (!isOutsideAges(born, ages, today)) return null;
	return { reason: 'other_age', age: ageOn(born, today), ...ages };
}

/** Takes someone who was just enrolled out again, membership and person, unless anything came of it since. */
export const unenrol: Restore<Enrolled> = async (
	{ ctx, audit, inTheWay },
	{ personId, cohortId }
) => {
	const left = await ctx.db
		.deleteFrom('cohort_member')
		.where('person_id', '=', personId)
		.where('cohort_id', '=', cohortId)
		.where('cohort_id', 'in', cohortsInScope(ctx).clearSelect().select('cohort.id'))
		.where('left_on', 'is', null)
		.executeTakeFirst();
	if (!left.numDeletedRows) inTheWay();
	if (!(await takeOutPerson(ctx, personId))) inTheWay();
	await giveBackPlaces(ctx, [cohortId]);
	await audit({
		action: 'undo enrol',
		objectType: 'person',
		objectId: personId,
		fields: ['cohort_id']
	});
};
