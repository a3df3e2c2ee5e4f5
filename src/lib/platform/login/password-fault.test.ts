import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passwordFault } from './password-fault.ts';

const ABOUT = [
	'rana.khoury@association-olive.example',
	'Rana Khoury',
	'Association Olive',
	'جمعية الزيتون'
];

it('the password of the example accounts is refused', () => {
	expect(passwordFault('example-only-please', [])).toBe('password_common');
	expect(passwordFault('Example-Only-Please-2026', [])).toBe('password_common');
});

describe('a password people choose', () => {
	it.each([
		'three blue boats in the rain',
		'correct horse battery staple',
		'kT9vRw2mXq4b',
		'ثلاث سفن زرقاء تحت المطر',
		'le chat dort sur le toit',
		'Beirut pomegranate ladder',
		'Rana drinks tea at half past nine'
	])('will do: %s', (password) => expect(passwordFault(password, ABOUT)).toBeNull());

	it.each([
		['', 'password_short'],
		['elevenchars', 'password_short'],
		['x'.repeat(40), 'password_common'],
		['a1'.repeat(65), 'password_long'],
		['password1234', 'password_common'],
		['P@ssw0rd2026!', 'password_common'],
		['qwertyuiop123', 'password_common'],
		['azertyuiop12', 'password_common'],
		['123456789012', 'password_common'],
		['١٢٣٤٥٦٧٨٩٠١٢', 'password_common'],
		['abcdefghijkl', 'password_common'],
		['1qaz2wsx3edc', 'password_common'],
		['مرحبا لبنان 2026', 'password_common'],
		['bonjour liban 1', 'password_common'],
		['table1table1table1', 'password_common'],
		['rana.khoury@association-olive.example', 'password_about_you'],
		['RanaKhoury2026', 'password_about_you'],
		['Association Olive', 'password_about_you'],
		['جمعية الزيتون ١٢٣', 'password_about_you']
	])('will not do: %s (%s)', (password, fault) =>
		expect(passwordFault(password, ABOUT)).toBe(fault)
	);

	it('is judged the same however its case, accents and digits were typed', () => {
		for (const [one, other] of [
			['Café olé 1234', 'cafe\u0301 OLE\u0301 ١٢٣٤'],
			['PASSWORD1234', 'password١٢٣٤']
		] as const)
			expect(passwordFault(one, [])).toBe(passwordFault(other, []));
	});

	it('never passes below twelve signs, and never throws', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
				const fault = passwordFault(text, [text]);
				if ([...text.normalize('NFKC')].length < 12) expect(fault).toBe('password_short');
			})
		);
	});
});
