import { expect, it } from 'vitest';
import { codesOf, countriesIn } from './rules.ts';

it('countries are known by name in each language, by code, without accents, each once', () => {
	expect(countriesIn('Brazil, moldavie، تايلاند; TG, Brésil')).toEqual({
		codes: ['BR', 'MD', 'TH', 'TG'],
		unknown: []
	});
});

it('what is no country stands apart', () => {
	expect(countriesIn('Togo, Atlantis')).toEqual({ codes: ['TG'], unknown: ['Atlantis'] });
	expect(countriesIn(' , ')).toEqual({ codes: [], unknown: [] });
});

it('none kept is none', () => {
	expect(codesOf('')).toEqual([]);
	expect(codesOf('BR,MD')).toEqual(['BR', 'MD']);
});
