import { describe, expect, it } from 'vitest';
import type { ConsentPurpose, Said } from '#lib/platform/db/vocabularies.ts';
import { ownAgeFor } from './age.rules.ts';
import {
	DEFAULT_TERMS,
	holdsUntil,
	latestOf,
	mayNotConsent,
	standingOf,
	tallyOf
} from './standing.rules.ts';
import type { Adult, Asked, Saying, Terms } from './types.ts';

const TODAY = '2026-05-01';
const TERMS: Terms = { ...DEFAULT_TERMS, country: 'LB' };
/** Ten years old. */
const GIRL: Asked = { birthYear: 2016, birthMonth: 2, isAlone: false };
const MOTHER = adult('mother', 'm');
const FATHER = adult('father', 'f');

function adult(relation: Adult['relation'], id: string, more: Partial<Adult> = {}): Adult {
	return { giver: 'contact', id, relation, age: null, isStaff: false, ...more };
}

function says(
	who: 'self' | 'unnamed' | Adult,
	said: Said,
	saidOn = '2026-03-01',
	purpose: ConsentPurpose = 'photo'
): Saying {
	const ref = typeof who === 'string' ? { giver: who, id: '' } : { giver: who.giver, id: who.id };
	return { ...ref, purpose, said, saidOn, recordedAt: Date.parse(saidOn) };
}

function stands(
	sayings: Saying[],
	{
		asked = GIRL,
		adults = [MOTHER],
		terms = TERMS,
		today = TODAY,
		purpose = 'photo' as ConsentPurpose
	} = {}
) {
	return standingOf(purpose, { asked, adults, sayings }, terms, today);
}

describe('a child’s consent', () => {
	it('takes the child’s yes and a guardian’s, each by itself', () => {
		expect(stands([says('self', 'yes'), says(MOTHER, 'yes')])).toEqual({
			state: 'given',
			reasons: []
		});
		expect(stands([])).toEqual({ state: 'missing', reasons: ['self_missing', 'guardian_missing'] });
	});

	it('does not take a mother’s yes for the girl’s, nor the girl’s for hers', () => {
		expect(stands([says(MOTHER, 'yes')])).toEqual({ state: 'missing', reasons: ['self_missing'] });
		expect(stands([says('self', 'yes')])).toEqual({
			state: 'missing',
			reasons: ['guardian_missing']
		});
	});

	it('is asked for each purpose by itself', () => {
		const all = [says('self', 'yes'), says(MOTHER, 'yes')];
		expect(stands(all, { purpose: 'quote' }).state).toBe('missing');
	});

	it('ends with either no', () => {
		expect(stands([says('self', 'no'), says(MOTHER, 'yes')])).toEqual({
			state: 'refused',
			reasons: ['self_no']
		});
		expect(stands([says('self', 'yes'), says(MOTHER, 'no')])).toEqual({
			state: 'refused',
			reasons: ['guardian_no']
		});
		expect(stands([says('self', 'no')]).state).toBe('refused');
	});

	it('ends at once when one of them withdraws', () => {
		const both = [says('self', 'yes'), says(MOTHER, 'yes')];
		expect(stands([...both, says('self', 'withdrawn', TODAY)]).reasons).toEqual(['self_no']);
		expect(stands([...both, says(MOTHER, 'withdrawn', TODAY)]).reasons).toEqual(['guardian_no']);
	});

	it('stands again when the one who said no says yes later, and not by an older paper', () => {
		const no = [says(MOTHER, 'yes'), says('self', 'no', '2026-04-02')];
		expect(stands([...no, says('self', 'yes', '2026-04-01')]).state).toBe('refused');
		expect(stands([...no, says('self', 'yes', '2026-04-03')]).state).toBe('given');
	});

	it('is a conflict while two guardians differ, until one follows the other', () => {
		const adults = [MOTHER, FATHER];
		const differ = [says('self', 'yes'), says(MOTHER, 'yes'), says(FATHER, 'no')];
		expect(stands(differ, { adults })).toEqual({
			state: 'conflict',
			reasons: ['guardians_differ']
		});
		expect(stands([...differ, says(FATHER, 'yes', TODAY)], { adults }).state).toBe('given');
		expect(stands([...differ, says(MOTHER, 'withdrawn', TODAY)], { adults }).reasons).toEqual([
			'guardian_no'
		]);
	});

	it('weighs the child’s no above a conflict of the guardians, and names both', () => {
		const all = [says('self', 'no'), says(MOTHER, 'yes'), says(FATHER, 'no')];
		expect(stands(all, { adults: [MOTHER, FATHER] })).toEqual({
			state: 'refused',
			reasons: ['self_no', 'guardians_differ']
		});
	});

	it('takes one guardian’s yes where others have said nothing', () => {
		expect(
			stands([says('self', 'yes'), says(FATHER, 'yes')], { adults: [MOTHER, FATHER] }).state
		).toBe('given');
	});

	it('takes a guardian nobody named from paper, and their no', () => {
		expect(stands([says('self', 'yes'), says('unnamed', 'yes')], { adults: [] }).state).toBe(
			'given'
		);
		expect(stands([says('self', 'yes'), says('unnamed', 'no')], { adults: [] }).state).toBe(
			'refused'
		);
		expect(stands([says('self', 'yes'), says('unnamed', 'yes'), says(MOTHER, 'no')]).state).toBe(
			'conflict'
		);
	});

	it('keeps the no of a guardian who is taken off the list until one who is listed says yes', () => {
		const all = [says('self', 'yes'), says(MOTHER, 'yes'), says(FATHER, 'no', '2026-04-01')];
		expect(stands(all)).toEqual({ state: 'refused', reasons: ['former_no'] });
		expect(stands([...all, says(MOTHER, 'yes', '2026-04-02')]).state).toBe('given');
		expect(stands([says('self', 'yes'), says(FATHER, 'yes')]).reasons).toEqual([
			'guardian_missing'
		]);
	});
});

