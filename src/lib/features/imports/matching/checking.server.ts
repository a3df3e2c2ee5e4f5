import type { Context } from '#lib/platform/command/context.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import { ownTurn } from '#lib/platform/reader/turn.ts';
import { isBlank } from '#lib/platform/sheets/texts.ts';
import { cohortsByKey, judgeCohorts } from './cohorts.server.ts';
import { countsOf, type Judged, type JudgedPerson } from './judged.ts';
import { isChange, judgePeople } from './judging.server.ts';
import { ADULT_AGE } from '#lib/features/people/rules.ts';
import { keyOfCohort } from './matching.ts';
import { dueIn } from '../reading/looking.ts';
import { parseRow, type Places } from '../reading/parsing.ts';
import { asWaiting, placesOf, type Import, type WaitingRow } from '../queries.server.ts';
import { addCounts, datesOf } from '../rules.ts';
import { compareMarks, sessionsOn } from './sessions.server.ts';
import type { ComingCohort, Counts, Setup } from '../types.ts';

/** Rows, and groups of a register, that are looked at before others are served. */
const READ_ROWS = 100;
const READ_GROUPS = 20;

/** What a step of the check found: to be written when nobody was quicker. */
export interface Checked {
	next: number;
	isLast: boolean;
	rows: Judged[];
	counts: Counts;
}

/**
 * Judges the next so many rows of a file against what is here and counts what would happen; the groups they name
 * are noted in its setup. Reads alone. Of a register they have been looked for before, with `comingOf`.
 */
export async function checkStep(ctx: Context, item: Import, most: number): Promise<Checked> {
	const places = await placesOf(ctx);
	const stored = await readRows(ctx, item, item.position, most);
	const next = item.position + stored.length;
	const isLast = stored.length < most;
	const waiting = stored.filter((row) => isData(item.setup, row));
	const { rows, counts } = await judgeStep(ctx, item, waiting, places);
	if (!isLast) return { rows, counts, next, isLast };
	return { rows, counts: addCounts(counts, await countSessions(ctx, item)), next, isLast };
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

/** False for headers, titles, and sheets and hidden rows that are left out. */
function isData({ sheets, options }: Setup, { sheet, rowNumber }: WaitingRow): boolean {
	const { chosen, from, to, notes } = sheets[sheet]!;
	const isHidden = options.hiddenRows === 'out' && notes.hiddenRows?.includes(rowNumber);
	return chosen && rowNumber >= from && rowNumber < to && !isHidden;
}

/**
 * The groups a register names, each with its dates, which show only in all its rows; of other files groups show row
 * by row. Reads through the whole file, and lets others be served in between.
 */
export async function comingOf(ctx: Context, item: Import): Promise<ComingCohort[]> {
	if (item.kind !== 'registers') return [];
	const places = await placesOf(ctx);
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
			for (const occasion of sheet.blankDates) one.blank.add(occasion);
			for (const column of sheet.date.keys()) {
				const occasion = dueIn(sheet, column);
				if (occasion && !isBlank(waiting.cells[column] ?? null)) one.dates.add(occasion);
			}
			for (const { at } of row.marks) one.dates.add(at);
		}
		await ownTurn();
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
		...{ ageFrom: null, ageTo: null, audience: null, dates: [], blankDates: [] }
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
	item.setup.coming = [...comings.values()].map((coming) => ({
		...coming,
		audience: coming.ageTo !== null && coming.ageTo < ADULT_AGE ? 'children' : null
	}));
}

/** Groups and sessions that would be made. */
async function countSessions(ctx: Context, { kind, setup }: Import): Promise<Partial<Counts>> {
	const { coming } = setup;
	if (kind === 'cohorts') return {};
	const cohorts = coming.filter(({ isNew }) => isNew).length;
	if (kind === 'people') return { cohorts };
	const byKey = await cohortsByKey(ctx);
	let [sessions, unrecorded] = [0, 0];
	for (let from = 0; from < coming.length; from += READ_GROUPS) {
		const some = coming.slice(from, from + READ_GROUPS);
		const idOf = ({ key }: ComingCohort) => byKey.get(key)?.id;
		const here = await sessionsOn(
			ctx,
			new Map(some.flatMap((one) => (idOf(one) ? [[idOf(one)!, datesOf(one)] as const] : [])))
		);
		for (const one of some) {
			const isMissing = (date: string) => !here.has(`${idOf(one)} ${date}`);
			sessions += datesOf(one).filter(isMissing).length;
			unrecorded += one.blankDates.filter(isMissing).length;
		}
		await ownTurn();
	}
	return { cohorts, sessions, unrecorded };
}
