import { describe, expect, it } from 'vitest';
import { newCode, readCode } from './codes.queries.server.ts';

describe('a code', () => {
	it('is eight digits, a different one each time', () => {
		const codes = Array.from({ length: 50 }, newCode);
		for (const code of codes) expect(code).toMatch(/^\d{8}$/);
		expect(new Set(codes).size).toBe(50);
	});

	it.each([
		['04813375', '04813375'],
		[' 0481 3375 ', '04813375'],
		['0481-3375', '04813375'],
		['٠٤٨١ ٣٣٧٥', '04813375'],
		['۰۴۸۱۳۳۷۵', '04813375']
	])('typed as "%s" is read', (typed, code) => expect(readCode(typed)).toBe(code));

	it.each(['', '0481337', '048133755', '0481x375', 'ABCDEFGH', '٠'.repeat(9), '1'.repeat(5000)])(
		'is not "%s"',
		(typed) => expect(readCode(typed)).toBeNull()
	);
});
