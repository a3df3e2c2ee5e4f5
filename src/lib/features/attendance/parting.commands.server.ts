import { takePlaces } from '#lib/features/cohorts/places.commands.server.ts';
import { addMembers, removeMembers } from '#lib/features/cohorts/rows.commands.server.ts';
import { keepCounts } from '#lib/features/counts/commands.server.ts';
import { openName, peopleInScope } from '#lib/features/people/queries.server.ts';
import { handOverGuardians, markParted } from '#lib/features/people/rows.commands.server.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import { removeMarks, writeMarks } from './marks.commands.server.ts';
import {
	mergedMark,
	mergedTimes,
	spanOf,
	tookTwoPlaces,
	type Both,
	type Membership
} from './merging.ts';

export type TakeApartRefusal = {
	reason: 'not_found' | 'later_merge' | 'changed_since' | 'cohort_full';
};

type Mark = Row<'mark'>;
type Member = Row<'cohort_member'>;

/**
 * Makes two of one person again: exactly what the merge moved goes back. Refused when it was not the last
 * merge of the person, when a mark or membership it made was changed since, or a place is no longer free.
 */
export function takeApart(
	ctx: Context,
	input: { keptId: string; mergeId: string },
	once: string
): Promise<Outcome<{ mergedId: string }, TakeApartRefusal | KeyReused>> {
	return command<{ mergedId: string }, TakeApartRefusal>(
		ctx,
		{ name: 'take apart', once, input },
		async ({ ctx, refuse, audit }) => {
			const { keptId } = input;
			const { db } = ctx;
			const [merge] = (await standingMerges(ctx, keptId)).filter(({ id }) => id === input.mergeId);
			if (!merge) return refuse({ reason: 'not_found' });
			if ((await standingMerges(ctx, keptId))[0]!.id !== merge.id)
				refuse({ reason: 'later_merge' });
			const rows = await db
				.selectFrom('person_merge_row')
				.selectAll()
				.where('merge_id', '=', merge.id)
				.execute();
			const mergedId = merge.merged_id;
			const pairs = { keptId, mergedId };
			if (!(await partMarks(ctx, pairs, bothOf<Mark>(rows, 'mark'))))
				refuse({ reason: 'changed_since' });
			const parted = await partMembers(ctx, pairs, timesOf(rows));
			if (parted !== 'parted') refuse({ reason: parted });
			const guardians = bothOf<Row<'guardian'>>(rows, 'guardian').map(({ merged }) => merged.id);
			await handOverGuardians(ctx, { from: keptId, to: mergedId, ids: guardians });
			await markParted(ctx, mergedId);
			await db.deleteFrom('person_merge_row').where('merge_id', '=', merge.id).execute();
			await db
				.updateTable('person_merge')
				.set({ undone_by: ctx.actor.accountId, undone_at: ctx.now })
				.where('id', '=', merge.id)
				.execute();
			await keepCounts(db, ctx.scope.sectionId, { people: [keptId, mergedId] });
			await audit({
				action: 'take people apart',
				objectType: 'person',
				objectId: keptId,
				fields: ['mark', 'cohort_member', 'guardian', 'merged_into']
			});
			return { mergedId };
		}
	);
}

function bothOf<T>(
	rows: readonly Row<'person_merge_row'>[],
	of: Row<'person_merge_row'>['kind']
): Both<T>[] {
	return rows
		.filter(({ kind }) => kind === of)
		.map(({ kept_before, merged_before }) => ({
			kept: kept_before === null ? null : (JSON.parse(kept_before) as T),
			merged: JSON.parse(merged_before) as T
		}));
}

/** Times in cohorts. Merges from before somebody could come back kept one of each and no strand. */
function timesOf(rows: readonly Row<'person_merge_row'>[]): Both<Member[]>[] {
	const listOf = (times: Member | Member[]) =>
		[times].flat().map((time) => ({ ...time, strand: time.strand ?? '' }));
	return bothOf<Member | Member[]>(rows, 'member').map(({ kept, merged }) => ({
		kept: kept && listOf(kept),
		merged: listOf(merged)
	}));
}

