/** One field of a `multipart/form-data` body (RFC 7578), as browsers write it. */
export interface Part {
	name: string;
	/** Only of files; '' where none was chosen. */
	fileName?: string;
	/** A view of the body, not a copy. */
	bytes: Uint8Array;
}

const LINE_END = '\r\n';
const MOST_PARTS = 1000;

/** The fields of a body, in order; undefined when it is not whole or not what its type says. */
export function partsOf(body: Uint8Array, contentType: string): Part[] | undefined {
	const boundary = boundaryOf(contentType);
	if (!boundary) return undefined;
	const content = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
	const first = `--${boundary}`;
	if (!content.subarray(0, first.length).equals(Buffer.from(first))) return undefined;
	const parts: Part[] = [];
	let at = first.length;
	while (parts.length <= MOST_PARTS) {
		if (content.toString('latin1', at, at + 2) === '--') return parts;
		if (content.toString('latin1', at, at + 2) !== LINE_END) return undefined;
		const headersEnd = content.indexOf('\r\n\r\n', at);
		const end = content.indexOf(`${LINE_END}${first}`, headersEnd + 2);
		if (headersEnd < 0 || end < 0) return undefined;
		const named = namedIn(content.toString('utf8', at, headersEnd));
		if (!named) return undefined;
		parts.push({ ...named, bytes: content.subarray(Math.min(headersEnd + 4, end), end) });
		at = end + LINE_END.length + first.length;
	}
	return undefined;
}

function boundaryOf(contentType: string): string | undefined {
	const found = /^multipart\/form-data\s*;(?:.*;)?\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i;
	const [, quoted, plain] = found.exec(contentType) ?? [];
	return quoted ?? plain;
}

function namedIn(headers: string): Omit<Part, 'bytes'> | undefined {
	// no `.`, `^` or `$`: these end at U+2028 as well, which a name may hold
	const line = /\r\ncontent-disposition:\s*form-data\s*;([^\r\n]*)/i.exec(headers)?.[1];
	const name = line && /(?:^|[;\s])name="([^"]*)"/i.exec(line)?.[1];
	if (line === undefined || name === undefined) return undefined;
	const fileName = /(?:^|[;\s])filename="([^"]*)"/i.exec(line)?.[1];
	return {
		name: unescaped(name),
		...(fileName !== undefined && { fileName: unescaped(fileName) })
	};
}

/** Browsers escape these three and nothing else. */
function unescaped(text: string): string {
	return text.replace(/%0D|%0A|%22/gi, (code) => decodeURIComponent(code));
}
