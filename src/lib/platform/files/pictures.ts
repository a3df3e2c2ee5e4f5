import { bareJpeg } from './jpeg.ts';
import { barePng } from './png.ts';
import { bareWebp } from './webp.ts';
import type { CheckedFile } from './types.ts';

/** A picture by what its bytes begin with, written anew with its pixels alone; undefined for none of the three kinds. */
export function barePicture(bytes: Buffer): CheckedFile | undefined {
	const begins = bytes.toString('latin1', 0, 12);
	if (begins.startsWith('\xff\xd8\xff')) return { type: 'jpeg', bytes: bareJpeg(bytes) };
	if (begins.startsWith('\x89PNG\r\n\x1a\n')) return { type: 'png', bytes: barePng(bytes) };
	if (/^RIFF....WEBP$/s.test(begins)) return { type: 'webp', bytes: bareWebp(bytes) };
	return undefined;
}
