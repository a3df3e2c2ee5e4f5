import { describe, expect, it } from 'vitest';
import { odsOf, workbookOf } from '#tests/factories/zip.ts';
import { parseSheets } from './parse.ts';
import { guessDelimiter, utf8Of } from './text.ts';
import type { Cell } from './types.ts';

async function rowsOf(bytes: Uint8Array): Promise<Cell[][]> {
	const read = await parseSheets(bytes, 'list.csv');
	if (!read.ok) throw new Error(read.reason);
	return read.tables[0]?.rows ?? [];
}

async function namesOf(bytes: Uint8Array): Promise<string[]> {
	const read = await parseSheets(bytes, '');
	return read.ok ? read.tables.map(({ name }) => name) : [read.reason];
}

describe('an Excel workbook by other hands', () => {
	it('gives of a formula what it showed last, and of an error its text', async () => {
		const rows =
			'<row><c><f>1+2</f><v>3</v></c><c t="str"><f>A1&amp;"x"</f><v>3x</v></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c><c><f>NOW()</f></c></row>';
		expect(await rowsOf(workbookOf({ rows }))).toEqual([[3, '3x', '#DIV/0!']]);
	});

	it('reads times, dates no calendar has, and yes and no', async () => {
		const rows =
			'<row><c s="2"><v>0.6041666667</v></c><c s="1"><v>96176123456</v></c><c s="1"><v>42064.999999999</v></c><c t="b"><v>1</v></c></row>';
		expect(await rowsOf(workbookOf({ rows }))).toEqual([
			['14:30', '#####', { date: '2015-03-02' }, true]
		]);
	});

	it('reads text in pieces, without the sounds beside it', async () => {
		const strings =
			'<si><r><t>أمل </t></r><r><rPr><b/></rPr><t>خليل</t></r></si><si><t>山</t><rPh><t>yama</t></rPh></si>';
		const rows =
			'<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="inlineStr"><is><t xml:space="preserve"> a </t></is></c></row>';
		expect(await rowsOf(workbookOf({ rows, strings }))).toEqual([['أمل خليل', '山', ' a ']]);
	});

	it('leaves out coloured blanks far away', async () => {
		const rows =
			'<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row><row r="1048576"><c r="A1048576" s="1"/></row>';
		expect(await rowsOf(workbookOf({ rows }))).toEqual([[1]]);
	});

	it('steps over a sheet that is a chart', async () => {
		const rows = '<row><c><v>1</v></c></row>';
		const sheets =
			'<sheet name="Chart" sheetId="2" r:id="rId2"/><sheet name="Fatima &amp; co" sheetId="1" r:id="rId1"/>';
		expect(await namesOf(workbookOf({ rows, sheets }))).toEqual(['Fatima & co']);
	});
});

describe('an OpenDocument spreadsheet by other hands', () => {
	const table = (rows: string, about = 'table:name="S"') =>
		`<table:table ${about}>${rows}</table:table>`;
	const row = (cells: string, about = '') => `<table:table-row ${about}>${cells}</table:table-row>`;
	const says = (text: string, about = '') =>
		`<table:table-cell office:value-type="string" ${about}><text:p>${text}</text:p></table:table-cell>`;

	it('reads rows that repeat on every page, and rows in groups', async () => {
		const body = table(
			`<table:table-header-rows>${row(says('Name'))}</table:table-header-rows><table:table-row-group>${row(says('Amal'))}</table:table-row-group>`
		);
		expect(await rowsOf(odsOf(body))).toEqual([['Name'], ['Amal']]);
	});

	it('repeats cells and rows as often as they say, and leaves blanks blank', async () => {
		const body = table(
			row(says('a', 'table:number-columns-repeated="2"')) +
				row('<table:table-cell/>', 'table:number-rows-repeated="2"') +
				row(
					`<table:table-cell table:number-columns-repeated="2"/>${says('b')}`,
					'table:number-rows-repeated="2"'
				) +
				row(
					'<table:table-cell table:number-columns-repeated="16384"/>',
					'table:number-rows-repeated="1048570"'
				)
		);
		expect(await rowsOf(odsOf(body))).toEqual([
			['a', 'a', null],
			[null, null, null],
			[null, null, null],
			[null, null, 'b'],
			[null, null, 'b']
		]);
	});

	it('reads numbers, dates, times, yes and no', async () => {
		const of = (kind: string, value: string) =>
			`<table:table-cell office:value-type="${kind}" office:${kind === 'float' || kind === 'percentage' ? '' : `${kind}-`}value="${value}"><text:p>shown</text:p></table:table-cell>`;
		const body = table(
			row(
				of('float', '12') +
					of('percentage', '0.5') +
					of('date', '2015-03-01') +
					of('date', '2015-03-01T14:30:00') +
					of('time', 'PT14H30M00S') +
					of('boolean', 'true') +
					of('float', 'x')
			)
		);
		expect(await rowsOf(odsOf(body))).toEqual([
			[
				12,
				0.5,
				{ date: '2015-03-01' },
				{ date: '2015-03-01', time: '14:30' },
				'14:30',
				true,
				'shown'
			]
		]);
	});

	it('reads lines and spaces of a text, and no notes beside it', async () => {
		const body = table(
			row(
				'<table:table-cell><office:annotation><text:p>a note</text:p></office:annotation><text:p>one<text:s text:c="2"/><text:span>two</text:span>\n  more</text:p><text:p>three &amp; four</text:p></table:table-cell>'
			)
		);
		expect(await rowsOf(odsOf(body))).toEqual([['one  two more\nthree & four']]);
	});

	it('shows sheets that are not hidden', async () => {
		const styles =
			'<style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style><style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>';
		const body =
			table(row(says('a')), 'table:name="A" table:style-name="ta1"') +
			table(row(says('b')), 'table:name="B" table:style-name="ta2"');
		expect(await namesOf(odsOf(body, styles))).toEqual(['A']);
	});
});

