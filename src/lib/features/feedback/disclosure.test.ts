import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formFor, optionsOf, type Form, type Item } from '#lib/features/asking/bank.rules.ts';
import { onLadder, readerOf, type LadderReader } from './disclosure.rules.ts';
import type { ItemResult } from './types.ts';

const form = formFor('10-13', 'full');
const READERS: LadderReader[] = ['other', 'ran', 'ran, unvouched'];

/** Ballots as counts: how many gave each answer to an item. */
function result(
	counts: Record<string, number>,
	{ item = 'fun', reader = 'other' as LadderReader } = {}
) {
	return onLadder(
		form,
		item as Item,
		{ byAnswer: new Map(Object.entries(counts)), words: [] },
		reader
	);
}

describe('the ladder', () => {
	it('says so when nobody answered', () => {
		expect(result({ skipped: 7 })).toEqual({ item: 'fun', shown: 'nobody' });
	});

	it('says no more of an item nobody answered than of others where fewer than five sent the form', () => {
		const few = { item: 'fun', shown: 'too_few' };
		expect(result({ skipped: 1 })).toEqual(few);
		expect(result({ skipped: 2, dont_know: 1, not_shown: 1 })).toEqual(few);
		expect(result({ skipped: 3, dont_know: 1, not_shown: 1 })).toMatchObject({ shown: 'nobody' });
	});

	it('shows no number of one to four answers', () => {
		expect(result({ mostly: 3, completely: 1, skipped: 9 })).toEqual({
			item: 'fun',
			shown: 'too_few'
		});
	});

	it('shows counts of five to nine, without shares or a median', () => {
		expect(result({ mostly: 4, completely: 3, skipped: 1 })).toMatchObject({
			shown: 'counts',
			answeredCount: 7,
			skippedCount: 1,
			median: null,
			options: [
				{ option: 'not_at_all', count: 0 },
				{ option: 'a_little', count: 0 },
				{ option: 'mostly', count: 4 },
				{ option: 'completely', count: 3 }
			]
		});
	});

	it('shows shares and the median from ten on; skips and "I don’t know" stay numbers of their own', () => {
		expect(
			result({ a_little: 5, mostly: 5, completely: 12, skipped: 3, dont_know: 2, not_shown: 1 })
		).toMatchObject({
			shown: 'shares',
			answeredCount: 22,
			skippedCount: 3,
			dontKnowCount: 2,
			notShownCount: 1,
			median: 'completely'
		});
		expect(result({ a_little: 6, mostly: 6 })).toMatchObject({ median: 'a_little' });
	});

	it('gives no median where options have no order', () => {
		const young = formFor('6-9', 'full');
		const byAnswer = new Map([['moving', 12]]);
		expect(onLadder(young, 'best', { byAnswer, words: [] }, 'other')).toMatchObject({
			median: null
		});
	});

	it('shows words from five on, to whoever did not run the session', () => {
		const show = (answered: number, reader: LadderReader) =>
			onLadder(form, 'change', { byAnswer: new Map([['answered', answered]]), words }, reader);
		const words = Array.from({ length: 5 }, () => 'More songs');
		expect(show(5, 'other')).toMatchObject({ shown: 'words', words });
		expect(show(4, 'other')).toEqual({ item: 'change', shown: 'too_few' });
		expect(show(12, 'ran')).toEqual({ item: 'change', shown: 'hidden' });
	});

	it('tells of words by those there are to read, so that one held back is not found by counting', () => {
		const show = (answered: number, read: number) =>
			onLadder(
				form,
				'change',
				{ byAnswer: new Map([['answered', answered]]), words: Array(read).fill('More songs') },
				'other'
			);
		expect(show(7, 6)).toMatchObject({ shown: 'words', answeredCount: 6 });
		expect(show(7, 4)).toEqual(show(3, 3)); // too few are left, or too few wrote
		expect(show(7, 0)).toEqual(show(4, 0)); // they wait, or too few wrote
	});

	it('keeps all of it from who ran it until somebody else has said how many answered', () => {
		expect(result({ completely: 9, mostly: 9 }, { reader: 'ran, unvouched' })).toEqual({
			item: 'fun',
			shown: 'hidden'
		});
	});

	it('shows who ran it those who spoke well of it and everybody else, each three or more', () => {
		const split = { shown: 'split', options: ['mostly', 'completely'] };
		const ran = { reader: 'ran' as const };
		expect(result({ completely: 2, mostly: 2, a_little: 2, skipped: 1 }, ran)).toEqual({
			item: 'fun',
			...split,
			chosenCount: 4,
			restCount: 3
		});
		expect(result({ completely: 11, a_little: 1, skipped: 2 }, ran)).toMatchObject({
			...split,
			restCount: 3
		});
	});

	it('hides from who ran it one or two who dissent, however many answered, and what all said alike', () => {
		const hidden = { item: 'fun', shown: 'hidden' };
		for (const counts of [
			{ completely: 5, not_at_all: 1 },
			{ completely: 7, not_at_all: 2 },
			{ completely: 20, not_at_all: 2 },
			{ not_at_all: 7, completely: 2 },
			{ completely: 12 },
			{ not_at_all: 12 },
			{ completely: 2, mostly: 2 },
			{ completely: 3, skipped: 4 },
			{ skipped: 12 }
		] as Record<string, number>[])
			expect(result(counts, { reader: 'ran' }), JSON.stringify(counts)).toEqual(hidden);
	});

	it('shows who ran it the one picture chosen most', () => {
		const young = formFor('6-9', 'full');
		const best = (counts: Record<string, number>) =>
			onLadder(young, 'best', { byAnswer: new Map(Object.entries(counts)), words: [] }, 'ran');
		expect(best({ moving: 4, making: 2, talking: 1 })).toMatchObject({
			options: ['moving'],
			chosenCount: 4,
			restCount: 3
		});
		expect(best({ moving: 4, making: 4 })).toEqual({ item: 'best', shown: 'hidden' });
	});
});

