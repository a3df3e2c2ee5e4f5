import { beforeAll, expect, it } from 'vitest';
import { LOCALES, LOCALE_NAMES } from '#lib/platform/i18n/locale.ts';
import { firstVisits, type FirstVisit } from '#tests/harness/first-visits.ts';

/**
 * What somebody of the staff waits for who opens a page for the first time on a slow line: everything a
 * browser fetches for it, counted on the socket with its headers.
 */
const REQUESTS = 15;
/** 148 to 155 kB: what Today says of changes of plans and of a plan's picture came to the 150 of before. */
const BYTES = 156_000;

let visits: FirstVisit[];
beforeAll(async () => {
	visits = await firstVisits(LOCALES);
});

it('a first visit costs few requests and few bytes, in every language', () => {
	const tooDear = visits
		.filter(({ fetched, bytes }) => fetched.length > REQUESTS || bytes > BYTES)
		.map(({ path, language, fetched, bytes }) => [path, language, bytes, fetched]);
	expect(tooDear).toEqual([]);
});

it('no script of a page speaks another language than the page', () => {
	const arabic = /[\u0621-\u064a]{3,}/g;
	for (const { path, language, fetched } of visits) {
		const scripts = fetched.filter((file) => file.path.endsWith('.js'));
		expect(scripts.length).toBeGreaterThan(3);
		const words = scripts
			.flatMap(({ body }) => body.match(arabic) ?? [])
			.filter((word) => word !== LOCALE_NAMES.ar);
		if (language === 'ar') expect(words.length, path).toBeGreaterThan(50);
		else expect(words, `${path} ${language}`).toEqual([]);
	}
});
