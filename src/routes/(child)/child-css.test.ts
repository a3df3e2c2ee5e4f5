import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');

/** Every `--name: value` of a text, in order; a later one of the same name is its dark twin. */
function coloursIn(css: string): Map<string, string[]> {
	const colours = Map.groupBy(css.matchAll(/(--[\w-]+): (#[0-9a-f]{3,6})/g), ([, name]) => name!);
	return new Map([...colours].map(([name, found]) => [name, found.map(([, , hex]) => long(hex!))]));
}

function long(hex: string): string {
	return hex.length === 4 ? hex.replaceAll(/[^#]/g, '$&$&') : hex;
}

it("keeps the colours of children's pages those of the whole look, light and dark", () => {
	const tokens = readFileSync(join(ROOT, 'src/lib/ui/tokens.css'), 'utf8');
	const pairs = new Map(
		Array.from(
			tokens.matchAll(/(--[\w-]+): light-dark\((#\w+), (#\w+)\)/g),
			([, name, light, dark]) => [name!, [long(light!), long(dark!)]]
		)
	);
	const own = coloursIn(readFileSync(join(import.meta.dirname, 'child.css'), 'utf8'));
	expect(own.size).toBeGreaterThan(7);
	for (const [name, [light, dark]] of own)
		if (name !== '--quiet') expect([name, light, dark]).toEqual([name, ...pairs.get(name)!]);
});
