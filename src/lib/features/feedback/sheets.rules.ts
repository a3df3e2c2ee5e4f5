import { isOpen, optionsOf, type Form, type Item } from '#lib/features/asking/bank.rules.ts';
import { latinDigits } from '#lib/platform/forms/digits.ts';
import type { Ballot, Given } from './types.ts';

/** Rows of paper forms a page takes at once. */
export const MOST_SHEETS = 10;

/** What one paper form says. */
export type Sheet = Ballot['answers'];

/**
 * What was typed off paper, `2.safe` → `3`: the number beside the option, 0 for *I don't know*, nothing for what was left
 * blank. Rows without anything are no sheets. `wrong`: cells with a number the question does not have.
 */
export function readSheets(
	form: Form,
	cells: Readonly<Record<string, string>>
): { sheets: Sheet[]; wrong: string[] } {
	const wrong: string[] = [];
	const sheets: Sheet[] = [];
	for (let row = 1; row <= MOST_SHEETS; row += 1) {
		const typed = form.items.map((item) => [item, (cells[`${row}.${item}`] ?? '').trim()] as const);
		if (typed.every(([, text]) => text === '')) continue;
		const sheet: Sheet = {};
		for (const [item, text] of typed) {
			const given = givenOf(form, item, text);
			if (given) sheet[item] = given;
			else wrong.push(`${row}.${item}`);
		}
		sheets.push(sheet);
	}
	return { sheets, wrong };
}

function givenOf(form: Form, item: Item, text: string): Given | null {
	if (text === '') return { answer: 'skipped' };
	if (latinDigits(text) === '0') return { answer: 'dont_know' };
	if (isOpen(item, form)) return { answer: 'answered', words: text };
	const number = latinDigits(text);
	const option = /^[1-9]$/.test(number) && optionsOf(item, form)?.[Number(number) - 1];
	return option ? { answer: option } : null;
}
