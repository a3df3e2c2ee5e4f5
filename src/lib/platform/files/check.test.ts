import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	JPEG,
	jpegFromPhone,
	PNG,
	pngOfSize,
	pngWithText,
	WEBP,
	webpWithText
} from '#tests/factories/pictures.ts';
import { zipOf as packed, type Packed } from '#tests/factories/zip.ts';
import { writeTables } from '../sheets/write.server.ts';
import { readTables } from '../sheets/read.server.ts';
import { checkFile } from './check.ts';
import { FILE_TYPES, PICTURE_TYPES, type CheckedFile } from './types.ts';

const SECRET = 'N 33.8938 Nour';

async function kept(bytes: Uint8Array | string): Promise<CheckedFile> {
	const found = await checkFile(Buffer.from(bytes as Uint8Array), FILE_TYPES);
	if ('refusal' in found) throw new Error(found.refusal);
	return found;
}

async function refusal(bytes: Uint8Array | string): Promise<string> {
	const found = await checkFile(Buffer.from(bytes as Uint8Array), FILE_TYPES);
	return 'refusal' in found ? found.refusal : `kept as ${found.type}`;
}

const says = ({ bytes }: CheckedFile, text: string) => bytes.includes(text);

describe('a picture', () => {
	it('is kept without place, note and what stands behind it', async () => {
		const all = [jpegFromPhone(6, SECRET), pngWithText(SECRET), webpWithText(SECRET)];
		for (const [at, bytes] of all.entries()) {
			expect(bytes.includes(SECRET)).toBe(true);
			const bare = await kept(bytes);
			expect(bare.type).toBe(PICTURE_TYPES[at]);
			expect(says(bare, SECRET) || says(bare, '33.8938')).toBe(false);
		}
	});

	it('keeps its pixels byte by byte, and is the same when it is sent again', async () => {
		const scan = JPEG.subarray(JPEG.indexOf(Buffer.from([0xff, 0xda])));
		expect((await kept(jpegFromPhone())).bytes.subarray(-scan.length).equals(scan)).toBe(true);
		expect((await kept(pngWithText(SECRET))).bytes.equals(PNG)).toBe(true);
		expect((await kept(WEBP)).bytes.equals(WEBP)).toBe(true);
		const once = await kept(jpegFromPhone());
		expect((await kept(once.bytes)).bytes.equals(once.bytes)).toBe(true);
	});

	it('stays the way up it was held', async () => {
		const { bytes } = await kept(jpegFromPhone(6));
		const at = bytes.indexOf(Buffer.from([0x01, 0x12, 0, 3, 0, 0, 0, 1]));
		expect(bytes.readUInt16BE(at + 8)).toBe(6);
		expect((await kept(jpegFromPhone(1))).bytes.includes('Exif')).toBe(false);
	});

	it('is refused with too many pixels, cut, or damaged', async () => {
		expect(await refusal(pngOfSize(8000, 5001))).toBe('pixels');
		expect(await refusal(pngOfSize(0, 5))).toBe('damaged');
		for (const bytes of [JPEG, PNG, WEBP])
			for (const length of [bytes.length - 3, 20, 13])
				expect(await refusal(bytes.subarray(0, length))).not.toMatch(/^kept/);
		const flipped = Buffer.from(PNG);
		flipped[45]! ^= 1;
		expect(await refusal(flipped)).toBe('damaged');
	});

	it('never throws, whatever its bytes are', async () => {
		const start = fc.constantFrom(JPEG, PNG, WEBP, jpegFromPhone(), webpWithText(SECRET));
		const changes = fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { minLength: 1, maxLength: 6 });
		await fc.assert(
			fc.asyncProperty(start, changes, async (bytes, all) => {
				const changed = Buffer.from(bytes);
				for (const [at, value] of all) changed[at % changed.length] = value;
				await checkFile(changed, FILE_TYPES);
			}),
			{ numRuns: 500 }
		);
	});

	it('alone is taken where a picture is wanted', async () => {
		expect(await checkFile(Buffer.from('A list'), PICTURE_TYPES)).toEqual({ refusal: 'type' });
	});
});

