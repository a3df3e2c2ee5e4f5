import { describe, expect, it } from 'vitest';
import { hashPassword, TooManyLogins, verifyPassword } from './passwords.ts';

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

	it('is checked for a bounded number of people at once; the rest hear so', async () => {
		const checks = Array.from({ length: 40 }, () =>
			verifyPassword('$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAA', 'x').catch(
				(cause: unknown) => cause
			)
		);
		const results = await Promise.all(checks);
		expect(results.filter((result) => result instanceof TooManyLogins)).toHaveLength(18);
		expect(results.filter((result) => result === false)).toHaveLength(22);
	});
});
