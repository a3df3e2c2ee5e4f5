import { SMALLEST_SHOWN } from '#lib/features/reach/rules.ts';
import { cellsOf, type Sheet } from './layouts.rules.ts';
import { protect, type Protected } from './protect.rules.ts';
import type { LayoutPreview, Layout, SheetCell } from './types.ts';

/** What keeps small numbers in; each part can be left out by the test that attacks what is published without it. */
export interface Protection {
	/** Which numbers of a table with totals are not shown. */
	hide(table: readonly (readonly number[])[]): Protected;
	/** Whether so many people may be added to what is published, or taken away from a total by it. */
	isSafe(people: number): boolean;
}

export const PROTECTION: Protection = {
	hide: (table) => protect(table),
	isSafe: (people) => people === 0 || people >= SMALLEST_SHOWN
};

/** The numbers of a sheet as they leave the section. */
export interface Frozen {
	/** 0 when there are too few: they are counted in a later month. */
	peopleCount: number;
	zerosHidden: boolean;
	cells: SheetCell[];
}

/**
 * Freezes a sheet: small numbers hidden, with what would give them away. Of fewer than ten people in all nothing is
 * left. Once zeros are hidden too, what is hidden is all that is not listed: rows for it would say nothing.
 */
export function freeze(sheet: Sheet, protection: Protection = PROTECTION): Frozen {
	const peopleCount = sheet.table.at(-1)!.at(-1)!;
	if (peopleCount === 0 || !protection.isSafe(peopleCount))
		return { peopleCount: 0, zerosHidden: false, cells: [] };
	const { hidden, zerosHidden } = protection.hide(sheet.table);
	const cells = cellsOf<number | null>(sheet, (row, column, isTotal) => {
		if (!hidden[row]![column]) return sheet.table[row]![column]! || 'left out';
		return zerosHidden && !isTotal ? 'left out' : null;
	});
	return { peopleCount, zerosHidden, cells };
}

/** What would be shown of a sheet, and what not. */
export function previewOf(layout: Layout, sheet: Sheet): LayoutPreview {
	const inner = freeze(sheet).cells.filter(({ isTotal }) => !isTotal);
	const shown = inner.filter(({ count }) => count !== null);
	const rows = sheet.table.slice(0, -1).flatMap((row) => row.slice(0, -1));
	return {
		layout,
		shownPeople: shown.reduce((sum, { count }) => sum + count!, 0),
		hiddenCount: rows.filter((count) => count > 0).length - shown.length
	};
}

/** The finest layout that shows at least half of the people; the total when none does. */
export function suggestedOf(
	layouts: readonly LayoutPreview[],
	peopleCount: number
): Layout | undefined {
	return (layouts.find(({ shownPeople }) => shownPeople * 2 >= peopleCount) ?? layouts.at(-1))
		?.layout;
}
