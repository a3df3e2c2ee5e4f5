import { isTime } from '#lib/platform/clock/days.ts';
import { latinDigits } from '#lib/platform/forms/digits.ts';
import {
	ofWhole,
	splitPasted,
	type PastedLine,
	type PastedProblem
} from '#lib/platform/sheets/pasted.ts';
import { findRegions, placeOf, plainName, regionsOf, type Place } from './regions.rules.ts';

export const PASTE_COLUMNS = [
	'centre',
	'governorate',
	'district',
	'room',
	'capacity',
	'opens',
	'closes'
] as const;
export type PasteColumn = (typeof PASTE_COLUMNS)[number];

export type PasteFault =
	| 'required'
	| 'too_long'
	| 'governorate_unknown'
	| 'district_unknown'
	| 'district_elsewhere'
	| 'capacity'
	| 'room_missing'
	| 'time'
	| 'closes_first'
	| 'differs'
	| 'header_unknown'
	| 'cell_extra'
	| 'quote_open'
	| 'too_many'
	| 'nothing';

export type PasteProblem = PastedProblem<PasteFault>;

export interface PastedRoom {
	name: string;
	capacity: number;
}

/** A centre of the pasted table with its rooms; blank cells are undefined. */
export interface PastedCentre {
	name: string;
	/** Where its first row stands, and in which column its governorate would. */
	at: { line: number; column: number };
	place?: Place;
	opensAt?: string;
	closesAt?: string;
	rooms: PastedRoom[];
}

/** A centre that is there already: every name it has in any language, and those of its rooms. */
export interface KnownCentre {
	id: string;
	names: readonly string[];
	rooms: readonly (readonly string[])[];
}

/** What a pasted table adds. Whatever is there already stays as it is and is only counted. */
export interface PastePlan {
	centres: (PastedCentre & { place: Place })[];
	rooms: { centreId: string; rooms: PastedRoom[] }[];
	same: number;
}

export const MOST_PASTED_LINES = 500;
const LONGEST_NAME = 80;
const MOST_PEOPLE = 999;

/** Header words in the three languages, as NGOs write them. */
const HEADERS: Readonly<Record<PasteColumn, readonly string[]>> = {
	centre: ['centre', 'center', 'centre name', 'nom du centre', 'المركز', 'مركز', 'اسم المركز'],
	governorate: ['governorate', 'mohafaza', 'gouvernorat', 'region', 'adm1', 'المحافظة', 'محافظة'],
	district: ['district', 'caza', 'qada', 'casa', 'adm2', 'القضاء', 'قضاء'],
	room: ['room', 'hall', 'salle', 'الغرفة', 'غرفة', 'القاعة', 'قاعة', 'الصف'],
	capacity: ['capacity', 'places', 'seats', 'capacite', 'السعة', 'سعة', 'القدرة الاستيعابية'],
	opens: ['opens', 'opens at', 'open', 'from', 'ouvre', 'ouverture', 'يفتح', 'من', 'وقت الفتح'],
	closes: ['closes', 'closes at', 'to', 'until', 'ferme', 'fermeture', 'يغلق', 'إلى', 'وقت الإغلاق']
};

/**
 * Reads a table as it is copied from a spreadsheet or typed: tabs, `;` or commas, with or without a
 * header. Answers the centres in their order, or every problem at its line and column.
 */