describe('whoever ran a session reads', () => {
	const reads = (startedCount: number, vouchedCount: number | null) =>
		readerOf(true, { startedCount, vouchedCount });

	it('nothing until somebody else has said that five or more answered, and no more ballots were begun', () => {
		expect(reads(6, null)).toBe('ran, unvouched');
		expect(reads(4, 4)).toBe('ran, unvouched');
		expect(reads(5, 5)).toBe('ran');
		expect(reads(5, 9)).toBe('ran');
	});

	it('nothing where one child answered, whatever number of forms of their own they add', () => {
		for (let padded = 0; padded <= 40; padded += 1)
			expect(reads(1 + padded, 1)).toBe('ran, unvouched');
	});

	it('nothing where six answered and a single form was added', () => {
		expect(reads(7, 6)).toBe('ran, unvouched');
	});

	it('like anybody else what they had no part in', () => {
		expect(readerOf(false, { startedCount: 40, vouchedCount: null })).toBe('other');
	});
});

/** One child's answer to every item of the form. */
function ballots(of: Form) {
	const answerTo = (item: Item) =>
		fc.constantFrom(...(optionsOf(item, of) ?? ['answered']), 'skipped', 'dont_know');
	return fc.array(fc.tuple(...of.items.map(answerTo)), { maxLength: 24 });
}

/** Everything a reader is shown of ballots. */
function view(given: string[][], reader: LadderReader): ItemResult[] {
	return form.items.map((item, index) => {
		const byAnswer = new Map<string, number>();
		for (const ballot of given) {
			const answer = ballot[index]!;
			byAnswer.set(answer, (byAnswer.get(answer) ?? 0) + 1);
		}
		return onLadder(form, item, { byAnswer, words: [] }, reader);
	});
}

/** How many gave an option or words to an item. */
function answeredIn(given: string[][], index: number): number {
	return given.filter((ballot) => !['skipped', 'dont_know'].includes(ballot[index]!)).length;
}

