import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse } from 'svelte/compiler';
import { describe, expect, it } from 'vitest';
import { LOCALES } from '#lib/platform/i18n/locale.ts';

const ROOT = join(import.meta.dirname, '../..');
const SRC = join(ROOT, 'src');

/** Formatted numbers are kept apart from the text around them where they are made: nobody else makes any. */
const FORMATTER = 'src/lib/platform/i18n/format.ts';
/** Asks whether a time zone is known, and shows nothing. */
const ASKS_ONLY = 'src/lib/features/centres/forms.ts';
const MADE = /new Intl\.(?:Number|DateTime)Format|\.toLocale(?:String|DateString|TimeString)\(/;

function files(folder: string, kind: RegExp): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && kind.test(entry.name))
		.map((entry) => join(entry.parentPath, entry.name))
		.filter((file) => !file.includes('/paraglide/'));
}

describe('numbers in a text written from the right', () => {
	it('are formatted in one place, which keeps them apart', () => {
		const making = files(SRC, /(?<!\.test)\.(?:ts|svelte)$/)
			.filter((file) => MADE.test(readFileSync(file, 'utf8')))
			.map((file) => relative(ROOT, file));
		expect(making.filter((file) => file !== ASKS_ONLY)).toEqual([FORMATTER]);
	});

	it('get their percent sign from there, in no message and on no page', () => {
		const messages = LOCALES.flatMap((locale) => files(join(ROOT, 'messages', locale), /\.json$/));
		expect(messages.filter((file) => bareSigns(readFileSync(file, 'utf8')))).toEqual([]);
		const pages = files(SRC, /\.svelte$/);
		expect(pages.flatMap((file) => looseIn(readFileSync(file, 'utf8')))).toEqual([]);
	});

	it('would be caught loose in a page', () => {
		expect(looseIn('<p>{a} %</p>')).toEqual(['{a} %']);
		expect(looseIn('<li>{m.a()} {from}–{to}</li>')).toEqual(['{from}–{to}']);
		expect(looseIn('<p title="{a}%"></p>')).toEqual(['{a}%']);
		expect(bareSigns('"text": "{share} %"')).toBe(true);
		expect(looseIn('<bdi>{from}–{to}</bdi> <span dir="ltr">{from}–{to}</span>')).toEqual([]);
	});
});

/** Whether a percent sign stands beside a value that a message is given. */
function bareSigns(text: string): boolean {
	return /\}\s*[%٪]|[%٪]\s*\{/.test(text);
}

type Node = { type: string; start: number; end: number } & Record<string, unknown>;

/** Values of a component joined by a dash or followed by a percent sign where nothing keeps them apart from the words around. */
function looseIn(source: string): string[] {
	return walk(parse(source, { modern: true }).fragment, source);
}

function walk(node: unknown, source: string): string[] {
	if (Array.isArray(node))
		return [...joined(node, source), ...node.flatMap((one) => walk(one, source))];
	if (!isNode(node) || keepsApart(node)) return [];
	return Object.entries(node)
		.filter(([name]) => !['expression', 'test', 'context', 'key', 'metadata'].includes(name))
		.flatMap(([, child]) => walk(child, source));
}

function joined(parts: unknown[], source: string): string[] {
	return parts.flatMap((part, at) => {
		const [before, after] = [parts[at - 1], parts[at + 1]];
		if (!isNode(part) || part.type !== 'Text' || !isNode(before)) return [];
		if (before.type !== 'ExpressionTag') return [];
		const text = part['data'] as string;
		if (/^\s*%/.test(text)) return [source.slice(before.start, part.end)];
		const isRange = /^[–/]$/.test(text) && isNode(after) && after.type === 'ExpressionTag';
		return isRange ? [source.slice(before.start, after.end)] : [];
	});
}

/** `<bdi>`, or whatever names its own direction. */
function keepsApart(node: Node): boolean {
	if (node['name'] === 'bdi') return true;
	const attributes = (node['attributes'] ?? []) as Node[];
	return attributes.some(({ name }) => name === 'dir' || name === 'style');
}

function isNode(value: unknown): value is Node {
	return typeof value === 'object' && value !== null && 'type' in value;
}
