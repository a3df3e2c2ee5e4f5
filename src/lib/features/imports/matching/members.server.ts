import { countPlaces } from '#lib/features/cohorts/places.commands.server.ts';
import { addMembers } from '#lib/features/cohorts/rows.commands.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import type { Strand } from '#lib/platform/db/vocabularies.ts';
import type { Join, JudgedPerson, Subject } from './judged.ts';
import type { Done } from '../running/ledger.server.ts';
import { removeRows, rowsOf } from '../running/ledger-rows.server.ts';
import { keyOfCohort } from './matching.ts';
import type { PersonRow } from '../reading/parsing.ts';
import type { Import } from '../queries.server.ts';
import { membershipOf } from '../rules.ts';
import type { ComingCohort } from '../types.ts';

/**
 * Finds out who is to become a member of the group their row names, or was one from an earlier date on.
 * Where a group that is here is closed or full, the child is taken in and does not join.
 */
export async function compareMembers(
	ctx: Context,
	item: Import,
	rows: readonly JudgedPerson[],
	today: string
): Promise<void> {
	const named = rows.filter(({ row, subject }) => row?.cohort && subject);
	const members = await membersAmong(ctx, named);
	const comings = new Map(item.setup.coming.map((coming) => [coming.key, coming]));
	const taken = new Map<string, number>();
	const joined = new Map<string, Map<string | Subject, Join>>();
	for (const one of named) {
		const { row, cohort } = one as JudgedPerson & { row: PersonRow };
		const key = keyOfCohort(row.centreId, row.cohort!);
		const coming = comings.get(key);
		const { joinedOn, leftOn } = spanOf(item, row, coming, {
			isClosed: cohort?.status === 'closed',
			today
		});
		const who = one.subject!.id ?? one.subject!;
		const ofCohort = joined.get(key) ?? new Map<string | Subject, Join>();
		joined.set(key, ofCohort);
		const member = cohort && members.get(`${cohort.id} ${one.subject!.id}`);
		const first = ofCohort.get(who);
		const isKnownFurtherUp = item.stage === 'checking' && one.isRepeat && !one.subject!.id;
		if (first) {
			if (first.joinedOn > joinedOn) first.joinedOn = joinedOn;
		} else if (member) {
			if (item.kind === 'registers' && member.joined_on > joinedOn)
				one.join = { since: member.joined_on, joinedOn, leftOn: member.left_on };
		} else if (isKnownFurtherUp) {
			continue; // whether they are in it shows when the row further up is written
		} else if (cohort && leftOn === null && !hasPlace(item, cohort, coming, taken)) {
			const code = cohort.status === 'closed' ? 'cohort_closed' : 'cohort_full';
			one.problems.push({ column: null, code });
		} else one.join = { since: null, joinedOn, leftOn };
		if (one.join) ofCohort.set(who, one.join);
	}
}

function spanOf(
	{ kind }: Import,
	row: PersonRow,
	coming: ComingCohort | undefined,
	{ isClosed, today }: { isClosed: boolean; today: string }
): { joinedOn: string; leftOn: string | null } {
	if (kind !== 'registers' || !coming) return { joinedOn: today, leftOn: null };
	const marked = row.marks.map(({ at }) => at).filter((at) => coming.dates.includes(at));
	return membershipOf(coming, marked, { isClosed, today });
}

/** Groups of this file grow as they need to; others have the places they have, `taken` of them in this step. */
function hasPlace(
	{ stage }: Import,
	cohort: Row<'cohort'>,
	coming: ComingCohort | undefined,
	taken: Map<string, number>
): boolean {
	if (cohort.status === 'closed') return false;
	if (coming?.isNew) return true;
	const count = taken.get(cohort.id) ?? 0;
	const joining = stage === 'checking' ? (coming?.joining ?? 0) : 0;
	if (cohort.member_count + joining + count >= cohort.capacity) return false;
	taken.set(cohort.id, count + 1);
	return true;
}

/** By `cohort person`; of several times the first. */
async function membersAmong(
	ctx: Context,
	rows: readonly JudgedPerson[]
): Promise<Map<string, Row<'cohort_member'>>> {
	const cohortIds = [...new Set(rows.flatMap(({ cohort }) => cohort?.id ?? []))];
	const personIds = [...new Set(rows.flatMap(({ subject }) => subject?.id ?? []))];
	if (cohortIds.length === 0 || personIds.length === 0) return new Map();
	const found = await ctx.db
		.selectFrom('cohort_member')
		.selectAll()
		.where('section_id', '=', ctx.scope.sectionId)
		.where('cohort_id', 'in', cohortIds)
		.where('person_id', 'in', personIds)
		.orderBy('joined_on', 'desc')
		.execute();
	return new Map(found.map((row) => [`${row.cohort_id} ${row.person_id}`, row]));
}

/**
 * Writes the memberships of rows whose people and groups are there and takes their places; a group of this
 * file grows where it has too few. `made` are the groups of this step; answers what for the ledger.
 */
export async function writeMembers(
	ctx: Context,
	rows: readonly JudgedPerson[],
	made: readonly Row<'cohort'>[]
): Promise<Done[]> {
	const joins = rows.filter(({ join, cohort }) => join && cohort);
	if (joins.length === 0) return [];
	const places = new Map<string, number>();
	for (const { join, cohort } of joins)
		if (join!.since === null && join!.leftOn === null)
			places.set(cohort!.id, (places.get(cohort!.id) ?? 0) + 1);
	const tooSmall = await tooSmallFor(ctx, places);
	const grown = tooSmall.filter((id) => made.every((cohort) => cohort.id !== id)).map((id) => [id]);
	const cohortsBefore = await rowsOf(ctx, 'cohort', grown);
	await countPlaces(ctx, places, 1, tooSmall);
	const keys = joins.map(({ cohort, subject, join }) => [cohort!.id, subject!.id!, join!.joinedOn]);
	const earlier = joins.flatMap(({ cohort, subject, join }) =>
		join!.since === null ? [] : [[cohort!.id, subject!.id!, join!.since]]
	);
	const membersBefore = await rowsOf(ctx, 'cohort_member', earlier);
	await removeRows(ctx, 'cohort_member', earlier);
	const strands = new Map(
		membersBefore.map((row) => [`${row['cohort_id']} ${row['person_id']}`, row['strand'] as Strand])
	);
	await addMembers(
		ctx,
		joins.map(({ cohort, subject, join }) => ({
			cohort_id: cohort!.id,
			person_id: subject!.id!,
			section_id: ctx.scope.sectionId,
			joined_on: join!.joinedOn,
			left_on: join!.leftOn,
			strand: strands.get(`${cohort!.id} ${subject!.id}`) ?? ('' as const)
		})),
		{ keepKnown: true }
	);
	return [
		{ table: 'cohort', keys: grown, before: cohortsBefore },
		{ table: 'cohort_member', keys, before: membersBefore }
	];
}

/** Of these groups the ones that have fewer places than they are to have members. */
async function tooSmallFor(ctx: Context, places: ReadonlyMap<string, number>): Promise<string[]> {
	if (places.size === 0) return [];
	const cohorts = await ctx.db
		.selectFrom('cohort')
		.select(['id', 'capacity', 'member_count'])
		.where('section_id', '=', ctx.scope.sectionId)
		.where('id', 'in', [...places.keys()])
		.execute();
	return cohorts
		.filter(({ id, capacity, member_count }) => member_count + places.get(id)! > capacity)
		.map(({ id }) => id);
}
