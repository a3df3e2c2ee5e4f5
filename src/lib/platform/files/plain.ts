import { NotKept } from './types.ts';

/** A text in UTF-8 as it is, without a mark of its byte order; undefined for what is none, or is a page or picture in disguise. */
export function plainText(bytes: Buffer): Buffer | undefined {
	let text: string;
	try {
		text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return undefined;
	}
	if (text.trim() === '') throw new NotKept('damaged', 'empty');
	const isPage = /^\s*<|<(?:script|svg|html|iframe)\b/i.test(text);
	const isBinary = /[\0-\x08\x0b\x0e-\x1f\x7f]/.test(text);
	return isPage || isBinary ? undefined : Buffer.from(text);
}
