import { bareOffice } from './office.ts';
import { barePdf } from './pdf.ts';
import { barePicture } from './pictures.ts';
import { plainText } from './plain.ts';
import { NotKept, type CheckedFile, type FileRefusal, type FileType } from './types.ts';

/**
 * What a file is by its content, and its bytes without what tells of people and places; or why it is not kept. Its name
 * plays no part. `accepted`: the types wanted here.
 */
export async function checkFile(
	sent: Uint8Array,
	accepted: readonly FileType[]
): Promise<CheckedFile | { refusal: FileRefusal }> {
	try {
		const file = await bare(Buffer.from(sent.buffer, sent.byteOffset, sent.byteLength));
		return accepted.includes(file.type) ? file : { refusal: 'type' };
	} catch (error) {
		if (error instanceof NotKept) return { refusal: error.reason };
		throw error;
	}
}

async function bare(bytes: Buffer): Promise<CheckedFile> {
	const picture = barePicture(bytes);
	if (picture) return picture;
	const begins = bytes.toString('latin1', 0, 5);
	if (begins === '%PDF-') return { type: 'pdf', bytes: barePdf(bytes) };
	if (begins.startsWith('PK\x03\x04')) return bareOffice(bytes);
	const text = plainText(bytes);
	if (!text) throw new NotKept('type');
	return { type: 'text', bytes: text };
}
