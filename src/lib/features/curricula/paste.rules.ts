import { isAmong } from '#lib/features/centres/paste.rules.ts';
import { latinDigits } from '#lib/platform/forms/digits.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import {
	ofWhole,
	splitPasted,
	type PastedLine,
	type PastedProblem
} from '#lib/platform/sheets/pasted.ts';
import type { NewModule, NewPlan } from './types.ts';

/** A table becomes a draft: a row for each activity; module, session and minutes are written once and go on below. */

export const PASTE_COLUMNS = [
	'module',
	'session',
	'minutes',
	'activity',
	'activity_minutes',
	'children',
	'says',
	'materials',
	'objectives'
] as const;
export type PasteColumn = (typeof PASTE_COLUMNS)[number];

export type PasteFault =
	| 'required'
	| 'too_long'
	| 'minutes'
	| 'activity_missing'
	| 'differs'
	| 'header_missing'
	| 'header_unknown'
	| 'cell_extra'
	| 'quote_open'
	| 'too_many'
	| 'nothing';

export type PasteProblem = PastedProblem<PasteFault>;

export const MOST_PASTED_LINES = 500;
const DEFAULT_MINUTES = 90;
const DEFAULT_ACTIVITY_MINUTES = 10;

const LONGEST: Readonly<Record<PasteColumn, number>> = {
	module: 120,
	session: 120,
	minutes: 10,
	activity: 120,
	activity_minutes: 10,
	children: 2000,
	says: 2000,
	materials: 1000,
	objectives: 1000
};

/** Header words in the three languages, as NGOs write them. */
const HEADERS: Readonly<Record<PasteColumn, readonly string[]>> = {
	module: ['module', 'unit', 'unité', 'الوحدة', 'وحدة', 'المحور'],
	session: ['session', 'title', 'session title', 'séance', 'titre', 'الجلسة', 'جلسة', 'العنوان'],
	minutes: ['minutes', 'session minutes', 'duration', 'durée', 'الدقائق', 'دقائق', 'المدّة'],
	activity: ['activity', 'activities', 'activité', 'activités', 'النشاط', 'نشاط', 'الأنشطة'],
	activity_minutes: [
		...['activity minutes', 'minutes of the activity', 'minutes de l’activité'],
		...["minutes de l'activité", 'durée de l’activité', 'دقائق النشاط', 'مدّة النشاط']
	],
	children: [
		...['children', 'what children do', 'participants', 'enfants', 'ce que font les enfants'],
		...['الأطفال', 'ماذا يفعل الأطفال']
	],
	says: [
		...['facilitator', 'what the facilitator says', 'instructions', 'animateur', 'animatrice'],
		...['ce que dit l’animatrice', 'consignes', 'الميسّرة', 'ماذا تقول الميسّرة', 'التعليمات']
	],
	materials: ['materials', 'material', 'matériel', 'المواد', 'مواد', 'الأدوات'],
	objectives: ['objectives', 'objective', 'aim', 'objectifs', 'objectif', 'الأهداف', 'الهدف']
};

type Columns = readonly (PasteColumn | undefined)[];
type Read = { ok: true; modules: NewModule[] } | { ok: false; problems: PasteProblem[] };

/** Reads a pasted table, written in one language, as modules; or every problem at its line and column. */
export function readPastedPlans(text: string, locale: Locale): Read {
	const split = splitPasted(text);
	if (!split.ok) return { ok: false, problems: [ofWhole('quote_open', split.line)] };
	const [first, ...body] = split.lines;
	if (!first || body.length === 0) return { ok: false, problems: [ofWhole('nothing', 1)] };
	const columns = first.cells.map((cell) =>
		PASTE_COLUMNS.find((column) => isAmong(HEADERS[column], cell))
	);
	if (!columns.includes('session'))
		return { ok: false, problems: [ofWhole('header_missing', first.line, first.cells[0])] };
	const problems = first.cells.flatMap((typed, at): PasteProblem[] =>
		typed && !columns[at]
			? [{ line: first.line, column: at + 1, fault: 'header_unknown', typed }]
			: []
	);
	if (body.length > MOST_PASTED_LINES)
		problems.push(ofWhole('too_many', body[MOST_PASTED_LINES]!.line));
	const reader = new Reader(columns, locale, problems);
	for (const line of body.slice(0, MOST_PASTED_LINES)) reader.read(line);
	problems.sort((a, b) => a.line - b.line || a.column - b.column);
	return problems.length > 0 ? { ok: false, problems } : { ok: true, modules: reader.modules };
}

