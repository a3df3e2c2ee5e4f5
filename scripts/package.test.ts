import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const { scripts } = JSON.parse(
	readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')
) as { scripts: Record<string, string> };
const PREPARE = 'node scripts/prepare.mjs';

/** Each runs on the installed Node and a built app, neither of which a fresh clone has. */
const commands = Object.keys(scripts).filter((name) =>
	/^exec (node|vite) /.test(scripts[name] ?? '')
);

it.each(commands)('npm run %s makes a fresh clone ready first', (name) => {
	expect(scripts[`pre${name}`]?.replace(/ --no-build$/, '')).toBe(PREPARE);
});

it('npm run halqa builds nothing below a running app', () => {
	expect(scripts['prehalqa']).toBe(`${PREPARE} --no-build`);
});

it('npm run build is that making ready, and nothing else builds', () => {
	expect(scripts['build']).toBe(PREPARE);
	expect(commands).toEqual(
		expect.arrayContaining(['start', 'test', 'example', 'bench', 'screens'])
	);
});
