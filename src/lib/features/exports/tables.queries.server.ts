import { within, type Context } from '#lib/platform/command/context.ts';
import type { Table } from '#lib/platform/sheets/table.ts';
import type { Asked, Reader } from './columns.rules.ts';
import { accounts, cohorts, members, people } from './groups.queries.server.ts';
import { centres, closedDays, curricula, rooms } from './places.queries.server.ts';
import { missing, registers, sessions } from './registers.queries.server.ts';
import { adult_voices, milestones, targets, voices } from './results.queries.server.ts';
import { readReport } from './report.queries.server.ts';
import { isReport, mayTake, neededFor, tablesFor } from './rules.ts';
import type { TableName, Wanted } from './types.ts';
import { tableWord } from './words.ts';

const READERS: Record<TableName, Reader> = {
	people,
	cohorts,
	members,
	sessions,
	registers,
	missing,
	centres,
	rooms,
	closed_days: closedDays,
	curricula,
	targets,
	milestones,
	voices,
	adult_voices,
	accounts
};

/** The tables wanted that the asker may take away, of the centres within reach, in the reader's language. */
export async function readTables(
	ctx: Context,
	wanted: Wanted['table'],
	asked: Asked
): Promise<Table[]> {
	if (isReport(wanted)) return mayTake(ctx.actor, wanted) ? readReport(ctx, wanted, asked) : [];
	const tables: Table[] = [];
	for (const name of tablesFor(ctx.actor))
		if (wanted === 'all' || wanted === name) {
			const rows = await READERS[name](within(ctx, neededFor(name)), asked);
			tables.push({ name: tableWord(name), ...rows });
		}
	return tables;
}
