import { pathOf } from './limits.ts';

/** Escaped bytes in a row. ASCII between two of them cannot belong to a character of several bytes. */
const ESCAPED = /(?:%[0-9a-f]{2})+/gi;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Whether a request target (RFC 9112) is text: ASCII as it came, UTF-8 without NUL where it is escaped. A path
 * also once it is decoded a second time, which the framework does to what stands for a parameter. In a query a
 * `%` before anything else stands for itself, as in browsers.
 */
export function isText(target: string): boolean {
	if (!/^[!-~]+$/.test(target)) return false;
	const path = pathOf(target);
	try {
		unescaped(decodeURIComponent(path));
		unescaped(target.slice(path.length));
		return true;
	} catch {
		return false;
	}
}

function unescaped(text: string): string {
	const decoded = text.replace(ESCAPED, (bytes) =>
		utf8.decode(Buffer.from(bytes.replaceAll('%', ''), 'hex'))
	);
	if (decoded.includes('\0')) throw new RangeError('NUL in a request target');
	return decoded;
}
