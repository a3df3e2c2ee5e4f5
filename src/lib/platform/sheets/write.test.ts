import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import readExcel from 'read-excel-file/node';
import { expect, it } from 'vitest';
import { csvOf } from './csv.ts';
import type { Column, Value } from './table.ts';
import { writeTables } from './write.server.ts';
import { workbookOf } from './workbook.ts';

const COLUMNS: Column[] = [
	{ header: 'Name', kind: 'text' },
	{ header: 'People', kind: 'number' },
	{ header: 'Date', kind: 'date' }
];
const ROWS: Value[][] = [
	['=1+1', 12, '2026-03-31'],
	['نور', null, null]
];

/** Everything that starts a formula, separates cells, hides or quotes, in any order and number. */
const nasty = fc
	.array(
		fc.oneof(
			{ weight: 3, arbitrary: fc.constantFrom(...'=+-@＝＋－＠﹦﹢﹣﹫−') },
			{ weight: 3, arbitrary: fc.constantFrom(';', ',', '\t', '|', '\r', '\n', '\r\n') },
			{
				weight: 2,
				arbitrary: fc.constantFrom('"', "'", ' ', '\u00a0', '\u200f', '\ufeff', '\u0001')
			},
			{ weight: 2, arbitrary: fc.constantFrom('a', '٣', 'نور', 'cmd|calc!A1', 'SUM(A1)') }
		),
		{ maxLength: 8 }
	)
	.map((parts) => parts.join(''));

/** Whether a spreadsheet that is told to strip anything would see a formula in a cell. */
function isLive(cell: string): boolean {
	const seen = [...cell.normalize('NFKC').replaceAll('−', '-')].find(
		(sign) => sign !== '"' && /[^\s\p{Cc}\p{Cf}]/u.test(sign)
	);
	return seen !== undefined && '=+-@'.includes(seen);
}

/** The cells a spreadsheet sees that splits elsewhere: quotes count where a cell begins with one. */
function cellsOf(csv: string, separator: string): string[] {
	const cells: string[] = [];
	for (let at = 0; at <= csv.length; at += 1) {
		let cell = '';
		if (csv[at] === '"') {
			for (at += 1; at < csv.length && (csv[at] !== '"' || csv[at + 1] === '"'); at += 1) {
				if (csv[at] === '"') at += 1;
				cell += csv[at];
			}
			at += 1;
		}
		for (; at < csv.length && ![separator, '\r', '\n'].includes(csv[at]!); at += 1) cell += csv[at];
		cells.push(cell);
	}
	return cells;
}

it('nothing in 10,000 rows of a CSV is live, however it is split', () => {
	fc.assert(
		fc.property(fc.array(nasty, { minLength: 200, maxLength: 200 }), (texts) => {
			const csv = csvOf(
				COLUMNS.slice(0, 2),
				texts.map((text) => [text, text.split('').reverse().join('')])
			);
			const exact = parse(csv, { bom: true }) as string[][];
			const elsewhere = [';', '\t', '|'].map((separator) => cellsOf(csv.slice(1), separator));
			const bare = csv.slice(1).split(/[;,\t|\r\n]/);
			for (const cell of [...exact, ...elsewhere, bare].flat())
				if (isLive(cell)) expect.fail(`live: ${JSON.stringify(cell)}`);
			expect(exact).toHaveLength(texts.length + 1);
		}),
		{ numRuns: 50 }
	);
});

it('what a reader that knows quotes gets is the text with apostrophes and nothing else', () => {
	fc.assert(
		fc.property(nasty, (text) => {
			const [[cell = ''] = []] = parse(csvOf([{ header: 'a' }], [[text]]), {
				bom: true,
				from: 2
			}) as string[][];
			expect(cell.replaceAll("'", '')).toBe(text.replaceAll("'", ''));
		})
	);
});

it('is read the same by a program that splits at semicolons', () => {
	expect(csvOf([{ header: 'a' }], [['x;=1+1']])).toBe('\ufeffa\n"x;\'=1+1"\n');
	expect(csvOf([{ header: 'a' }], [['x;"=1+1']])).toBe('\ufeffa\n"x;\'""=1+1"\n');
	expect(csvOf([{ header: 'a' }], [['x; y = z', -5.5]])).toBe('\ufeffa\n"x; y = z",-5.5\n');
});

it('another library reads the same text, numbers and dates from the workbook', async () => {
	const twice = { name: 'Children/1', columns: COLUMNS, rows: ROWS };
	const bytes = await writeTables({ tables: [twice, twice], format: 'xlsx', rightToLeft: true });
	const [first, second] = await readExcel(Buffer.from(bytes));
	expect(first!.sheet).toBe('Children 1');
	expect(second!.sheet).toBe('Children 1 2');
	for (const { data } of [first!, second!])
		expect(data).toEqual([
			['Name', 'People', 'Date'],
			['=1+1', 12, new Date('2026-03-31T00:00:00Z')],
			['نور', null, null]
		]);
});

it('another library reads the same from the CSV', async () => {
	const tables = [{ name: 'Children', columns: COLUMNS, rows: ROWS }];
	const bytes = await writeTables({ tables, format: 'csv', rightToLeft: true });
	expect(parse(Buffer.from(bytes), { bom: true })).toEqual([
		['Name', 'People', 'Date'],
		["'=1+1", '12', '2026-03-31'],
		['نور', '', '']
	]);
});

it('text in a workbook stays text', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(nasty, { minLength: 500, maxLength: 500 }), async (texts) => {
			const rows = texts.map((text) => [`.${text}`, 1, null]);
			const bytes = await workbookOf([{ name: 'a', columns: COLUMNS, rows }], {
				rightToLeft: false
			});
			const [sheet] = await readExcel(Buffer.from(bytes));
			for (const row of sheet!.data.slice(1)) expect(typeof row[0]).toBe('string');
		}),
		{ numRuns: 4 }
	);
});
