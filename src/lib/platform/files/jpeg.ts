import { checkPixels, NotKept } from './types.ts';

const EXIF = Buffer.from('Exif\0\0', 'latin1');
const ORIENTATION = 0x0112;
const END = 0xd9;
const SCAN = 0xda;

/** What a decoder needs besides the pixels: which colours are meant. Application data are kept by what they begin with. */
const KEPT: Record<number, string> = { 0xe2: 'ICC_PROFILE\0', 0xee: 'Adobe' };

/**
 * A JPEG written anew with its pixels alone: no camera, place, time, comment, smaller picture, nor anything
 * behind its end. Which way up it is stays. Throws `NotKept`.
 */
export function bareJpeg(bytes: Buffer): Buffer {
	const kept: Buffer[] = [];
	let orientation = 1;
	let hasSize = false;
	let hasScan = false;
	let at = 2;
	for (;;) {
		const { marker, from, to } = segmentAt(bytes, at);
		if (marker === END) break;
		const segment = bytes.subarray(from, to);
		if (isFrame(marker)) {
			if (hasSize || segment.length < 9) throw new NotKept('damaged', 'frame');
			checkPixels(segment.readUInt16BE(7), segment.readUInt16BE(5));
			hasSize = true;
		}
		if (marker === 0xe1) orientation = orientationIn(segment) ?? orientation;
		if (isKept(marker, segment)) kept.push(segment);
		at = to;
		if (marker !== SCAN) continue;
		if (!hasSize) throw new NotKept('damaged', 'no frame');
		hasScan = true;
		at = scanEnd(bytes, to);
		kept.push(bytes.subarray(to, at));
	}
	if (!hasScan) throw new NotKept('damaged', 'no picture');
	const start = [Buffer.from([0xff, 0xd8]), ...(orientation === 1 ? [] : [turned(orientation)])];
	return Buffer.concat([...start, ...kept, Buffer.from([0xff, END])]);
}

interface Segment {
	marker: number;
	from: number;
	to: number;
}

/** The segment that begins here, its length checked against the file. */
function segmentAt(bytes: Buffer, at: number): Segment {
	if (bytes[at] !== 0xff) throw new NotKept('damaged', 'no marker');
	let from = at;
	while (bytes[from + 1] === 0xff) from += 1; // filling
	const marker = bytes[from + 1] ?? 0;
	if (marker === END) return { marker, from, to: from + 2 };
	if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd8)) throw new NotKept('damaged', 'marker');
	if (from + 4 > bytes.length) throw new NotKept('damaged', 'cut');
	const to = from + 2 + bytes.readUInt16BE(from + 2);
	if (to < from + 4 || to > bytes.length) throw new NotKept('damaged', 'cut');
	return { marker, from, to };
}

/** Where the pixels of a scan end: at the first marker that is no stuffing and no restart. */
function scanEnd(bytes: Buffer, from: number): number {
	for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
		const next = bytes[at + 1];
		if (next === undefined) break;
		if (next === 0 || next === 0xff || (next >= 0xd0 && next <= 0xd7)) continue;
		return at;
	}
	throw new NotKept('damaged', 'no end');
}

function isFrame(marker: number): boolean {
	return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** Tables, frames and scans; of application data the two that say how colours are meant; no comment. */
function isKept(marker: number, segment: Buffer): boolean {
	if (marker < 0xe0) return true;
	const begins = KEPT[marker];
	return begins !== undefined && segment.subarray(4).toString('latin1').startsWith(begins);
}

/** Which way up, 1 … 8, as EXIF says it; undefined where it does not. */
function orientationIn(segment: Buffer): number | undefined {
	if (!segment.subarray(4, 10).equals(EXIF)) return undefined;
	const tiff = segment.subarray(10);
	if (tiff.length < 8) return undefined;
	const isLittle = tiff.toString('latin1', 0, 2) === 'II';
	const short = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
	const list = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
	if (list + 2 > tiff.length) return undefined;
	for (let at = list + 2, left = short(list); left > 0 && at + 12 <= tiff.length; at += 12) {
		left -= 1;
		if (short(at) !== ORIENTATION) continue;
		const value = short(at + 8);
		return value >= 1 && value <= 8 ? value : undefined;
	}
	return undefined;
}

/** EXIF that says which way up it is, and nothing else. */
function turned(orientation: number): Buffer {
	const tiff = Buffer.alloc(26);
	tiff.write('MM\0*', 'latin1');
	tiff.writeUInt32BE(8, 4);
	tiff.writeUInt16BE(1, 8);
	tiff.writeUInt16BE(ORIENTATION, 10);
	tiff.writeUInt16BE(3, 12);
	tiff.writeUInt32BE(1, 14);
	tiff.writeUInt16BE(orientation, 18);
	const head = Buffer.from([0xff, 0xe1, 0, 2 + EXIF.length + tiff.length]);
	return Buffer.concat([head, EXIF, tiff]);
}
