import { describe, expect, it } from 'vitest';
import { correctForm } from './forms.ts';
import { faultOf, fill, isMuchLonger, offeredOf, stateOf } from './rules.ts';

describe('a correction', () => {
	const told = { released: '{names} can see it', wanted: ['names'] };

	it.each([
		['{names} sees it', null],
		['They see it', { fault: 'lacks', names: ['names'] }],
		['{names} sees {count}', { fault: 'unknown', names: ['count'] }],
		['{names} sees it}', { fault: 'brace' }],
		['{names} sees { it', { fault: 'brace' }]
	])('%s: %o', (text, fault) => {
		expect(faultOf(text, told)).toEqual(fault);
	});

	it('is nothing that nobody sees, and one line', () => {
		const typed = (text: string) =>
			correctForm.safeParse({ language: 'ar', key: 'child_next', text });
		for (const unseen of ['\u200b', '\u200e \u200f', '\u2060\u00ad', '\u2066\u2069'])
			expect(typed(unseen).success).toBe(false);
		expect(typed('\u2067نعم\u2069\nلا').data?.text).toBe('\u2067نعم\u2069 لا');
	});

	it('may say a number in words or figures where its plural form means one number', () => {
		const one = { released: 'One question.', wanted: ['count'] };
		expect(faultOf('A single question.', one)).toBeNull();
		expect(faultOf('{count} question.', one)).toBeNull();
	});

	it('is much longer once it may push a button off the smallest screen', () => {
		expect(isMuchLonger('Go on now', 'Go on')).toBe(false);
		expect(isMuchLonger('Go on to the next question', 'Go on')).toBe(true);
	});

	it('is told with its values, and never with what a value holds', () => {
		expect(fill('{names}: {count}', { names: '{count}', count: '3' })).toBe('{count}: 3');
	});
});

describe('languages on offer', () => {
	const language = (locale: 'en' | 'fr' | 'ar', state: 'checked' | 'unchecked' | 'changed') => ({
		locale,
		state,
		isCorrected: false
	});

	it('are those that are checked, and English', () => {
		expect(offeredOf([language('en', 'unchecked'), language('fr', 'unchecked')])).toEqual(['en']);
		expect(
			offeredOf([language('en', 'unchecked'), language('fr', 'changed'), language('ar', 'checked')])
		).toEqual(['en', 'ar']);
	});

	it('leave out an English that was corrected and not checked, but never leave nothing', () => {
		const english = { ...language('en', 'changed'), isCorrected: true };
		expect(offeredOf([english, language('ar', 'checked')])).toEqual(['ar']);
		expect(offeredOf([english, language('ar', 'unchecked')])).toEqual(['en']);
		expect(offeredOf([{ ...english, state: 'checked' }, language('ar', 'checked')])).toEqual([
			'en',
			'ar'
		]);
	});

	it('count as checked for the texts that were checked, and no others', () => {
		expect(stateOf(null, 'a')).toBe('unchecked');
		expect(stateOf('a', 'a')).toBe('checked');
		expect(stateOf('a', 'b')).toBe('changed');
	});
});
