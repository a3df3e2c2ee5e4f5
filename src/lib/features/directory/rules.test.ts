import { describe, expect, it } from 'vitest';
import { HELP_KINDS, type HelpKind } from '#lib/platform/db/vocabularies.ts';
import { BUILT_IN } from './built-in.rules.ts';
import { helpForm } from './forms.ts';
import { dialled, inHelpOrder, isStale } from './rules.ts';

const entry = (
	name: string,
	kind: HelpKind,
	more: { centreId?: string; position?: number } = {}
) => ({
	...{ name, kind, centreId: null, position: 1 },
	...more
});

describe('the order of whom to turn to', () => {
	it('puts who helps children first and the police last, whatever place they were given', () => {
		const ordered = inHelpOrder([
			entry('112', 'police', { position: 1 }),
			entry('ministry', 'protection', { position: 9 }),
			entry('far clinic', 'health'),
			entry('own clinic', 'health', { centreId: 'c', position: 7 }),
			entry('second', 'child_line', { position: 2 }),
			entry('first', 'child_line', { position: 1 })
		]);
		const names = ['first', 'second', 'ministry', 'own clinic', 'far clinic', '112'];
		expect(ordered.map(({ name }) => name)).toEqual(names);
	});

	it('is that of the words an entry may be called by', () => {
		expect([HELP_KINDS[0], HELP_KINDS.at(-1)]).toEqual(['child_line', 'police']);
	});
});

it('is stale when nobody tried it, or not within ninety days', () => {
	expect(isStale(null, '2026-05-01')).toBe(true);
	expect(isStale('2026-01-31', '2026-05-01')).toBe(false);
	expect(isStale('2026-01-30', '2026-05-01')).toBe(true);
});

it('dials what is written with blanks for the eye', () => {
	expect(dialled('+961 3 (414) 964')).toBe('+9613414964');
});

describe('what Halqa brings', () => {
	const all = Object.values(BUILT_IN).flat();

	it('is a line for children and the police of every country, each with where it is from', () => {
		for (const entries of Object.values(BUILT_IN)) {
			expect(entries.map(({ kind }) => kind)).toContain('child_line');
			expect(entries.at(-1)!.kind).toBe('police');
		}
		for (const { source, name } of all)
			for (const texts of [source, name]) expect(Object.values(texts).every(Boolean)).toBe(true);
	});

	it('would pass the form it can be changed with', () => {
		for (const { kind, audience, name, phone, languages } of all) {
			const typed = { kind, audience, name_en: name.en, phone, languages, position: '1' };
			expect(helpForm.safeParse(typed).error).toBeUndefined();
		}
	});
});

describe('an entry that is typed', () => {
	const typed = { kind: 'health', audience: 'everyone', languages: [], position: '١' };
	const wrong = (fields: object) =>
		helpForm.safeParse({ ...typed, ...fields }).error?.issues.map(({ path }) => path.join());

	it('needs a name in one language and one way to reach them', () => {
		expect(wrong({ name_ar: 'عيادة', place_ar: 'قرب المدرسة' })).toBeUndefined();
		expect(wrong({ phone: '112' })).toEqual(['name_en']);
		expect(wrong({ name_fr: 'Clinique' })).toEqual(['phone']);
	});

	it('may have its number in the digits of the reader', () => {
		const read = helpForm.parse({ ...typed, name_ar: 'عيادة', phone: '٠٣ ٤١٤ ٩٦٤' });
		expect(read).toMatchObject({ phone: '03 414 964', position: 1 });
		expect(wrong({ name_ar: 'عيادة', phone: 'call me' })).toEqual(['phone']);
	});
});
