import { describe, expect, it } from 'vitest';
import { LineFull } from '../access/line.ts';
import { hashPassword, verifyPassword } from './passwords.ts';

describe('a password', () => {
	it('is kept as argon2id in PHC form, with the cost that OWASP asks for', async () => {
		const [one, two] = [await hashPassword('one circle'), await hashPassword('one circle')];
		expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
		expect(one).not.toBe(two);
	});

	it('opens with itself alone', async () => {
		const stored = await hashPassword('one circle');
		expect(await verifyPassword(stored, 'one circle')).toBe(true);
		for (const wrong of ['', 'one circl', 'One circle', 'one circle '])
			expect(await verifyPassword(stored, wrong)).toBe(false);
	});

	it('is the same however its accents were typed', async () => {
		expect(await verifyPassword(await hashPassword('caf\u00e9'), 'cafe\u0301')).toBe(true);
	});

	it.each(['', 'no password opens this', '$argon2i$v=19$m=1,t=1,p=1$AA$AA', '$2b$12$abc'])(
		'opens nothing that is no hash of ours: %j',
		async (stored) => expect(await verifyPassword(stored, stored)).toBe(false)
	);

	/** A check that costs next to nothing, and whether it was made. */
	const check = (lane: string, isKnown = false) =>
		verifyPassword(CHEAP, 'x', { lane, isKnown }).then(
			() => 'checked',
			(cause: unknown) => (cause instanceof LineFull ? 'full' : 'fault')
		);
	const countOf = (answers: string[], wanted: string) =>
		answers.filter((answer) => answer === wanted).length;

	it('is checked for a bounded number of people at once; the rest hear so', async () => {
		const answers = await Promise.all(Array.from({ length: 80 }, () => check('one')));
		expect([countOf(answers, 'checked'), countOf(answers, 'full')]).toEqual([66, 14]);
	});

	it('is checked for everybody else while one address sends forty, or hundreds', async () => {
		for (const flood of [40, 300]) {
			const crowd = Array.from({ length: flood }, () => check('one'));
			const elsewhere = Array.from({ length: 25 }, (_, nth) => check(`other ${nth}`));
			expect(countOf(await Promise.all(elsewhere), 'checked')).toBe(25);
			await Promise.all(crowd);
		}
	});

	it('is checked for who is known before any stranger, however many there are', async () => {
		const order: string[] = [];
		const noting = (who: string, isKnown: boolean) =>
			check(who, isKnown).then((answer) => void order.push(`${who} ${answer}`));
		const strangers = Array.from({ length: 66 }, (_, nth) => noting(`stranger ${nth}`, false));
		const known = Array.from({ length: 5 }, (_, nth) => noting(`known ${nth}`, true));
		await Promise.all([...strangers, ...known]);
		expect(order.slice(0, 8).filter((one) => /known \d checked/.test(one))).toHaveLength(5);
	});
});

const CHEAP = '$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAA';
