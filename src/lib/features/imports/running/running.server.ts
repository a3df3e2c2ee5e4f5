import type { Context } from '#lib/platform/command/context.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import { judgeCohorts } from '../matching/cohorts.server.ts';
import { writeConsents } from '../matching/consents.server.ts';
import { writeGuardians } from '../matching/guardians.server.ts';
import { countsOf, type Judged, type JudgedPerson } from '../matching/judged.ts';
import { isChange, judgePeople } from '../matching/judging.server.ts';
import { countWritten } from './counting.server.ts';
import { writeDown, type Done } from './ledger.server.ts';
import { keyOfCohort } from '../matching/matching.ts';
import { writeMembers } from '../matching/members.server.ts';
import type { Places } from '../reading/parsing.ts';
import { asWaiting, placesOf, type Import, type WaitingRow } from '../queries.server.ts';
import { makeSessions, writeMarks, type Registered } from './registers.server.ts';
import { addCounts } from '../rules.ts';
import { makeCohorts, writeCohorts, writePeople } from './run-commands.server.ts';
import { compareMarks } from '../matching/sessions.server.ts';
import type { Counts } from '../types.ts';

/** The next so many rows that are to be written, in order; those the check left out stay out. */
export async function nextRows(
	ctx: Context,
	{ id, position }: Import,
	most: number
): Promise<WaitingRow[]> {
	const rows = await ctx.db
		.selectFrom('import_row')
		.selectAll()
		.where('import_id', '=', id)
		.where('section_id', '=', ctx.scope.sectionId)
		.where('position', '>=', position)
		.where('verdict', 'is not', null)
		.where('verdict', '<>', 'out')
		.orderBy('position')
		.limit(most)
		.execute();
	return rows.map((row) => asWaiting(ctx.ring, row));
}

/**
 * Writes some rows as they are to be now, and writes down what it did. Part of a step: runs on its
 * transaction, while the section is locked. Answers the rows as they were judged, and the counts with them.
 */
export async function runStep(
	ctx: Context,
	item: Import,
	waiting: readonly WaitingRow[]
): Promise<{ rows: Judged[]; counts: Counts }> {
	const places = await placesOf(ctx);
	if (item.kind !== 'cohorts') return runPeople(ctx, item, waiting, places);
	const rows = await judgeCohorts(ctx, item, waiting, places);
	await keepDone(ctx, item, await writeCohorts(ctx, rows));
	const cohorts = rows.filter(({ verdict }) => verdict === 'new').length;
	return { rows, counts: addCounts(item.counts, { ...countsOf(item.setup, rows), cohorts }) };
}

async function runPeople(
	ctx: Context,
	item: Import,
	waiting: readonly WaitingRow[],
	places: Places
): Promise<{ rows: Judged[]; counts: Counts }> {
	const { kind } = item;
	const { today } = places;
	const rows = await judgePeople(ctx, item, waiting, { places, phase: 'running' });
	const made = await makeMissingCohorts(ctx, item, rows, today);
	const people = await writePeople(ctx, rows, today);
	const guardians = await writeGuardians(ctx, rows);
	const consents = await writeConsents(ctx, rows, today);
	const members = await writeMembers(ctx, rows, made);
	const registers =
		kind === 'registers' ? await runRegisters(ctx, item, rows, places) : { done: [], counts: {} };
	await keepDone(ctx, item, [
		{ table: 'cohort', keys: made.map(({ id }) => [id]) },
		...people,
		...guardians,
		...consents,
		...members,
		...registers.done
	]);
	for (const one of rows) {
		if (one.verdict === 'same' && isChange(one)) one.verdict = 'changed';
		one.personId = one.subject?.id ?? null;
	}
	const counts = { ...countsOf(item.setup, rows), ...registers.counts, cohorts: made.length };
	return { rows, counts: addCounts(item.counts, counts) };
}

/** Writes down what a step did, and counts anew what it changed of reach. */
async function keepDone(ctx: Context, { id }: Import, done: readonly Done[]): Promise<void> {
	await writeDown(ctx, id, done);
	await countWritten(ctx, done);
}

/** Groups are made when the first of their children is written, so that none is made for nobody. */
async function makeMissingCohorts(
	ctx: Context,
	{ kind, setup }: Import,
	rows: readonly JudgedPerson[],
	today: string
): Promise<Row<'cohort'>[]> {
	const homeless = rows.filter(({ row, subject, cohort }) => row?.cohort && subject && !cohort);
	const keyOf = ({ row }: JudgedPerson) => keyOfCohort(row!.centreId, row!.cohort!);
	const keys = new Set(homeless.map(keyOf));
	const comings = setup.coming.filter(({ key }) => keys.has(key));
	const made = await makeCohorts(ctx, comings, { kind, today });
	const byKey = new Map(comings.map(({ key }, at) => [key, made[at]!]));
	for (const one of homeless) one.cohort = byKey.get(keyOf(one)) ?? null;
	return made;
}

/** The sessions and marks of rows of a register, once their people and groups are there. */
async function runRegisters(
	ctx: Context,
	item: Import,
	rows: readonly JudgedPerson[],
	places: Places
): Promise<{ done: Done[]; counts: Partial<Counts> }> {
	const comings = new Map(item.setup.coming.map((coming) => [coming.key, coming]));
	const groups = new Map<string, Registered>();
	for (const { row, cohort } of rows) {
		const coming = row && comings.get(keyOfCohort(row.centreId, row.cohort!));
		if (coming && cohort) groups.set(cohort.id, { cohort, coming });
	}
	const made = await makeSessions(ctx, item, [...groups.values()], places.today);
	await compareMarks(ctx, item, rows, places);
	const written = await writeMarks(ctx, rows, { comings, made: made.sessions });
	return {
		done: [
			{ table: 'cycle', keys: made.cycles.map((id) => [id]) },
			written.sessions,
			written.marks
		],
		counts: {
			sessions: made.sessions.length,
			unrecorded: made.unrecorded,
			marks: written.added,
			marksChanged: written.changed
		}
	};
}
