import { setImmediate as nextTurn } from 'node:timers/promises';
import { attributesOf } from '../sheets/xml.ts';
import { readDirectory, textOf, unpack, type Zip, type ZipEntry } from '../sheets/zip.ts';
import { Unreadable } from '../sheets/unreadable.ts';
import { barePicture } from './pictures.ts';
import { NotKept, type CheckedFile, type FileType } from './types.ts';
import { zipOf, type NewEntry } from './zip.ts';

const UNPACKED_BYTES = 60 * 1024 * 1024;
const XML = '<?xml version="1.0" encoding="UTF-8"?>';
const PROPERTIES = 'http://schemas.openxmlformats.org';

/** What of Office Open XML is kept, by its main part as its list of content types names it. */
const OPEN_XML: Readonly<Partial<Record<FileType, string>>> = {
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml',
	pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml'
};
const OPEN_DOCUMENT: Readonly<Partial<Record<FileType, string>>> = {
	odt: 'application/vnd.oasis.opendocument.text',
	ods: 'application/vnd.oasis.opendocument.spreadsheet',
	odp: 'application/vnd.oasis.opendocument.presentation'
};

/** Parts that tell who made it, when and for whom: written anew, empty. */
const ABOUT: Readonly<Record<string, string>> = {
	'docProps/core.xml': `${XML}<cp:coreProperties xmlns:cp="${PROPERTIES}/package/2006/metadata/core-properties"/>`,
	'docProps/app.xml': `${XML}<Properties xmlns="${PROPERTIES}/officeDocument/2006/extended-properties"/>`,
	'docProps/custom.xml': `${XML}<Properties xmlns="${PROPERTIES}/officeDocument/2006/custom-properties"/>`,
	'meta.xml': `${XML}<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"/>`
};

const ACTIVE_PARTS =
	/vba|macro|activex|embeddings\/|externallinks\/|customui|^(?:basic|scripts|dialogs)\/|(?<!printersettings\d*)\.bin$/i;
const ACTIVE_CONTENT =
	/macroEnabled|vbaProject|activeX|oleObject|event-listener|vnd\.sun\.star\.script|<w:instrText[^>]{0,40}>\s{0,20}DDE|w:instr="\s{0,20}DDE/i;

/**
 * A document of an office program, its parts looked through and put together anew: without who made it, without what
 * cameras say of the pictures in it, and nothing around its parts. Refused with macros, files within, links to other
 * files, or a password. Names beside comments and tracked changes stay. Throws `NotKept`.
 */
export async function bareOffice(bytes: Buffer): Promise<CheckedFile> {
	try {
		const zip = readDirectory(bytes);
		const type = typeOf(bytes, zip);
		return { type, bytes: zipOf(await cleanParts(bytes, zip)) };
	} catch (error) {
		if (!(error instanceof Unreadable)) throw error;
		throw new NotKept(error.reason === 'protected' ? 'protected' : 'damaged', error.message);
	}
}

function typeOf(bytes: Buffer, zip: Zip): FileType {
	const isOpen = zip.has('mimetype');
	const list = isOpen ? 'mimetype' : '[Content_Types].xml';
	if (!zip.has(list)) throw new NotKept('type', 'an archive');
	const said = textOf(bytes, zip, list);
	if (ACTIVE_CONTENT.test(said)) throw new NotKept('active', list);
	const known = Object.entries(isOpen ? OPEN_DOCUMENT : OPEN_XML);
	const found = known.find(([, name]) => (isOpen ? said === name : said.includes(`"${name}"`)));
	if (!found) throw new NotKept('type', 'another document');
	if (isOpen && textOf(bytes, zip, 'META-INF/manifest.xml').includes('encryption-data'))
		throw new NotKept('protected');
	return found[0] as FileType;
}

async function cleanParts(bytes: Buffer, zip: Zip): Promise<NewEntry[]> {
	const entries = [...zip.values()].filter(({ name }) => !name.endsWith('/'));
	if (entries.reduce((sum, { size }) => sum + size, 0) > UNPACKED_BYTES)
		throw new NotKept('damaged', 'unpacks to too much');
	const parts: NewEntry[] = [];
	for (const entry of entries.sort(mimeTypeFirst)) {
		parts.push({ name: entry.name, content: cleanPart(bytes, entry) });
		await nextTurn(); // others are served meanwhile
	}
	return parts;
}

/** What a part becomes: as it is, emptied, or a bare picture. */
function cleanPart(bytes: Buffer, entry: ZipEntry): Buffer {
	const { name } = entry;
	const isSafe = name.split('/').every((step) => !/^\.{0,2}$|[\\:\0]/.test(step));
	if (!isSafe) throw new NotKept('damaged', 'a path');
	if (ACTIVE_PARTS.test(name)) throw new NotKept('active', 'a part');
	const content = Buffer.from(unpack(bytes, entry));
	if (Object.hasOwn(ABOUT, name)) return Buffer.from(ABOUT[name]!);
	if (/\.(?:jpe?g|png|webp)$/i.test(name)) return barePicture(content)?.bytes ?? content;
	// any name may be a document's main part
	if (/\.(?:xml|rels|rdf)$/i.test(name) || /^(?:\ufeff)?\s*</.test(content.toString('utf8', 0, 64)))
		checkMarkup(name, content);
	return content;
}

function checkMarkup(name: string, content: Buffer): void {
	const text = content.toString('utf8');
	if (/^[\ufffe\ufffd]|\0|<!(?:DOCTYPE|ENTITY)/i.test(text)) throw new NotKept('damaged', 'markup');
	if (ACTIVE_CONTENT.test(text)) throw new NotKept('active', 'content');
	if (!/\.rels$/i.test(name)) return;
	const leads = attributesOf(text, 'Relationship').filter(
		({ TargetMode, Type = '' }) => TargetMode === 'External' && !Type.endsWith('/hyperlink')
	);
	if (leads.length > 0) throw new NotKept('active', 'what lies elsewhere');
}

/** OpenDocument is told by its first part. */
function mimeTypeFirst(a: ZipEntry, b: ZipEntry): number {
	return Number(b.name === 'mimetype') - Number(a.name === 'mimetype');
}
