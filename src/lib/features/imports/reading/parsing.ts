import { latinDigits } from '#lib/platform/forms/digits.ts';
import { birthIn as readBirth } from '#lib/platform/sheets/births.ts';
import { phoneIn, wholeNumberIn } from '#lib/platform/sheets/cells.ts';
import { dateIn } from '#lib/platform/sheets/dates.ts';
import { recoder } from '#lib/platform/sheets/encodings.ts';
import { guessSexes, sexText } from '#lib/platform/sheets/sexes.ts';
import { isError } from '#lib/platform/sheets/texts.ts';
import type { Cell } from '#lib/platform/sheets/types.ts';
import { isTime } from '#lib/platform/clock/days.ts';
import type { Sex } from '#lib/platform/db/schema.ts';
import { markText, shownText } from './cells.ts';
import { foldHeader } from './headers.ts';
import { dueIn, isAgeDate, isOfAges } from './looking.ts';
import { plainNumber } from './numbers.ts';
import { AUDIENCES, codeOf, GROUPS, LANGUAGES } from './vocabulary.ts';
import { occasionOf, type Occasion } from './occasions.ts';
import type {
	ImportedAudience,
	ImportKind,
	Meaning,
	Problem,
	ProblemCode,
	Setup,
	Sheet,
	Use
} from '../types.ts';

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
	/** '' where Halqa's own number alone says who it is. */
	name: string;
	number: string | null;
	/** Halqa's own number. */
	person: string | null;
	birthYear: number | null;
	birthMonth: number | null;
	/** The year was counted from an age on this day, and may be one off. */
	ageOn: string | null;
	sex: Sex | null;
	group: string | null;
	language: string | null;
	centreId: string;
	cohort: string | null;
	guardian: string | null;
	phone: string | null;
	/** Papers of consent to take part, by who signed: civil dates. */
	papers: { signer: 'self' | 'guardian'; on: string }[];
	/** What each session of the register says of the child. */
	marks: { at: Occasion; column: number; meaning: Meaning }[];
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
	'name_error',
	'name_long',
	'person_unknown',
	'sex_missing',
	'birth_missing',
	'sex_unknown',
	'birth_unknown',
	'age_is_date',
	'centre_missing',
	'centre_unknown',
	'cohort_missing',
	'cohort_long',
	'cohort_error',
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
	stored: readonly Cell[],
	places: Places
): Parsed {
	const cells = recodedCells(setup, stored);
	const reader = readerOf(setup, sheet, cells);
	const row =
		kind === 'cohorts'
			? cohortIn(reader, setup, places)
			: personIn(reader, kind, setup, sheet, places);
	const leftOut = reader.problems.some(({ code }) => LEAVES_OUT.includes(code));
	if (kind === 'registers' && row.kind === 'person' && !leftOut)
		row.marks = [...marksIn(reader, setup, sheet, cells), ...longMarkIn(reader, setup, places)];
	return { row: leftOut ? null : row, problems: reader.problems };
}

/** Cells of a text file in the code page somebody chose for it. */
export function recodedCells({ found, options }: Setup, cells: readonly Cell[]): readonly Cell[] {
	const { encoding } = options;
	if (!encoding || !found.encoding || encoding === found.encoding.encoding) return cells;
	return cells.map(recoder(found.encoding.encoding, encoding));
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
	const failed = new Set<Use>();
	return {
		problems,
		columnOf,
		cell,
		text: (use) => {
			if (!isError(cell(use))) return shownText(cell(use));
			if (!failed.has(use)) problems.push({ column: columnOf(use), code: errorCode(use) });
			failed.add(use);
			return '';
		},
		complain: (code, use) => problems.push({ column: use ? columnOf(use) : null, code })
	};
}

/** What a formula that failed in the sheet keeps from being read: without a name or a group the row is nobody's. */
function errorCode(use: Use): ProblemCode {
	if (use === 'cohort') return 'cohort_error';
	return ['name', 'first_name', 'father_name', 'family_name'].includes(use)
		? 'name_error'
		: 'cell_error';
}

