import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { mostBytes, takesFiles } from './sizes.ts';

/**
 * The body of a posted form. One that grows beyond what its address takes is read to its end and dropped, so that
 * its sender gets to read the answer: 413. What is not a form at all is answered 400.
 */
export async function readBody(request: Request): Promise<FormData> {
	const path = new URL(request.url).pathname;
	const most = mostBytes(path);
	let size = 0;
	const counted = request.body?.pipeThrough(
		new TransformStream<Uint8Array, Uint8Array>({
			transform(chunk, controller) {
				size += chunk.length;
				if (size <= most) controller.enqueue(chunk);
			},
			flush() {
				if (size > most) throw new Error('too large');
			}
		})
	);
	const type = request.headers.get('content-type') ?? '';
	try {
		return await new Response(counted ?? null, { headers: { 'content-type': type } }).formData();
	} catch (cause) {
		const isTooLarge = size > most || (cause as { status?: number }).status === 413;
		if (isTooLarge) error(413, tooLargeText(path));
		error(400, m.error_not_a_form());
	}
}

/** Says that it is too much for this address, in the reader's language. */
export function tooLargeText(path: string): string {
	return takesFiles(path) ? m.error_file_too_large() : m.error_too_large();
}