/** False, and nothing done, when a mark is not what the merge made it. */
async function partMarks(
	ctx: Context,
	{ keptId, mergedId }: { keptId: string; mergedId: string },
	marks: readonly Both<Mark>[]
): Promise<boolean> {
	if (marks.length === 0) return true;
	const sessions = marks.map(({ merged }) => merged.session_id);
	const standing = await ctx.db
		.selectFrom('mark')
		.select(['session_id', 'code'])
		.where('person_id', '=', keptId)
		.where('session_id', 'in', sessions)
		.execute();
	const codes = new Map(standing.map(({ session_id, code }) => [session_id, code]));
	const isAsMade = ({ kept, merged }: Both<Mark>) =>
		codes.get(merged.session_id) === mergedMark(kept?.code ?? null, merged.code);
	if (!marks.every(isAsMade)) return false;
	await removeMarks(ctx, keptId, sessions);
	const before = marks.flatMap(({ kept, merged }) => [
		...(kept ? [{ ...kept, person_id: keptId }] : []),
		{ ...merged, person_id: mergedId }
	]);
	await writeMarks(ctx, before);
	return true;
}

async function partMembers(
	ctx: Context,
	{ keptId, mergedId }: { keptId: string; mergedId: string },
	members: readonly Both<Member[]>[]
): Promise<'parted' | 'changed_since' | 'cohort_full'> {
	if (members.length === 0) return 'parted';
	const cohortOf = ({ merged }: Both<Member[]>) => merged[0]!.cohort_id;
	const cohortIds = members.map(cohortOf);
	const standing = Map.groupBy(
		await ctx.db
			.selectFrom('cohort_member')
			.selectAll()
			.where('person_id', '=', keptId)
			.where('cohort_id', 'in', cohortIds)
			.execute(),
		({ cohort_id }) => cohort_id
	);
	if (!members.every((times) => isAsMade(times, standing.get(cohortOf(times)) ?? [])))
		return 'changed_since';
	await removeMembers(ctx, { personIds: [keptId], cohortIds });
	const before = members.flatMap(({ kept, merged }) => [
		...(kept ?? []).map((time) => ({ ...time, person_id: keptId })),
		...merged.map((time) => ({ ...time, person_id: mergedId }))
	]);
	await addMembers(ctx, before);
	const twice = members.filter(({ kept, merged }) => tookTwoPlaces(kept ?? [], merged));
	return (await takePlaces(ctx, twice.map(cohortOf))) ? 'parted' : 'cohort_full';
}

/** Whether the kept one's times in a cohort are what the merge made of both; merges from before made one span. */
function isAsMade({ kept, merged }: Both<Member[]>, standing: readonly Member[]): boolean {
	const said = (times: readonly Membership[]) =>
		times
			.map(({ joined_on, left_on }) => `${joined_on} ${left_on}`)
			.sort()
			.join();
	const both = [...(kept ?? []), ...merged];
	const now = said(standing);
	return now === said(mergedTimes(kept ?? [], merged)) || now === said([spanOf(both)]);
}

/** Who was merged into a person within reach, latest first; only the first can be taken apart. */
export async function listMergesInto(
	ctx: Context,
	keptId: string
): Promise<{ id: string; name: string; mergedAt: number }[]> {
	return (await standingMerges(ctx, keptId)).map((row) => ({
		id: row.id,
		name: openName(ctx.ring, row.merged_id, row.name_sealed),
		mergedAt: row.merged_at
	}));
}

function standingMerges(ctx: Context, keptId: string) {
	return ctx.db
		.selectFrom('person_merge as merge')
		.innerJoin('person as merged', 'merged.id', 'merge.merged_id')
		.select(['merge.id', 'merge.merged_id', 'merge.merged_at', 'merged.name_sealed'])
		.where('merge.section_id', '=', ctx.scope.sectionId)
		.where('merge.kept_id', '=', keptId)
		.where('merge.kept_id', 'in', peopleInScope(ctx).clearSelect().select('person.id'))
		.where('merge.undone_at', 'is', null)
		.orderBy('merge.merged_at', 'desc')
		.orderBy('merge.id', 'desc')
		.execute();
}