describe('who may not consent for a child', () => {
	const isAlone = false;
	it('is whoever is under age, an unrelated adult, and staff who are no family', () => {
		expect(mayNotConsent(adult('sibling', 's', { age: 17 }), { isAlone })).toBe('under_age');
		expect(mayNotConsent(adult('sibling', 's', { age: 18 }), { isAlone })).toBeNull();
		expect(mayNotConsent(adult('other', 'shawish'), { isAlone })).toBe('unrelated');
		expect(mayNotConsent(adult('guardian', 'g', { isStaff: true }), { isAlone })).toBe('staff');
		expect(mayNotConsent(adult('mother', 'm', { isStaff: true }), { isAlone })).toBeNull();
	});

	it('is everybody but a legal guardian where a child is without family', () => {
		expect(mayNotConsent(adult('relative', 'r'), { isAlone: true })).toBe('alone');
		expect(mayNotConsent(adult('guardian', 'g'), { isAlone: true })).toBeNull();
	});

	it('counts neither with a yes nor with a no', () => {
		const shawish = adult('other', 'shawish');
		const own = says('self', 'yes');
		expect(stands([own, says(shawish, 'yes')], { adults: [shawish] }).reasons).toEqual([
			'guardian_missing'
		]);
		const against = [own, says(MOTHER, 'yes'), says(shawish, 'no')];
		expect(stands(against, { adults: [MOTHER, shawish] }).state).toBe('given');
	});

	it('leaves a child without family to a legal guardian who is named', () => {
		const asked = { ...GIRL, isAlone: true };
		const guardian = adult('guardian', 'g');
		const own = says('self', 'yes');
		expect(stands([own, says(MOTHER, 'yes')], { asked }).reasons).toEqual(['guardian_missing']);
		expect(stands([own, says('unnamed', 'yes')], { asked }).reasons).toEqual(['guardian_missing']);
		expect(stands([own, says(guardian, 'yes')], { asked, adults: [guardian] }).state).toBe('given');
	});
});

