import { crc32, deflateRawSync } from 'node:zlib';

/** A file of a zip as it should be packed, with what its headers shall say other than the truth. */
export interface Packed {
	name: string;
	content: string | Uint8Array;
	stored?: boolean;
	/** What both headers say instead of the size of the content. */
	size?: number;
	flags?: number;
	/** Where the directory says that it begins, instead of where it does. */
	offset?: number;
}

/** A zip file of these files, byte by byte, so that it may lie. */
export function zipOf(files: Packed[]): Uint8Array {
	const parts: Buffer[] = [];
	const directory: Buffer[] = [];
	let at = 0;
	for (const { name, content, stored, size, flags = 0, offset } of files) {
		const bytes = Buffer.from(content);
		const packed = stored ? bytes : deflateRawSync(bytes);
		const fields = Buffer.alloc(26);
		fields.writeUInt16LE(20, 0);
		fields.writeUInt16LE(flags, 2);
		fields.writeUInt16LE(stored ? 0 : 8, 4);
		fields.writeUInt32LE(crc32(bytes), 10);
		fields.writeUInt32LE(packed.length, 14);
		fields.writeUInt32LE(size ?? bytes.length, 18);
		fields.writeUInt16LE(Buffer.byteLength(name), 22);
		const local = [Buffer.from('PK\x03\x04'), fields, Buffer.from(name), packed];
		const more = Buffer.alloc(14);
		more.writeUInt32LE(offset ?? at, 10);
		directory.push(Buffer.from('PK\x01\x02\x14\x00'), fields, more, Buffer.from(name));
		parts.push(...local);
		at += 30 + Buffer.byteLength(name) + packed.length;
	}
	const central = Buffer.concat(directory);
	const end = Buffer.alloc(22);
	end.write('PK\x05\x06', 'latin1');
	end.writeUInt16LE(files.length, 8);
	end.writeUInt16LE(files.length, 10);
	end.writeUInt32LE(central.length, 12);
	end.writeUInt32LE(at, 16);
	return Buffer.concat([...parts, central, end]);
}

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export interface Workbook {
	/** Rows of the first sheet as XML. */
	rows?: string;
	/** What stands before the root of every part, such as a document type. */
	prolog?: string;
	/** Shared strings as XML, one `<si>` each. */
	strings?: string;
	/** Sheets of a workbook as XML; `rId1` is the sheet of the rows, `rId2` a chart. */
	sheets?: string;
	/** What the sheet's entry shall say other than the truth. */
	lie?: Partial<Packed>;
	more?: Packed[];
}

/** The zip of an Excel workbook, by hand. */
export function workbookOf(workbook: Workbook): Uint8Array {
	const { rows = '', prolog = '', strings = '', lie, more = [] } = workbook;
	const sheets = workbook.sheets ?? '<sheet name="S" sheetId="1" r:id="rId1"/>';
	const relations = (entries: string) => `<Relationships>${entries}</Relationships>`;
	const relation = (id: string, type: string, target: string) =>
		`<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
	return zipOf([
		{ name: '[Content_Types].xml', content: '<Types/>' },
		{
			name: '_rels/.rels',
			content: relations(relation('rId1', 'officeDocument', 'xl/workbook.xml'))
		},
		{
			name: 'xl/workbook.xml',
			content: `${prolog}<workbook xmlns:r="${OFFICE}"><sheets>${sheets}</sheets></workbook>`
		},
		{
			name: 'xl/_rels/workbook.xml.rels',
			content: relations(
				relation('rId1', 'worksheet', 'worksheets/sheet1.xml') +
					relation('rId2', 'chartsheet', 'chartsheets/sheet1.xml') +
					relation('rId3', 'sharedStrings', 'sharedStrings.xml') +
					relation('rId4', 'styles', 'styles.xml')
			)
		},
		{ name: 'xl/sharedStrings.xml', content: `${prolog}<sst>${strings}</sst>` },
		{
			name: 'xl/styles.xml',
			content:
				'<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="20"/></cellXfs></styleSheet>'
		},
		{
			name: 'xl/worksheets/sheet1.xml',
			content: `${prolog}<worksheet><sheetData>${rows}</sheetData></worksheet>`,
			...lie
		},
		...more
	]);
}

/** The zip of an OpenDocument spreadsheet with this inside its body, and these styles. */
export function odsOf(body: string, styles = '', prolog = ''): Uint8Array {
	return zipOf([
		{
			name: 'mimetype',
			content: 'application/vnd.oasis.opendocument.spreadsheet',
			stored: true
		},
		{
			name: 'content.xml',
			content: `${prolog}<office:document-content><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:spreadsheet>${body}</office:spreadsheet></office:body></office:document-content>`
		}
	]);
}
