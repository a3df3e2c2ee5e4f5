import { isOds, readOds } from './ods.ts';
import { readText } from './text.ts';
import { SHEET_LIMITS, type ReadSheets, type SheetTable } from './types.ts';
import { Unreadable } from './unreadable.ts';
import { isXlsx, readXlsx } from './xlsx.ts';
import { readDirectory } from './zip.ts';

/**
 * Reads a file for what it holds, whatever its name says. Never throws. Takes the memory and time the file asks
 * for, so it runs in a worker that may be ended: `readTables` is the way in.
 */
export async function parseSheets(bytes: Uint8Array, fileName: string): Promise<ReadSheets> {
	try {
		const tables = await read(bytes, fileName);
		return tables.length > 0 ? { ok: true, tables } : { ok: false, reason: 'empty' };
	} catch (cause) {
		if (cause instanceof Unreadable) return { ok: false, reason: cause.reason };
		const isLonger = cause instanceof Error && cause.message.includes('exceeds limit');
		return { ok: false, reason: isLonger ? 'bomb' : 'damaged' };
	}
}

async function read(bytes: Uint8Array, fileName: string): Promise<SheetTable[]> {
	const budget = { cells: SHEET_LIMITS.cells };
	if (bytes.length === 0) throw new Unreadable('empty');
	if (bytes.length > SHEET_LIMITS.bytes) throw new Unreadable('too_large');
	if (startsWith(bytes, 'PK')) {
		const zip = readDirectory(bytes);
		if (isXlsx(zip)) return await readXlsx(bytes, zip, budget);
		if (isOds(bytes, zip)) return readOds(bytes, zip, budget);
		throw new Unreadable(zip.has('xl/workbook.bin') ? 'old_excel' : 'not_a_sheet');
	}
	refuseOthers(bytes, fileName);
	return readText(bytes, fileName.replace(/\.[^.]{1,5}$/, ''), budget);
}

const OLE = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';
const OTHERS = [
	'%PDF',
	'\x89PNG',
	'\xff\xd8\xff',
	'GIF8',
	'RIFF',
	'{\\rtf',
	'\x7fELF',
	'MZ\x90',
	'SQLite format'
];

/** Says of files that are known and no table why they are not read. */
function refuseOthers(bytes: Uint8Array, fileName: string): void {
	if (startsWith(bytes, OLE)) throw new Unreadable(kindOfOle(bytes));
	if (OTHERS.some((start) => startsWith(bytes, start))) throw new Unreadable('not_a_sheet');
	const start = Buffer.from(bytes.subarray(0, 2000)).toString('latin1').replaceAll('\0', '');
	if (!/^[\s\xef\xbb\xbf\xff\xfe]*<(!doctype|html|\?xml|meta|table|head)/i.test(start)) return;
	const opensInExcel = /\.xls$/i.test(fileName) || start.includes('Excel.Sheet');
	throw new Unreadable(opensInExcel ? 'old_excel' : 'not_a_sheet');
}

/** Microsoft's container of old: a workbook of before 2007, or a new one behind a password. */
function kindOfOle(bytes: Uint8Array) {
	const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const holds = (name: string) => content.includes(Buffer.from(name, 'utf16le'));
	if (holds('EncryptedPackage')) return 'protected';
	return holds('Workbook') || holds('Book') ? 'old_excel' : 'not_a_sheet';
}

function startsWith(bytes: Uint8Array, start: string): boolean {
	return [...start].every((character, at) => bytes[at] === character.charCodeAt(0));
}
