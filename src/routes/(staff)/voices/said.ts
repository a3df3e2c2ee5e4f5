import type { Item } from '#lib/features/feedback/bank.ts';
import type { FormResult, ItemResult } from '#lib/features/feedback/types.ts';

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

/** Whether so many skipped an item that its wording should be looked at. */
export function manySkipped({ answeredCount, skippedCount, dontKnowCount }: Counted): boolean {
	const asked = answeredCount + skippedCount + dontKnowCount;
	return skippedCount > asked * MOST_SKIPPED;
}
