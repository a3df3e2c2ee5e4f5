/** How large what is sent may be, by where it is sent. Server and forms keep to the same numbers. */

/** More than a form without a file has. */
export const FORM_BYTES = 512 * 1024;
/** A file of 20 MB with the fields around it. */
const UPLOAD_BYTES = 20 * 1024 * 1024 + FORM_BYTES;
/** One of 10 MB that is kept. */
const KEPT_FILE_BYTES = 10 * 1024 * 1024 + FORM_BYTES;

/** Only what is sent to these addresses may hold a file. */
const TAKE_FILES: readonly (readonly [path: RegExp, most: number])[] = [
	[/^\/imports(?:\/|$)/, UPLOAD_BYTES],
	[/^\/roadmaps\/milestones\/[^/]+\/upload$/, KEPT_FILE_BYTES],
	[/^\/curricula\/plans\/[^/]+\/upload$/, KEPT_FILE_BYTES]
];

export function takesFiles(path: string): boolean {
	return mostBytes(path) > FORM_BYTES;
}

/** The most bytes a body sent to this path may have. */
export function mostBytes(path: string): number {
	return TAKE_FILES.find(([address]) => address.test(path))?.[1] ?? FORM_BYTES;
}

/** The most bytes any body may have. */
export const MOST_BYTES = UPLOAD_BYTES;

/** Set by the server alone, on a request whose body it took away for being too large. */
export const TOO_LARGE_HEADER = 'x-halqa-too-large';
