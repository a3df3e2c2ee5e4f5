import { latinDigits } from '#lib/platform/forms/digits.ts';
import { phoneIn, sexIn, wholeNumberIn, yearOfBirthIn } from '#lib/platform/sheets/cells.ts';
import { textIn } from '#lib/platform/sheets/texts.ts';
import type { Cell } from '#lib/platform/sheets/types.ts';
import type { Audience, Sex } from '#lib/platform/db/schema.ts';
import { foldHeader } from './columns.ts';
import type { ImportKind, Meaning, Problem, ProblemCode, Setup, Sheet, Use } from '../types.ts';

/** Where names of the file are looked up, and what is kept of people here. */
export interface Places {
	centres: readonly { id: string; names: readonly string[] }[];
	/** Ids of population groups the country counts by; empty where none are kept. */
	groups: readonly string[];
	/** The civil date ages are counted from. */
	today: string;
}

/** A row of people or of a register, as it says. Blank is null: it erases nothing. */
export interface PersonRow {
	kind: 'person';
	name: string;
	number: string | null;
	birthYear: number | null;
	sex: Sex | null;
	group: string | null;
	language: string | null;
	centreId: string;
	cohort: string | null;
	guardian: string | null;
	phone: string | null;
	/** What each date of the register says of the child. */
	marks: { date: string; column: number; meaning: Meaning }[];
}

export interface CohortRow {
	kind: 'cohort';
	name: string;
	centreId: string;
	ageFrom: number | null;
	ageTo: number | null;
	capacity: number | null;
	audience: ImportedAudience | null;
}

export type Parsed = { row: PersonRow | CohortRow | null; problems: Problem[] };

const NAME_LONGEST = 80;
const NUMBER_LONGEST = 40;

/** Problems that leave a row out; the others leave out a cell. */
export const LEAVES_OUT: readonly ProblemCode[] = [
	'name_missing',
	'name_long',
	'sex_missing',
	'birth_missing',
	'sex_unknown',
	'birth_unknown',
	'centre_missing',
	'centre_unknown',
	'cohort_missing',
	'cohort_long',
	'ages_unknown',
	'audience_unknown',
	'capacity_small',
	'room_missing',
	'number_taken',
	'undecided'
];

/** Reads one row by the chosen columns; `row` is null when it has to be left out. */
export function parseRow(
	kind: ImportKind,
	setup: Setup,
	sheet: Sheet,
	cells: readonly Cell[],
	places: Places
): Parsed {
	const reader = readerOf(setup, sheet, cells);
	const row =
		kind === 'cohorts'
			? cohortIn(reader, setup, places)
			: personIn(reader, kind, setup, sheet, places);
	const leftOut = reader.problems.some(({ code }) => LEAVES_OUT.includes(code));
	if (kind === 'registers' && row.kind === 'person' && !leftOut)
		row.marks = marksIn(reader, setup, sheet, cells);
	return { row: leftOut ? null : row, problems: reader.problems };
}

interface Reader {
	problems: Problem[];
	columnOf(use: Use): number | null;
	cell(use: Use): Cell;
	text(use: Use): string;
	complain(code: ProblemCode, use?: Use): void;
}

function readerOf(setup: Setup, sheet: Sheet, cells: readonly Cell[]): Reader {
	const problems: Problem[] = [];
	const columnOf = (use: Use) => {
		const at = sheet.column.findIndex(
			(index) => index !== null && setup.columns[index]?.use === use
		);
		return at === -1 ? null : at;
	};
	const cell = (use: Use): Cell => {
		const at = columnOf(use);
		return at === null ? null : (cells[at] ?? null);
	};
	return {
		problems,
		columnOf,
		cell,
		text: (use) => shownText(cell(use)),
		complain: (code, use) => problems.push({ column: use ? columnOf(use) : null, code })
	};
}

