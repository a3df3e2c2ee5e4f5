import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { mostBytes, takesFiles } from './sizes.ts';

/**
 * The body of a posted form. One that grows beyond what its address takes is read to its end and dropped, so that
 * its sender gets to read the answer: 413. What is not a form at all is answered 400.
 */
export async function readBody(request: Request): Promise<FormData> {
	return formOf(await readBytes(request), typeOf(request));
}

/** The same as bytes in one piece, of which nobody else holds a copy. */
export async function readBytes(request: Request): Promise<Uint8Array<ArrayBuffer>> {
	const path = new URL(request.url).pathname;
	const most = mostBytes(path);
	const announced = Number(request.headers.get('content-length') ?? 0);
	let bytes = new Uint8Array(Math.min(announced, most));
	let size = 0;
	try {
		for await (const chunk of request.body ?? []) {
			const from = size;
			size += chunk.length;
			if (size > most) continue;
			if (size > bytes.length) bytes = grown(bytes, size, most);
			bytes.set(chunk, from);
		}
	} catch (cause) {
		if ((cause as { status?: number }).status !== 413) error(400, m.error_not_a_form());
		size = Infinity;
	}
	if (size > most) error(413, tooLargeText(path));
	return size === bytes.length ? bytes : bytes.slice(0, size);
}

/** A form that was read as bytes; 400 when it is none. */
export async function formOf(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<FormData> {
	try {
		return await new Response(bytes, { headers: { 'content-type': type } }).formData();
	} catch {
		error(400, m.error_not_a_form());
	}
}

export function typeOf(request: Request): string {
	return request.headers.get('content-type') ?? '';
}

/** Says that it is too much for this address, in the reader's language. */
export function tooLargeText(path: string): string {
	return takesFiles(path) ? m.error_file_too_large() : m.error_too_large();
}

function grown(bytes: Uint8Array, least: number, most: number): Uint8Array<ArrayBuffer> {
	const longer = new Uint8Array(Math.min(Math.max(least, bytes.length * 2), most));
	longer.set(bytes);
	return longer;
}
