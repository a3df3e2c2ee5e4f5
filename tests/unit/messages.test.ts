import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse, type AST } from 'svelte/compiler';
import { describe, expect, it } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import { LOCALES, type Locale } from '#lib/platform/i18n/locale.ts';

const ROOT = join(import.meta.dirname, '../..');

interface Plural {
	declarations: string[];
	selectors: string[];
	match: Record<string, string>;
}
type Message = string | [Plural];

/** One file per feature, in a folder per language. */
function messagesOf(locale: Locale): Record<string, Message> {
	const folder = join(ROOT, 'messages', locale);
	return Object.assign(
		{},
		...readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')))
	);
}

const languages = Object.fromEntries(
	LOCALES.map((locale) => [locale, messagesOf(locale)])
) as Record<Locale, Record<string, Message>>;
const keys = Object.keys(languages.en);

const sources = filesIn(join(ROOT, 'src')).filter((file) => !file.includes('/paraglide/'));

function filesIn(folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && /\.(svelte|ts)$/.test(entry.name))
		.map((entry) => join(entry.parentPath, entry.name));
}

/** Every text of a message: itself, or its plural forms by category. */
function formsOf(message: Message): [string, string][] {
	return typeof message === 'string' ? [['', message]] : Object.entries(message[0].match);
}

function placeholdersIn(text: string): string[] {
	return [...new Set(Array.from(text.matchAll(/\{(\w+)\}/g), ([, name]) => name!))].sort();
}

/** Whether a plural category of a language means one number only, so that the words may say it. */
function meansOneNumber(locale: Locale, category: string): boolean {
	const rules = new Intl.PluralRules(locale);
	const numbers = Array.from({ length: 300 }, (_, n) => n);
	return numbers.filter((n) => rules.select(n) === category).length === 1;
}

function inEvery(check: (locale: Locale, key: string, message: Message) => string[]): string[] {
	return LOCALES.flatMap((locale) =>
		keys.flatMap((key) =>
			check(locale, key, languages[locale][key]!).map((fault) => `${locale} ${key}: ${fault}`)
		)
	);
}

describe('the message files', () => {
	it('say each message in one file', () => {
		const twice = LOCALES.flatMap((locale) => {
			const folder = join(ROOT, 'messages', locale);
			const said = readdirSync(folder).flatMap((file) =>
				Object.keys(JSON.parse(readFileSync(join(folder, file), 'utf8')) as object)
			);
			return said.filter((key, at) => key !== '$schema' && said.indexOf(key) !== at);
		});
		expect(twice).toEqual([]);
	});

	it('are the same in every language, and those the settings name', () => {
		const settings = JSON.parse(
			readFileSync(join(ROOT, 'project.inlang/settings.json'), 'utf8')
		) as Record<'plugin.inlang.messageFormat', { pathPattern: string[] }>;
		const named = settings['plugin.inlang.messageFormat'].pathPattern;
		for (const locale of LOCALES)
			expect(
				readdirSync(join(ROOT, 'messages', locale)).map((file) => `./messages/{locale}/${file}`),
				locale
			).toEqual(named);
	});

	it('hold the same keys in every language', () => {
		for (const locale of LOCALES)
			expect(Object.keys(languages[locale]).sort(), locale).toEqual(
				Object.keys(languages.en).sort()
			);
	});

	it('leave no text empty or padded', () => {
		expect(
			inEvery((_, __, message) =>
				formsOf(message)
					.filter(([, text]) => text === '' || text !== text.trim())
					.map(([category, text]) => `${category} "${text}"`)
			)
		).toEqual([]);
	});

	it('keep French marks of two parts on the line of their word, and Arabic fathatan before its alef', () => {
		expect(
			inEvery((locale, _, message) =>
				formsOf(message)
					.filter(([, text]) =>
						locale === 'fr' ? /« | »| [;?!:](?=\s|$)/.test(text) : text.includes('\u0627\u064b')
					)
					.map(([, text]) => text)
			)
		).toEqual([]);
	});

	it('are plural in every language or in none', () => {
		expect(
			inEvery((_, key, message) =>
				(typeof message === 'string') === (typeof languages.en[key] === 'string')
					? []
					: ['differs from English']
			)
		).toEqual([]);
	});

	it('have exactly the plural forms of their language', () => {
		expect(
			inEvery((locale, _, message) => {
				if (typeof message === 'string') return [];
				const wanted = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
				const found = Object.keys(message[0].match).map((form) => form.replace('form=', ''));
				return found.sort().join() === wanted.toSorted().join() ? [] : [found.join()];
			})
		).toEqual([]);
	});

	it('carry the same placeholders in every language and form; only a form of one number may say it in words', () => {
		expect(
			inEvery((locale, key, message) => {
				const wanted = [
					...new Set(formsOf(languages.en[key]!).flatMap(([, text]) => placeholdersIn(text)))
				].sort();
				return formsOf(message).flatMap(([form, text]) => {
					const mayOmit = form !== '' && meansOneNumber(locale, form.replace('form=', ''));
					const needed = mayOmit ? wanted.filter((name) => name !== 'formatted') : wanted;
					const found = placeholdersIn(text);
					const missing = needed.filter((name) => !found.includes(name));
					const unknown = found.filter((name) => !wanted.includes(name));
					return [...missing, ...unknown].map((name) => `${form} {${name}}`);
				});
			})
		).toEqual([]);
	});
});