describe('a PDF', () => {
	const pdf = (objects: string | Buffer) =>
		Buffer.concat([
			Buffer.from('%PDF-1.7\n1 0 obj\n'),
			Buffer.from(objects),
			Buffer.from('\nendobj\n%%EOF\n')
		]);
	const stream = (names: string, content: Buffer) =>
		pdf(
			Buffer.concat([
				Buffer.from(`<</Type/ObjStm/N 1/First 4${names}>>stream\n`, 'latin1'),
				content,
				Buffer.from('\nendstream')
			])
		);

	it('is kept as long as before, without its author', async () => {
		const bytes = pdf('<</Author (Nour \\(Haddad\\))/Title(Report)>><x:xmpmeta>Nour</x:xmpmeta>');
		const bare = await kept(bytes);
		expect([bare.type, bare.bytes.length, says(bare, 'Nour'), says(bare, 'Haddad')]).toEqual([
			'pdf',
			bytes.length,
			false,
			false
		]);
		expect(says(bare, '/Title(Report)')).toBe(true);
	});

	it('is refused with anything that acts, however that is spelled or packed', async () => {
		const acts = '<</S/JavaScript/JS(app.alert(1))>>';
		expect(await refusal(pdf(acts))).toBe('active');
		expect(await refusal(pdf('<</S/J#61vaScr#69pt>>'))).toBe('active');
		expect(await refusal(pdf('<</S /Launch /F(x)>>'))).toBe('active');
		expect(await refusal(pdf('<</Names<</EmbeddedFiles 3 0 R>>>>'))).toBe('active');
		expect(await refusal(stream('/Filter/FlateDecode', deflateSync(acts)))).toBe('active');
		expect(await refusal(stream('/Filter[/FlateDecode]', deflateSync('<</Type/Page>>')))).toBe(
			'kept as pdf'
		);
		expect(await refusal(stream('', Buffer.from(acts)))).toBe('active');
		const hidden = stream('/Filter/FlateDecode', deflateSync(acts)).toString('latin1');
		const spelled = Buffer.from(hidden.replace('/ObjStm', '/#4FbjStm'), 'latin1');
		expect(await refusal(spelled)).toBe('active');
		const decoy = Buffer.from(hidden.replace('>>stream', '/A(stream\nx)>>stream'), 'latin1');
		expect(await refusal(decoy)).toBe('damaged');
	});

	it('is refused where nobody can tell what is in it', async () => {
		expect(await refusal(pdf('<</Encrypt 5 0 R>>'))).toBe('protected');
		const hidden = deflateSync('<</Type/Page>>');
		for (const names of [
			'/Filter/LZWDecode',
			'/Filter 5 0 R',
			'/Filter[/FlateDecode/ASCII85Decode]'
		])
			expect(await refusal(stream(names, hidden)), names).toBe('damaged');
		expect(await refusal(stream('/Filter/FlateDecode/DecodeParms<</Predictor 12>>', hidden))).toBe(
			'damaged'
		);
		expect(
			await refusal(stream('/Filter/FlateDecode', deflateSync(Buffer.alloc(40_000_000))))
		).toBe('damaged');
		expect(await refusal('%PDF-1.7\nno end')).toBe('damaged');
	});
});

