import { describe, expect, it } from 'vitest';
import { formFor, type Band, type Option } from './bank.rules.ts';
import { onLadder, type LadderReader } from './disclosure.rules.ts';
import { answersTo, itemsAsked, laddersOf, shownOf } from './said.rules.ts';

/** What was answered to "did you feel safe" after one session, as its reader gets it. */
function session(
	session: string,
	band: Band,
	given: Partial<Record<Option, number>>,
	reader: LadderReader = 'other'
) {
	const form = formFor(band, 'pulse');
	const byAnswer = new Map(Object.entries(given));
	const result = onLadder(form, 'safe', { byAnswer, words: [] }, reader);
	return { session, answers: answersTo('safe', [{ form, items: [result] }]) };
}

describe('the ladder of many sessions', () => {
	it('puts each on its own middle answer, and adds nothing up', () => {
		const [ladder, ...others] = laddersOf(
			[
				session('a', '10-13', { mostly: 4, completely: 6 }),
				session('b', '10-13', { not_at_all: 6, mostly: 5 }),
				session('c', '10-13', { completely: 12 })
			],
			'safe'
		);
		expect(others).toEqual([]);
		expect(ladder).toEqual({
			bands: ['10-13'],
			rungs: [
				{ option: 'not_at_all', sessions: ['b'] },
				{ option: 'a_little', sessions: [] },
				{ option: 'mostly', sessions: [] },
				{ option: 'completely', sessions: ['a', 'c'] }
			],
			withoutCount: 0
		});
	});

	it('gives a session below its rung no dot: few answers, and whoever ran it', () => {
		const below = [
			session('four', '10-13', { completely: 4 }),
			session('nine', '10-13', { completely: 9 })
		];
		const ran = session('ran', '10-13', { not_at_all: 5, completely: 9 }, 'ran');
		const kept = session('kept', '10-13', { completely: 12 }, 'ran, unvouched');
		expect(laddersOf([...below, ran, kept], 'safe')).toEqual([]);
		const [ladder] = laddersOf(
			[...below, ran, kept, session('ten', '10-13', { completely: 10 })],
			'safe'
		);
		expect(ladder!.rungs.flatMap(({ sessions }) => sessions)).toEqual(['ten']);
		expect(ladder!.withoutCount).toBe(2);
	});

	it('keeps scales apart, youngest first', () => {
		const ladders = laddersOf(
			[session('b', '14-17', { completely: 10 }), session('a', '10-13', { completely: 10 })],
			'safe'
		);
		expect(ladders.map(({ bands }) => bands)).toEqual([['10-13'], ['14-17']]);
	});
});

it('shows the question wished for where it was asked, else the one every form asks', () => {
	const asked = itemsAsked([
		{ form: formFor('10-13', 'pulse'), items: [{ item: 'safe', shown: 'too_few' }] },
		{ form: formFor('6-9', 'pulse'), items: [{ item: 'again', shown: 'too_few' }] }
	]);
	expect(asked).toEqual(['again', 'safe']);
	expect(shownOf(asked, 'again')).toBe('again');
	expect(shownOf(asked, 'learned')).toBe('safe');
	expect(shownOf(['again'], undefined)).toBe('again');
	expect(shownOf([], 'safe')).toBeNull();
});
