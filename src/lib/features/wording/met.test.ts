import { readFileSync } from 'node:fs';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FORMS, optionsOf } from '#lib/features/asking/bank.rules.ts';
import { sayBand, sayItem, sayOption } from '#lib/features/feedback/spoken.words.ts';
import { LOCALES } from '#lib/platform/i18n/locale.ts';
import { CHILD_TEXTS, COUNTED, GROUPS, keysOf } from './met.words.ts';
import { formsOf, releasedTexts } from './released.words.ts';
import { overwriteGetWording, say } from './say.words.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const CHILDS_OWN = /^(child|teen|adult|ask)_/;
/** What adults read of a question. */
const STAFFS = /^ask_title_/;

type Message = string | [{ match: Record<string, string> }];
const messages = (locale: string): Record<string, Message> =>
	Object.assign(
		{},
		...['children', 'feedback', 'interface', 'login'].map((file) =>
			JSON.parse(readFileSync(join(ROOT, `messages/${locale}/${file}.json`), 'utf8'))
		)
	);

describe('the texts children read', () => {
	it('are all here, each in one place', () => {
		const listed = GROUPS.flatMap(keysOf);
		expect(new Set(listed).size).toBe(listed.length);
		const own = Object.keys(messages('en')).filter(
			(key) => CHILDS_OWN.test(key) && !STAFFS.test(key)
		);
		expect(own.filter((key) => !(listed as string[]).includes(key))).toEqual([]);
	});

	it('are what their pages take, which say none past the section’s corrections', () => {
		const pages = globSync('src/routes/(child)/**/*.{svelte,ts}', { cwd: ROOT });
		const past = pages.flatMap((page) =>
			[...readFileSync(join(ROOT, page), 'utf8').matchAll(/(?<![\w.$])m\.(\w+)/g)]
				.map(([, key]) => key!)
				.filter((key) => CHILDS_OWN.test(key))
		);
		expect(pages.length).toBeGreaterThan(10);
		expect(past).toEqual([]);
	});

	it('have words for every question, option and age there is', () => {
		for (const form of FORMS) {
			expect(sayBand(form.band)).not.toBe('');
			for (const item of form.items) {
				expect(sayItem(item, form)).not.toBe('');
				for (const option of optionsOf(item, form) ?? []) expect(sayOption(option)).not.toBe('');
			}
		}
	});

	it.each(LOCALES)('are listed in %s with their placeholders, and every plural form', (locale) => {
		const source = messages(locale);
		const texts = releasedTexts(locale);
		for (const key of GROUPS.flatMap(keysOf)) {
			const message = source[key];
			if (message === undefined) continue; // of another file
			if (typeof message === 'string') {
				expect(texts.get(key)).toBe(message);
				continue;
			}
			expect(COUNTED).toContain(key);
			for (const form of formsOf(locale))
				expect(texts.get(`${key}:${form}`)).toBe(
					message[0].match[`form=${form}`]!.replace('{formatted}', '{count}')
				);
		}
		expect(Object.keys(CHILD_TEXTS).length).toBeLessThanOrEqual(texts.size);
	});

	it('are said as corrected, each number in its own form', () => {
		overwriteGetWording(() => ({
			offered: ['en'],
			corrections: {
				en: new Map([
					['child_next', 'Onwards'],
					['child_welcome_count:other', 'There are {count}.']
				])
			}
		}));
		try {
			expect(say('child_next')).toBe('Onwards');
			expect(say('child_back')).toBe('Back');
			expect(say('child_welcome_count', { count: 3 })).toBe('There are 3.');
			expect(say('child_welcome_count', { count: 1 })).toBe('1 question.');
		} finally {
			overwriteGetWording(() => undefined);
		}
	});
});
