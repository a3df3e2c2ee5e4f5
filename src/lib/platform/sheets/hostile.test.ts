import { writeOds } from 'hucre/ods';
import { writeXlsx } from 'hucre/xlsx';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { odsOf, workbookOf, zipOf } from '#tests/factories/zip.ts';
import { parseSheets } from './parse.ts';
import { readTables } from './read.server.ts';
import { SHEET_LIMITS, SHEET_REFUSALS, type SheetRefusal } from './types.ts';

vi.setConfig({ testTimeout: 30_000 }); // a worker starts in a moment, on a busy machine in several

const MB = 1024 * 1024;
const text = (content: string) => new TextEncoder().encode(content);
const latin = (content: string) => Buffer.from(content, 'latin1');
const utf16 = (content: string) => Buffer.from(content, 'utf16le');
const cell = '<row r="1"><c r="A1"><v>1</v></c></row>';
const OLE = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';

function noise(bytes: number): Uint8Array {
	const content = new Uint8Array(bytes);
	for (let at = 0; at < bytes; at += 65_536)
		crypto.getRandomValues(content.subarray(at, Math.min(at + 65_536, bytes)));
	return content;
}

const repeated = (rows: number, columns: number) =>
	odsOf(
		`<table:table table:name="S"><table:table-row table:number-rows-repeated="${rows}"><table:table-cell table:number-columns-repeated="${columns}" office:value-type="string"><text:p>a</text:p></table:table-cell></table:table-row></table:table>`
	);

const FILES: [
	string,
	SheetRefusal,
	Uint8Array | (() => Uint8Array | Promise<Uint8Array>),
	string?
][] = [
	['nothing', 'empty', text('')],
	['blanks', 'empty', text(' \n;;\n')],
	['a workbook of blanks', 'empty', () => writeXlsx({ sheets: [{ name: 'S', rows: [[' ']] }] })],
	['a picture', 'not_a_sheet', latin('\x89PNG\r\n\x1a\n\0\0\0\rIHDR')],
	['a PDF', 'not_a_sheet', text('%PDF-1.7\n')],
	['a program', 'not_a_sheet', latin('\x7fELF\x02\x01\x01\0')],
	['bytes', 'not_a_sheet', () => noise(3000)],
	['a web page', 'not_a_sheet', text('<!DOCTYPE html><table><tr><td>a</td></tr></table>')],
	['a web page in .xls', 'old_excel', text('<html><table></table></html>'), 'list.xls'],
	[
		'Excel 2003 XML',
		'old_excel',
		text('<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>')
	],
	[
		'Excel 97',
		'old_excel',
		latin(`${OLE}${'\0'.repeat(500)}${utf16('Workbook').toString('latin1')}`)
	],
	['Word 97', 'not_a_sheet', latin(`${OLE}${utf16('WordDocument').toString('latin1')}`)],
	[
		'a workbook with a password',
		'protected',
		() =>
			writeXlsx({
				sheets: [{ name: 'S', rows: [['a']] }],
				encryption: { password: 'x', spinCount: 10 }
			})
	],
	['an entry with a password', 'protected', workbookOf({ rows: cell, lie: { flags: 1 } })],
	['an .xlsb', 'old_excel', zipOf([{ name: 'xl/workbook.bin', content: 'x' }])],
	['a zip of pictures', 'not_a_sheet', zipOf([{ name: 'a.png', content: 'x' }])],
	[
		'a zip within a zip',
		'not_a_sheet',
		zipOf([{ name: 'a.xlsx', content: workbookOf({ rows: cell }), stored: true }])
	],
	['half a workbook', 'damaged', workbookOf({ rows: cell }).slice(0, 700)],
	['only the beginning of a zip', 'damaged', latin('PK\x03\x04')],
	['a workbook without its sheet', 'empty', workbookOf({ sheets: '' })],
	[
		'two entries of one name',
		'damaged',
		workbookOf({ rows: cell, more: [{ name: 'xl/workbook.xml', content: '<x/>' }] })
	],
	[
		'zeros without end',
		'bomb',
		workbookOf({ rows: cell, more: [{ name: 'x', content: new Uint8Array(50 * MB) }] })
	],
	[
		'entries that share their bytes',
		'bomb',
		workbookOf({ rows: cell, more: [{ name: 'x', content: noise(2000), offset: 0 }] })
	],
	[
		'entries without end',
		'bomb',
		() => zipOf(Array.from({ length: 2001 }, (_, n) => ({ name: `${n}`, content: '' })))
	],
	[
		'a sheet larger than it says',
		'bomb',
		workbookOf({ rows: cell.repeat(40_000), lie: { size: 1000 } })
	],
	['a sheet that says nothing of its size', 'bomb', workbookOf({ rows: cell, lie: { size: 0 } })],
	['a sheet smaller than it says', 'damaged', workbookOf({ rows: cell, lie: { size: 4000 } })],
	[
		'more than may be unpacked',
		'too_large',
		() => {
			const content = Buffer.concat([noise(2 * MB), Buffer.alloc(70 * MB)]);
			return zipOf([1, 2, 3].map((n) => ({ name: `${n}`, content })));
		}
	],
	['21 MB', 'too_large', () => new Uint8Array(21 * MB).fill(97)],
	['60,001 rows', 'too_many_rows', text('a\n'.repeat(SHEET_LIMITS.rows + 1))],
	['501 columns', 'too_many_columns', text('a;'.repeat(SHEET_LIMITS.columns + 1))],
	['a row of 16 million columns', 'too_many_columns', () => text(`${';'.repeat(16 * MB)}a`)],
	['3,060,000 cells', 'too_large', () => text(`${'a;'.repeat(50)}a\n`.repeat(60_000))],
	['a row a million times', 'too_many_rows', repeated(1_000_000, 3)],
	['a cell sixteen thousand times', 'too_many_columns', repeated(3, 16_384)],
	['a cell a billion times', 'too_many_columns', repeated(3, 1_000_000_000)],
	[
		'a cell far below',
		'too_many_rows',
		workbookOf({ rows: '<row r="1048576"><c r="A1048576"><v>1</v></c></row>' })
	],
	[
		'a cell far aside',
		'too_many_columns',
		workbookOf({ rows: '<row r="1"><c r="XFD1"><v>1</v></c></row>' })
	],
	[
		'a cell beyond every sheet',
		'damaged',
		workbookOf({ rows: '<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>' })
	],
	[
		'spaces without end',
		'too_large',
		odsOf(
			`<table:table><table:table-row><table:table-cell><text:p>${'<text:s text:c="900000000"/>'.repeat(3)}</text:p></table:table-cell></table:table-row></table:table>`
		)
	],
	[
		'merged cells over each other',
		'damaged',
		workbookOf({
			rows: cell,
			lie: {
				content: `<worksheet><sheetData>${cell}<row r="900"><c r="J900"><v>1</v></c></row></sheetData><mergeCells>${'<mergeCell ref="A1:J900"/>'.repeat(90)}</mergeCells></worksheet>`
			}
		})
	]
];

