import type { RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { m } from '#lib/paraglide/messages.js';
import { readBody } from './body.server.ts';
import { readFields, type ReadForm } from './form.server.ts';

/** A file as it was sent, or a text pasted in its place. */
export interface Sent {
	bytes: Uint8Array;
	/** Without folders and control characters; '' for a pasted text. */
	fileName: string;
}

export type ReadUpload<Data> =
	| (Extract<ReadForm<Data>, { ok: true }> & { sent: Sent | null })
	| Extract<ReadForm<Data>, { ok: false }>;

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
	const body = await readBody(event.request);
	const files = body.getAll('file').filter((value) => value instanceof File && value.name !== '');
	const pasted = body.getAll('pasted').filter((value) => typeof value === 'string');
	for (const name of ['file', 'pasted']) body.delete(name);
	const form = await readFields(event, body, schema);
	if (!form.ok) return form;
	if (files.length > 1) return { ok: false, form: form.again({ file: m.form_one_file() }) };
	const [file] = files as File[];
	if (file) return { ...form, sent: await sentOf(file) };
	const text = (pasted as string[]).join('\n');
	const bytes = new TextEncoder().encode(text);
	return { ...form, sent: text.trim() === '' ? null : { bytes, fileName: '' } };
}

async function sentOf(file: File): Promise<Sent> {
	const name = file.name.replace(/^.*[\\/]/, '').replace(/\p{Cc}/gu, '');
	return {
		bytes: new Uint8Array(await file.arrayBuffer()),
		fileName: name.slice(0, LONGEST_FILE_NAME)
	};
}
