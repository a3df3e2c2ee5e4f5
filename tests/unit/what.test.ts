import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as messages from '#lib/paraglide/messages.js';
import { LOCALES, type Locale } from '#lib/platform/i18n/locale.ts';
import { WHAT } from '../../src/routes/(staff)/what.server.ts';

const STAFF = join(import.meta.dirname, '../../src/routes/(staff)');
/** Staff pages that say nothing of what they are for. */
const EXEMPT: readonly string[] = [];

const pages = readdirSync(STAFF, { recursive: true, withFileTypes: true })
	.filter(({ name }) => name === '+page.svelte')
	.map(({ parentPath }) => `/(staff)${parentPath.slice(STAFF.length)}`)
	.sort();

/** Sentences of a text in any of the languages. */
function sentencesIn(text: string): number {
	return text.match(/[.!?؟](?=\s|$)/g)?.length ?? 0;
}

describe('what a page is for', () => {
	it('is said on every staff page, and on no page that is not there', () => {
		expect([...Object.keys(WHAT), ...EXEMPT].sort()).toEqual(pages);
	});

	it('is said in two sentences, in every language', () => {
		const texts = Object.entries(messages as unknown as Record<string, Said>).filter(([key]) =>
			key.startsWith('what_')
		);
		const wrong = texts.flatMap(([key, say]) =>
			LOCALES.filter((locale) => sentencesIn(say({}, { locale })) !== 2).map(
				(locale) => `${locale} ${key}`
			)
		);
		expect(texts.length).toBeGreaterThan(0);
		expect(wrong).toEqual([]);
	});
});

type Said = (inputs: object, options: { locale: Locale }) => string;
