import { expect, it } from 'vitest';
import { loggedPath } from './requests.ts';

const WORDS = new Set(['sessions', 'register', 's']);

it.each([
	['/sessions/0199a7c2-1f3e/register', '/sessions/:id/register'],
	['/sessions?name=Amal', '/sessions'],
	['/s/BLUE7', '/s/:id'],
	['/s/12345678/help?/ask', '/s/:id'],
	['/s/12345678/register', '/s/:id'],
	['/s?code=1', '/s'],
	['/amal-khoury', '/:id'],
	['/', '/']
])('logs %s as %s', (url, logged) => {
	expect(loggedPath(url, WORDS)).toBe(logged);
});
