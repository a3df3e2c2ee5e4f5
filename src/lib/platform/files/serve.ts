import type { KeptFile } from './rows.ts';
import type { FileStore } from './store.ts';
import type { FileType } from './types.ts';

/** How each type is sent: never as anything a browser would run. */
const SENT_AS: Readonly<Record<FileType, { mime: string; ending: string; isInline?: true }>> = {
	jpeg: { mime: 'image/jpeg', ending: 'jpg', isInline: true },
	png: { mime: 'image/png', ending: 'png', isInline: true },
	webp: { mime: 'image/webp', ending: 'webp', isInline: true },
	pdf: { mime: 'application/pdf', ending: 'pdf' },
	docx: { mime: openXml('wordprocessingml.document'), ending: 'docx' },
	xlsx: { mime: openXml('spreadsheetml.sheet'), ending: 'xlsx' },
	pptx: { mime: openXml('presentationml.presentation'), ending: 'pptx' },
	odt: { mime: 'application/vnd.oasis.opendocument.text', ending: 'odt' },
	ods: { mime: 'application/vnd.oasis.opendocument.spreadsheet', ending: 'ods' },
	odp: { mime: 'application/vnd.oasis.opendocument.presentation', ending: 'odp' },
	text: { mime: 'text/plain; charset=utf-8', ending: 'txt' }
};

interface Sent extends KeptFile {
	title: string;
	mayKeep: boolean;
}

/**
 * A file as an answer: whole, a range of it (RFC 9110), or that the asker's copy is still right. Saved under `title`,
 * pictures shown in place. With `mayKeep` browsers keep it, and ask each time whether it is still right. undefined when
 * its content is not there.
 */
export async function answerWith(
	files: FileStore,
	{ sha256, type, bytes, title, mayKeep }: Sent,
	request: Request
): Promise<Response | undefined> {
	const { mime, ending, isInline } = SENT_AS[type];
	const etag = `"${sha256}"`;
	const headers = {
		'content-type': mime,
		'content-disposition': `${isInline ? 'inline' : 'attachment'}; filename*=UTF-8''${encoded(`${title}.${ending}`)}`,
		'content-security-policy': "default-src 'none'; sandbox",
		'x-content-type-options': 'nosniff',
		'cache-control': mayKeep ? 'private, no-cache' : 'no-store',
		'accept-ranges': 'bytes',
		etag
	};
	if (request.headers.get('if-none-match') === etag)
		return new Response(null, { status: 304, headers });
	const asked = rangeOf(request, etag, bytes);
	if (asked === 'outside')
		return new Response(null, {
			status: 416,
			headers: { ...headers, 'content-range': `bytes */${bytes}` }
		});
	const content = await files.read(sha256);
	if (!content) return undefined;
	const { from, to } = asked ?? { from: 0, to: bytes - 1 };
	return new Response(streamOf(piecesOf(content, from, to)), {
		status: asked ? 206 : 200,
		headers: {
			...headers,
			'content-length': String(to - from + 1),
			...(asked && { 'content-range': `bytes ${from}-${to}/${bytes}` })
		}
	});
}

/** The one range asked for, both ends within; undefined for none, for several, and where the asker has another file. */
function rangeOf({ headers }: Request, etag: string, bytes: number) {
	const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(headers.get('range') ?? '') ?? [];
	const isSame = [null, etag].includes(headers.get('if-range'));
	if (first === undefined || last === undefined || first + last === '' || !isSame) return undefined;
	const from = first === '' ? Math.max(bytes - Number(last), 0) : Number(first);
	const to = first === '' || last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1);
	return from > to ? 'outside' : { from, to };
}

/** The bytes from one place to another, both included. */
async function* piecesOf(content: AsyncIterable<Buffer>, from: number, to: number) {
	let at = 0;
	for await (const piece of content) {
		const part = piece.subarray(Math.max(from - at, 0), Math.max(to + 1 - at, 0));
		at += piece.length;
		if (part.length > 0) yield new Uint8Array(part);
		if (at > to) return;
	}
}

/** Read as it is taken, and closed when nobody takes any more. */
function streamOf(pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>): ReadableStream {
	return new ReadableStream({
		async pull(controller) {
			const { done, value } = await pieces.next();
			if (done) controller.close();
			else controller.enqueue(value);
		},
		cancel: async () => void (await pieces.return(undefined))
	});
}

function openXml(kind: string): string {
	return `application/vnd.openxmlformats-officedocument.${kind}`;
}

/** A file name in a header (RFC 8187), without signs that lead elsewhere. */
function encoded(name: string): string {
	const safe = name.replace(/[\p{Cc}\p{Cf}/\\:*?"<>|]/gu, '_');
	return encodeURIComponent(safe).replace(
		/['()*]/g,
		(sign) => `%${sign.charCodeAt(0).toString(16)}`
	);
}
