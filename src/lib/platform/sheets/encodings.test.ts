import { expect, it } from 'vitest';
import { guessEncoding, recoder } from './encodings.ts';

/** Bytes of a text whose letters each stand for one byte. */
const bytes = (text: string) => Uint8Array.from([...text].map((letter) => letter.charCodeAt(0)));

it.each([
	['Nom;Abou Jaoud\xe9 H\xe8l\xe8ne', 'windows-1252', false],
	['Nume;\xaatefan Popescu', 'windows-1250', false],
	['Nume;Ana B\xe3nic\xe3', 'windows-1252', true],
	['\xd3\xe1\xe3\xec \xd1\xcd\xc7\xe1', 'windows-1256', false],
	['\xaa\xd7\xe8\xcd;\xe0\xbe\xc8 \xa1\xc1\xc5 \xe3\xa8\xb4\xd5', 'windows-874', false],
	['Name;Rami', 'windows-1252', false]
])('%j is read as %s, in doubt: %s', (text, encoding, inDoubt) => {
	expect(guessEncoding(bytes(text))).toEqual({ encoding, inDoubt });
});

it('reads cells again in the code page somebody chose', () => {
	const read = recoder('windows-1252', 'windows-1250');
	expect(read('Ana B\xe3nic\xe3')).toBe('Ana B\u0103nic\u0103');
	expect([read(7), read(null)]).toEqual([7, null]);
});