describe('no reader', () => {
	it('ever finds a number of fewer than five answers, a share below ten, or a mean', () => {
		fc.assert(
			fc.property(ballots(form), fc.constantFrom(...READERS), (given, reader) => {
				for (const [index, shown] of view(given, reader).entries()) {
					const n = answeredIn(given, index);
					const numbers = JSON.stringify(shown).match(/\d+(\.\d+)?/g) ?? [];
					if (n < 5) expect(numbers).toEqual([]);
					if ('answeredCount' in shown) expect(shown.answeredCount).toBe(n);
					if (shown.shown === 'shares') expect(n).toBeGreaterThanOrEqual(10);
					for (const number of numbers) expect(Number(number) % 1).toBe(0);
				}
			})
		);
	});

	/**
	 * What cannot be told apart cannot be worked out, by subtracting or otherwise: hidden answers are
	 * exchanged for others that are hidden too, and no view of any reader changes.
	 */
	it('finds hidden answers by putting views together', () => {
		const pick = fc.nat({ max: form.items.length - 1 });
		const others = fc.array(fc.nat(), { minLength: 24, maxLength: 24 });
		fc.assert(
			fc.property(ballots(form), pick, others, fc.nat({ max: 4 }), (given, index, rolls, keep) => {
				fc.pre(answeredIn(given, index) > 0 && answeredIn(given, index) < 5);
				const item = form.items[index]!;
				const options = optionsOf(item, form) ?? ['answered'];
				const howMany = Math.min(given.length, Math.max(1, keep));
				const changed = given.map((ballot, at) =>
					ballot.with(
						index,
						at < howMany
							? options[rolls[at]! % options.length]!
							: (['skipped', 'dont_know'] as const)[rolls[at]! % 2]!
					)
				);
				for (const reader of READERS) expect(view(changed, reader)).toEqual(view(given, reader));
			})
		);
	});
});

/** Every way so many people can be spread over the answers to an item. */
function* spreads(cells: readonly string[], people: number): Generator<Record<string, number>> {
	const [first, ...rest] = cells;
	if (rest.length === 0) return yield { [first!]: people };
	for (let count = 0; count <= people; count += 1)
		for (const others of spreads(rest, people - count)) yield { [first!]: count, ...others };
}

/**
 * The attacker ran the session, knows how many sent the form, and works out from what is shown every way
 * the answers can have been. Items tell nothing of each other but that number: a ballot is in each of them.
 */
describe.each([
	['6-9', 'safe'],
	['6-9', 'best'],
	['6-9', 'again'],
	['10-13', 'fun'],
	['adult', 'useful']
] as const)('who ran the session, from what %s is shown of "%s"', (band, item) => {
	const of = formFor(band, item === 'best' ? 'full' : 'pulse');
	const cells = [...optionsOf(item, of)!, 'skipped', 'dont_know', 'not_shown'];
	/** Every group of cells: a single answer, and whatever can be added up. */
	const groups = Array.from({ length: 2 ** cells.length - 2 }, (_, bits) =>
		cells.flatMap((_, at) => (((bits + 1) >> at) & 1 ? [at] : []))
	);

	it.each([5, 6, 7, 8, 9])('of %i, finds no answer or sum of answers under three', (people) => {
		const possible = new Map<string, number[][]>();
		for (const counts of spreads(cells, people)) {
			const shown = onLadder(
				of,
				item,
				{ byAnswer: new Map(Object.entries(counts)), words: [] },
				'ran'
			);
			for (const number of JSON.stringify(shown).match(/:\d+/g) ?? [])
				expect(Number(number.slice(1))).toBeGreaterThanOrEqual(3);
			const key = JSON.stringify(shown);
			possible.set(key, [...(possible.get(key) ?? []), cells.map((cell) => counts[cell]!)]);
		}
		const known: string[] = [];
		for (const [view, ways] of possible)
			for (const group of groups) {
				let least = people;
				let most = 0;
				for (const way of ways) {
					const sum = group.reduce((all, at) => all + way[at]!, 0);
					if (sum < least) least = sum;
					if (sum > most) most = sum;
				}
				if (most < 3 && (least > 0 || most === 0))
					known.push(`${view}: ${group.map((at) => cells[at])} ${least}–${most}`);
			}
		expect(known).toEqual([]);
	});
});