describe('utf8Of', () => {
	const textOf = (bytes: Uint8Array) => new TextDecoder().decode(utf8Of(bytes));

	const TEXT = 'الاسم;Prénom\r\nأمل;Zoé\r\n';
	const utf16 = (text: string) => Buffer.from(text, 'utf16le');

	/** Text in a page of Windows, by looking up each letter among its 256. */
	function inPage(page: string, text: string): Uint8Array {
		const letters = new TextDecoder(page).decode(
			Uint8Array.from({ length: 256 }, (_, byte) => byte)
		);
		return Uint8Array.from(text, (letter) => letters.indexOf(letter));
	}

	it.each([
		['UTF-8', Buffer.from(TEXT)],
		['UTF-8 with a mark', Buffer.from(`\uFEFF${TEXT}`)],
		['UTF-16 LE with a mark', utf16(`\uFEFF${TEXT}`)],
		['UTF-16 BE with a mark', utf16(`\uFEFF${TEXT}`).swap16()],
		['UTF-16 LE', utf16(TEXT)],
		['UTF-16 BE', utf16(TEXT).swap16()],
		['Windows, Arabic', inPage('windows-1256', TEXT)]
	])('reads %s', (_, bytes) => {
		expect(textOf(bytes)).toBe(TEXT);
	});

	it.each([
		['windows-1252', 'Prénom;Âge\r\nÉlodie;12\r\nÇağla Ñuñez;9\r\n'.replace('ğ', 'g')],
		['windows-1252', 'François;garçon;né à Tyr\r\n'],
		['windows-1256', 'محمّد;ذكر;١٢\r\n'.replace('١٢', '12')],
		['windows-1256', 'فاطمة\r\n']
	])('takes the likelier page, %s: %s', (page, text) => {
		expect(textOf(inPage(page, text))).toBe(text);
	});
});

describe('separated text by other hands', () => {
	const read = (text: string) => rowsOf(Buffer.from(text));

	it.each([
		['a,b\n1,5;2\n', ','],
		['Nom;Notes\nAmal;1,5\nZad;2,5\n', ';'],
		['Name\tNotes\nAmal\ta, b; c\nZad\td, e\n', '\t'],
		['Name,Notes\n"Amal","a;b;c"\n"Zad","d;e;f"\n', ',']
	])('%j is divided at %j', (text, delimiter) => {
		expect(guessDelimiter(text)).toBe(delimiter);
	});

	it('takes the word of Excel for what divides, and does not count its line', async () => {
		expect(await read('sep=|\r\na;b|c\r\n')).toEqual([['a;b', 'c']]);
	});

	it.each([
		[
			'lines of any length',
			'a;b;c\nd\n\ne;f',
			[
				['a', 'b', 'c'],
				['d', null, null],
				[null, null, null],
				['e', 'f', null]
			]
		],
		[
			'a quote within a word',
			'a;5" pipe\nb;c',
			[
				['a', '5" pipe'],
				['b', 'c']
			]
		],
		[
			'a quote that is never closed',
			'"a;b\nc;d',
			[
				['"a', 'b'],
				['c', 'd']
			]
		],
		[
			'ends of lines as Macs of old wrote them',
			'a;b\rc;d',
			[
				['a', 'b'],
				['c', 'd']
			]
		],
		['one column', 'Amal\nZad\n', [['Amal'], ['Zad']]]
	] as [string, string, Cell[][]][])('reads %s', async (_, text, rows) => {
		expect(await read(text)).toEqual(rows);
	});
});
