import type { Context } from '#lib/platform/command/context.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import type { JoinedWhy } from '#lib/platform/db/vocabularies.ts';
import { giveBackPlaces } from './places.commands.server.ts';
import { cohortsInScope } from './queries.server.ts';

/** A time in a cohort that began, and what it takes to go back behind it. */
export interface Joined {
	personId: string;
	cohortId: string;
	/** The first day. */
	today: string;
	/** A time of the same first day that was taken up again. */
	before: Pick<Row<'cohort_member'>, 'joined_on' | 'left_on' | 'joined_why' | 'left_why'> | null;
}

/**
 * Begins a time in a cohort whose place is taken already; null for who is a member now. Part of a larger command.
 */
export async function join(
	{ db, scope }: Context,
	given: { cohortId: string; personId: string; from: string; why?: JoinedWhy | null | undefined }
): Promise<Joined | null> {
	const { cohortId, personId, from, why = null } = given;
	const earlier = await db
		.selectFrom('cohort_member')
		.select(['joined_on', 'left_on', 'joined_why', 'left_why'])
		.where('cohort_id', '=', cohortId)
		.where('person_id', '=', personId)
		.execute();
	if (earlier.some(({ left_on }) => left_on === null)) return null;
	const before = earlier.find(({ joined_on }) => joined_on === from);
	await db
		.insertInto('cohort_member')
		.values({
			...{ cohort_id: cohortId, person_id: personId, section_id: scope.sectionId },
			...{ joined_on: from, left_on: null, joined_why: why }
		})
		.onConflict((conflict) =>
			conflict
				.columns(['cohort_id', 'person_id', 'joined_on'])
				.doUpdateSet({ left_on: null, left_why: null })
		)
		.execute();
	return { cohortId, personId, today: from, before: before ?? null };
}

/**
 * Ends a time in a cohort as if it had not begun, and gives its place back; false when it is not there any more, or a
 * register names them in it.
 */
export async function unjoin(
	ctx: Context,
	{ personId, cohortId, today, before }: Joined
): Promise<boolean> {
	const marked = await ctx.db
		.selectFrom('mark')
		.innerJoin('session', 'session.id', 'mark.session_id')
		.select('mark.session_id')
		.where('session.cohort_id', '=', cohortId)
		.where('mark.person_id', '=', personId)
		.where('session.on_date', '>=', today)
		.executeTakeFirst();
	if (marked) return false;
	const { numDeletedRows } = await ctx.db
		.deleteFrom('cohort_member')
		.where('person_id', '=', personId)
		.where('cohort_id', '=', cohortId)
		.where('cohort_id', 'in', cohortsInScope(ctx).clearSelect().select('cohort.id'))
		.where('joined_on', '=', today)
		.where('left_on', 'is', null)
		.executeTakeFirst();
	if (!numDeletedRows) return false;
	if (before)
		await ctx.db
			.insertInto('cohort_member')
			.values({
				...{ cohort_id: cohortId, person_id: personId, section_id: ctx.scope.sectionId },
				...before
			})
			.execute();
	await giveBackPlaces(ctx, [cohortId]);
	return true;
}