function personIn(
	reader: Reader,
	kind: ImportKind,
	setup: Setup,
	sheet: Sheet,
	places: Places
): PersonRow {
	const name = nameIn(reader);
	const centreId = centreIn(reader, setup, places);
	const cohort = reader.text('cohort') || (kind === 'registers' ? sheet.cohort : '') || null;
	if (kind === 'registers' && !cohort) reader.complain('cohort_missing', 'cohort');
	if (cohort && cohort.length > NAME_LONGEST) reader.complain('cohort_long', 'cohort');
	const guardian = reader.text('guardian') || null;
	if (guardian && guardian.length > NAME_LONGEST) reader.complain('guardian_long', 'guardian');
	const phone = phoneOf(reader);
	if (phone && !guardian) reader.complain('guardian_missing', 'phone');
	const number = latinDigits(reader.text('number')) || null;
	if (number && number.length > NUMBER_LONGEST) reader.complain('number_long', 'number');
	return {
		kind: 'person',
		name,
		number: number && number.length <= NUMBER_LONGEST ? number : null,
		birthYear: birthIn(reader, setup, places),
		sex: sexOf(reader, setup),
		group: groupIn(reader, places),
		language: languageIn(reader),
		centreId,
		cohort,
		guardian: guardian && guardian.length <= NAME_LONGEST ? guardian : null,
		phone: guardian ? phone : null,
		marks: []
	};
}

/** The whole name, or its parts in the order they are said: own, father's, family's. */
function nameIn(reader: Reader): string {
	const parts = (['first_name', 'father_name', 'name', 'family_name'] as const)
		.map((use) => reader.text(use))
		.filter((part) => part !== '');
	const name = parts.join(' ');
	const first = (['name', 'first_name', 'family_name'] as const).find(
		(use) => reader.columnOf(use) !== null
	);
	if (name === '' || !/\p{L}/u.test(name)) reader.complain('name_missing', first);
	if (name.length > NAME_LONGEST) reader.complain('name_long', first);
	return name;
}

function centreIn(reader: Reader, setup: Setup, { centres }: Places): string {
	const said = reader.text('centre');
	if (said === '') {
		if (!setup.options.centreId) reader.complain('centre_missing', 'centre');
		return setup.options.centreId ?? '';
	}
	const folded = foldHeader(said);
	const found = centres.filter(({ names }) => names.some((name) => foldHeader(name) === folded));
	if (found.length !== 1) reader.complain('centre_unknown', 'centre');
	return found[0]?.id ?? '';
}

function birthIn(reader: Reader, setup: Setup, { today }: Places): number | null {
	const cell = reader.cell('birth');
	if (shownText(cell) === '') return setup.options.birthYear;
	const read = yearOfBirthIn(cell, today);
	if (!read.ok) reader.complain('birth_unknown', 'birth');
	return read.ok ? read.value.year : null;
}

function sexOf(reader: Reader, setup: Setup): Sex | null {
	const cell = reader.cell('sex');
	if (shownText(cell) === '') return setup.options.sex;
	const read = sexIn(cell);
	if (!read.ok) reader.complain('sex_unknown', 'sex');
	return read.ok ? read.value : null;
}

const GROUPS = {
	SYR: ['syr', 'syrian', 'syrie', 'syrien', 'syrienne', 'syria', 'سوري', 'سوريه'],
	LEB: ['leb', 'lebanese', 'liban', 'libanais', 'libanaise', 'lebanon', 'لبناني', 'لبنانيه'],
	PRS: ['prs', 'palestinian from syria', 'فلسطيني سوري', 'فلسطينيه سوريه', 'فلسطيني من سوريا'],
	PRL: [
		...['prl', 'palestinian', 'palestinian lebanese', 'palestinien', 'palestinienne'],
		...['فلسطيني', 'فلسطينيه', 'فلسطيني لبناني']
	],
	OTH: ['oth', 'other', 'autre', 'اخر', 'اخري', 'غير ذلك']
};

function groupIn(reader: Reader, { groups }: Places): string | null {
	const said = foldHeader(reader.text('group'));
	if (said === '') return null;
	if (groups.length === 0) {
		reader.complain('group_not_kept', 'group');
		return null;
	}
	const found = codeOf(GROUPS, said);
	if (!found) reader.complain('group_unknown', 'group');
	return found ?? null;
}

const LANGUAGES = {
	ar: ['ar', 'arabic', 'arabe', 'عربي', 'العربيه', 'عربيه'],
	en: ['en', 'english', 'anglais', 'انكليزي', 'انجليزي', 'الانكليزيه'],
	fr: ['fr', 'french', 'francais', 'فرنسي', 'الفرنسيه'],
	ku: ['ku', 'kurdish', 'kurde', 'كردي', 'الكرديه'],
	hy: ['hy', 'armenian', 'armenien', 'ارمني', 'الارمنيه']
};

function languageIn(reader: Reader): string | null {
	const said = foldHeader(reader.text('language'));
	if (said === '') return null;
	const found = codeOf(LANGUAGES, said);
	if (!found) reader.complain('language_unknown', 'language');
	return found ?? null;
}

