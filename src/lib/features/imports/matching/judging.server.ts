import type { Context } from '#lib/platform/command/context.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import { cohortsByKey } from './cohorts.server.ts';
import { compareConsents } from './consents.server.ts';
import { compareGuardians } from './guardians.server.ts';
import { identify, type Phase } from './identity.server.ts';
import { leaveOut, type JudgedPerson } from './judged.ts';
import { keyOfCohort } from './matching.ts';
import { compareMembers } from './members.server.ts';
import { parseRow, type Places } from '../reading/parsing.ts';
import type { Import, WaitingRow } from '../queries.server.ts';

/**
 * Judges rows of people or of a register against what is here now, in a handful of statements for all of
 * them: who they are, what is to change of them, their guardian and their membership. Their marks are
 * compared apart, once their sessions are there.
 */
export async function judgePeople(
	ctx: Context,
	item: Import,
	waiting: readonly WaitingRow[],
	{ places, phase }: { places: Places; phase: Phase }
): Promise<JudgedPerson[]> {
	const { kind, setup } = item;
	const rows = waiting.map((one): JudgedPerson => {
		const { row, problems } = parseRow(kind, setup, setup.sheets[one.sheet]!, one.cells, places);
		return {
			...{ waiting: one, row: row?.kind === 'person' ? row : null, problems },
			...{
				verdict: row ? 'new' : 'out',
				personId: null,
				matchKey: null,
				codeIndex: null,
				twin: null
			},
			...{ subject: null, isRepeat: false, set: {}, guardian: null, papers: [] },
			...{ cohort: null, join: null, marks: [] }
		};
	});
	if (kind === 'registers') await needRooms(ctx, rows);
	await identify(ctx, item, rows, { phase, places });
	if (rows.some(({ row }) => row?.cohort)) {
		const cohorts = await cohortsByKey(ctx);
		for (const one of rows)
			if (one.row?.cohort)
				one.cohort = cohorts.get(keyOfCohort(one.row.centreId, one.row.cohort)) ?? null;
	}
	await compareGuardians(ctx, rows);
	await compareConsents(ctx, rows, places.today);
	await compareMembers(ctx, item, rows, places.today);
	return rows;
}

/** Whether a row about somebody who is here says anything that is not here yet. */
export function isChange({ set, guardian, papers, join, marks }: JudgedPerson): boolean {
	return (
		Object.keys(set).length > 0 ||
		guardian !== null ||
		join !== null ||
		papers.length + marks.length > 0
	);
}

/** A session takes place in a room: a centre without one has no registers. */
async function needRooms(ctx: Context, rows: readonly JudgedPerson[]): Promise<void> {
	const rooms = await roomsOf(
		ctx,
		rows.flatMap(({ row }) => row?.centreId ?? [])
	);
	for (const one of rows)
		if (one.row && !rooms.has(one.row.centreId))
			leaveOut(one, { column: null, code: 'room_missing' });
}

/** A room of each centre, the oldest. */
export async function roomsOf(
	ctx: Context,
	centreIds: readonly string[]
): Promise<Map<string, Row<'room'>['id']>> {
	if (centreIds.length === 0) return new Map();
	const rows = await ctx.db
		.selectFrom('room')
		.select((eb) => ['centre_id', eb.fn.min('id').as('id')])
		.where('section_id', '=', ctx.scope.sectionId)
		.where('centre_id', 'in', [...new Set(centreIds)])
		.groupBy('centre_id')
		.execute();
	return new Map(rows.map(({ centre_id, id }) => [centre_id, id]));
}
