import { fold } from '../i18n/fold.ts';
import type { Cell } from './types.ts';

/** Marks that steer writing direction and joining, and leave no trace on paper. */
const INVISIBLE = /[\u200B\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069\uFEFF]/g;

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
