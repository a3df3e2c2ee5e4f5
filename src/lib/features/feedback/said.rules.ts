import type { Item } from '#lib/features/asking/bank.rules.ts';
import type { FormResult, ItemResult, SessionResults, ShownResults, Whose } from './types.ts';

/** What a list shows of every form that asks it: was it good, was it safe. */
const HEADLINES: readonly Item[] = ['again', 'fun', 'worth', 'useful', 'safe'];
/** Above this share of skips an item, not who answered, needs work (`domain.md` 2.4). */
const MOST_SKIPPED = 0.3;

/**
 * Results as their reader gets them, in a list, on a page or in a file: who is asked how many answered could
 * read it off the answers, and says it before.
 */
export function afterTheWord(results: SessionResults): ShownResults {
	const { vouch, forms } = results;
	const isFirst = vouch.state === 'open' && vouch.isAsked && forms.length > 0;
	return { ...results, isFirst, forms: isFirst ? [] : forms };
}

/** The results of the children, or of the adults, who answered after a session. */
export function formsOf({ forms }: Pick<SessionResults, 'forms'>, whose: Whose): FormResult[] {
	return forms.filter(({ form }) => (form.band === 'adult') === (whose === 'adults'));
}

/** The items a list shows of a form, in the form's order. */
export function headlinesOf({ items }: FormResult): ItemResult[] {
	const headlines = items.filter(({ item }) => HEADLINES.includes(item));
	// A form of the section's own may ask none of them.
	return headlines.length > 0 ? headlines : items.slice(0, 1);
}

/** Whether so many skipped an item that its wording should be looked at; false where the counts are not shown. */
export function manySkipped(result: ItemResult): boolean {
	if (result.shown !== 'counts' && result.shown !== 'shares') return false;
	const { answeredCount, skippedCount, dontKnowCount } = result;
	return skippedCount > (answeredCount + skippedCount + dontKnowCount) * MOST_SKIPPED;
}
