import { expect, it } from 'vitest';
import { describeError } from './errors.ts';

it('tells class, message, code, place and frames of an error', () => {
	const error = Object.assign(new RangeError('duplicate key value'), {
		...{ code: '23505', table: 'person', constraint: 'person_pkey' }
	});
	const described = describeError(error);
	expect(described).toMatchObject({
		...{ error: 'RangeError', message: 'duplicate key value' },
		...{ code: '23505', place: 'person person_pkey' }
	});
	expect(described.at?.[0]).toContain('errors.test.ts');
});

it.each([
	'Key (name)=(Amal) already exists',
	'invalid input syntax for type integer: "Amal"',
	'Unexpected token, "Amal" is not valid JSON',
	"no centre 'Amal'",
	'cut off in the middle of "Amal',
	'550 <Amal@example.org> was not taken',
	'one\nAmal\nthree'
])('leaves out what may be a value of somebody: %s', (message) => {
	for (const thrown of [new Error(message), message, { message }])
		expect(JSON.stringify(describeError(thrown))).not.toContain('Amal');
});

it('keeps the words around an apostrophe', () => {
	expect(describeError(new Error("the row's key isn't there")).message).toBe(
		"the row's key isn't there"
	);
});

it('follows causes and the parts of an aggregate, and ends with a circle', () => {
	const error = new Error('outside', { cause: new TypeError('inside') });
	expect(describeError(error)).toMatchObject({ cause: { error: 'TypeError', message: 'inside' } });
	const parts = describeError(new AggregateError([error, 'text'], 'both'));
	expect(parts.errors?.map(({ error }) => error)).toEqual(['Error', 'thrown string']);
	const circle = new Error('circle');
	circle.cause = circle;
	expect(JSON.stringify(describeError(circle))).toContain('circle');
});

it.each([
	['a text', { error: 'thrown string', message: 'a text' }],
	[undefined, { error: 'thrown undefined' }],
	[null, { error: 'thrown null' }],
	[7, { error: 'thrown number' }],
	[
		{ status: 404, body: {} },
		{ error: 'thrown Object', message: 'with status, body', code: '404' }
	],
	[Object.create(null), { error: 'thrown Object', message: 'with nothing' }],
	[
		new Proxy(
			{},
			{
				get: () => {
					throw new Error('no');
				}
			}
		),
		{ error: 'something that cannot be described' }
	]
])('describes what is no error: %#', (thrown, described) => {
	expect(describeError(thrown)).toEqual(described);
});
