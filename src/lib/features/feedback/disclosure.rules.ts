import {
	FAVOURABLE,
	isOpen as isOpenItem,
	isUnordered,
	optionsOf,
	type Form,
	type Item,
	type Option
} from '#lib/features/asking/bank.rules.ts';
import type { ItemResult } from './types.ts';

/** The rungs of `domain.md` 2.4, in answers to one item. */
export const FEWEST_SHOWN = 5;
export const FEWEST_FOR_SHARES = 10;
/** Who ran a session sees no group of people smaller than this, nor one found by subtraction. */
export const FEWEST_TOLD = 3;

/**
 * Who looks. Whoever ran the session holds its code and could fill in forms beside one child's: whatever is
 * made of ballots alone gives that child away. All of it is kept back (`ran, unvouched`) until somebody who
 * did not run it has said that five or more answered, and no more ballots were begun than these.
 */
export type LadderReader = 'other' | 'ran' | 'ran, unvouched';

/** As whom somebody reads the results of a counted session. `vouchedCount` null: nobody has said how many answered. */
export function readerOf(
	ranBySelf: boolean,
	{ startedCount, vouchedCount }: { startedCount: number; vouchedCount: number | null }
): LadderReader {
	if (!ranBySelf) return 'other';
	const isVouched =
		vouchedCount !== null && vouchedCount >= FEWEST_SHOWN && startedCount <= vouchedCount;
	return isVouched ? 'ran' : 'ran, unvouched';
}

/** How many ballots gave each answer to one item, and the words written for it that were all read and cleared. */
export interface ItemCounts {
	byAnswer: ReadonlyMap<string, number>;
	words: readonly string[];
}

/**
 * What may be shown of one item: the only way from counts to a screen, an export or an interface. Below
 * five answers nothing, below ten counts alone; never a mean. Who ran the session gets two groups of three
 * or more (`split`) or nothing.
 */
export function onLadder(
	form: Form,
	item: Item,
	{ byAnswer, words }: ItemCounts,
	reader: LadderReader
): ItemResult {
	const of = (answer: string) => byAnswer.get(answer) ?? 0;
	const isOpen = isOpenItem(item, form);
	const options = (optionsOf(item, form) ?? []).map((option) => ({
		option,
		count: of(option)
	}));
	const answeredCount = isOpen
		? of('answered')
		: options.reduce((sum, { count }) => sum + count, 0);
	const sentCount = [...byAnswer.values()].reduce((sum, count) => sum + count, 0);
	if (reader !== 'other') {
		const isKeptBack = reader === 'ran, unvouched' || isOpen || answeredCount < FEWEST_SHOWN;
		return (!isKeptBack && splitOf(form, item, options, sentCount)) || { item, shown: 'hidden' };
	}
	// Of fewer who sent the form, that nobody answered would tell what a lone child skipped.
	if (answeredCount === 0 && sentCount >= FEWEST_SHOWN) return { item, shown: 'nobody' };
	if (answeredCount < FEWEST_SHOWN) return { item, shown: 'too_few' };
	// What was held back must not be found by counting: the texts there are count, and no others.
	if (isOpen && words.length < FEWEST_SHOWN) return { item, shown: 'too_few' };
	if (isOpen)
		return {
			item,
			shown: 'words',
			answeredCount: words.length,
			skippedCount: of('skipped'),
			words: [...words]
		};
	const shares = answeredCount >= FEWEST_FOR_SHARES;
	return {
		item,
		shown: shares ? 'shares' : 'counts',
		answeredCount,
		skippedCount: of('skipped'),
		dontKnowCount: of('dont_know'),
		notShownCount: of('not_shown'),
		options,
		median: shares && !isUnordered(item, form) ? medianOf(options, answeredCount) : null
	};
}

/**
 * Those who spoke well of it and everybody else, so that a dissent cannot be told from a skipped question:
 * the two make up all who sent the form, whichever item it is. Null when one of them is smaller than three,
 * which all alike are too; the parting itself never depends on how many chose what, but for the most chosen
 * of options without an order.
 */
function splitOf(
	form: Form,
	item: Item,
	options: { option: Option; count: number }[],
	sentCount: number
): ItemResult | null {
	const chosen = isUnordered(item, form)
		? mostChosen(options)
		: options.filter(({ option }) => FAVOURABLE.includes(option));
	const chosenCount = chosen.reduce((sum, { count }) => sum + count, 0);
	const restCount = sentCount - chosenCount;
	if (Math.min(chosenCount, restCount) < FEWEST_TOLD) return null;
	return {
		item,
		shown: 'split',
		options: chosen.map(({ option }) => option),
		chosenCount,
		restCount
	};
}

/** The one option chosen more often than any other; none of two that are even. */
function mostChosen(options: { option: Option; count: number }[]) {
	const most = Math.max(...options.map(({ count }) => count));
	const first = options.filter(({ count }) => count === most);
	return first.length === 1 ? first : [];
}

/** The first option that, with those before it, holds half of the answers. */
function medianOf(options: { option: Option; count: number }[], answeredCount: number): Option {
	let soFar = 0;
	return options.find(({ count }) => (soFar += count) * 2 >= answeredCount)!.option;
}