describe('the compiled messages', () => {
	const ARABIC = { zero: 'لا أحد', one: 'شخص واحد', two: 'شخصان' };

	it.each([
		[0, ARABIC.zero],
		[1, ARABIC.one],
		[2, ARABIC.two],
		[3, '3 أشخاص'],
		[11, '11 شخصًا'],
		[18, '18 شخصًا'],
		[100, '100 شخص'],
		[102, '102 شخص'],
		[103, '103 أشخاص'],
		[111, '111 شخصًا'],
		[21_600, '21,600 شخص']
	])('say %i people rightly in Arabic', (count, text) => {
		expect(m.people_count({ count }, { locale: 'ar' })).toBe(text);
	});

	it('take nought for singular in French and for plural in English', () => {
		expect(m.people_count({ count: 0 }, { locale: 'fr' })).toBe('0 personne');
		expect(m.people_count({ count: 2 }, { locale: 'fr' })).toBe('2 personnes');
		expect(m.people_count({ count: 0 }, { locale: 'en' })).toBe('0 people');
		expect(m.people_count({ count: 1 }, { locale: 'en' })).toBe('1 person');
	});

	it('answer with a text of their own for every key, language and number', () => {
		const compiled = m as unknown as Record<
			string,
			(inputs: Record<string, unknown>, options: { locale: Locale }) => string
		>;
		const inputs = new Proxy({}, { get: () => 3 });
		expect(Object.keys(compiled).sort()).toEqual(keys.toSorted());
		for (const key of keys)
			for (const locale of LOCALES) expect(compiled[key]!(inputs, { locale })).not.toBe(key);
	});
});

describe('the source', () => {
	const used = new Map<string, string>();
	for (const file of sources)
		for (const [, key] of readFileSync(file, 'utf8').matchAll(/(?<![\w.$])m\.([a-z]\w*)/g))
			used.set(key!, relative(ROOT, file));

	it('uses every message', () => {
		expect(keys.filter((key) => !used.has(key))).toEqual([]);
	});

	it('names a language to no message in the browser, whose scripts speak one', () => {
		const inBrowser = sources.filter((file) => file.endsWith('.svelte'));
		const naming = /(?<![\w.$])m\.\w+\(\s*\{[^{}]*\},\s*\{\s*locale\b/;
		expect(inBrowser.filter((file) => naming.test(readFileSync(file, 'utf8')))).toEqual([]);
	});

	it('asks for no message that does not exist', () => {
		expect([...used].filter(([key]) => !keys.includes(key))).toEqual([]);
	});

	const components = sources.filter((file) => file.endsWith('.svelte'));

	it.each(components.map((file) => relative(ROOT, file)))('%s shows no text of its own', (file) => {
		expect(wordsIn(readFileSync(join(ROOT, file), 'utf8'))).toEqual([]);
	});

	it.each([
		['<p>Hello</p>', 'Hello'],
		['<p>{m.x()} – يوم</p>', '– يوم'],
		['{#if a}<b>{a}</b>{:else}None{/if}', 'None'],
		['<img alt="A circle" />', 'A circle'],
		['<Field label="Room" />', 'Room'],
		['<input placeholder="e.g. {a}" />', 'e.g.'],
		["<p>{a ? 'Yes' : b}</p>", 'Yes'],
		["<button aria-label={a ?? 'Close'}></button>", 'Close'],
		['<p title={`Room ${a}`}></p>', 'Room']
	])('would be caught showing text of its own in %s', (component, words) => {
		expect(wordsIn(component)).toEqual([words]);
	});

	it('may show numbers, signs, classes, addresses and messages', () => {
		const harmless = `<script>const a = 'text';</script>
			<a href="/today" class="big">{m.x()} · {a} 5 %</a><input name="room" title={m.x()} />
			<style>p { color: red }</style>`;
		expect(wordsIn(harmless)).toEqual([]);
	});
});

/** Attributes and properties whose words a person reads or hears. */
const SPOKEN =
	/^(title|alt|placeholder|label|heading|lead|hint|caption|legend|text|aria-(label|description|roledescription|valuetext))$/;
const LETTER = /\p{L}/u;

/** Words a component would show that no message holds. */
function wordsIn(component: string): string[] {
	const { fragment } = parse(component, { modern: true });
	return shown(fragment).filter((text) => LETTER.test(text));
}

type Node = { type: string } & Record<string, unknown>;

function shown(node: unknown): string[] {
	if (Array.isArray(node)) return node.flatMap(shown);
	if (!isNode(node)) return [];
	if (node.type === 'Text') return [(node['data'] as string).trim()];
	if (node.type === 'ExpressionTag') return literalsIn(node['expression']);
	if (node.type === 'Attribute') return spoken(node as unknown as AST.Attribute);
	return Object.entries(node)
		.filter(([name]) => !['expression', 'test', 'context', 'key', 'metadata'].includes(name))
		.flatMap(([, child]) => shown(child));
}

function spoken({ name, value }: AST.Attribute): string[] {
	if (!SPOKEN.test(name) || value === true) return [];
	return [value].flat().flatMap((part) => shown(part));
}

/** String literals an expression may come to: its own, of either branch, and between the holes of a template. */
function literalsIn(expression: unknown): string[] {
	if (!isNode(expression)) return [];
	const of = (...names: string[]) => names.flatMap((name) => literalsIn(expression[name]));
	switch (expression.type) {
		case 'Literal':
			return typeof expression['value'] === 'string' ? [expression['value']] : [];
		case 'ConditionalExpression':
			return of('consequent', 'alternate');
		case 'LogicalExpression':
		case 'BinaryExpression':
			return ['===', '!==', '==', '!='].includes(expression['operator'] as string)
				? []
				: of('left', 'right');
		case 'TemplateLiteral':
			return (expression['quasis'] as { value: { cooked: string } }[]).map(({ value }) =>
				value.cooked.trim()
			);
		default:
			return [];
	}
}

function isNode(value: unknown): value is Node {
	return typeof value === 'object' && value !== null && 'type' in value;
}
