import type { RequestEvent } from '@sveltejs/kit';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { line } from './fields.ts';
import { FORM_BYTES } from './sizes.ts';
import { inTurn, readUpload } from './upload.server.ts';

vi.setConfig({ testTimeout: 30_000 }); // twenty megabytes take a while on a busy machine

const SCHEMA = z.strictObject({ kind: line(20) });
const ONCE = '0199a7c2-1f3e-7000-8000-000000000001';

async function read(parts: [string, string | File][], path = '/imports') {
	const body = new FormData();
	for (const [name, value] of [['kind', 'people'], ['once', ONCE], ...parts] as typeof parts)
		body.append(name, value);
	const request = new Request(`http://localhost${path}`, { method: 'POST', body });
	return readUpload({ request, locals: {} } as RequestEvent, SCHEMA);
}

const file = (name: string, bytes: number | string = 'a;b') =>
	new File([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)], name);

describe('readUpload', () => {
	it('gives the bytes, a name without folders, the fields and the key of this sending', async () => {
		const upload = await read([['file', file('C:\\lists\\اسماء\u0007.csv')]]);
		if (!upload.ok) throw new Error('refused');
		expect(new TextDecoder().decode(upload.sent?.bytes)).toBe('a;b');
		expect(upload.sent?.fileName).toBe('اسماء.csv');
		expect(upload.data).toEqual({ kind: 'people' });
		expect(upload.once).toBe(ONCE);
	});

	it('takes a file of twenty megabytes, and a pasted text far longer than other fields', async () => {
		const upload = await read([['file', file('big.xlsx', 20 * 1024 * 1024)]]);
		expect(upload.ok && upload.sent?.bytes.length).toBe(20 * 1024 * 1024);
		const body = upload.ok && upload.sent?.bytes.buffer; // held once, with the fields around it
		expect(body && body.byteLength - 20 * 1024 * 1024).toBeGreaterThan(0);
		const text = 'أمل\t2015\n'.repeat(30_000);
		const pasted = await read([['pasted', text]]);
		expect(pasted.ok && pasted.sent).toEqual({
			bytes: new TextEncoder().encode(text.replaceAll('\n', '\r\n')),
			fileName: ''
		});
	});

	it('says when nothing was chosen, and keeps the fields when too much was', async () => {
		const nothing = await read([
			['file', file('', '')],
			['pasted', ' \n']
		]);
		expect(nothing.ok && nothing.sent).toBeNull();
		const two = await read([
			['file', file('a.csv')],
			['file', file('b.csv')]
		]);
		expect(two.ok).toBe(false);
		expect(!two.ok && two.form).toMatchObject({
			once: ONCE,
			values: { kind: 'people' },
			errors: { file: expect.any(String) }
		});
	});

	it('refuses more than its address takes, and what is no form', async () => {
		const large = file('big.xlsx', 21 * 1024 * 1024);
		await expect(read([['file', large]])).rejects.toMatchObject({ status: 413 });
		const small = file('big.xlsx', 1024 * 1024);
		await expect(read([['file', small]], '/login')).rejects.toMatchObject({ status: 413 });
		const request = new Request('http://localhost/imports', {
			method: 'POST',
			body: 'x',
			headers: { 'content-type': 'multipart/form-data; boundary=y' }
		});
		await expect(readUpload({ request, locals: {} } as RequestEvent, SCHEMA)).rejects.toMatchObject(
			{ status: 400 }
		);
	});
});

describe('a large body', () => {
	const asked = (path: string, bytes?: number) =>
		new Request(`http://localhost${path}`, {
			method: 'POST',
			...(bytes !== undefined && { headers: { 'content-length': String(bytes) } })
		});

	it.each([
		['announced', asked('/imports?/take', FORM_BYTES + 1), true],
		['of a length nobody told', asked('/imports?/take'), true],
		['of a form', asked('/imports/1?/choose', FORM_BYTES), false],
		['where no file is taken', asked('/login', FORM_BYTES + 1), false]
	])('%s waits for the one before of the same account: %#', async (_, request, waits) => {
		const first = Promise.withResolvers<void>();
		const begun: string[] = [];
		const large = asked('/imports?/take', FORM_BYTES + 1);
		const done = [
			inTurn(large, 'a', () => first.promise),
			inTurn(request, 'a', async () => void begun.push('own')),
			inTurn(large, 'b', async () => void begun.push('other'))
		];
		await new Promise(setImmediate);
		expect(begun.toSorted()).toEqual(waits ? ['other'] : ['other', 'own']);
		first.resolve();
		await Promise.all(done);
		expect(begun.toSorted()).toEqual(['other', 'own']);
	});
});