describe('a document', () => {
	const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
	const types = (main = WORD) =>
		`<Types><Override PartName="/word/document.xml" ContentType="${main}"/></Types>`;
	const docx = (...more: Packed[]) =>
		packed([
			{ name: '[Content_Types].xml', content: types() },
			{ name: 'word/document.xml', content: '<w:document>Report</w:document>' },
			...more
		]);
	const part = (name: string, content: string | Uint8Array = 'x'): Packed => ({ name, content });

	it('is kept without who made it, and without what cameras say of its pictures', async () => {
		const bytes = docx(
			part('docProps/core.xml', `<dc:creator>${SECRET}</dc:creator>`),
			part('docProps/app.xml', `<Company>${SECRET}</Company>`),
			part('word/media/image1.jpeg', jpegFromPhone(6, SECRET))
		);
		const { type, bytes: bare } = await kept(bytes);
		expect(type).toBe('docx');
		const again = (await kept(bare)).bytes;
		expect(again.equals(bare)).toBe(true);
		expect(bare.includes('docProps/core.xml')).toBe(true);
		expect(bare.includes('33.8938')).toBe(false);
	});

	it('of a real program reads as before', async () => {
		const table = {
			name: 'A',
			columns: [{ header: 'Name', kind: 'text' as const }],
			rows: [['Kites']]
		};
		const bytes = await writeTables({ tables: [table], format: 'xlsx', rightToLeft: false });
		const { type, bytes: bare } = await kept(bytes);
		expect(type).toBe('xlsx');
		expect(await readTables(bare)).toMatchObject({
			ok: true,
			tables: [{ rows: [['Name'], ['Kites']] }]
		});
	});

	it('is refused with macros, files within, and links to what lies elsewhere', async () => {
		const link = (type: string) =>
			`<Relationships><Relationship Id="a" Type="http://x/${type}" Target="https://evil.example/a" TargetMode="External"/></Relationships>`;
		for (const more of [
			part('word/vbaProject.bin'),
			part('word/embeddings/oleObject1.bin'),
			part('word/activeX/activeX1.xml'),
			part('word/a.xml', '<w:instrText xml:space="preserve"> DDEAUTO cmd'),
			part('word/document.foo', '<w:instrText xml:space="preserve"> DDEAUTO cmd'),
			part('word/_rels/document.xml.RELS', link('attachedTemplate')),
			part('word/_rels/document.xml.rels', link('attachedTemplate'))
		])
			expect(await refusal(docx(more)), more.name).toBe('active');
		expect(await refusal(docx(part('word/_rels/document.xml.rels', link('hyperlink'))))).toBe(
			'kept as docx'
		);
		const macro = [
			part('[Content_Types].xml', types(`${WORD}macroEnabled`)),
			part('word/document.xml')
		];
		expect(await refusal(packed(macro))).toBe('active');
	});

	it('is refused as an archive, a bomb, with a path that leads out, an entity, or a password', async () => {
		expect(await refusal(packed([part('a.txt')]))).toBe('type');
		expect(await refusal(docx(part('word/a.xml', Buffer.alloc(59 * 1024 * 1024))))).toBe('damaged');
		expect(await refusal(docx({ ...part('word/a.xml', 'abc'), size: 70_000_000 }))).toBe('damaged');
		for (const name of ['../../etc/passwd', '/etc/passwd', 'word\\..\\x', 'word//x', './x'])
			expect(await refusal(docx(part(name))), name).toBe('damaged');
		expect(await refusal(docx(part('word/a.xml', '<!DOCTYPE x [<!ENTITY a "b">]>')))).toBe(
			'damaged'
		);
		expect(await refusal(docx({ ...part('word/a.xml'), flags: 1 }))).toBe('protected');
	});

	it('of LibreOffice keeps its type first, and loses its author', async () => {
		const bytes = packed([
			{ name: 'mimetype', content: 'application/vnd.oasis.opendocument.text', stored: true },
			part('content.xml', '<office:text/>'),
			part('meta.xml', `<dc:creator>${SECRET}</dc:creator>`),
			part('META-INF/manifest.xml', '<manifest/>')
		]);
		const { type, bytes: bare } = await kept(bytes);
		expect([type, bare.toString('latin1', 30, 38)]).toEqual(['odt', 'mimetype']);
		expect(bare.includes('application/vnd.oasis.opendocument.text')).toBe(true);
	});
});

describe('anything else', () => {
	it('is a text in UTF-8, or is refused', async () => {
		expect(await kept('\ufeffتقرير\n2026')).toMatchObject({
			type: 'text',
			bytes: Buffer.from('تقرير\n2026')
		});
		for (const bytes of [
			'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
			'  <!doctype html><p>x',
			'GIF89a <script>alert(1)</script>',
			Buffer.from([0x4d, 0x5a, 0, 0, 1]),
			Buffer.from('GIF89a\x01\0\x01\0', 'latin1'),
			Buffer.from('caf\xe9', 'latin1'),
			'\x7fELF'
		])
			expect(await refusal(bytes), String(bytes)).toBe('type');
		expect(await refusal(' \n')).toBe('damaged');
	});

	it('that is two things at once is kept as one alone', async () => {
		const page = '<html><script>alert(1)</script></html>';
		const bare = await kept(
			Buffer.concat([
				jpegFromPhone(1, page),
				Buffer.from(page),
				Buffer.from(packed([{ name: 'a', content: page }]))
			])
		);
		expect(bare.type).toBe('jpeg');
		expect(says(bare, 'script')).toBe(false);
	});
});
