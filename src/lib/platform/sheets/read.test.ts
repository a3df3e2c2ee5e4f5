import { writeOds } from 'hucre/ods';
import { writeXlsx } from 'hucre/xlsx';
import { describe, expect, it, vi } from 'vitest';
import { readTables } from './read.server.ts';
import type { Cell, SheetTable } from './types.ts';

vi.setConfig({ testTimeout: 30_000 }); // a worker starts in a moment, on a busy machine in several

const born = new Date(Date.UTC(2015, 2, 1));

async function tablesOf(bytes: Uint8Array, fileName?: string): Promise<SheetTable[]> {
	const read = await readTables(bytes, { fileName });
	if (!read.ok) throw new Error(read.reason);
	return read.tables;
}

async function rowsOf(bytes: Uint8Array): Promise<Cell[][] | undefined> {
	return (await tablesOf(bytes))[0]?.rows;
}

const text = (content: string) => new TextEncoder().encode(content);

describe.each([
	['an Excel workbook', writeXlsx],
	['an OpenDocument spreadsheet', writeOds]
])('%s', (_, write) => {
	it('reads texts, numbers, dates and blanks where they stand', async () => {
		const rows = [
			[null, 'الاسم', 'Born', 'Age', 'Comes'],
			[],
			[null, 'أمل', born, 10, true],
			[null, ' ', null, 1.5, false]
		];
		const bytes = await write({ sheets: [{ name: 'أطفال', rows }] });
		expect(await tablesOf(bytes)).toEqual([
			{
				name: 'أطفال',
				rows: [
					[null, 'الاسم', 'Born', 'Age', 'Comes'],
					[null, null, null, null, null],
					[null, 'أمل', { date: '2015-03-01' }, 10, true],
					[null, null, null, 1.5, false]
				]
			}
		]);
	});

	it('fills merged cells with their value', async () => {
		const bytes = await write({
			sheets: [
				{
					name: 'S',
					rows: [
						['Child', 'March', null, null],
						[null, 'a', 'b', 'c']
					],
					merges: [
						{ startRow: 0, startCol: 1, endRow: 0, endCol: 3 },
						{ startRow: 0, startCol: 0, endRow: 1, endCol: 0 }
					]
				}
			]
		});
		expect(await rowsOf(bytes)).toEqual([
			['Child', 'March', 'March', 'March'],
			['Child', 'a', 'b', 'c']
		]);
	});

	it('is told by its content, whatever its name says', async () => {
		const bytes = await write({ sheets: [{ name: 'S', rows: [['a']] }] });
		expect(await tablesOf(bytes, 'photo.png')).toEqual([{ name: 'S', rows: [['a']] }]);
	});
});

describe('an Excel workbook', () => {
	it('shows sheets that are not hidden', async () => {
		const rows = [['x']];
		const sheets = [
			{ name: 'A', rows, hidden: true },
			{ name: 'B & C', rows },
			{ name: 'D', rows, veryHidden: true },
			{ name: 'E', rows: [] }
		];
		expect((await tablesOf(await writeXlsx({ sheets }))).map(({ name }) => name)).toEqual([
			'B & C'
		]);
	});

	it.each(['1900', '1904'] as const)('reads dates of the system of %s', async (dateSystem) => {
		const moments = [born, new Date(Date.UTC(2025, 0, 31, 14, 30))];
		const bytes = await writeXlsx({ sheets: [{ name: 'S', rows: [moments] }], dateSystem });
		expect(await rowsOf(bytes)).toEqual([
			[{ date: '2015-03-01' }, { date: '2025-01-31', time: '14:30' }]
		]);
	});
});

describe('separated text', () => {
	it.each([',', ';', '\t', '|'])('is divided at "%s"', async (mark) => {
		const csv = `name${mark}born\n"Amal ${mark} ""A"""${mark}2015\n"Zad\nK"${mark}\n`;
		expect(await rowsOf(text(csv))).toEqual([
			['name', 'born'],
			[`Amal ${mark} "A"`, '2015'],
			['Zad\nK', null]
		]);
	});
});
