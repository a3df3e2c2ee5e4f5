import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { LONGEST_TEXT } from '#lib/features/wording/rules.ts';
import { LOCALES } from '#lib/platform/i18n/locale.ts';
import {
	builtInText,
	eachText,
	inForceOn,
	LONGEST_BODY,
	purposesFrom,
	readerFor,
	textCode
} from './texts.rules.ts';

const all = eachText().flatMap((one) => LOCALES.map((language) => ({ ...one, language })));

/** Whoever must change this has changed what people have agreed to: publish another version instead. */
const LANDED = 'e738f4b624f9be5e';

it('comes with texts that never change', () => {
	const bodies = all.map((one) => `${textCode(one, 1)}\n${builtInText(one)}`).join('\n\n');
	expect(createHash('sha256').update(bodies).digest('hex').slice(0, 16)).toBe(LANDED);
});

it('has room for every text on a sheet, and for every thought on a child’s screen', () => {
	for (const one of all) {
		const body = builtInText(one);
		expect(body.length, textCode(one, 1)).toBeLessThan(LONGEST_BODY);
		for (const line of one.reader === 'child' ? body.split('\n') : [])
			expect(line.length, line).toBeLessThanOrEqual(LONGEST_TEXT);
	}
});

it('speaks to children in sentences of sixteen words at most', () => {
	const long = all
		.filter(({ reader }) => reader === 'child')
		.flatMap((one) => builtInText(one).split(/[.?!:\n]/))
		.filter((sentence) => sentence.trim().split(/\s+/).length > 16);
	expect(long).toEqual([]);
});

it('writes French marks and Arabic fathatan as the house does', () => {
	const faults = all.filter((one) => {
		const body = builtInText(one);
		return one.language === 'fr'
			? /« | »| [;?!:](?=\s|$)/.test(body)
			: body.includes('\u0627\u064b');
	});
	expect(faults).toEqual([]);
});

it('knows the text in force on a day, and the first before any other', () => {
	const versions = [
		{ number: 2, publishedOn: '2026-04-01' },
		{ number: 1, publishedOn: null },
		{ number: 3, publishedOn: '2026-04-10' }
	];
	expect(inForceOn(versions, '2026-03-31')!.number).toBe(1);
	expect(inForceOn(versions, '2026-04-01')!.number).toBe(2);
	expect(inForceOn(versions, '2026-12-31')!.number).toBe(3);
});

it('gives a child, a guardian and an adult each their own text', () => {
	expect([readerFor('self', 17), readerFor('self', 18), readerFor('guardian', 9)]).toEqual([
		'child',
		'adult',
		'guardian'
	]);
	expect(textCode({ purpose: 'take_part', reader: 'child', language: 'ar' }, 2)).toBe(
		'takepart-child-ar-2'
	);
	expect(purposesFrom('travel,unknown,photo')).toEqual(['photo', 'travel']);
});
