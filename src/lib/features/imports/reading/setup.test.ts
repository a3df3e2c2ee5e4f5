import { expect, it } from 'vitest';
import { guessMarks } from './marks.ts';
import { matchPerson, type Candidate } from '../matching/matching.ts';
import { parseRow } from './parsing.ts';
import { readSetup } from './setup.ts';

const TODAY = '2026-05-01';
const places = {
	centres: [{ id: 'c1', names: ['Bourj Hammoud', 'برج حمود'] }],
	groups: ['SYR', 'LEB', 'PRS', 'PRL', 'OTH'],
	today: TODAY
};
/** As kept in Akkar: titles above, a running number, Arabic digits, mixed dates, a column nobody filled. */
const register = {
	name: 'مجموعة الفراشات',
	rows: [
		['سجل الحضور', null, null, null, null, null, null],
		['م', 'الاسم الثلاثي', 'الجنس', 'العمر', '٣/١٠/٢٠٢٤', '10/10/2024', { date: '2024-10-17' }],
		[1, 'نور علي حسن', 'أنثى', '١٠', '✓', 'x', null],
		[2, 'رامي خالد', 'ذكر', 11, '✓', '✓', null],
		[3, 'آية مراد', 'بنت', '٩', 'غ', '✓', null]
	]
};

it('finds its way in a register as NGOs keep them', () => {
	const setup = readSetup('registers', [register], TODAY);
	expect(setup.columns.map(({ label, use }) => [label, use])).toEqual([
		['م', 'ignore'],
		['الاسم الثلاثي', 'name'],
		['الجنس', 'sex'],
		['العمر', 'birth']
	]);
	const [sheet] = setup.sheets;
	expect(sheet!.date.slice(4)).toEqual(['2024-10-03', '2024-10-10', '2024-10-17']);
	expect(sheet!.blankDates).toEqual(['2024-10-17']);
	expect([sheet!.from, sheet!.to]).toEqual([2, 5]);
	expect(setup.marks.map(({ text, count, meaning }) => [text, count, meaning])).toEqual([
		['✓', 4, 'present'],
		['x', 1, 'absent'],
		['غ', 1, 'absent']
	]);
	setup.options.centreId = 'c1';
	const { row, problems } = parseRow('registers', setup, sheet!, register.rows[2]!, places);
	expect(problems).toEqual([]);
	expect(row).toMatchObject({ name: 'نور علي حسن', sex: 'f', birthYear: 2014, centreId: 'c1' });
	expect(row!.kind === 'person' && row!.marks.map(({ at, meaning }) => [at, meaning])).toEqual([
		['2024-10-03', 'present'],
		['2024-10-10', 'absent']
	]);
});

it('knows a French list, where “Nom” beside “Prénom” is the family’s', () => {
	const rows = [
		['Prénom', 'Nom', 'An', 'Sexe', 'Né(e) le'],
		['Zoé', 'Exemplaire', 'a', 'F', '3/4/2015'],
		['Yann', 'Exemplaire', 'b', 'G', '2013']
	];
	const { columns } = readSetup('people', [{ name: 'Feuil1', rows }], TODAY);
	expect(columns.map(({ use }) => use)).toEqual([
		...['first_name', 'family_name', 'ignore', 'sex', 'birth']
	]);
});

it('reads names pasted without any header', () => {
	const setup = readSetup(
		'people',
		[
			{
				name: '',
				rows: [
					['Nour Hassan', '2015', 'F'],
					['Rami Khaled', '2014', 'M'],
					['Aya Mrad', '2016', 'F']
				]
			}
		],
		TODAY
	);
	expect(setup.columns.map(({ use }) => use)).toEqual(['name', 'birth', 'sex']);
	expect(setup.sheets[0]).toMatchObject({ from: 0, to: 3 });
});

it('takes a cross for present where nothing else is, and blank for absent', () => {
	expect(
		guessMarks([
			{ text: 'x', count: 9 },
			{ text: '', count: 2 }
		]).map(({ meaning }) => meaning)
	).toEqual(['present', 'absent']);
	expect(guessMarks([{ text: 'bravo', count: 1 }])[0]!.meaning).toBe(null);
});

const known: Candidate = {
	id: 'p1',
	isInReach: true,
	centreId: 'c1',
	name: 'نور حسن',
	sex: 'f',
	birthYear: 2015,
	codeIndex: null
};
const nour = { name: 'نُور حسن', sex: 'f', birthYear: 2015, centreId: 'c1' } as const;

it.each([
	[nour, 'same'],
	[{ ...nour, sex: null }, 'same'],
	[{ ...nour, name: 'Nour Hassan' }, 'maybe'],
	[{ ...nour, birthYear: 2016 }, 'maybe'],
	[{ ...nour, centreId: 'c2' }, 'maybe'],
	[{ ...nour, birthYear: 2017 }, 'new'],
	[{ ...nour, sex: 'm', birthYear: 2016 }, 'new'],
	[{ ...nour, name: 'نور خالد' }, 'new']
] as const)('%j is %s', (row, verdict) => {
	expect(matchPerson(row, null, [known]).verdict).toBe(verdict);
});

it('goes by their own number before all else, and opens nobody out of reach', () => {
	const numbered = { ...known, codeIndex: 'k' };
	expect(matchPerson({ ...nour, birthYear: 2009 }, 'k', [numbered]).verdict).toBe('same');
	expect(matchPerson({ ...nour, name: 'Somebody' }, 'k', [numbered]).verdict).toBe('maybe');
	expect(matchPerson(nour, 'k', [{ ...numbered, isInReach: false }]).verdict).toBe('taken');
});
