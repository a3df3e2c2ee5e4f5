import { expect, it } from 'vitest';
import { guessSexes, isSex, sexText } from './sexes.ts';

it.each([
	['f m', 'f m'],
	['m', 'm'],
	['f g', 'f m'],
	['b g', 'm f'],
	['b f', 'm f'],
	['h f', 'm f'],
	['h m', '? ?'],
	['v m', '? ?'],
	['1 2', '? ?'],
	['g', '?'],
	['g m', '? m'],
	['femme homme', 'f m'],
	['mujer hombre', 'f m'],
	['menina menino', 'f m'],
	['fată băiat', 'f m'],
	['หญิง ชาย', 'f m'],
	['ด.ญ. ด.ช.', 'f m'],
	['أنثى ذكر', 'f m'],
	['👧 👦', 'f m']
])('%s is %s', (words, meanings) => {
	const texts = words.split(' ').map(sexText);
	expect(guessSexes(texts).map((one) => one ?? '?')).toEqual(meanings.split(' '));
});

it('asks what M alone is where it may be mujer', () => {
	expect(guessSexes(['m'], { isSpanish: true })).toEqual([null]);
});

it('is no sex: a number, a name, what every object has', () => {
	expect([7, '?', 'Rami', 'constructor', null].map(isSex)).toEqual(Array(5).fill(false));
});
