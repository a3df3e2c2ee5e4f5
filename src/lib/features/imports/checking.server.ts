import type { Context } from '#lib/platform/command/context.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import { isBlank } from '#lib/platform/sheets/texts.ts';
import { cohortsByKey, judgeCohorts } from './cohorts.server.ts';
import { countsOf, type Judged, type JudgedPerson } from './judged.ts';
import { isChange, judgePeople } from './judging.server.ts';
import { keyOfCohort } from './matching.ts';
import { parseRow, type Places } from './parsing.ts';
import { asWaiting, placesOf, type Import, type WaitingRow } from './queries.server.ts';
import { addCounts, datesOf, stepRows } from './rules.ts';
import { compareMarks, sessionsOn } from './sessions.server.ts';
import type { ComingCohort, Counts, Setup } from './types.ts';

/** Rows of one reading while the groups are looked for. */
const READ_ROWS = 1000;

/** What a step of the check found: to be written when nobody was quicker. */
export interface Checked {
	next: number;
	isLast: boolean;
	rows: Judged[];
	counts: Counts;
	setup: Setup;
}

/**
 * Judges the next rows of a file against what is here and counts what would happen. Reads alone. The first
 * step of a register reads through the whole file first: which dates a group met on shows in all its rows.
 */
export async function checkStep(ctx: Context, item: Import): Promise<Checked> {
	const places = await placesOf(ctx);
	if (item.position === 0) item.setup.coming = await comingOf(ctx, item, places);
	const most = stepRows(item.setup);
	const stored = await readRows(ctx, item, item.position, most);
	const next = item.position + stored.length;
	const isLast = stored.length < most;
	const waiting = stored.filter((row) => isData(item.setup, row));
	const counts = await judgeStep(ctx, item, waiting, places);
	if (!isLast) return { ...counts, next, isLast, setup: item.setup };
	const sums = await countSessions(ctx, item);
	return {
		rows: counts.rows,
		counts: addCounts(counts.counts, sums),
		next,
		isLast,
		setup: item.setup
	};
}

async function judgeStep(
	ctx: Context,
	item: Import,
	waiting: readonly WaitingRow[],
	places: Places
): Promise<{ rows: Judged[]; counts: Counts }> {
	if (item.kind === 'cohorts') {
		const rows = await judgeCohorts(ctx, item, waiting, places);
		const cohorts = rows.filter(({ verdict }) => verdict === 'new').length;
		return { rows, counts: addCounts(item.counts, { ...countsOf(item.setup, rows), cohorts }) };
	}
	const rows = await judgePeople(ctx, item, waiting, { places, phase: 'checking' });
	if (item.kind === 'registers') await compareMarks(ctx, item, rows, places);
	for (const one of rows) if (one.verdict === 'same' && isChange(one)) one.verdict = 'changed';
	noteComing(item, rows, places.today);
	const marks = rows.flatMap((one) => one.marks);
	const changed = marks.filter((mark) => mark.isChange).length;
	const more = { marks: marks.length - changed, marksChanged: changed };
	return { rows, counts: addCounts(item.counts, { ...countsOf(item.setup, rows), ...more }) };
}

/** Rows of the file from a position on, in order. */
async function readRows(
	ctx: Context,
	{ id }: Import,
	from: number,
	most: number
): Promise<WaitingRow[]> {
	const rows: Row<'import_row'>[] = await ctx.db
		.selectFrom('import_row')
		.selectAll()
		.where('import_id', '=', id)
		.where('section_id', '=', ctx.scope.sectionId)
		.where('position', '>=', from)
		.orderBy('position')
		.limit(most)
		.execute();
	return rows.map((row) => asWaiting(ctx.ring, row));
}

/** False for headers, titles and sheets that are left out. */
function isData({ sheets }: Setup, { sheet, rowNumber }: WaitingRow): boolean {
	const { chosen, from, to } = sheets[sheet]!;
	return chosen && rowNumber >= from && rowNumber < to;
}

