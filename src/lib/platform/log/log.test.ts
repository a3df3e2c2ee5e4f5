import { expect, it } from 'vitest';
import { describeError } from './log.ts';

it('keeps what happened to an error and leaves out what it says', () => {
	const error = Object.assign(new RangeError('Key (name)=(Amal) already exists'), {
		code: '23505'
	});
	const described = describeError(error);
	expect(described).toMatchObject({ error: 'RangeError', code: '23505' });
	expect(described.at?.[0]).toContain('log.test.ts');
	expect(JSON.stringify(described)).not.toContain('Amal');
});

it('survives messages of several lines and things that are no errors', () => {
	expect(JSON.stringify(describeError(new Error('one\nAmal\nthree')))).not.toContain('Amal');
	expect(describeError('Amal')).toEqual({ error: 'string' });
});
