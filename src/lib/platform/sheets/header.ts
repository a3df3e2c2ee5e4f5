import type { Cell, SheetTable } from './types.ts';
import { headingDateIn } from './dates.ts';
import { folded, isBlank, textIn } from './texts.ts';

/** Where in a sheet the table is that people mean: titles above and totals or notes below are outside. Rows from zero. */
export interface TableShape {
	/** The rows that name the columns, both included; null when the first row is data already. */
	header: { top: number; bottom: number } | null;
	/** A name for each column, several header rows joined: `Attendance / 12/03`; '' where there is none. */
	names: string[];
	firstRow: number;
	/** The last row of data, included; less than `firstRow` when there is none. */
	lastRow: number;
}

const LOOK_AT_ROWS = 40;
/** A row names columns when it fills this share of what the fullest row fills. */
const FULL_ENOUGH = 0.6;
const LAST_ROWS = 15;

/** Words column names are made of, folded; a row with two of them is a header. */
const LABELS =
	/(^| )(no|nr|#|name|names|first name|surname|last name|family name|father|mother|guardian|caregiver|phone|tel|mobile|sex|gender|age|birth|born|dob|date of birth|year of birth|year|annee de naissance|date|dates|centre|center|site|group|cohort|class|grade|school|code|id|nationality|language|remarks|notes|numero|nom|prenom|noms|pere|mere|tuteur|telephone|sexe|genre|naissance|annee|centre|groupe|classe|ecole|nationalite|langue|remarques|الاسم|اسم|الشهره|العائله|الاب|الام|ولي|الهاتف|هاتف|رقم|الرقم|الجنس|جنس|العمر|عمر|الولاده|الميلاد|المواليد|تاريخ|سنه|المركز|مركز|المجموعه|مجموعه|الصف|صف|المدرسه|الرمز|الجنسيه|اللغه|ملاحظات|الحضور|attendance|presence|present|status|tally|nombre|nombres|apellido|apellidos|sexo|edad|fecha|grupo|telefono|madre|padre|nome|apelido|sobrenome|idade|nascimento|turma|telefone|mae|pai|nume|prenume|varsta|data|grupa|telefon|mama|tata|gen)( |$)|ชื่อ|เพศ|อายุ|วันเกิด|กลุ่ม|นามสกุล|โทร|เบอร์/u;
/** How rows begin that sum up or are signed beneath a list. */
const TOTALS = new RegExp(
	`^(?:${[
		...['(?:grand |sous |sub )?(?:total|totals|totaux|totales|totais)', 'sum', 'somme', 'suma'],
		...[
			'(?:number|no|nr|count) (?:of )?(?:present|absent|children|girls|boys|participants|attend\\w*)'
		],
		...[
			'(?:nombre|nb|nbre|effectif) (?:de |d |des )?(?:presents?|absents?|filles?|garcons?|enfants?|participants?)'
		],
		...[
			'(?:dont|of which|of whom|de los cuales|din care|dos quais) \\p{L}+',
			'signature',
			'firma',
			'assinatura'
		],
		...[
			'(?:numero|numarul) (?:de |total )?(?:presentes?|ausentes?|prezenti|absenti|ninos|ninas|criancas|copii)'
		],
		'semnatura'
	].join(
		'|'
	)})(?![\\p{L}\\p{N}])|^(?:المجموع|مجموع|الاجمالي|اجمالي|العدد الكلي|عدد الحضور|عدد الحاضرين|عدد الغياب|عدد الغايبين|منهم|منهن|التوقيع|توقيع|รวม|ลายเซ็น)`,
	'u'
);

/** Finds header, data and end in a sheet as people keep them. A guess: people are asked to confirm it. */
export function findHeader(table: SheetTable): TableShape {
	const { rows } = table;
	const bottom = labelRow(rows) ?? wordyRow(rows);
	if (bottom === null) {
		const firstRow = Math.max(
			rows.findIndex((row) => !row.every(isBlank)),
			0
		);
		return {
			header: null,
			names: rows[0]?.map(() => '') ?? [],
			firstRow,
			lastRow: lastRowOf(rows, firstRow)
		};
	}
	const header = { top: topOf(rows, bottom), bottom: bottomOf(rows, bottom) };
	const firstRow = header.bottom + 1;
	return { header, names: namesOf(rows, header), firstRow, lastRow: lastRowOf(rows, firstRow) };
}

/** The first row with the most that names columns, two at least: words, and dates where the row beneath has none. */
function labelRow(rows: Cell[][]): number | null {
	const labels = rows.slice(0, LOOK_AT_ROWS).map((cells, at) => {
		const words = new Set(cells.filter(isLabel).map((cell) => folded(textIn(cell)))).size;
		const next = rows[at + 1] ?? [];
		const dates = cells.filter((cell, column) => isDay(cell) && !isDay(next[column] ?? null));
		return words + (words > 0 && dates.length > 0 ? 1 : Math.min(dates.length, 2));
	});
	const most = Math.max(0, ...labels);
	return most >= 2 ? labels.indexOf(most) : null;
}

/** A date as columns of a register are headed with; numbers alone are as well ages. */
function isDay(cell: Cell): boolean {
	if (cell === null || typeof cell === 'number' || typeof cell === 'boolean') return false;
	return headingDateIn(cell, 'dmy', 2024).ok;
}

/** Without known words: the first row that is nearly full and all words, with something beneath. */
function wordyRow(rows: Cell[][]): number | null {
	const start = rows.slice(0, LOOK_AT_ROWS);
	const width = Math.max(0, ...start.map(differentIn));
	const row = start.findIndex((cells) => differentIn(cells) >= Math.max(2, width * FULL_ENOUGH));
	const cells = start[row];
	if (!cells || row === rows.length - 1) return null;
	return cells.every(
		(cell) => isBlank(cell) || (typeof cell === 'string' && !/\p{N}/u.test(cell))
	) && !looksLike(cells, rows[row + 1] ?? [])
		? row
		: null;
}

/** Two rows of words alone, alike in every column that repeats its values, are both data. */
function looksLike(cells: Cell[], next: Cell[]): boolean {
	return (
		next.every((cell) => isBlank(cell) || (typeof cell === 'string' && !/\p{N}/u.test(cell))) &&
		next.some((cell, at) => !isBlank(cell) && cell === cells[at])
	);
}

function isLabel(cell: Cell): boolean {
	if (typeof cell !== 'string' || cell.length > 60 || /\p{N}/u.test(cell)) return false;
	return LABELS.test(folded(cell).replace(/[^\p{L}\p{M}\p{N}#]+/gu, ' '));
}

function differentIn(cells: Cell[]): number {
	return new Set(cells.filter((cell) => !isBlank(cell)).map((cell) => textIn(cell))).size;
}

/** Rows above that name groups of columns: merged across, or merged down into the row beneath. */
function topOf(rows: Cell[][], bottom: number): number {
	let top = bottom;
	while (top > 0 && isGroupRow(rows[top - 1] ?? [], rows[top] ?? [])) top -= 1;
	return top;
}

function isGroupRow(cells: Cell[], beneath: Cell[]): boolean {
	if (differentIn(cells) < 2) return false; // a title across the sheet
	return cells.some(
		(cell, at) => !isBlank(cell) && (sameText(cell, cells[at + 1]) || sameText(cell, beneath[at]))
	);
}

/** Rows below that go on naming: merged down from above, or filled only where the row above is not. */
function bottomOf(rows: Cell[][], from: number): number {
	let bottom = from;
	while (
		bottom < rows.length - 2 &&
		goesOn(rows[bottom] ?? [], rows[bottom + 1] ?? [], rows[bottom + 2] ?? [])
	)
		bottom += 1;
	return bottom;
}

function goesOn(cells: Cell[], next: Cell[], afterwards: Cell[]): boolean {
	if (next.every(isBlank)) return false;
	const labels = cells.flatMap((cell, at) => (isLabel(cell) ? [at] : []));
	const isAcross = (at: number) =>
		sameText(cells[at] ?? null, cells[at - 1]) || sameText(cells[at] ?? null, cells[at + 1]);
	const filled = labels.filter((at) => !isBlank(next[at] ?? null) && !isAcross(at));
	const same = filled.filter((at) => sameText(cells[at] ?? null, next[at]));
	// one alike by chance is a centre that is called “Centre”
	if (same.length > filled.length / 2) return true;
	const isBare = labels.every((at) => isBlank(next[at] ?? null));
	return labels.length > 0 && isBare && labels.some((at) => !isBlank(afterwards[at] ?? null));
}

function sameText(cell: Cell, other: Cell | undefined): boolean {
	return other !== undefined && textIn(cell) !== '' && textIn(cell) === textIn(other);
}

function namesOf(rows: Cell[][], { top, bottom }: { top: number; bottom: number }): string[] {
	const lines = rows.slice(top, bottom + 1);
	return (lines[0] ?? []).map((_, column) => {
		const parts = lines.map(
			(line, at) => textIn(line[column] ?? null) || carried(line, lines[at + 1], column)
		);
		return parts.filter((part, at) => part !== '' && part !== parts[at - 1]).join(' / ');
	});
}

/** The name of a group that was written over its first column and not merged. */
function carried(line: Cell[], beneath: Cell[] | undefined, column: number): string {
	if (!beneath || isBlank(beneath[column] ?? null)) return '';
	let from = column;
	while (from > 0 && isBlank(line[from] ?? null)) from -= 1;
	return isBlank(beneath[from] ?? null) || sameText(line[from] ?? null, beneath[from])
		? ''
		: textIn(line[from] ?? null);
}

/** Totals, signatures, legends and numbered blank lines at the end are not data. */
function lastRowOf(rows: Cell[][], firstRow: number): number {
	const total = rows.findIndex(
		(cells, row) => row >= Math.max(firstRow, rows.length - LAST_ROWS) && isTotal(cells)
	);
	let last = (total === -1 ? rows.length : total) - 1;
	const usual = median(rows.slice(firstRow, firstRow + LOOK_AT_ROWS).map(differentIn));
	while (last >= firstRow && differentIn(rows[last] ?? []) <= (usual >= 3 ? 1 : 0)) last -= 1;
	return last;
}

function isTotal(cells: Cell[]): boolean {
	const first = cells.find((cell) => !isBlank(cell));
	return (
		typeof first === 'string' && TOTALS.test(folded(first).replace(/[^\p{L}\p{M}\p{N}]+/gu, ' '))
	);
}

function median(numbers: number[]): number {
	const filled = numbers.filter((number) => number > 0).sort((a, b) => a - b);
	return filled[Math.floor(filled.length / 2)] ?? 0;
}
