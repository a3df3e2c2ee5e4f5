import {
	OPEN_ITEMS,
	optionsOf,
	UNORDERED_ITEMS,
	type Form,
	type Item,
	type Option
} from './bank.ts';
import type { ItemResult } from './types.ts';

/** The rungs of `domain.md` 2.4, in answers to one item. */
export const FEWEST_SHOWN = 5;
export const FEWEST_FOR_SHARES = 10;

/**
 * Who looks. Whoever ran the session holds its code and could have filled in forms to lift one child's
 * answer over the threshold: as long as no register vouches that there were no more ballots than people,
 * all of it is kept back (`ran, unvouched`).
 */
export type LadderReader = 'other' | 'ran' | 'ran, unvouched';

/** How many ballots gave each answer to one item, and the words written for it. */
export interface ItemCounts {
	byAnswer: ReadonlyMap<string, number>;
	words: readonly string[];
}

/**
 * What may be shown of one item: the only way from counts to a screen, an export or an interface. Below
 * five answers nothing, below ten counts alone; never a mean. Who ran the session gets neither words nor
 * an item on which all said the same, and cannot tell that from too few: each says what a child said.
 */
export function onLadder(
	form: Form,
	item: Item,
	{ byAnswer, words }: ItemCounts,
	reader: LadderReader
): ItemResult {
	const of = (answer: string) => byAnswer.get(answer) ?? 0;
	const isOpen = OPEN_ITEMS.includes(item);
	const options = (optionsOf(item, form) ?? []).map((option) => ({
		option,
		count: of(option)
	}));
	const answeredCount = isOpen
		? of('answered')
		: options.reduce((sum, { count }) => sum + count, 0);
	const unanimous = options.some(({ count }) => count === answeredCount);
	const isKeptBack = isOpen || answeredCount < FEWEST_SHOWN || unanimous;
	if (reader === 'ran, unvouched' || (reader === 'ran' && isKeptBack))
		return { item, shown: 'hidden' };
	if (answeredCount === 0) return { item, shown: 'nobody' };
	if (answeredCount < FEWEST_SHOWN) return { item, shown: 'too_few' };
	if (isOpen)
		return {
			item,
			shown: 'words',
			answeredCount,
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
		median: shares && !UNORDERED_ITEMS.includes(item) ? medianOf(options, answeredCount) : null
	};
}

/** The first option that, with those before it, holds half of the answers. */
function medianOf(options: { option: Option; count: number }[], answeredCount: number): Option {
	let soFar = 0;
	return options.find(({ count }) => (soFar += count) * 2 >= answeredCount)!.option;
}
