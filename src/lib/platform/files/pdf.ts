import { inflateSync } from 'node:zlib';
import { NotKept } from './types.ts';

/** Names of what does something, goes elsewhere or carries a file; whoever opens a PDF shall only read it. */
const ACTIVE = [
	...['JavaScript', 'Launch', 'Rendition', 'RichMedia', 'SubmitForm', 'ImportData', 'GoToE'],
	...['EmbeddedFile', 'EmbeddedFiles', 'FileAttachment', 'XFA', 'Movie', 'Sound']
];
const UNPACKED_BYTES = 32 * 1024 * 1024;
const MOST_OBJECT_STREAMS = 20_000;
/** What describes a stream stands right before it. */
const NEAR = 2000;
const XMP = '<x:xmpmeta';
const XMP_END = '</x:xmpmeta>';

const isActive = named(ACTIVE.map(spelled).join('|'), 'i');
const isProtected = named(spelled('Encrypt'), 'i');
const objectStream = named(spelled('ObjStm'), 'gi');
const author = new RegExp(
	`/${spelled('Author')}\\s*(\\((?:\\\\.|[^\\\\()])*\\)|<[0-9a-f\\s]*>)`,
	'gi'
);

/**
 * A PDF that only shows: refused when it carries scripts, forms that send, programs, media or files, also where that is
 * packed or spelled otherwise, and when it is locked. Its author and its XMP data are blanked in place, so that
 * every offset stays; what stands in packed streams cannot be, and is kept. Throws `NotKept`.
 */
export function barePdf(bytes: Buffer): Buffer {
	if (!bytes.subarray(-1024).includes('%%EOF')) throw new NotKept('damaged', 'no end');
	const text = bytes.toString('latin1');
	refuseActive(text);
	for (const packed of packedObjects(bytes, text)) refuseActive(packed);
	return blanked(text);
}

function refuseActive(text: string): void {
	if (isActive.test(text)) throw new NotKept('active');
	if (isProtected.test(text)) throw new NotKept('protected');
}

/** Objects that lie packed in streams, unpacked: all that are named anywhere, or the file is refused. */
function packedObjects(bytes: Buffer, text: string): string[] {
	let left = UNPACKED_BYTES;
	const named = text
		.matchAll(objectStream)
		.take(MOST_OBJECT_STREAMS + 1)
		.toArray();
	if (named.length > MOST_OBJECT_STREAMS) throw new NotKept('damaged', 'too many streams');
	return named.map(({ index }) => {
		const before = text.slice(Math.max(index - NEAR, 0), index);
		const behind = text.slice(index, index + NEAR);
		const start = /stream\r?\n/.exec(behind);
		const names = namesIn(before.slice(before.lastIndexOf('obj')) + behind.slice(0, start?.index));
		// a text or a comment before it may say `stream` itself
		const isPlain = !/[(%]/.test(behind.slice(0, start?.index));
		if (!start || !isPlain || !isReadable(names))
			throw new NotKept('damaged', 'objects that cannot be read');
		if (!names.includes('Filter')) return ''; // not packed: read with the rest
		try {
			const packed = bytes.subarray(index + start.index + start[0].length);
			const content = inflateSync(packed, { maxOutputLength: Math.max(left, 1) });
			left -= content.length;
			return content.toString('latin1');
		} catch {
			throw new NotKept('damaged', 'objects that do not unpack');
		}
	});
}

/** Packed once and plainly, or not at all. */
function isReadable(names: readonly string[]): boolean {
	const ways = names.filter((name) => /(?:Decode|Crypt|DecodeParms)$/.test(name));
	return names.includes('Filter') ? ways.join() === 'FlateDecode' : ways.length === 0;
}

function namesIn(dictionary: string): string[] {
	return [...dictionary.matchAll(/\/([^\s/<>[\](){}%]+)/g)].map(([, name = '']) =>
		name.replace(/#([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
	);
}

/** The same length, with blanks where it says who wrote it and with what. */
function blanked(text: string): Buffer {
	const without = text.replace(author, (found, value: string) => {
		const inside = ' '.repeat(value.length - 2);
		return found.slice(0, -value.length) + value[0] + inside + value.at(-1);
	});
	const bytes = Buffer.from(without, 'latin1');
	for (let from = bytes.indexOf(XMP); from >= 0; from = bytes.indexOf(XMP, from)) {
		const end = bytes.indexOf(XMP_END, from);
		if (end < 0) break;
		bytes.fill(' ', from, end + XMP_END.length);
	}
	return bytes;
}

/** A name however it is spelled: each sign may be written as # and two digits. */
function spelled(word: string): string {
	return [...word].map((sign) => `(?:${sign}|#${sign.charCodeAt(0).toString(16)})`).join('');
}

function named(pattern: string, flags: string): RegExp {
	return new RegExp(`/(?:${pattern})(?![\\w#-])`, flags);
}
