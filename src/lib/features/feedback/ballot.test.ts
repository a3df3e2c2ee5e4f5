import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { back, newBallot, screenOf, started, withAnswer, withBand } from './ballot.rules.ts';
import {
	asksForCare,
	BANDS,
	findForm,
	formFor,
	FORMS,
	BANK_ITEMS,
	optionsOf,
	type Answer,
	type Band,
	type Item
} from '#lib/features/asking/bank.rules.ts';
import type { Ballot, Step } from './types.ts';

const young = { band: '6-9', length: 'pulse', asksWords: true, asked: null } as const;
const old = { band: '14-17', length: 'pulse', asksWords: true, asked: null } as const;
const STEPS: readonly Step[] = ['on', 'stop', 'offer', 'late'];

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

	it('has three options for the youngest and a fourth for nothing, then four, then five', () => {
		const counts = (band: Band) =>
			new Set(
				formFor(band, 'full').items.map((item) => optionsOf(item, formFor(band, 'full'))?.length)
			);
		expect(counts('6-9')).toEqual(new Set([4, 3]));
		expect(counts('10-13')).toEqual(new Set([4, undefined]));
		expect(counts('14-17')).toEqual(new Set([5, undefined]));
	});

	it('runs from least to most in every band, so that a child who grows older reads it alike', () => {
		for (const band of BANDS) {
			const safe = optionsOf('safe', formFor(band, 'full'))!;
			expect(['no', 'not_at_all']).toContain(safe[0]);
			expect(['yes', 'completely']).toContain(safe.at(-1));
		}
	});

	it('that was used before stays readable with its own options in their order', () => {
		const before = findForm('full 6-9 1')!;
		expect(formFor('6-9', 'full').id).toBe('full 6-9 2');
		expect(optionsOf('best', before)).toEqual(['moving', 'making', 'talking']);
		expect(optionsOf('safe', before)).toEqual(['yes', 'a_bit', 'no']);
		expect(new Set(FORMS.map(({ id }) => id)).size).toBe(FORMS.length);
	});

	it('offers somebody to talk to after the lowest answer to feeling safe or being listened to, and no other', () => {
		for (const form of FORMS)
			for (const item of form.items)
				for (const option of [...(optionsOf(item, form) ?? []), 'skipped', 'dont_know'] as const)
					expect([item, option, asksForCare(item, option)]).toEqual([
						item,
						option,
						['safe', 'listened'].includes(item) && ['no', 'not_at_all'].includes(option)
					]);
	});
});

describe('a child’s way through a ballot', () => {
	it('begins at the first question, for the oldest at the welcome', () => {
		expect(screenOf(young, newBallot(young), 'on')).toMatchObject({
			kind: 'question',
			item: 'again'
		});
		const welcomed = newBallot(old);
		expect(screenOf(old, welcomed, 'on').kind).toBe('welcome');
		expect(screenOf(old, started(welcomed), 'on')).toMatchObject({ kind: 'question', position: 1 });
	});

	it('has nothing chosen beforehand', () => {
		expect(screenOf(young, newBallot(young), 'on')).toMatchObject({ given: null });
	});

	it('goes one question on with each answer, a skipped one too, and ends before sending', () => {
		const first = answer(newBallot(young), 'again', 'yes');
		expect(screenOf(young, first, 'on')).toMatchObject({ item: 'safe', position: 2, count: 2 });
		const done = answer(first, 'safe', 'skipped');
		expect(screenOf(young, done, 'on').kind).toBe('send');
		expect(done.answers).toEqual({ again: { answer: 'yes' }, safe: { answer: 'skipped' } });
	});

	it('goes back to what was given, never before the first screen', () => {
		const done = answer(answer(newBallot(young), 'again', 'yes'), 'safe', 'no');
		expect(screenOf(young, back(back(done)), 'on')).toMatchObject({
			item: 'again',
			given: { answer: 'yes' }
		});
		expect(back(back(back(back(done)))).at).toBe(0);
		expect(screenOf(old, back(back(started(newBallot(old)))), 'on').kind).toBe('welcome');
	});

	it('begins again in another form', () => {
		const first = answer(newBallot(young), 'again', 'yes');
		expect(withBand(first, '10-13')).toMatchObject({ at: 0, answers: {} });
		expect(withBand(first, '6-9')).toEqual(first);
	});

	it('shows nothing of a ballot somebody has touched to whom no step led there, not even how far it is', () => {
		const first = answer(newBallot(young), 'again', 'yes');
		const touched: Ballot[] = [
			first,
			answer(first, 'safe', 'no'),
			back(first),
			withBand(first, '10-13'),
			{ ...first, state: 'sent' },
			{ ...newBallot(young), state: 'withdrawn' }
		];
		for (const ballot of touched)
			expect(screenOf(young, ballot, null)).toEqual({ kind: 'neutral' });
		expect(screenOf(young, newBallot(young), null).kind).toBe('question');
		expect(screenOf(old, started(newBallot(old)), null).kind).toBe('question');
	});

	it('shows the one stop, offer or end its step leads to', () => {
		const first = answer(newBallot(young), 'again', 'yes');
		expect(screenOf(young, first, 'stop')).toMatchObject({ kind: 'stop', hasAnswers: true });
		expect(screenOf(young, newBallot(young), 'stop')).toMatchObject({ hasAnswers: false });
		expect(screenOf(young, first, 'offer').kind).toBe('offer');
		for (const step of STEPS)
			expect(screenOf(young, { ...first, state: 'sent' }, step)).toMatchObject({
				kind: 'sent',
				isLate: step === 'late'
			});
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
			item: fc.constantFrom(...BANK_ITEMS),
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
				let ballot = newBallot({ band });
				for (const { item, answer: one, words } of many) ballot = answer(ballot, item, one, words);
				const { items } = formFor(band, 'pulse');
				expect(items).toEqual(expect.arrayContaining(Object.keys(ballot.answers)));
				expect(
					screenOf({ length: 'pulse', asksWords: true, asked: null }, ballot, 'on')
				).toBeDefined();
			})
		);
	});
});
