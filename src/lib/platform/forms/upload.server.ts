import { error, type RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { m } from '#lib/paraglide/messages.js';
import { formOf, readBytes, typeOf } from './body.server.ts';
import { readFields, type ReadForm } from './form.server.ts';
import { FORM_BYTES, takesFiles } from './sizes.ts';
import { TurnsEach } from '../turns/turns.ts';
import { partsOf, type Part } from './multipart.ts';

/** A file as it was sent, or a text pasted in its place. */
export interface Sent {
	bytes: Uint8Array;
	/** Without folders and control characters; '' for a pasted text. */
	fileName: string;
}

export type ReadUpload<Data> =
	| (Extract<ReadForm<Data>, { ok: true }> & { sent: Sent | null })
	| Extract<ReadForm<Data>, { ok: false }>;

/** What one file costs is some five times its size, until its rows are kept. */
const uploads = new TurnsEach(3);
const LONGEST_FILE_NAME = 200;

/**
 * A form with one file in the field `file`, or a text as long as a file in the field `pasted`; `sent` is null when
 * neither came. The other fields are read and checked as by `readForm`. Several files are an error of the
 * field `file`. Only for addresses that `sizes.ts` names; answers 413 and 400 as `readForm` does.
 */
export async function readUpload<Schema extends z.ZodObject>(
	event: RequestEvent,
	schema: Schema
): Promise<ReadUpload<z.output<Schema>>> {
	const parts = await readParts(event.request);
	const files = parts.filter(({ name, fileName }) => name === 'file' && fileName);
	const texts = parts.filter(({ fileName }) => fileName === undefined);
	const fields = texts.filter(({ name }) => name !== 'file' && name !== 'pasted');
	const form = await readFields(
		event,
		fields.map(({ name, bytes }): [string, string] => [name, textOf(bytes)]),
		schema
	);
	if (!form.ok) return form;
	if (files.length > 1) return { ok: false, form: form.again({ file: m.form_one_file() }) };
	const [file] = files;
	if (file) return { ...form, sent: sentOf(file) };
	const pasted = texts.filter(({ name }) => name === 'pasted');
	const text = pasted.map(({ bytes }) => textOf(bytes)).join('\n');
	const bytes = new TextEncoder().encode(text);
	return { ...form, sent: text.trim() === '' ? null : { bytes, fileName: '' } };
}

/**
 * Does what a request asks for. One that may bring a large file waits until it is its turn, three at a time and one of
 * each account, with its body still on its way: so memory is bounded however many are sent.
 */
export function inTurn<T>(request: Request, accountId: string, work: () => Promise<T>): Promise<T> {
	return mayBeLarge(request) ? uploads.run(accountId, work) : work();
}

function mayBeLarge({ method, url, headers }: Request): boolean {
	if (method !== 'POST' || !takesFiles(new URL(url).pathname)) return false;
	return Number(headers.get('content-length') ?? Infinity) > FORM_BYTES;
}

/** A file of 20 MB is held once: its part is a view of the body. The framework's way holds it four times. */
async function readParts(request: Request): Promise<Part[]> {
	const type = typeOf(request);
	const body = await readBytes(request);
	if (/^multipart\//i.test(type)) return partsOf(body, type) ?? error(400, m.error_not_a_form());
	const form = await formOf(body, type);
	return [...form].flatMap(([name, value]) =>
		typeof value === 'string' ? [{ name, bytes: new TextEncoder().encode(value) }] : []
	);
}

function textOf(bytes: Uint8Array): string {
	return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function sentOf({ fileName = '', bytes }: Part): Sent {
	const name = fileName.replace(/^.*[\\/]/, '').replace(/\p{Cc}/gu, '');
	return { bytes, fileName: name.slice(0, LONGEST_FILE_NAME) };
}
