import { crc32 } from 'node:zlib';

/** Three pixels by two, red to blue, as three programs would write them. */
export const JPEG = Buffer.from(
	'/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wAARCAACAAMDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAb/xAAaEAEAAQUAAAAAAAAAAAAAAAAAAQIDE1OS/8QAFAEBAAAAAAAAAAAAAAAAAAAABf/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhEDEQA/AIbPe219SAYPP//Z',
	'base64'
);
export const PNG = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACAgMAAADgGo6JAAAACVBMVEX/AAAAAP////8Ul8VoAAAADElEQVQI12NgYAgBAABYAFVdkbQUAAAAAElFTkSuQmCC',
	'base64'
);
export const WEBP = Buffer.from('UklGRh4AAABXRUJQVlA4TBIAAAAvAkAAAA8Q87//8x8O5iCi/xE=', 'base64');

/** A JPEG as a telephone writes it: lying on its side, with the place it was taken at and a note. */
export function jpegFromPhone(orientation = 6, secret = 'N 33.8938 Nour'): Buffer {
	const tiff = Buffer.alloc(26);
	tiff.write('II*\0', 'latin1');
	tiff.writeUInt32LE(8, 4);
	tiff.writeUInt16LE(1, 8);
	tiff.writeUInt16LE(0x0112, 10);
	tiff.writeUInt16LE(3, 12);
	tiff.writeUInt32LE(1, 14);
	tiff.writeUInt16LE(orientation, 18);
	const exif = segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), tiff, Buffer.from(secret)]));
	const more = [
		segment(0xed, Buffer.from(`Photoshop ${secret}`)),
		segment(0xfe, Buffer.from(secret))
	];
	return Buffer.concat([JPEG.subarray(0, 2), exif, ...more, JPEG.subarray(2), Buffer.from(secret)]);
}

/** A PNG with a text in it and behind it. */
export function pngWithText(text: string): Buffer {
	const data = Buffer.from(`Comment\0${text}`);
	const end = PNG.length - 12;
	return Buffer.concat([
		PNG.subarray(0, end),
		chunk('tEXt', data),
		PNG.subarray(end),
		Buffer.from(text)
	]);
}

/** A PNG that says it has so many pixels. */
export function pngOfSize(width: number, height: number): Buffer {
	const header = Buffer.from(PNG.subarray(16, 29));
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	return Buffer.concat([PNG.subarray(0, 8), chunk('IHDR', header), PNG.subarray(33)]);
}

/** A WebP in its long form, with XMP and something behind it. */
export function webpWithText(text: string): Buffer {
	const flags = Buffer.from([0x04, 0, 0, 0, 2, 0, 0, 1, 0, 0]);
	const chunks = Buffer.concat([
		riff('VP8X', flags),
		WEBP.subarray(12),
		riff('XMP ', Buffer.from(text))
	]);
	const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
	head.writeUInt32LE(4 + chunks.length, 4);
	return Buffer.concat([head, chunks, Buffer.from(text)]);
}

function segment(marker: number, content: Buffer): Buffer {
	const head = Buffer.from([0xff, marker, 0, 0]);
	head.writeUInt16BE(content.length + 2, 2);
	return Buffer.concat([head, content]);
}

function chunk(type: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
	length.writeUInt32BE(data.length);
	sum.writeUInt32BE(crc32(body));
	return Buffer.concat([length, body, sum]);
}

function riff(type: string, data: Buffer): Buffer {
	const head = Buffer.from(`${type}\0\0\0\0`, 'latin1');
	head.writeUInt32LE(data.length, 4);
	return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}
