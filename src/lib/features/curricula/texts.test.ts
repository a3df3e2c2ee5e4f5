import { expect, it } from 'vitest';
import { LOCALES } from '#lib/platform/i18n/locale.ts';
import { blocksOf } from './markdown.rules.ts';
import { readPastedPlans } from './paste.rules.ts';
import { beginnings, overrun } from './rules.ts';
import { TEMPLATE } from './template.rules.ts';
import { linesOf, outdatedAfter, saidIn } from './wording.rules.ts';

it('reads paragraphs, lists, bold and italics, and leaves everything else the text it is', () => {
	expect(blocksOf('**Stop** and *go*\n<b>x</b>\n\n- one\n- two\n١. ثلاثة')).toEqual([
		{
			kind: 'paragraph',
			lines: [
				[
					{ text: 'Stop', style: 'bold' },
					{ text: ' and ', style: 'plain' },
					{ text: 'go', style: 'italic' }
				],
				[{ text: '<b>x</b>', style: 'plain' }]
			]
		},
		{
			kind: 'list',
			ordered: false,
			items: [[{ text: 'one', style: 'plain' }], [{ text: 'two', style: 'plain' }]]
		},
		{ kind: 'list', ordered: true, items: [[{ text: 'ثلاثة', style: 'plain' }]] }
	]);
	expect(blocksOf('5 * 3 * 2 [a](javascript:x)')).toMatchObject([
		{ lines: [[{ text: '5 * 3 * 2 [a](javascript:x)', style: 'plain' }]] }
	]);
});

it('says a text in another language rather than nothing, and which language that is', () => {
	expect(saidIn({ ar: 'نص' }, 'fr')).toEqual({ text: 'نص', lang: 'ar' });
	expect(saidIn({ fr: '' }, 'fr')).toBeNull();
	expect(linesOf('- one\n\n* two')).toEqual(['one', 'two']);
});

it('lets a language lag behind only when another changed and it did not', () => {
	const none = { outdated: {}, isSame: false };
	const was = { title: { en: 'a', fr: 'b' } };
	expect(outdatedAfter(was, { title: { en: 'c', fr: 'b' } }, none)).toEqual({ title: ['fr'] });
	expect(outdatedAfter(was, { title: { en: 'c', fr: 'd' } }, none)).toEqual({});
	expect(outdatedAfter(was, { title: { en: 'a', fr: 'b', ar: 'x' } }, none)).toEqual({
		title: ['en', 'fr']
	});
	expect(outdatedAfter(was, { title: { en: 'a' } }, none)).toEqual({});
	expect(outdatedAfter(was, was, { outdated: { title: ['fr'] }, isSame: false })).toEqual({
		title: ['fr']
	});
});

it('counts the time of day on from the beginning', () => {
	expect(beginnings('15:50', [{ minutes: 10 }, { minutes: 75 }, { minutes: 5 }])).toEqual([
		'15:50',
		'16:00',
		'17:15'
	]);
	expect(overrun({ minutes: 90, activities: [{ minutes: 60 }, { minutes: 40 }] })).toBe(10);
	expect(overrun({ minutes: 90, activities: [] })).toBe(0);
});

it('has a template of twelve sessions that fill their time, in every language', () => {
	const plans = TEMPLATE.flatMap((module) => module.plans);
	expect(plans).toHaveLength(12);
	for (const plan of plans) {
		expect(overrun(plan)).toBe(0);
		for (const texts of [plan.title, plan.objectives!, plan.materials!, plan.notes!])
			expect(Object.keys(texts)).toEqual([...LOCALES]);
	}
});

it('makes a draft of a pasted table, where blanks go on from above', () => {
	const table = [
		'Module\tSession\tMinutes\tActivity\tActivity minutes\tFacilitator\tMaterials',
		'Start\tHello\t٦٠\tCircle\t10\tWelcome\tBall',
		'\t\t\tNames\t20\t\tPens',
		'\tGoodbye\t\t\t\t\t',
		'End\tParty\t90\tSong\t\t\t'
	].join('\n');
	expect(readPastedPlans(table, 'en')).toMatchObject({
		ok: true,
		modules: [
			{
				name: { en: 'Start' },
				plans: [
					{
						title: { en: 'Hello' },
						minutes: 60,
						materials: { en: 'Ball\nPens' },
						activities: [
							{ title: { en: 'Circle' }, minutes: 10, says: { en: 'Welcome' } },
							{ title: { en: 'Names' }, minutes: 20 }
						]
					},
					{ title: { en: 'Goodbye' }, minutes: 90, activities: [] }
				]
			},
			{ name: { en: 'End' }, plans: [{ title: { en: 'Party' }, activities: [{ minutes: 10 }] }] }
		]
	});
});

it('says at its row what is wrong in a pasted table', () => {
	const faults = (table: string) => {
		const read = readPastedPlans(table, 'en');
		return read.ok
			? []
			: read.problems.map(({ line, column, fault }) => `${line}:${column} ${fault}`);
	};
	expect(faults('Séance;Minutes;Prix\nA;2;x\n;60;\n')).toEqual([
		'1:3 header_unknown',
		'2:2 minutes',
		'3:2 differs'
	]);
	expect(faults('Session,Activity,Children\n,Sing,\nA,,dance')).toEqual([
		'2:1 required',
		'3:2 activity_missing'
	]);
	expect(faults('One\nTwo')).toEqual(['1:1 header_missing']);
	expect(faults('Session')).toEqual(['1:1 nothing']);
});
