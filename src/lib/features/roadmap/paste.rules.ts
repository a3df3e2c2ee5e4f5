import { fold } from '#lib/platform/i18n/fold.ts';
import { dateIn, guessDateOrder, type DateOrder } from '#lib/platform/sheets/dates.ts';
import {
	ofWhole,
	splitPasted,
	type PastedLine,
	type PastedProblem
} from '#lib/platform/sheets/pasted.ts';

export const PASTE_COLUMNS = ['outcome', 'milestone', 'activity', 'owner', 'start', 'due'] as const;
export type PasteColumn = (typeof PASTE_COLUMNS)[number];

export type PasteFault =
	| 'required'
	| 'too_long'
	| 'date'
	| 'dates_order'
	| 'milestone_first'
	| 'milestone_dates'
	| 'there'
	| 'header_unknown'
	| 'cell_extra'
	| 'quote_open'
	| 'too_many'
	| 'nothing';

export type PasteProblem = PastedProblem<PasteFault>;

export interface PastedItem {
	name: string;
	/** null: the section itself. */
	owner: string | null;
	startsOn: string;
	endsOn: string;
}

export interface PastedMilestone extends PastedItem {
	activities: PastedItem[];
}

export interface PastedOutcome {
	name: string;
	milestones: PastedMilestone[];
}

export const MOST_PASTED_LINES = 500;
const LONGEST_NAME = 120;

/** Header words in the three languages, folded. */
const HEADERS: Readonly<Record<PasteColumn, readonly string[]>> = {
	outcome: ['outcome', 'result', 'resultat', 'resultat vise', 'النتيجة', 'النتيجة المنشودة'],
	milestone: ['milestone', 'jalon', 'المحطة'],
	activity: ['activity', 'activite', 'النشاط'],
	owner: ['owner', 'responsible', 'partner', 'responsable', 'partenaire', 'المسؤول', 'الشريك'],
	start: ['start', 'starts', 'begins', 'from', 'debut', 'البداية', 'تبدأ'],
	due: ['due', 'end', 'ends', 'echeance', 'fin', 'الاستحقاق', 'النهاية']
};

interface Draft {
	name: string;
	line: number;
	own: PastedItem | null;
	activities: PastedItem[];
}

/**
 * Reads a table of outcomes, milestones and activities, with or without a header. A blank outcome or milestone means
 * the one above. A milestone without a row of its own runs from its first activity to its last. Answers the outcomes in
 * their order, or every problem at its line and column.
 */
export function readPasted(
	text: string
): { ok: true; outcomes: PastedOutcome[] } | { ok: false; problems: PasteProblem[] } {
	const split = splitPasted(text);
	if (!split.ok) return { ok: false, problems: [ofWhole('quote_open', split.line)] };
	const header = headerOf(split.lines[0]);
	const columns = header ?? PASTE_COLUMNS;
	const problems: PasteProblem[] = [];
	if (header)
		split.lines[0]!.cells.forEach((typed, i) => {
			if (typed && !header[i])
				problems.push({
					line: split.lines[0]!.line,
					column: i + 1,
					fault: 'header_unknown',
					typed
				});
		});
	const body = header ? split.lines.slice(1) : split.lines;
	if (body.length === 0) problems.push(ofWhole('nothing', 1));
	if (body.length > MOST_PASTED_LINES)
		problems.push(ofWhole('too_many', body[MOST_PASTED_LINES]!.line));
	const rows = body.slice(0, MOST_PASTED_LINES);
	const order = guessDateOrder(
		rows.flatMap(({ cells }) =>
			['start', 'due'].map((one) => cells[columns.indexOf(one as PasteColumn)] ?? '')
		)
	);
	const outcomes = new Map<string, { name: string; milestones: Map<string, Draft> }>();
	let above = { outcome: '', milestone: '' };
	for (const line of rows) {
		const row = readRow(line, columns, order, above);
		problems.push(...row.problems);
		above = { outcome: row.outcome, milestone: row.milestone };
		if (!row.outcome || !row.milestone) continue;
		const lane = keep(outcomes, row.outcome, { name: row.outcome, milestones: new Map() });
		const draft = keep(lane.milestones, row.milestone, {
			...{ name: row.milestone, line: line.line, own: null, activities: [] }
		});
		if (row.activity && row.item) draft.activities.push({ ...row.item, name: row.activity });
		else if (!row.activity && draft.own) problems.push(row.at('milestone', 'there'));
		else if (!row.activity && row.item) draft.own = { ...row.item, name: row.milestone };
	}
	const milestoneAt = Math.max(columns.indexOf('milestone'), 0) + 1;
	const read = [...outcomes.values()].map(({ name, milestones }) => ({
		name,
		milestones: [...milestones.values()].flatMap((draft) => {
			const milestone = finished(draft);
			if (!milestone && problems.length === 0)
				problems.push({
					...{ line: draft.line, column: milestoneAt },
					...{ fault: 'milestone_dates', typed: draft.name }
				});
			return milestone ?? [];
		})
	}));
	return problems.length > 0 ? { ok: false, problems } : { ok: true, outcomes: read };
}

