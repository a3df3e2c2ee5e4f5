import { fold } from '../i18n/fold.ts';
import type { Cell } from './types.ts';

/** Marks that steer direction and where lines break, and leave no trace on paper. Joiners show in some scripts: they stay. */
const INVISIBLE =
	/[\u00AD\u034F\u200B\u200E\u200F\u061C\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFE00-\uFE0F\uFEFF]/g;

/** The text of a cell on one line, as a person would copy it from paper; blank cells are ''. */
export function textIn(cell: Cell): string {
	if (cell === null) return '';
	if (typeof cell === 'object') return cell.time ? `${cell.date} ${cell.time}` : cell.date;
	return String(cell).normalize('NFC').replace(INVISIBLE, '').replace(/\s+/g, ' ').trim();
}

/** The text as it is compared: on one line, without case, accents, Arabic letter forms and digits' script. */
export function folded(text: string): string {
	return fold(textIn(text));
}

export function isBlank(cell: Cell): boolean {
	return cell === null || (typeof cell === 'string' && textIn(cell) === '');
}

const ERRORS =
	/^(#(n\/?[adv]|ref|value|valeur|wert|div\/0|name|nom|nome|null|nul|num|nombre|nomb|spill|calc|getting_data|bezug|zahl|valor|nulo)[!?]?|#+|err:\d+)$/i;

/** Whether a formula of the sheet failed here: `#N/A`, `#REF!`. It is nobody's name. */
export function isError(cell: Cell): boolean {
	return typeof cell === 'string' && ERRORS.test(textIn(cell));
}
