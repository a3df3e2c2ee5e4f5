import { describe, expect, it } from 'vitest';
import { byName, collatorIn, compareCodes } from './collation.ts';

const named = (...names: string[]) => names.map((name) => ({ name }));

describe('what a reader finds by name', () => {
	it('begins with Arabic for who reads Arabic, and with Latin for everybody else', () => {
		const people = named('Zeina', 'هبة', 'Adam', 'أحمد');
		const ordered = (locale: 'en' | 'fr' | 'ar') =>
			people.toSorted(byName(locale)).map(({ name }) => name);
		expect(ordered('ar')).toEqual(['أحمد', 'هبة', 'Adam', 'Zeina']);
		expect(ordered('fr')).toEqual(['Adam', 'Zeina', 'أحمد', 'هبة']);
		expect(ordered('en')).toEqual(['Adam', 'Zeina', 'أحمد', 'هبة']);
	});

	it('follows the alphabet in Arabic, whatever sits on the alif', () => {
		const names = ['ياسمين', 'إبراهيم', 'بلال', 'آدم', 'أحمد', 'تالا'];
		expect(names.toSorted(collatorIn('ar').compare)).toEqual([
			'آدم',
			'إبراهيم',
			'أحمد',
			'بلال',
			'تالا',
			'ياسمين'
		]);
	});

	it('has accents beside their letters in French, and not behind Z', () => {
		const names = named('Zoé', 'Élodie', 'Fanny', 'Denis', 'Œuvre', 'Odile');
		expect(names.toSorted(byName('fr')).map(({ name }) => name)).toEqual([
			'Denis',
			'Élodie',
			'Fanny',
			'Odile',
			'Œuvre',
			'Zoé'
		]);
	});

	it('counts numbers by their value', () => {
		expect(named('Room 10', 'Room 2').toSorted(byName('en'))).toEqual(named('Room 2', 'Room 10'));
	});
});

it('orders codes and dates as they are written', () => {
	expect(['b', 'Z', 'a', 'b'].toSorted(compareCodes)).toEqual(['Z', 'a', 'b', 'b']);
});