/** True when two names are the same but for spelling. */
export function isSameName(a: string, b: string): boolean {
	return fold(a.trim()) === fold(b.trim());
}

function keep<Value>(map: Map<string, Value>, name: string, fresh: Value): Value {
	const key = fold(name);
	const known = map.get(key) ?? fresh;
	map.set(key, known);
	return known;
}

function finished({ name, own, activities }: Draft): PastedMilestone | null {
	if (own) return { ...own, activities };
	const [starts, ends] = [
		activities.map(({ startsOn }) => startsOn),
		activities.map(({ endsOn }) => endsOn)
	];
	if (starts.length === 0) return null;
	return {
		name,
		owner: null,
		startsOn: starts.sort()[0]!,
		endsOn: ends.sort().at(-1)!,
		activities
	};
}

/** The columns a header line names, or null when the first line is a row already. */
function headerOf(first: PastedLine | undefined): (PasteColumn | undefined)[] | null {
	if (!first) return null;
	const columns = first.cells.map((cell) =>
		PASTE_COLUMNS.find((column) => HEADERS[column].some((word) => isSameName(word, cell)))
	);
	return columns.includes('outcome') && columns.includes('milestone') ? columns : null;
}

function readRow(
	{ line, cells }: PastedLine,
	columns: readonly (PasteColumn | undefined)[],
	order: DateOrder,
	above: { outcome: string; milestone: string }
) {
	const problems: PasteProblem[] = [];
	const typed = (column: PasteColumn) => cells[columns.indexOf(column)] ?? '';
	const at = (column: PasteColumn, fault: PasteFault): PasteProblem => ({
		...{ line, column: Math.max(columns.indexOf(column), 0) + 1 },
		...{ fault, typed: typed(column) }
	});
	cells.forEach((cell, i) => {
		if (cell && i >= columns.length)
			problems.push({ line, column: i + 1, fault: 'cell_extra', typed: cell });
	});
	for (const column of ['outcome', 'milestone', 'activity', 'owner'] as const)
		if (typed(column).length > LONGEST_NAME) problems.push(at(column, 'too_long'));
	const outcome = typed('outcome') || above.outcome;
	const milestone =
		typed('milestone') || (isSameName(outcome, above.outcome) ? above.milestone : '');
	if (!outcome) problems.push(at('outcome', 'milestone_first'));
	if (!milestone) problems.push(at('milestone', 'milestone_first'));
	const day = (column: 'start' | 'due') => {
		if (!typed(column)) return void problems.push(at(column, 'required'));
		const read = dateIn(typed(column), order);
		if (read.ok && read.value >= '2000-01-01' && read.value < '2200-01-01') return read.value;
		problems.push(at(column, 'date'));
	};
	const [startsOn, endsOn] = [day('start'), day('due')];
	if (startsOn && endsOn && startsOn > endsOn) problems.push(at('due', 'dates_order'));
	const item = startsOn && endsOn ? { owner: typed('owner') || null, startsOn, endsOn } : null;
	return { outcome, milestone, activity: typed('activity'), item, problems, at };
}
