import { checkPixels, NotKept } from './types.ts';

const KEPT = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF']);
const EXIF_XMP_ICC_FLAGS = 0x08 | 0x04 | 0x20;

/** A WebP written anew with its pixels alone: no EXIF, XMP or profile, and nothing behind its end. Throws `NotKept`. */
export function bareWebp(bytes: Buffer): Buffer {
	const end = 8 + bytes.readUInt32LE(4);
	if (end > bytes.length || end < 20) throw new NotKept('damaged', 'cut');
	const kept: Buffer[] = [];
	let hasPixels = false;
	for (let at = 12; at + 8 <= end;) {
		const type = bytes.toString('latin1', at, at + 4);
		const size = bytes.readUInt32LE(at + 4);
		const next = at + 8 + size + (size % 2);
		if (at + 8 + size > end) throw new NotKept('damaged', 'cut');
		const chunk = Buffer.from(bytes.subarray(at, Math.min(next, end)));
		if (at === 12) checkSize(type, chunk.subarray(8));
		if (type === 'VP8X') chunk[8]! &= ~EXIF_XMP_ICC_FLAGS;
		hasPixels ||= ['VP8 ', 'VP8L', 'ANMF'].includes(type);
		if (KEPT.has(type)) kept.push(chunk, Buffer.alloc(chunk.length % 2));
		at = next;
	}
	if (!hasPixels) throw new NotKept('damaged', 'no picture');
	const content = Buffer.concat(kept);
	const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
	head.writeUInt32LE(4 + content.length, 4);
	return Buffer.concat([head, content]);
}

/** The first chunk says how large the picture is, each kind in its own way. */
function checkSize(type: string, data: Buffer): void {
	if (data.length < 10) throw new NotKept('damaged', 'no header');
	if (type === 'VP8X') return checkPixels(1 + data.readUIntLE(4, 3), 1 + data.readUIntLE(7, 3));
	if (type === 'VP8 ' && data.readUIntBE(3, 3) === 0x9d012a)
		return checkPixels(data.readUInt16LE(6) & 0x3fff, data.readUInt16LE(8) & 0x3fff);
	if (type === 'VP8L' && data[0] === 0x2f) {
		const packed = data.readUInt32LE(1);
		return checkPixels(1 + (packed & 0x3fff), 1 + ((packed >>> 14) & 0x3fff));
	}
	throw new NotKept('damaged', type);
}
