import { describe, expect, it } from 'vitest';
import { asAsked, formFor } from '#lib/features/asking/bank.rules.ts';
import { paperCode } from '#lib/features/asking/paper.rules.ts';
import type { Asked } from '#lib/features/asking/types.ts';
import { readSheets } from './sheets.rules.ts';

const form = formFor('10-13', 'pulse'); // fun, safe, change

describe('what is typed off paper', () => {
	it('is the number beside the option, 0 for I don’t know, and nothing for what was left blank', () => {
		expect(
			readSheets(form, { '1.fun': '4', '1.safe': '0', '2.safe': '١', '2.change': ' Songs ' })
		).toEqual({
			wrong: [],
			sheets: [
				{
					fun: { answer: 'completely' },
					safe: { answer: 'dont_know' },
					change: { answer: 'skipped' }
				},
				{
					fun: { answer: 'skipped' },
					safe: { answer: 'not_at_all' },
					change: { answer: 'answered', words: 'Songs' }
				}
			]
		});
	});

	it('is wrong where the question has no such number, and no sheet where nothing is typed', () => {
		const cells = { '1.fun': '5', '1.safe': 'x', '2.fun': '  ', '9.safe': '2', '11.safe': '1' };
		expect(readSheets(form, cells)).toMatchObject({
			wrong: ['1.fun', '1.safe'],
			sheets: [{}, { safe: { answer: 'a_little' } }]
		});
		expect(readSheets(form, {}).sheets).toEqual([]);
	});
});

describe('the code on a paper form', () => {
	const asked = (id: string, items: Asked['forms'][string & keyof Asked['forms']]): Asked => ({
		...{ id, number: 1, questions: [] },
		forms: { 'pulse 10-13': items! }
	});

	it('is six digits, and another for every form, version, order and set of questions', () => {
		const forms = [
			...(['6-9', '10-13', '14-17', 'adult'] as const).flatMap((band) => [
				formFor(band, 'pulse'),
				formFor(band, 'full')
			]),
			asAsked(form, false),
			formFor('10-13', 'pulse', asked('a', ['fun', 'safe'])),
			formFor('10-13', 'pulse', asked('b', ['fun', 'safe'])),
			formFor('10-13', 'pulse', asked('a', ['safe', 'fun']))
		];
		const codes = forms.map(paperCode);
		expect(new Set(codes).size).toBe(forms.length);
		for (const code of codes) expect(code).toMatch(/^\d{6}$/);
		expect(paperCode(form)).toBe(paperCode({ ...form }));
	});
});
