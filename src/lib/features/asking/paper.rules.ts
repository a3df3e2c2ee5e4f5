import type { Form, Item, OwnItem } from './bank.rules.ts';

/** Six digits. */
const DIGITS = 1_000_000;

/**
 * What is printed on a paper form: another as soon as one item, their order, or the version is another. So what is
 * typed in goes to the questions that were on the sheet. Not a secret: it tells forms apart. FNV-1a over the text.
 */
export function paperCode(form: Pick<Form, 'id' | 'items'>): string {
	let hash = 0x811c9dc5;
	for (const character of `${form.id}|${form.items.join(' ')}`)
		hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193) >>> 0;
	return String(hash % DIGITS).padStart(6, '0');
}

/** Whether a name is one of a question of the section's own. */
export function isOwnItem(item: Item | string): item is OwnItem {
	return /^own_[1-9]\d{0,2}$/.test(item);
}
