import { m } from '#lib/paraglide/messages.js';
import type { Form, Item } from '#lib/features/feedback/bank.ts';
import type { FormResult, ItemResult } from '#lib/features/feedback/types.ts';
import { bandWords } from '#lib/features/feedback/words.ts';

/** What the list shows of every form that asks it: was it good, was it safe. */
const HEADLINES: readonly Item[] = ['again', 'fun', 'worth', 'safe'];
/** Above this share of skips an item, not its children, needs work (`domain.md` 2.4). */
const MOST_SKIPPED = 0.3;

/** An item whose numbers may be shown. */
export type Counted = Extract<ItemResult, { shown: 'counts' | 'shares' }>;

/** The items a list shows of a form, in the form's order. */
export function headlinesOf({ items }: FormResult): ItemResult[] {
	return items.filter(({ item }) => HEADLINES.includes(item));
}

/** "6 to 9 years, short form". */
export function formWords({ band, length }: Form): string {
	return m.voices_form({
		band: bandWords(band),
		length: length === 'full' ? m.voices_full() : m.voices_pulse()
	});
}

/** Why there is no number and no word; null where there is. */
export function silence(shown: ItemResult['shown']): string | null {
	if (shown === 'nobody') return m.voices_nobody();
	if (shown === 'too_few') return m.voices_too_few();
	return shown === 'hidden' ? m.voices_hidden() : null;
}

/** Whether so many skipped an item that its wording should be looked at. */
export function manySkipped({ answeredCount, skippedCount, dontKnowCount }: Counted): boolean {
	const asked = answeredCount + skippedCount + dontKnowCount;
	return skippedCount > asked * MOST_SKIPPED;
}
