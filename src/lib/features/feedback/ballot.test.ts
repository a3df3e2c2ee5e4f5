import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { back, newBallot, screenOf, started, withAnswer, withChoice } from './ballot.ts';
import { BANDS, formFor, ITEMS, optionsOf, type Answer, type Band, type Item } from './bank.ts';
import type { Ballot } from './types.ts';

const young = { band: '6-9', language: 'ar-LB', length: 'pulse' } as const;
const old = { band: '14-17', language: 'ar-LB', length: 'pulse' } as const;

function answer(ballot: Ballot, item: Item, given: Answer, words?: string): Ballot {
	const form = formFor(ballot.band!, 'pulse');
	return withAnswer(form, ballot, item, { answer: given, ...(words !== undefined && { words }) });
}

describe('a form', () => {
	it.each([
		['6-9', 2, 4],
		['10-13', 3, 8],
		['14-17', 4, 10]
	] as const)('for %s asks %i questions, the full one %i', (band, pulse, full) => {
		expect(formFor(band, 'pulse').items).toHaveLength(pulse);
		expect(formFor(band, 'full').items).toHaveLength(full);
	});

	it('asks from ten years on for each of Lundy’s four', () => {
		for (const band of ['10-13', '14-17'] as const)
			expect(formFor(band, 'full').items).toEqual(
				expect.arrayContaining(['say', 'helped', 'listened', 'acted'])
			);
	});

	it('has two or three options for the youngest, three or four, then five', () => {
		const counts = (band: Band) =>
			new Set(formFor(band, 'full').items.map((item) => optionsOf(item, band)?.length));
		expect(counts('6-9')).toEqual(new Set([3]));
		expect(counts('10-13')).toEqual(new Set([4, undefined]));
		expect(counts('14-17')).toEqual(new Set([5, undefined]));
	});
});

describe('a child’s way through a ballot', () => {
	it('begins at the first question, for the oldest at the welcome', () => {
		expect(screenOf(young, newBallot(young))).toMatchObject({ kind: 'question', item: 'again' });
		const welcomed = newBallot(old);
		expect(screenOf(old, welcomed).kind).toBe('welcome');
		expect(screenOf(old, started(welcomed))).toMatchObject({ kind: 'question', position: 1 });
	});

	it('has nothing chosen beforehand', () => {
		expect(screenOf(young, newBallot(young))).toMatchObject({ given: null });
	});

	it('goes one question on with each answer, a skipped one too, and ends before sending', () => {
		const first = answer(newBallot(young), 'again', 'yes');
		expect(screenOf(young, first)).toMatchObject({ item: 'safe', position: 2, count: 2 });
		const done = answer(first, 'safe', 'skipped');
		expect(screenOf(young, done).kind).toBe('send');
		expect(done.answers).toEqual({ again: { answer: 'yes' }, safe: { answer: 'skipped' } });
	});

	it('goes back to what was given, never before the first screen', () => {
		const done = answer(answer(newBallot(young), 'again', 'yes'), 'safe', 'no');
		expect(screenOf(young, back(back(done)))).toMatchObject({
			item: 'again',
			given: { answer: 'yes' }
		});
		expect(back(back(back(back(done)))).at).toBe(0);
		expect(screenOf(old, back(back(started(newBallot(old))))).kind).toBe('welcome');
	});

	it('keeps the answers in another language, and begins again in another form', () => {
		const first = answer(newBallot(young), 'again', 'yes');
		expect(withChoice(first, { language: 'fr' })).toEqual({ ...first, language: 'fr' });
		expect(withChoice(first, { band: '10-13' })).toMatchObject({ at: 0, answers: {} });
		expect(withChoice(first, { band: '6-9' })).toEqual(first);
	});
});

describe('what the form does not offer', () => {
	it.each([
		['an item of another form', 'idea', 'answered', 'x'],
		['an option of another band', 'again', 'completely', undefined],
		['words for a choice', 'again', 'yes', 'because'],
		['a choice made up', 'again', 'not_shown', undefined]
	] as const)('changes nothing: %s', (_, item, given, words) => {
		const ballot = newBallot(young);
		expect(answer(ballot, item, given, words)).toBe(ballot);
	});

	it.each(['', 'x'.repeat(1001)])('changes nothing: words that are none or too many', (words) => {
		const ballot = started(newBallot(old));
		expect(answer(ballot, 'change', 'answered', words)).toBe(ballot);
	});

	it('whatever is posted, a ballot holds answers of its own form alone', () => {
		const given = fc.record({
			item: fc.constantFrom(...ITEMS),
			answer: fc.constantFrom<Answer>(
				'yes',
				'mostly',
				'partly',
				'skipped',
				'dont_know',
				'answered'
			),
			words: fc.option(fc.string({ maxLength: 5 }), { nil: undefined })
		});
		fc.assert(
			fc.property(fc.constantFrom(...BANDS), fc.array(given), (band, many) => {
				let ballot = newBallot({ band, language: 'en' });
				for (const { item, answer: one, words } of many) ballot = answer(ballot, item, one, words);
				const { items } = formFor(band, 'pulse');
				expect(items).toEqual(expect.arrayContaining(Object.keys(ballot.answers)));
				expect(screenOf({ length: 'pulse' }, ballot)).toBeDefined();
			})
		);
	});
});
