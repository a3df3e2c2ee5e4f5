import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unknownInScript, unknownInStyles } from '#tests/harness/old-browsers.ts';

const ROOT = join(import.meta.dirname, '../../build');

/** What old browsers do without, and what they show instead. Anything else they do not know is a fault. */
const STYLES_DONE_WITHOUT: Record<string, string> = {
	'css.at-rules.media.forced-colors': 'browsers without it force no colours',
	'css.at-rules.page': 'the margins of the print dialog',
	'css.properties.accent-color': 'ticks and dots in the colour of the system',
	'css.properties.break-after.avoid': 'a page may break after a heading',
	'css.properties.field-sizing': 'a choice is as wide as its longest option',
	'css.properties.field-sizing.content': 'the same',
	'css.properties.float.inline-start': 'names stand above their marks, as on a phone',
	'css.properties.forced-color-adjust': 'browsers without it force no colours',
	'css.properties.forced-color-adjust.none': 'the same',
	'css.properties.outline': 'the ring of the focus has square corners',
	'css.properties.outline.none': 'the same',
	'css.properties.outline.solid': 'the same',
	'css.properties.resize.block': 'a text field can be drawn larger in both directions',
	'css.properties.text-size-adjust': 'its prefixed form stands in the same place',
	'css.properties.zoom': 'a printed roadmap takes more sheets',
	'css.selectors.has': 'choices show their own dots and ticks; widths and prints are plainer',
	'css.properties.text-wrap': 'lines break where they are full',
	'css.properties.text-wrap.balance': 'the same',
	'css.properties.text-wrap.pretty': 'the same'
};
const SCRIPTS_DONE_WITHOUT: Record<string, string> = {
	'api.HTMLFormElement.requestSubmit': 'asked for before it is used; the button stays',
	'api.HTMLInputElement.capture': 'a function of Svelte’s own of that name',
	'api.URL.canParse_static': 'asked for before it is used',
	'javascript.builtins.Uint8Array.fromBase64': 'asked for before it is used'
};

function filesOf(folder: string, ending: string): string[] {
	return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith(ending))
		.map((name) => join(ROOT, folder, name));
}

function unknownIn(files: string[], look: (text: string) => Set<string>): string[] {
	expect(files.length).toBeGreaterThan(5);
	const all = files.flatMap((file) => [...look(readFileSync(file, 'utf8'))]);
	return [...new Set(all)].sort();
}

describe('the built pages, in Chrome 109, Firefox 115 and Safari 15.6', () => {
	it('have styles that are read, but for what is done without', () => {
		const unknown = unknownIn(filesOf('client', '.css'), unknownInStyles);
		expect(unknown).toEqual(Object.keys(STYLES_DONE_WITHOUT).sort());
	});

	it('have scripts that are read and find what they call', () => {
		const unknown = unknownIn(filesOf('client', '.js'), unknownInScript);
		expect(unknown).toEqual(Object.keys(SCRIPTS_DONE_WITHOUT).sort());
	});
});

describe('the check itself', () => {
	it('finds what an old browser does not read', () => {
		expect([...unknownInStyles('a { color: light-dark(red, blue) }')]).toEqual([
			'css.types.color.light-dark'
		]);
		expect([...unknownInStyles('a { & b { color: red } }')]).toEqual(['css.selectors.nesting']);
		expect([...unknownInStyles('@media (width >= 40rem) { a { color: red } }')]).toEqual([
			'css.at-rules.media.range_syntax'
		]);
		expect([...unknownInStyles('@supports selector(:has(*)) { a:has(b) { color: red } }')]).toEqual(
			[]
		);
		expect([...unknownInScript('x.toSorted(); Object.groupBy(y, z); x.map(f)')]).toHaveLength(2);
		expect([...unknownInScript('URL.canParse(x)')]).toEqual(['api.URL.canParse_static']);
		expect([...unknownInScript('class A { static { f() } }; /(?<=a)b/')]).toHaveLength(2);
		expect(() => unknownInScript('/a/v.test(b); using x = f()')).toThrow();
	});
});