function personIn(
	reader: Reader,
	kind: ImportKind,
	setup: Setup,
	sheet: Sheet,
	places: Places
): PersonRow {
	const person = reader.text('person').toLowerCase() || null;
	const name = nameIn(reader, person !== null);
	const centreId = centreIn(reader, setup, places);
	const cohort = reader.text('cohort') || (kind === 'registers' ? sheet.cohort : '') || null;
	if (kind === 'registers' && !cohort) reader.complain('cohort_missing', 'cohort');
	if (cohort && cohort.length > NAME_LONGEST) reader.complain('cohort_long', 'cohort');
	const guardian = reader.text('guardian') || null;
	if (guardian && guardian.length > NAME_LONGEST) reader.complain('guardian_long', 'guardian');
	const phone = phoneOf(reader);
	if (phone && !guardian) reader.complain('guardian_missing', 'phone');
	const birth = birthIn(reader, setup, sheet, places);
	return {
		kind: 'person',
		name,
		number: numberIn(reader, setup),
		person,
		birthYear: birth?.year ?? null,
		birthMonth: birth?.month ?? null,
		ageOn: birth?.ageOn ?? null,
		sex: sexOf(reader, setup),
		group: groupIn(reader, places),
		language: languageIn(reader),
		centreId,
		cohort,
		guardian: guardian && guardian.length <= NAME_LONGEST ? guardian : null,
		phone,
		papers: papersIn(reader, setup, places),
		marks: []
	};
}

/** A number that stands beside several people is nobody's. */
function numberIn(reader: Reader, { found }: Setup): string | null {
	const number = latinDigits(reader.text('number'));
	if (number === '' || found.sharedNumbers === 'all') return null;
	if (number.length > NUMBER_LONGEST) reader.complain('number_long', 'number');
	else if (found.sharedNumbers.includes(plainNumber(number)))
		reader.complain('number_shared', 'number');
	else return number;
	return null;
}

