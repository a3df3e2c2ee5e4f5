import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partsOf } from './multipart.ts';

const field = (head: string, content = 'x') =>
	`--b\r\nContent-Disposition: ${head}\r\n\r\n${content}\r\n`;
const read = (text: string, type = 'multipart/form-data; boundary=b') =>
	partsOf(Buffer.from(text), type);

describe('the parts of a multipart body', () => {
	it('are those that were put in, whatever they are called and hold', async () => {
		const text = fc.string({ unit: 'grapheme' });
		const value = fc.oneof(
			text.map((content) => ({ content })),
			fc.record({ content: fc.uint8Array(), fileName: text })
		);
		await fc.assert(
			fc.asyncProperty(fc.array(fc.tuple(text, value), { maxLength: 6 }), async (fields) => {
				const form = new FormData();
				for (const [name, { content, ...file }] of fields)
					if ('fileName' in file) form.append(name, new File([content as never], file.fileName));
					else form.append(name, content as string);
				const response = new Response(form);
				const type = response.headers.get('content-type')!;
				const parts = partsOf(new Uint8Array(await response.arrayBuffer()), type)!;
				const names = (word: string) => word.replace(/\r\n?|\n/g, '\r\n').toWellFormed();
				expect(parts.map(({ name }) => name)).toEqual(fields.map(([name]) => names(name)));
				for (const [at, [, { content }]] of fields.entries())
					expect(Buffer.from(parts[at]!.bytes)).toEqual(
						typeof content === 'string' ? Buffer.from(names(content)) : Buffer.from(content)
					);
			}),
			{ numRuns: 60 }
		);
	});

	it('may be called by a separator of lines', () => {
		const name = 'a\u2028b\u2029c';
		expect(read(`${field(`form-data; name="${name}"`)}--b--`)).toMatchObject([{ name }]);
	});

	it('are views of the body', () => {
		const body = Buffer.from(`${field('form-data; name="a"; filename="f"', 'file')}--b--\r\n`);
		const [part] = partsOf(body, 'multipart/form-data; boundary=b')!;
		expect(part!.bytes.buffer).toBe(body.buffer);
		expect(part).toMatchObject({ name: 'a', fileName: 'f' });
	});

	it('may be none or empty, and the boundary may be quoted', () => {
		expect(read('--b--')).toEqual([]);
		expect(read(`${field('form-data; name="a"', '')}--b--`)?.[0]?.bytes).toHaveLength(0);
		expect(read('--b c--', 'multipart/form-data; charset=utf-8; boundary="b c"')).toEqual([]);
	});

	it.each([
		['nothing', ''],
		['no end', field('form-data; name="a"')],
		['an end too early', '--b\r\nContent-Disposition: form-data; name="a"'],
		['another boundary', field('form-data; name="a"').replaceAll('--b', '--c')],
		['no name', `${field('form-data')}--b--`],
		['another disposition', `${field('attachment; name="a"')}--b--`],
		['a file name alone', `${field('form-data; filename="a"')}--b--`],
		['text after a boundary', '--bx\r\n--b--'],
		['parts without end', field('form-data; name="a"').repeat(1002)]
	])('are undefined of %s', (_, text) => {
		expect(read(text)).toBeUndefined();
	});

	it.each([
		'',
		'text/plain',
		'multipart/form-data',
		'multipart/form-data; boundary=',
		'multipart/mixed; boundary=b'
	])('are undefined under the type %j', (type) => {
		expect(read('--b--', type)).toBeUndefined();
	});
});