/** Goes down the lines and remembers in which module and session it is. */
class Reader {
	readonly modules: NewModule[] = [];
	readonly #columns: Columns;
	readonly #locale: Locale;
	readonly #problems: PasteProblem[];
	#plan: NewPlan | undefined;

	constructor(columns: Columns, locale: Locale, problems: PasteProblem[]) {
		this.#columns = columns;
		this.#locale = locale;
		this.#problems = problems;
	}

	read(line: PastedLine): void {
		line.cells.forEach((typed, at) => {
			if (typed && at >= this.#columns.length) this.#wrong(line, at, 'cell_extra');
			const column = this.#columns[at];
			if (column && typed.length > LONGEST[column]) this.#wrong(line, at, 'too_long');
		});
		const cell = (column: PasteColumn) => line.cells[this.#columns.indexOf(column)] ?? '';
		this.#enterModule(cell('module'));
		this.#enterSession(line, cell);
		const texts = (column: PasteColumn) =>
			cell(column) ? { [this.#locale]: cell(column) } : undefined;
		const minutes = this.#minutes(line, 'activity_minutes', 1) ?? DEFAULT_ACTIVITY_MINUTES;
		const title = texts('activity');
		if (title)
			this.#plan?.activities.push({
				...{ title, minutes, children: texts('children'), says: texts('says') }
			});
		else if (cell('activity_minutes') || cell('children') || cell('says'))
			this.#wrong(line, this.#columns.indexOf('activity'), 'activity_missing');
	}

	/** A module goes on until another is named. */
	#enterModule(name: string): void {
		const known = this.modules.at(-1);
		if (known && (!name || known.name[this.#locale] === name)) return;
		this.modules.push({ name: name ? { [this.#locale]: name } : {}, plans: [] });
		this.#plan = undefined;
	}

	/** So does a session; what is said of it again must be the same. */
	#enterSession(line: PastedLine, cell: (column: PasteColumn) => string): void {
		const title = cell('session');
		const minutes = this.#minutes(line, 'minutes', 5);
		if (title && this.#plan?.title[this.#locale] !== title) {
			this.#plan = {
				...{ title: { [this.#locale]: title }, minutes: minutes ?? DEFAULT_MINUTES },
				...{ materials: {}, objectives: {}, activities: [] }
			};
			this.modules.at(-1)!.plans.push(this.#plan);
		} else if (!this.#plan) {
			this.#wrong(line, this.#columns.indexOf('session'), 'required');
			return;
		} else if (minutes !== undefined && minutes !== this.#plan.minutes)
			this.#wrong(line, this.#columns.indexOf('minutes'), 'differs');
		for (const column of ['materials', 'objectives'] as const) {
			const earlier = this.#plan[column]![this.#locale];
			const text = [earlier, cell(column)].filter(Boolean).join('\n');
			if (text) this.#plan[column] = { [this.#locale]: text };
		}
	}

	#minutes(line: PastedLine, column: PasteColumn, least: number): number | undefined {
		const at = this.#columns.indexOf(column);
		const typed = line.cells[at];
		if (!typed) return undefined;
		const minutes = Number(latinDigits(typed));
		if (Number.isInteger(minutes) && minutes >= least && minutes <= 720) return minutes;
		this.#wrong(line, at, 'minutes');
		return undefined;
	}

	#wrong({ line, cells }: PastedLine, at: number, fault: PasteFault): void {
		this.#problems.push({ line, column: Math.max(at, 0) + 1, fault, typed: cells[at] ?? '' });
	}
}
