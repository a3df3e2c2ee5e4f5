import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formFor, OPEN_ITEMS, optionsOf, type Form, type Item } from './bank.ts';
import { onLadder, type LadderReader } from './ladder.ts';
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
			onLadder(
				form,
				'change',
				{ byAnswer: new Map([['answered', answered]]), words: ['More songs'] },
				reader
			);
		expect(show(5, 'other')).toMatchObject({ shown: 'words', words: ['More songs'] });
		expect(show(4, 'other')).toEqual({ item: 'change', shown: 'too_few' });
		expect(show(12, 'ran')).toEqual({ item: 'change', shown: 'hidden' });
	});

	it('keeps all of it from who ran it while no register says that nobody answered twice', () => {
		expect(result({ completely: 9, mostly: 9 }, { reader: 'ran, unvouched' })).toEqual({
			item: 'fun',
			shown: 'hidden'
		});
	});

	it('keeps from who ran it what all said alike, and does not tell that from too few', () => {
		const hidden = { item: 'fun', shown: 'hidden' };
		expect(result({ completely: 12 }, { reader: 'ran' })).toEqual(hidden);
		expect(result({ completely: 2, mostly: 2 }, { reader: 'ran' })).toEqual(hidden);
		expect(result({ skipped: 12 }, { reader: 'ran' })).toEqual(hidden);
		expect(result({ completely: 12 })).toMatchObject({ shown: 'shares' });
		expect(result({ completely: 11, mostly: 1 }, { reader: 'ran' })).toMatchObject({
			shown: 'shares'
		});
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

	it('who ran the session finds what all said alike', () => {
		const many = fc.integer({ min: 1, max: 24 });
		const closed = form.items.filter((item) => !OPEN_ITEMS.includes(item));
		fc.assert(
			fc.property(many, many, fc.constantFrom(...closed), (first, second, item) => {
				const options = optionsOf(item, form)!;
				const alike = (option: string, count: number) =>
					onLadder(form, item, { byAnswer: new Map([[option, count]]), words: [] }, 'ran');
				expect(alike(options[0]!, first)).toEqual(alike(options.at(-1)!, second));
			})
		);
	});
});
