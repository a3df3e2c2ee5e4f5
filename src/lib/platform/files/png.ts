import { crc32 } from 'node:zlib';
import { checkPixels, NotKept } from './types.ts';

const SIGNATURE_BYTES = 8;
/** What a picture is made of. Texts, times, EXIF, colour profiles with names in them and movements are left out. */
const KEPT = new Set([
	...['IHDR', 'PLTE', 'IDAT', 'IEND'],
	...['tRNS', 'gAMA', 'cHRM', 'sRGB', 'sBIT', 'bKGD', 'hIST', 'pHYs']
]);

/** A PNG written anew with what its pixels need alone, and nothing behind its end. Throws `NotKept`. */
export function barePng(bytes: Buffer): Buffer {
	const kept = [bytes.subarray(0, SIGNATURE_BYTES)];
	const seen = new Set<string>();
	for (let at = SIGNATURE_BYTES; !seen.has('IEND');) {
		if (at + 12 > bytes.length) throw new NotKept('damaged', 'cut');
		const end = at + 12 + bytes.readUInt32BE(at);
		if (end > bytes.length) throw new NotKept('damaged', 'cut');
		const type = bytes.toString('latin1', at + 4, at + 8);
		if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4))
			throw new NotKept('damaged', type);
		if (seen.size === 0) checkHeader(type, bytes.subarray(at + 8, end - 4));
		else if (type === 'IHDR') throw new NotKept('damaged', 'two headers');
		seen.add(type);
		if (KEPT.has(type)) kept.push(bytes.subarray(at, end));
		else if (isCritical(type)) throw new NotKept('damaged', type);
		at = end;
	}
	if (!seen.has('IDAT')) throw new NotKept('damaged', 'no picture');
	return Buffer.concat(kept);
}

function checkHeader(type: string, header: Buffer): void {
	if (type !== 'IHDR' || header.length !== 13) throw new NotKept('damaged', 'no header');
	checkPixels(header.readUInt32BE(0), header.readUInt32BE(4));
}

/** A chunk without which it cannot be drawn begins with a capital. */
function isCritical(type: string): boolean {
	return /^[A-Z]/.test(type);
}