export function readPasted(
	text: string,
	country: string
): { ok: true; centres: PastedCentre[] } | { ok: false; problems: PasteProblem[] } {
	const split = splitPasted(text);
	if (!split.ok) return { ok: false, problems: [ofWhole('quote_open', split.line)] };
	const { lines } = split;
	const columns = headerOf(lines[0]);
	const problems: PasteProblem[] = [];
	if (columns)
		lines[0]!.cells.forEach((typed, i) => {
			if (typed && !columns[i])
				problems.push({ line: lines[0]!.line, column: i + 1, fault: 'header_unknown', typed });
		});
	const body = columns ? lines.slice(1) : lines;
	if (body.length === 0) problems.push(ofWhole('nothing', 1));
	if (body.length > MOST_PASTED_LINES)
		problems.push(ofWhole('too_many', body[MOST_PASTED_LINES]!.line));
	const centres = new Map<string, PastedCentre>();
	for (const line of body.slice(0, MOST_PASTED_LINES)) {
		const row = readRow(line, columns ?? PASTE_COLUMNS, country);
		problems.push(...row.problems, ...addRow(centres, row));
	}
	const hours = Math.max((columns ?? PASTE_COLUMNS).indexOf('closes'), 0) + 1;
	for (const { at, opensAt = OPENS_AT, closesAt = CLOSES_AT } of centres.values())
		if (opensAt >= closesAt)
			problems.push({ line: at.line, column: hours, fault: 'closes_first', typed: closesAt });
	problems.sort((a, b) => a.line - b.line || a.column - b.column);
	return problems.length > 0
		? { ok: false, problems }
		: { ok: true, centres: [...centres.values()] };
}

/** What of a read table is new beside the centres that are there. A new centre needs a governorate. */
export function planPasted(
	pasted: readonly PastedCentre[],
	known: readonly KnownCentre[]
): { plan: PastePlan; problems: PasteProblem[] } {
	const plan: PastePlan = { centres: [], rooms: [], same: 0 };
	const problems: PasteProblem[] = [];
	for (const centre of pasted) {
		const there = known.find(({ names }) => isAmong(names, centre.name));
		if (!there) {
			if (centre.place) plan.centres.push({ ...centre, place: centre.place });
			else problems.push({ ...centre.at, fault: 'required', typed: '' });
			continue;
		}
		const rooms = centre.rooms.filter(
			({ name }) => !there.rooms.some((names) => isAmong(names, name))
		);
		if (rooms.length > 0) plan.rooms.push({ centreId: there.id, rooms });
		plan.same += 1 + centre.rooms.length - rooms.length;
	}
	return { plan, problems };
}

/** True when one of the names is the same but for spelling. */
export function isAmong(names: readonly string[], name: string): boolean {
	return names.some((one) => plainName(one) === plainName(name));
}

/** 8, 8:00, 08.00, 8h30 or ٨:٠٠ as "08:00"; undefined for what is no hour. */
export function hourOf(typed: string): string | undefined {
	const [, hour, minutes = '00'] =
		/^(\d{1,2})(?:\s*[:.hH٫]\s*(\d{2})?)?(?::\d{2})?$/.exec(latinDigits(typed)) ?? [];
	const time = hour && `${hour.padStart(2, '0')}:${minutes}`;
	return time && isTime(time) ? time : undefined;
}

/** The columns a header line names, or null when the first line is a row already. */
function headerOf(first: PastedLine | undefined): (PasteColumn | undefined)[] | null {
	if (!first) return null;
	const columns = first.cells.map((cell) =>
		PASTE_COLUMNS.find((column) => isAmong(HEADERS[column], cell))
	);
	return columns.includes('centre') ? columns : null;
}

interface Row extends PastedLine {
	name?: string;
	place?: Place;
	room?: PastedRoom;
	opensAt?: string;
	closesAt?: string;
	columns: readonly (PasteColumn | undefined)[];
	problems: PasteProblem[];
}

