import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const SOURCES = join(import.meta.dirname, '../../..');
/** Where a child or an adult finds help, complains, or says something. */
const HELP = [
	...['lib/features/safeguarding', 'lib/features/feedback', 'lib/features/directory'],
	...['lib/features/alerts', 'routes/(child)', 'routes/(staff)/safeguarding']
];

it('is never asked for before help, a complaint or a proposal', () => {
	const files = HELP.flatMap((folder) =>
		readdirSync(join(SOURCES, folder), { recursive: true, encoding: 'utf8' })
			.filter((file) => /\.(ts|svelte)$/.test(file))
			.map((file) => join(SOURCES, folder, file))
	);
	expect(files.length).toBeGreaterThan(80);
	const asking = files.filter((file) => readFileSync(file, 'utf8').includes('features/consent'));
	expect(asking).toEqual([]);
});