describe('a file that is not read', () => {
	it.each(FILES)('%s: %s', async (_, reason, file, fileName) => {
		const bytes = typeof file === 'function' ? await file() : file;
		expect(await parseSheets(bytes, fileName ?? '')).toEqual({ ok: false, reason });
	});

	it('costs no more than its worker', async () => {
		const bomb = workbookOf({ rows: cell.repeat(40_000), lie: { size: 1000 } });
		expect(await readTables(bomb)).toEqual({ ok: false, reason: 'bomb' });
		const large = new Uint8Array(21 * MB).fill(97);
		expect(await readTables(large)).toEqual({ ok: false, reason: 'too_large' });
	});

	it('is handed to the worker and not copied', async () => {
		const large = new Uint8Array(2 * MB).fill(0);
		expect(await readTables(large)).toEqual({ ok: false, reason: 'not_a_sheet' });
		expect(large).toHaveLength(0);
	});

	it('is told by one of the reasons there are words for', () => {
		expect(new Set(FILES.map(([, reason]) => reason))).toEqual(new Set(SHEET_REFUSALS));
	});
});

describe('entities of a file of its own', () => {
	const LAUGHS = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(50)}"><!ENTITY c SYSTEM "file:///etc/passwd">]>`;
	const rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>';
	const strings = '<si><t>&b;</t></si><si><t>&c;</t></si>';
	const table = `<table:table table:name="S"><table:table-row>${['b', 'c'].map((name) => `<table:table-cell><text:p>&${name};</text:p></table:table-cell>`).join('')}</table:table-row></table:table>`;

	it.each([
		['an Excel workbook', workbookOf({ rows, strings, prolog: LAUGHS })],
		['an OpenDocument spreadsheet', odsOf(table, '', LAUGHS)]
	])('mean nothing in %s', async (_, bytes) => {
		expect(await parseSheets(bytes, '')).toEqual({
			ok: true,
			tables: [{ name: 'S', rows: [['&b;', '&c;']] }]
		});
	});
});

