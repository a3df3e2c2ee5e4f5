import { isAmong } from '#lib/features/centres/paste.rules.ts';
import { latinDigits } from '#lib/platform/forms/digits.ts';
import { ofWhole, splitPasted, type PastedProblem } from '#lib/platform/sheets/pasted.ts';

/** A table of parts per centre, pasted from a spreadsheet or typed: a centre and a number on each line. */

export type PasteFault =
	| 'centre_missing'
	| 'centre_unknown'
	| 'centre_twice'
	| 'not_a_number'
	| 'cell_extra'
	| 'quote_open'
	| 'too_many'
	| 'nothing';

export type PasteProblem = PastedProblem<PasteFault>;

export interface KnownCentre {
	id: string;
	/** Every name it has in any language. */
	names: readonly string[];
}

export type ReadParts =
	| { ok: true; parts: { centreId: string; name: string; amount: number }[] }
	| { ok: false; problems: PasteProblem[] };

const MOST_LINES = 500;
const MOST = 100_000_000;

/** A number of people as it is written anywhere: 1200, 1,200, 1 200, ١٬٢٠٠; undefined for anything else, and for none. */
export function amountOf(typed: string): number | undefined {
	const digits = latinDigits(typed)
		.trim()
		.replace(/(?<=\d)[\s,.'’٬\u00a0\u202f](?=\d{3}(\D|$))/g, '');
	const amount = /^\d{1,9}$/.test(digits) ? Number(digits) : 0;
	return amount > 0 && amount <= MOST ? amount : undefined;
}

/** The parts of a pasted table, or every problem in it. A first line whose number is a word is a header. */
export function readPasted(text: string, known: readonly KnownCentre[]): ReadParts {
	const split = splitPasted(text);
	if (!split.ok) return { ok: false, problems: [ofWhole('quote_open', split.line)] };
	const isHeader = split.lines.length > 0 && /^[^\d٠-٩۰-۹]+$/.test(split.lines[0]!.cells[1] ?? '');
	const lines = isHeader ? split.lines.slice(1) : split.lines;
	if (lines.length === 0) return { ok: false, problems: [ofWhole('nothing', 1)] };
	if (lines.length > MOST_LINES)
		return { ok: false, problems: [ofWhole('too_many', lines[MOST_LINES]!.line)] };
	const problems: PasteProblem[] = [];
	const parts = new Map<string, { centreId: string; name: string; amount: number }>();
	for (const { line, cells } of lines) {
		const [name = '', typed = ''] = cells;
		const wrong = (column: number, fault: PasteFault) =>
			problems.push({ line, column, fault, typed: cells[column - 1] ?? '' });
		const centre = known.find(({ names }) => isAmong(names, name));
		const amount = amountOf(typed);
		if (!name) wrong(1, 'centre_missing');
		else if (!centre) wrong(1, 'centre_unknown');
		else if (parts.has(centre.id)) wrong(1, 'centre_twice');
		if (amount === undefined) wrong(2, 'not_a_number');
		cells.forEach((cell, at) => {
			if (cell && at > 1) wrong(at + 1, 'cell_extra');
		});
		if (centre) parts.set(centre.id, { centreId: centre.id, name, amount: amount ?? 0 });
	}
	return problems.length > 0 ? { ok: false, problems } : { ok: true, parts: [...parts.values()] };
}
