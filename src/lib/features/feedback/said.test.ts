import { describe, expect, it } from 'vitest';
import { formFor, type Band, type Option } from '#lib/features/asking/bank.rules.ts';
import { onLadder, type LadderReader } from './disclosure.rules.ts';
import { answersTo, laddersOf, questionsAsked, shownOf } from './said.rules.ts';

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
	return { session, answers: answersTo({ key: 'safe' }, [{ form, items: [result] }]) };
}

describe('the ladder of many sessions', () => {
	it('puts each on its own middle answer, and adds nothing up', () => {
		const [ladder, ...others] = laddersOf([
			session('a', '10-13', { mostly: 4, completely: 6 }),
			session('b', '10-13', { not_at_all: 6, mostly: 5 }),
			session('c', '10-13', { completely: 12 })
		]);
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
		expect(laddersOf([...below, ran, kept])).toEqual([]);
		const [ladder] = laddersOf([...below, ran, kept, session('ten', '10-13', { completely: 10 })]);
		expect(ladder!.rungs.flatMap(({ sessions }) => sessions)).toEqual(['ten']);
		expect(ladder!.withoutCount).toBe(2);
	});

	it('keeps scales apart, youngest first', () => {
		const ladders = laddersOf([
			session('b', '14-17', { completely: 10 }),
			session('a', '10-13', { completely: 10 })
		]);
		expect(ladders.map(({ bands }) => bands)).toEqual([['10-13'], ['14-17']]);
	});
});

it('shows the question wished for where it was asked, else the one every form asks', () => {
	const asked = questionsAsked([
		{ form: formFor('10-13', 'pulse'), items: [{ item: 'safe', shown: 'too_few' }] },
		{ form: formFor('6-9', 'pulse'), items: [{ item: 'again', shown: 'too_few' }] }
	]);
	expect(asked.map(({ key }) => key)).toEqual(['again', 'safe']);
	expect(shownOf(asked, 'again')?.key).toBe('again');
	expect(shownOf(asked, 'learned')?.key).toBe('safe');
	expect(shownOf(asked.slice(0, 1), undefined)?.key).toBe('again');
	expect(shownOf([], 'safe')).toBeNull();
});

it('keeps a question of one’s own apart in every version of what is asked', () => {
	const own = { id: 'own_1', kind: 'yes_no', picture: null, texts: {}, options: [] } as const;
	const formOf = (askedId: string) => ({
		form: { ...formFor('10-13', 'pulse'), askedId, own: [own] },
		items: [{ item: 'own_1', shown: 'too_few' } as const]
	});
	const forms = [formOf('b'), formOf('a')];
	const asked = questionsAsked(forms);
	expect(asked.map(({ key }) => key)).toEqual(['b own_1', 'a own_1']);
	expect(answersTo(asked[0]!, forms).map(({ form }) => form.askedId)).toEqual(['b']);
});
