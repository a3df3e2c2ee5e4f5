import { latinDigits } from '#lib/platform/forms/digits.ts';
import { sexText } from '#lib/platform/sheets/sexes.ts';
import { namesAlike } from '#lib/features/people/names.rules.ts';
import type { SheetTable } from '#lib/platform/sheets/types.ts';
import { shownText } from './cells.ts';
import { eachCell } from './looking.ts';
import type { Setup, Sheet, Use } from '../types.ts';

/** More numbers than this that stand beside different people: nobody goes by such a column. */
const MOST_SHARED = 200;
const NAME_USES: readonly Use[] = ['first_name', 'father_name', 'name', 'family_name'];

/** A number of a list as it is compared. */
export function plainNumber(text: string): string {
	return latinDigits(text.normalize('NFKC')).replace(/\s+/gu, '').toLowerCase();
}

/**
 * Numbers of a list that stand beside different people, by name or sex: they count rows and identify nobody. `all`
 * where that holds for half of the numbers that come more than once, and where one child of a long list has several.
 */
export function sharedNumbersIn(setup: Setup, tables: readonly SheetTable[]): string[] | 'all' {
	const meanings = new Map(setup.sexes.map(({ text, sex }) => [text, sex]));
	const isLong = setup.columns.some(({ use }) => use === 'mark');
	const numbersOf = new Map<string, Set<string>>();
	const first = new Map<string, { name: string; sex: string | null }>();
	const again = new Set<string>();
	const shared = new Set<string>();
	for (const { cell, row, sheet } of eachCell(setup, tables, 'number')) {
		const number = plainNumber(shownText(cell));
		const name = textOf(setup, setup.sheets[sheet]!, row, NAME_USES);
		if (name === '') continue;
		const sex = meanings.get(sexText(textOf(setup, setup.sheets[sheet]!, row, ['sex']))) ?? null;
		const own = numbersOf.get(name) ?? new Set();
		numbersOf.set(name, own.add(number));
		const known = first.get(number);
		if (!known) first.set(number, { name, sex });
		else if (!shared.has(number)) {
			again.add(number);
			const isOther = known.sex !== null && sex !== null && known.sex !== sex;
			if (isOther || (known.name !== name && !namesAlike(known.name, name))) shared.add(number);
		}
	}
	const isOfForms = isLong && [...numbersOf.values()].some(({ size }) => size > 1);
	const isCounting = isOfForms || (shared.size > 0 && shared.size >= again.size / 2);
	return isCounting || shared.size > MOST_SHARED ? 'all' : [...shared];
}

function textOf(
	{ columns }: Setup,
	sheet: Sheet,
	row: readonly SheetTable['rows'][number][number][],
	uses: readonly Use[]
): string {
	return uses
		.map((use) => sheet.column.findIndex((at) => at !== null && columns[at]?.use === use))
		.map((column) => (column === -1 ? '' : shownText(row[column] ?? null)))
		.filter((text) => text !== '')
		.join(' ');
}
