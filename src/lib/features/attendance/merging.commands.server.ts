import { giveBackPlaces } from '#lib/features/cohorts/places.commands.server.ts';
import { addMembers, removeMembers } from '#lib/features/cohorts/rows.commands.server.ts';
import { keepCounts } from '#lib/features/counts/commands.server.ts';
import { peopleInScope } from '#lib/features/people/queries.server.ts';
import { handOverGuardians, markMerged } from '#lib/features/people/rows.commands.server.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { inBatches } from '#lib/platform/db/batches.ts';
import type { NewRow, Row } from '#lib/platform/db/schema.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { handOverMarks, removeMarks, writeMarks } from './marks.commands.server.ts';
import { mergedMark, mergedTimes, tookTwoPlaces, type Both } from './merging.ts';

export type MergeRefusal = { reason: 'not_found' };

type Mark = Row<'mark'>;
type Member = Row<'cohort_member'>;

const AT_ONCE = 250;

/**
 * Makes one person of two within reach. Marks, memberships and contacts go to the kept one; where both
 * have one the kept one's stays, widened by the merged one's. What was before is kept, so that `takeApart`
 * gives it back; nothing points to the merged person any more.
 */
export function mergePeople(
	ctx: Context,
	input: { keptId: string; mergedId: string },
	once: string
): Promise<Outcome<{ mergeId: string }, MergeRefusal | KeyReused>> {
	return command(ctx, { name: 'merge people', once, input }, async ({ ctx, refuse, audit }) => {
		const { keptId, mergedId } = input;
		const { db } = ctx;
		const found = await peopleInScope(ctx).where('person.id', 'in', [keptId, mergedId]).execute();
		if (found.length !== 2 || !(await markMerged(ctx, input)))
			return refuse({ reason: 'not_found' });
		const both = await db
			.selectFrom('mark')
			.selectAll()
			.where('person_id', 'in', [keptId, mergedId])
			.execute();
		const marks = pair(both, input, ({ session_id }) => session_id);
		const cohorts = await db
			.selectFrom('cohort_member')
			.selectAll()
			.where('person_id', 'in', [keptId, mergedId])
			.execute();
		const members = timesByCohort(cohorts, input);
		const guardians = await db
			.selectFrom('guardian')
			.selectAll()
			.where('person_id', '=', mergedId)
			.execute();
		await joinMarks(ctx, input, marks);
		await joinMembers(ctx, input, members);
		await handOverGuardians(ctx, { from: mergedId, to: keptId });
		const mergeId = newId();
		await db
			.insertInto('person_merge')
			.values({
				id: mergeId,
				section_id: ctx.scope.sectionId,
				kept_id: keptId,
				merged_id: mergedId,
				merged_by: ctx.actor.accountId,
				merged_at: ctx.now,
				undone_by: null,
				undone_at: null
			})
			.execute();
		await keepRows(ctx, mergeId, [
			...marks.map((row) => ({ kind: 'mark' as const, id: row.merged.session_id, row })),
			...members.map((row) => ({ kind: 'member' as const, id: row.merged[0]!.cohort_id, row })),
			...guardians.map((merged) => ({
				kind: 'guardian' as const,
				id: merged.id,
				row: { kept: null, merged }
			}))
		]);
		if (marks.length > 0) await keepCounts(db, ctx.scope.sectionId, { people: [keptId, mergedId] });
		await audit({
			action: 'merge people',
			objectType: 'person',
			objectId: keptId,
			fields: ['mark', 'cohort_member', 'guardian', 'merged_into']
		});
		return { mergeId };
	});
}

function pair<T extends { person_id: string }>(
	rows: readonly T[],
	{ keptId, mergedId }: { keptId: string; mergedId: string },
	of: (row: T) => string
): Both<T>[] {
	const kept = new Map(
		rows.filter(({ person_id }) => person_id === keptId).map((row) => [of(row), row])
	);
	return rows
		.filter(({ person_id }) => person_id === mergedId)
		.map((merged) => ({ kept: kept.get(of(merged)) ?? null, merged }));
}

async function joinMarks(
	ctx: Context,
	{ keptId, mergedId }: { keptId: string; mergedId: string },
	marks: readonly Both<Mark>[]
): Promise<void> {
	const shared = marks.filter(({ kept }) => kept).map(({ merged }) => merged.session_id);
	const widened = marks.flatMap(({ kept, merged }) => {
		const code = kept && mergedMark(kept.code, merged.code);
		return kept && code && code !== kept.code ? [{ ...kept, code }] : [];
	});
	await removeMarks(ctx, mergedId, shared);
	await writeMarks(ctx, widened);
	await handOverMarks(ctx, { from: mergedId, to: keptId });
}

/** The times in each cohort the merged one was in, with the kept one's there. */
function timesByCohort(
	rows: readonly Member[],
	{ keptId, mergedId }: { keptId: string; mergedId: string }
): Both<Member[]>[] {
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
	{ keptId, mergedId }: { keptId: string; mergedId: string },
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

function cohortOf({ merged }: Both<Member[]>): string {
	return merged[0]!.cohort_id;
}

async function keepRows(
	{ db, scope }: Context,
	merge_id: string,
	kept: readonly { kind: Row<'person_merge_row'>['kind']; id: string; row: Both<unknown> }[]
): Promise<void> {
	const rows = kept.map(({ kind, id, row }): NewRow<'person_merge_row'> => ({
		merge_id,
		kind,
		row_id: id,
		section_id: scope.sectionId,
		kept_before: row.kept ? JSON.stringify(row.kept) : null,
		merged_before: JSON.stringify(row.merged)
	}));
	await inBatches(rows, AT_ONCE, (batch) =>
		db.insertInto('person_merge_row').values(batch).execute()
	);
}
