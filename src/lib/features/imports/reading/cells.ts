import { latinDigits } from '#lib/platform/forms/digits.ts';
import { textIn } from '#lib/platform/sheets/texts.ts';
import type { Cell } from '#lib/platform/sheets/types.ts';

/** A cell as a person reads it, on one line. */
export function shownText(cell: Cell): string {
	return textIn(cell).replaceAll('\0', '');
}

/** A mark as it is told apart from others: without case, digits in one script. */
export function markText(cell: Cell): string {
	return latinDigits(shownText(cell)).toLowerCase().slice(0, 40);
}