/** The groups a register names, each with its dates; of other files they show row by row. */
async function comingOf(ctx: Context, item: Import, places: Places): Promise<ComingCohort[]> {
	if (item.kind !== 'registers') return [];
	const found = new Map<string, { coming: ComingCohort; dates: Set<string>; blank: Set<string> }>();
	const here = await cohortsByKey(ctx);
	for (let from = 0, isOver = false; !isOver; from += READ_ROWS) {
		const stored = await readRows(ctx, item, from, READ_ROWS);
		isOver = stored.length < READ_ROWS;
		for (const waiting of stored) {
			if (!isData(item.setup, waiting)) continue;
			const sheet = item.setup.sheets[waiting.sheet]!;
			const { row } = parseRow(item.kind, item.setup, sheet, waiting.cells, places);
			if (row?.kind !== 'person') continue;
			const key = keyOfCohort(row.centreId, row.cohort!);
			let one = found.get(key);
			if (!one) {
				const coming = aComing(key, row.centreId, row.cohort!, !here.has(key));
				found.set(key, (one = { coming, dates: new Set(), blank: new Set() }));
			}
			for (const date of sheet.blankDates)
				if (!sheet.futureDates.includes(date)) one.blank.add(date);
			for (const [column, date] of sheet.date.entries())
				if (
					date !== null &&
					!sheet.futureDates.includes(date) &&
					!isBlank(waiting.cells[column] ?? null)
				)
					one.dates.add(date);
		}
	}
	return [...found.values()].map(({ coming, dates, blank }) => ({
		...coming,
		dates: [...dates].sort(),
		blankDates: [...blank].filter((date) => !dates.has(date)).sort()
	}));
}

function aComing(key: string, centreId: string, name: string, isNew: boolean): ComingCohort {
	return {
		...{ key, centreId, name, isNew, rowCount: 0, joining: 0 },
		...{ ageFrom: null, ageTo: null, dates: [], blankDates: [] }
	};
}

/** Adds rows to the groups they name: how many children, of which ages. */
function noteComing(item: Import, rows: readonly JudgedPerson[], today: string): void {
	const comings = new Map(item.setup.coming.map((coming) => [coming.key, coming]));
	for (const { row, cohort, isRepeat, join, subject } of rows) {
		if (!row?.cohort) continue;
		const key = keyOfCohort(row.centreId, row.cohort);
		let coming = comings.get(key);
		if (!coming) {
			coming = aComing(key, row.centreId, row.cohort, cohort === null);
			comings.set(key, coming);
		}
		if (!isRepeat) coming.rowCount += 1;
		if (join?.since === null && join.leftOn === null) coming.joining += 1;
		const birthYear = row.birthYear ?? subject?.known?.birthYear;
		if (birthYear === undefined) continue;
		const age = Math.max(0, Number((datesOf(coming)[0] ?? today).slice(0, 4)) - birthYear);
		coming.ageFrom = Math.min(coming.ageFrom ?? age, age);
		coming.ageTo = Math.max(coming.ageTo ?? age, age);
	}
	item.setup.coming = [...comings.values()];
}

/** Groups and sessions that would be made. */
async function countSessions(ctx: Context, { kind, setup }: Import): Promise<Partial<Counts>> {
	const { coming } = setup;
	if (kind === 'cohorts') return {};
	const cohorts = coming.filter(({ isNew }) => isNew).length;
	if (kind === 'people') return { cohorts };
	const byKey = await cohortsByKey(ctx);
	const wanted = new Map(
		coming.flatMap((one) => {
			const cohort = byKey.get(one.key);
			return cohort ? [[cohort.id, datesOf(one)] as const] : [];
		})
	);
	const here = await sessionsOn(ctx, wanted);
	let [sessions, unrecorded] = [0, 0];
	for (const one of coming) {
		const id = byKey.get(one.key)?.id;
		const isMissing = (date: string) => !here.has(`${id} ${date}`);
		sessions += datesOf(one).filter(isMissing).length;
		unrecorded += one.blankDates.filter(isMissing).length;
	}
	return { cohorts, sessions, unrecorded };
}