describe('age', () => {
	it('asks no child below six, and hears their no', () => {
		const asked = { ...GIRL, birthYear: 2021, birthMonth: 1 };
		expect(stands([says(MOTHER, 'yes')], { asked }).state).toBe('given');
		expect(stands([says(MOTHER, 'yes'), says('self', 'no')], { asked }).reasons).toEqual([
			'self_no'
		]);
	});

	it('lets a child decide alone from the section’s age, and notes a guardian’s no', () => {
		const terms = { ...TERMS, ownAge: 10 };
		expect(stands([says('self', 'yes')], { terms })).toEqual({ state: 'given', reasons: [] });
		expect(stands([says('self', 'yes'), says(MOTHER, 'no')], { terms })).toEqual({
			state: 'given',
			reasons: ['guardian_no_noted']
		});
		expect(stands([says(MOTHER, 'yes')], { terms }).reasons).toEqual(['self_missing']);
		expect(stands([says('self', 'yes')], { terms: { ...TERMS, ownAge: 11 } }).state).toBe(
			'missing'
		);
	});

	it('knows what a country’s law says of which purpose, and that most say nothing', () => {
		expect(ownAgeFor('online', { ownAge: null, country: 'BE' })).toBe(13);
		expect(ownAgeFor('photo', { ownAge: null, country: 'BE' })).toBe(18);
		expect(ownAgeFor('photo', { ownAge: null, country: 'BR' })).toBe(12);
		expect(ownAgeFor('take_part', { ownAge: null, country: 'LB' })).toBe(18);
		expect(ownAgeFor('photo', { ownAge: 15, country: 'BR' })).toBe(15);
	});

	it('asks anew on the eighteenth birthday, of whom only the own word counts', () => {
		const asked = { birthYear: 2008, birthMonth: 5, isAlone: false };
		const both = [says('self', 'yes', '2026-04-30'), says(MOTHER, 'yes')];
		expect(stands(both, { asked, today: '2026-04-30' }).state).toBe('given');
		expect(stands(both, { asked })).toEqual({ state: 'asked_anew', reasons: ['turned_adult'] });
		expect(stands([...both, says('self', 'yes', TODAY)], { asked }).state).toBe('given');
		expect(stands([says('self', 'yes', TODAY), says(MOTHER, 'no')], { asked }).state).toBe('given');
		expect(stands([says('self', 'no'), says(MOTHER, 'yes')], { asked }).state).toBe('refused');
	});

	it('asks adults for themselves alone', () => {
		const woman = { birthYear: 1990, birthMonth: null, isAlone: false };
		expect(stands([], { asked: woman, adults: [] }).reasons).toEqual(['self_missing']);
		expect(stands([says('self', 'yes')], { asked: woman, adults: [] }).state).toBe('given');
	});
});

describe('time', () => {
	it('lets a yes hold its months, and a no for ever', () => {
		const own = says('self', 'yes', '2026-04-30');
		const until = holdsUntil('2025-05-01', 12);
		expect(until).toBe('2026-05-01');
		expect(stands([own, says(MOTHER, 'yes', '2025-05-01')]).state).toBe('given');
		expect(stands([own, says(MOTHER, 'yes', '2025-04-30')])).toEqual({
			state: 'expired',
			reasons: ['guardian_expired']
		});
		expect(stands([own, says(MOTHER, 'no', '2020-01-01')]).state).toBe('refused');
	});

	it('ends a month that is too short on its last day', () => {
		expect(holdsUntil('2025-01-31', 1)).toBe('2025-02-28');
		expect(holdsUntil('2024-02-29', 12)).toBe('2025-02-28');
		expect(holdsUntil('2025-12-15', 1)).toBe('2026-01-15');
	});

	it('takes of what was said on one day what was written down last', () => {
		const yes = says('self', 'yes', TODAY);
		const gone = { ...says('self', 'withdrawn', TODAY), recordedAt: yes.recordedAt + 1 };
		expect(latestOf([gone, yes])).toEqual([gone]);
		expect(latestOf([yes, { ...gone, recordedAt: yes.recordedAt }])[0]!.said).toBe('withdrawn');
	});
});

it('counts people by what follows from how they stand', () => {
	const of = (...states: Parameters<typeof tallyOf>[0][number][]) => tallyOf(states);
	const state = (one: NonNullable<Parameters<typeof tallyOf>[0][number]>['state']) => ({
		state: one,
		reasons: []
	});
	expect(
		of(
			state('given'),
			state('missing'),
			state('expired'),
			state('asked_anew'),
			state('refused'),
			state('conflict'),
			undefined
		)
	).toEqual({ given: 1, missing: 3, refused: 2 });
});
