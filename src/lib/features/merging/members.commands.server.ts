import { giveBackPlaces, takePlaces } from '#lib/features/cohorts/places.commands.server.ts';
import { addMembers, removeMembers } from '#lib/features/cohorts/rows.commands.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import { bothOf } from './rows.rules.ts';
import { mergedTimes, spanOf, tookTwoPlaces, type Both, type Membership } from './rules.ts';
import type { Pair, Parted, TableRule } from './types.ts';

type Member = Row<'cohort_member'>;

/** Times in cohorts: the kept one's, widened by the merged one's where they touch; two places taken are one then. */
export const members: TableRule = {
	async join(ctx, people) {
		const both = await ctx.db
			.selectFrom('cohort_member')
			.selectAll()
			.where('person_id', 'in', [people.keptId, people.mergedId])
			.execute();
		const times = timesByCohort(both, people);
		await joinMembers(ctx, people, times);
		return times.map((row) => ({ kind: 'member', id: cohortOf(row), row }));
	},
	part: (ctx, people, rows) => partMembers(ctx, people, timesOf(rows))
};

/** The times in each cohort the merged one was in, with the kept one's there. */
function timesByCohort(rows: readonly Member[], { keptId, mergedId }: Pair): Both<Member[]>[] {
	const times = [...Map.groupBy(rows, ({ cohort_id }) => cohort_id).values()].map((ofCohort) => ({
		kept: ofCohort.filter(({ person_id }) => person_id === keptId),
		merged: ofCohort.filter(({ person_id }) => person_id === mergedId)
	}));
	return times
		.filter(({ merged }) => merged.length > 0)
		.map(({ kept, merged }) => ({ kept: kept.length > 0 ? kept : null, merged }));
}

async function joinMembers(
	ctx: Context,
	{ keptId, mergedId }: Pair,
	members: readonly Both<Member[]>[]
): Promise<void> {
	if (members.length === 0) return;
	const cohortIds = members.map(cohortOf);
	await removeMembers(ctx, { personIds: [keptId, mergedId], cohortIds });
	const times = members.flatMap(({ kept, merged }) => mergedTimes(kept ?? [], merged));
	await addMembers(
		ctx,
		times.map((time) => ({ ...time, person_id: keptId }))
	);
	const twice = members.filter(({ kept, merged }) => tookTwoPlaces(kept ?? [], merged));
	await giveBackPlaces(ctx, twice.map(cohortOf));
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

async function partMembers(
	ctx: Context,
	{ keptId, mergedId }: Pair,
	members: readonly Both<Member[]>[]
): Promise<Parted> {
	if (members.length === 0) return 'parted';
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

function cohortOf({ merged }: Both<Member[]>): string {
	return merged[0]!.cohort_id;
}