it('reads more files than at once, each for itself', async () => {
	const reads = await Promise.all(
		['a', 'b', 'c', 'd', 'e'].map((content) => readTables(text(content), { fileName: 'x.csv' }))
	);
	expect(reads).toEqual(
		['a', 'b', 'c', 'd', 'e'].map((content) => ({
			ok: true,
			tables: [{ name: 'x', rows: [[content]] }]
		}))
	);
});

describe('a generated file', () => {
	/** Neither thrown nor larger than the bounds: what a worker that was ended would not tell. */
	async function expectBounded(bytes: Uint8Array): Promise<void> {
		const read = await parseSheets(bytes, 'x');
		if (!read.ok) {
			expect(SHEET_REFUSALS).toContain(read.reason);
			return;
		}
		const cells = read.tables.reduce(
			(sum, { rows }) => sum + rows.length * (rows[0]?.length ?? 0),
			0
		);
		expect(cells).toBeLessThanOrEqual(SHEET_LIMITS.cells);
		for (const { rows } of read.tables)
			for (const row of rows) expect(row.length).toBe(rows[0]?.length);
	}

	it('of any bytes is read or refused', async () => {
		const start = fc.constantFrom(
			'',
			'PK\x03\x04',
			OLE,
			'\xff\xfe',
			'\xfe\xff',
			'\xef\xbb\xbf',
			'sep=;\n'
		);
		await fc.assert(
			fc.asyncProperty(start, fc.uint8Array({ maxLength: 600 }), (before, bytes) =>
				expectBounded(Buffer.concat([latin(before), bytes]))
			),
			{ numRuns: 400 }
		);
	});

	it.each([
		['an Excel workbook', writeXlsx],
		['an OpenDocument spreadsheet', writeOds]
	])('that was %s before some bytes changed is read or refused', async (_, write) => {
		const rows = [
			['Name', 'Born', 'Sex'],
			['أمل', new Date(Date.UTC(2015, 2, 1)), 'F'],
			['Zad', 2014, null]
		];
		const merges = [{ startRow: 0, startCol: 0, endRow: 0, endCol: 1 }];
		const whole = await write({ sheets: [{ name: 'S', rows, merges }] });
		const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
		await fc.assert(
			fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
				const bytes = whole.slice();
				for (const [at, byte] of changes) bytes[at] = byte;
				return expectBounded(bytes);
			}),
			{ numRuns: 250 }
		);
	});

	it('of XML with anything in it is read or refused', async () => {
		const scrap = fc.constantFrom(
			...[
				'<row r="1">',
				'<row>',
				'</row>',
				'<c r="A1">',
				'<c t="s">',
				'<c r="Q9999999">',
				'</c>',
				'<v>',
				'</v>'
			],
			...[
				'9',
				'-1',
				'1e999',
				'&#x110000;',
				'&#xD800;',
				']]>',
				'<![CDATA[',
				'<!--',
				'<?',
				'<',
				'>',
				'"',
				'</',
				'='
			],
			...[
				'<table:table>',
				'</table:table>',
				'<table:table-row>',
				'</table:table-row>',
				'<table:table-cell>'
			],
			...[
				'<table:table-cell table:number-columns-repeated="99"/>',
				'</table:table-cell>',
				'<text:p>',
				'</text:p>'
			],
			...[
				'<office:annotation>',
				'</office:annotation>',
				'<mergeCells><mergeCell ref="A1:XFD1048576"/>'
			]
		);
		const xml = fc.array(scrap, { maxLength: 40 }).map((scraps) => scraps.join(''));
		await fc.assert(
			fc.asyncProperty(xml, async (rows) => {
				await expectBounded(workbookOf({ rows }));
				await expectBounded(odsOf(rows));
			}),
			{ numRuns: 250 }
		);
	});
});