function phoneOf(reader: Reader): string | null {
	const cell = reader.cell('phone');
	if (shownText(cell) === '') return null;
	const read = phoneIn(cell);
	if (!read.ok) reader.complain('phone_unknown', 'phone');
	return read.ok ? read.value : null;
}

function marksIn(
	reader: Reader,
	setup: Setup,
	sheet: Sheet,
	cells: readonly Cell[]
): PersonRow['marks'] {
	const meanings = new Map(setup.marks.map(({ text, meaning }) => [text, meaning]));
	return sheet.date.flatMap((date, column) => {
		if (date === null || !isDue(date, sheet)) return [];
		const meaning = meanings.get(markText(cells[column] ?? null)) ?? null;
		if (meaning === null) reader.problems.push({ column, code: 'mark_unknown' });
		return meaning === null || meaning === 'none' ? [] : [{ date, column, meaning }];
	});
}

/** False for a date with no mark at all, and for one that is still to come: nothing is known of them. */
function isDue(date: string, sheet: Sheet): boolean {
	return !sheet.blankDates.includes(date) && !sheet.futureDates.includes(date);
}

function cohortIn(reader: Reader, setup: Setup, places: Places): CohortRow {
	const name = reader.text('name');
	if (name === '') reader.complain('name_missing', 'name');
	if (name.length > NAME_LONGEST) reader.complain('name_long', 'name');
	const centreId = centreIn(reader, setup, places);
	const [ageFrom, ageTo] = agesIn(reader);
	return {
		kind: 'cohort',
		name,
		centreId,
		ageFrom,
		ageTo,
		capacity: wholeOf(reader, 'capacity', 1, 500, 'capacity_unknown'),
		audience: audienceIn(reader)
	};
}

/** The code one of whose words was said. */
function codeOf<Code extends string>(
	words: Record<Code, readonly string[]>,
	said: string
): Code | undefined {
	return (Object.keys(words) as Code[]).find((code) =>
		words[code].some((word) => foldHeader(word) === said)
	);
}

function agesIn(reader: Reader): [number | null, number | null] {
	const span = latinDigits(reader.text('ages')).match(/\d+/g)?.map(Number);
	const from = span?.[0] ?? wholeOf(reader, 'age_from', 0, 99, 'ages_unknown');
	const to = span?.[1] ?? (span ? span[0]! : wholeOf(reader, 'age_to', 0, 99, 'ages_unknown'));
	const wrong =
		(reader.text('ages') !== '' && !span) ||
		(from !== null && to !== null && (from > to || to > 99));
	if (wrong) reader.complain('ages_unknown', reader.text('ages') === '' ? 'age_from' : 'ages');
	return wrong ? [null, null] : [from, to];
}

function wholeOf(
	reader: Reader,
	use: Use,
	least: number,
	most: number,
	code: ProblemCode
): number | null {
	if (reader.text(use) === '') return null;
	const read = wholeNumberIn(reader.cell(use));
	if (read.ok && read.value >= least && read.value <= most) return read.value;
	reader.complain(code, use);
	return null;
}

/** Cohorts of professionals do not come in by lists. */
type ImportedAudience = Exclude<Audience, 'professionals'>;

const AUDIENCES: Record<ImportedAudience, readonly string[]> = {
	children: ['children', 'child', 'kids', 'enfants', 'اطفال', 'الاطفال', 'اولاد', 'فتيات', 'فتيان'],
	caregivers: [
		...[
			'caregivers',
			'caregiver',
			'parents',
			'mothers',
			'fathers',
			'meres',
			'peres',
			'responsables'
		],
		...['اهل', 'الاهل', 'امهات', 'الامهات', 'اباء', 'الاباء', 'مقدمو الرعايه', 'مقدمي الرعايه']
	],
	staff: ['staff', 'personnel', 'equipe', 'team', 'موظفون', 'الموظفون', 'فريق العمل', 'العاملون']
};

function audienceIn(reader: Reader): ImportedAudience | null {
	const said = foldHeader(reader.text('audience'));
	if (said === '') return null;
	const found = codeOf(AUDIENCES, said);
	if (!found) reader.complain('audience_unknown', 'audience');
	return found ?? null;
}

/** A cell as a person reads it, on one line. */
export function shownText(cell: Cell): string {
	return textIn(cell).replaceAll('\0', '');
}

/** A mark as it is told apart from others: without case, digits in one script. */
export function markText(cell: Cell): string {
	return latinDigits(shownText(cell)).toLowerCase().slice(0, 40);
}
