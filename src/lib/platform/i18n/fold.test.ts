import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, saysAll, wordsOf } from './fold.ts';

describe('folding', () => {
	it.each([
		['Élève', 'eleve'],
		['Cœur', 'coeur'],
		['مُهَنْدِس', 'مهندس'],
		['أحمد', 'احمد'],
		['إيمان', 'ايمان'],
		['آية', 'ايه'],
		['ليلى', 'ليلي'],
		['فـــرح', 'فرح'],
		['هناء', 'هنا'],
		['٢٠٢٦', '2026'],
		['۱۲', '12'],
		['Ⅳ', 'iv']
	])('%s is compared as %s', (typed, compared) => {
		expect(fold(typed)).toBe(compared);
	});

	it('changes nothing the second time', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), (text) => {
				expect(fold(fold(text))).toBe(fold(text));
			})
		);
	});
});

describe('what is asked for', () => {
	it.each([
		['butter', 'Butterflies', true],
		['fl', 'Butterflies', false],
		['room 2', 'Hall · Room 2', true],
		['2 room', 'Hall · Room 2', true],
		['room 3', 'Hall · Room 2', false],
		['فراش', 'مجموعة الفراشات', true],
		['الفراش', 'مجموعة الفراشات', true],
		['احمد', 'أحمد', true]
	])('%s in %s: %s', (asked, text, is) => {
		expect(saysAll(wordsOf(asked), text)).toBe(is);
	});

	it('is found in every text it begins', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), (text, length) => {
				const asked = wordsOf(text).map((word) => [...word].slice(0, length + 1).join(''));
				expect(saysAll(asked, text)).toBe(true);
			})
		);
	});
});
