/** What may be kept, as found in its bytes and never as its name says. */
export const FILE_TYPES = [
	'jpeg',
	'png',
	'webp',
	'pdf',
	'docx',
	'xlsx',
	'pptx',
	'odt',
	'ods',
	'odp',
	'text'
] as const;
export type FileType = (typeof FILE_TYPES)[number];

export const PICTURE_TYPES = ['jpeg', 'png', 'webp'] as const satisfies readonly FileType[];

/** Why a file is not kept. */
export const FILE_REFUSALS = [
	/** None of the types that are accepted here, or several at once. */
	'type',
	/** It does something when it is opened: a script, a macro, a program, a file within. */
	'active',
	/** Locked with a password, so that nobody can tell what is in it. */
	'protected',
	/** Not whole, or made to break whoever reads it. */
	'damaged',
	/** A picture of more than `MOST_PIXELS`. */
	'pixels'
] as const;
export type FileRefusal = (typeof FILE_REFUSALS)[number];

/** One file, at most. */
export const MOST_FILE_BYTES = 10 * 1024 * 1024;
export const MOST_PIXELS = 40_000_000;

/** A file whose bytes are what its type says, without what tells who made it where. */
export interface CheckedFile {
	type: FileType;
	bytes: Buffer;
}

/** Thrown while a file is looked through, and told as its reason where the looking began. */
export class NotKept extends Error {
	readonly reason: FileRefusal;

	constructor(reason: FileRefusal, detail = '') {
		super(`${reason} ${detail}`.trim());
		this.reason = reason;
	}
}

/** Throws `NotKept` for a picture without a size, or of more pixels than is kept. */
export function checkPixels(width: number, height: number): void {
	if (width < 1 || height < 1) throw new NotKept('damaged', 'no size');
	if (width * height > MOST_PIXELS) throw new NotKept('pixels');
}