/** The whole name, or its parts in the order they are said: own, father's, family's. */
function nameIn(reader: Reader, hasPerson: boolean): string {
	const parts = (['first_name', 'father_name', 'name', 'family_name'] as const)
		.map((use) => reader.text(use))
		.filter((part) => part !== '');
	const name = parts.join(' ');
	const first = (['name', 'first_name', 'family_name'] as const).find(
		(use) => reader.columnOf(use) !== null
	);
	const isFailed = reader.problems.some(({ code }) => code === 'name_error');
	const isMissing = name === '' ? !hasPerson : !/\p{L}/u.test(name);
	if (isMissing && !isFailed) reader.complain('name_missing', first);
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

interface BirthSaid {
	year: number;
	month: number | null;
	ageOn: string | null;
}

/** Ages count from the list's date: the one that was given, the row's own, or the register's first. */
function birthIn(reader: Reader, setup: Setup, sheet: Sheet, places: Places): BirthSaid | null {
	const { options } = setup;
	const blank = options.birthYear;
	const otherwise = blank === null ? null : { year: blank, month: null, ageOn: null };
	const cell = reader.cell('birth');
	if (reader.text('birth') === '') return otherwise;
	const column = reader.columnOf('birth')!;
	const { label } = setup.columns[sheet.column[column]!]!;
	if (isOfAges(label) && isAgeDate(cell, places.today) && options.ageDates !== 'birth') {
		if (options.ageDates === 'blank') return otherwise;
		reader.complain('age_is_date', 'birth');
		return null;
	}
	const reading = { order: options.birthOrder, calendar: options.calendar ?? 'gregorian' };
	const on = options.listDate ?? dayOfRow(reader, setup) ?? firstDateOf(sheet) ?? places.today;
	let read = readBirth(cell, { on, ...reading });
	// who was born since the list began is no age
	if (!read.ok) read = readBirth(cell, { on: places.today, ...reading });
	if (!read.ok) {
		reader.complain('birth_unknown', 'birth');
		return null;
	}
	const { year, month, from } = read.value;
	return { year, month: month ?? monthOf(reader), ageOn: from === 'age' ? on : null };
}

/** A month of birth in a column of its own. */
function monthOf(reader: Reader): number | null {
	if (reader.text('birth_month') === '') return null;
	const month = wholeNumberIn(reader.cell('birth_month'));
	return month.ok && month.value >= 1 && month.value <= 12 ? month.value : null;
}

function firstDateOf({ date }: Sheet): string | null {
	return date.filter((one) => one !== null).sort()[0] ?? null;
}

/** The date of a row of a long list. */
function dayOfRow(reader: Reader, { options }: Setup): string | null {
	const { dateOrder, calendar } = options;
	const read = dateIn(reader.cell('date'), dateOrder, undefined, calendar ?? 'gregorian');
	return read.ok ? read.value : null;
}

function sexOf(reader: Reader, setup: Setup): Sex | null {
	const said = reader.text('sex') === '' ? '' : sexText(reader.cell('sex'));
	if (said === '') return setup.options.sex;
	const found = setup.sexes.find(({ text }) => text === said);
	const sex = found ? found.sex : (guessSexes([said])[0] ?? null);
	if (sex === null) reader.complain('sex_unknown', 'sex');
	return sex;
}

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

function languageIn(reader: Reader): string | null {
	const said = foldHeader(reader.text('language'));
	if (said === '') return null;
	const found = codeOf(LANGUAGES, said);
	if (!found) reader.complain('language_unknown', 'language');
	return found ?? null;
}

function phoneOf(reader: Reader): string | null {
	const cell = reader.cell('phone');
	if (reader.text('phone') === '') return null;
	const read = phoneIn(cell);
	if (!read.ok) reader.complain('phone_unknown', 'phone');
	else if (read.more) reader.complain('phones_several', 'phone');
	return read.ok ? read.value : null;
}

/** Who agreed on which day; a word that is no date says nothing of a paper. */
function papersIn(reader: Reader, { options }: Setup, { today }: Places): PersonRow['papers'] {
	const signers = { consent: 'guardian', assent: 'self' } as const;
	return (['consent', 'assent'] as const).flatMap((use) => {
		if (reader.text(use) === '') return [];
		const { dateOrder, calendar } = options;
		const read = dateIn(reader.cell(use), dateOrder, undefined, calendar ?? 'gregorian');
		if (!read.ok || read.value < '2000-01-01') reader.complain('date_unknown', use);
		else if (read.value > today) reader.complain('date_ahead', use);
		else return [{ signer: signers[use], on: read.value }];
		return [];
	});
}

function marksIn(
	reader: Reader,
	setup: Setup,
	sheet: Sheet,
	cells: readonly Cell[]
): PersonRow['marks'] {
	const meanings = new Map(setup.marks.map(({ text, meaning }) => [text, meaning]));
	return sheet.date.flatMap((_, column) => {
		const at = dueIn(sheet, column);
		if (at === null) return [];
		const meaning = meanings.get(markText(cells[column] ?? null)) ?? null;
		if (meaning === null) reader.problems.push({ column, code: 'mark_unknown' });
		return meaning === null || meaning === 'none' ? [] : [{ at, column, meaning }];
	});
}

/** The one mark of a row of a long list: a row for each child and date. */
function longMarkIn(reader: Reader, setup: Setup, { today }: Places): PersonRow['marks'] {
	const column = reader.columnOf('mark');
	if (column === null || reader.columnOf('date') === null) return [];
	const date = dayOfRow(reader, setup);
	if (date === null || date < '2000-01-01') reader.complain('date_unknown', 'date');
	else if (date > today) reader.complain('date_ahead', 'date');
	else {
		const text = markText(reader.cell('mark'));
		const meaning = setup.marks.find((mark) => mark.text === text)?.meaning ?? null;
		if (meaning === null && text !== '') reader.complain('mark_unknown', 'mark');
		const at = occasionOf(date, { time: timeIn(reader) });
		return meaning === null || meaning === 'none' ? [] : [{ at, column, meaning }];
	}
	return [];
}

function timeIn(reader: Reader): string | null {
	const [, hours = '', minutes] = /^(\d{1,2}):(\d{2})/.exec(latinDigits(reader.text('time'))) ?? [];
	const time = `${hours.padStart(2, '0')}:${minutes}`;
	return isTime(time) ? time : null;
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

function audienceIn(reader: Reader): ImportedAudience | null {
	const said = foldHeader(reader.text('audience'));
	if (said === '') return null;
	const found = codeOf(AUDIENCES, said);
	if (!found) reader.complain('audience_unknown', 'audience');
	return found ?? null;
}