function readRow(
	{ line, cells }: PastedLine,
	columns: readonly (PasteColumn | undefined)[],
	country: string
): Row {
	const problems: PasteProblem[] = [];
	const typed = (column: PasteColumn) => cells[columns.indexOf(column)] ?? '';
	const wrong = (column: PasteColumn, fault: PasteFault) => {
		const at = Math.max(columns.indexOf(column), 0);
		problems.push({ line, column: at + 1, fault, typed: cells[at] ?? '' });
		return undefined;
	};
	const name = (column: 'centre' | 'room') =>
		typed(column).length > LONGEST_NAME ? wrong(column, 'too_long') : typed(column) || undefined;
	const hour = (column: 'opens' | 'closes') =>
		typed(column) ? (hourOf(typed(column)) ?? wrong(column, 'time')) : undefined;
	cells.forEach((cell, i) => {
		if (cell && i >= columns.length)
			problems.push({ line, column: i + 1, fault: 'cell_extra', typed: cell });
	});
	if (!typed('centre')) wrong('centre', 'required');
	const room = name('room');
	const capacity = Number(latinDigits(typed('capacity')) || Number.NaN);
	const isCapacity = Number.isInteger(capacity) && capacity > 0 && capacity <= MOST_PEOPLE;
	if (typed('room') ? !isCapacity : typed('capacity') && !isCapacity) wrong('capacity', 'capacity');
	if (!typed('room') && typed('capacity')) wrong('capacity', 'room_missing');
	const [opensAt, closesAt] = [hour('opens'), hour('closes')];
	return {
		line,
		cells,
		columns,
		problems,
		name: name('centre'),
		place: readPlace(typed('governorate'), typed('district'), country, wrong),
		room: room && isCapacity ? { name: room, capacity } : undefined,
		opensAt,
		closesAt
	};
}

/** The place two cells name. A district alone brings its governorate; one of another governorate is wrong. */
function readPlace(
	governorate: string,
	district: string,
	country: string,
	wrong: (column: PasteColumn, fault: PasteFault) => undefined
): Place | undefined {
	if (regionsOf(country).length === 0) {
		if (district) return wrong('district', 'district_unknown');
		return governorate
			? (placeOf(country, governorate.toUpperCase()) ?? wrong('governorate', 'governorate_unknown'))
			: undefined;
	}
	const [above] = governorate ? findRegions(country, 'governorate', governorate) : [];
	if (governorate && !above) return wrong('governorate', 'governorate_unknown');
	if (!district) return above && { adm1: above.code, adm2: null };
	const [below] = findRegions(country, 'district', district);
	if (!below) return wrong('district', 'district_unknown');
	if (above && below.parent !== above.code) return wrong('district', 'district_elsewhere');
	return placeOf(country, below.code);
}

/** Puts a row under its centre; what it says otherwise than an earlier row is a problem. */
function addRow(centres: Map<string, PastedCentre>, row: Row): PasteProblem[] {
	if (!row.name) return [];
	const problems: PasteProblem[] = [];
	const say = (column: PasteColumn, fault: PasteFault) => {
		const at = row.columns.indexOf(column);
		problems.push({ line: row.line, column: at + 1, fault, typed: row.cells[at] ?? '' });
	};
	const key = plainName(row.name);
	const at = { line: row.line, column: Math.max(row.columns.indexOf('governorate'), 0) + 1 };
	const centre = centres.get(key) ?? { name: row.name, at, rooms: [] };
	centres.set(key, centre);
	const { place, opensAt, closesAt, room } = row;
	const column = place?.adm2 ? 'district' : 'governorate';
	if (place && centre.place && !isSamePlace(place, centre.place)) say(column, 'differs');
	if (opensAt && centre.opensAt && opensAt !== centre.opensAt) say('opens', 'differs');
	if (closesAt && centre.closesAt && closesAt !== centre.closesAt) say('closes', 'differs');
	centre.place = centre.place?.adm2 ? centre.place : (place ?? centre.place);
	centre.opensAt ??= opensAt;
	centre.closesAt ??= closesAt;
	const twin = room && centre.rooms.find(({ name }) => isAmong([name], room.name));
	if (twin && twin.capacity !== room.capacity) say('capacity', 'differs');
	if (room && !twin) centre.rooms.push(room);
	return problems;
}

/** When a centre is open whose hours nobody gave. */
export const OPENS_AT = '08:00';
export const CLOSES_AT = '18:00';

function isSamePlace(a: Place, b: Place): boolean {
	return a.adm1 === b.adm1 && (a.adm2 === b.adm2 || a.adm2 === null || b.adm2 === null);
}
