import { expect, it } from 'vitest';
import { mergeForm } from './forms.ts';

it('keeps one of the two who are merged', () => {
	const keeps = (keep: string, second = 'b') =>
		mergeForm.safeParse({ first: 'a', second, keep }).success;
	expect([keeps('a'), keeps('b'), keeps('c'), keeps('a', 'a')]).toEqual([true, true, false, false]);
});
