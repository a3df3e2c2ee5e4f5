import { qrOf, type Qr } from '#lib/platform/qr/qr.ts';

/** What leads children to the questions of a session: a code to type, an address, and both as a picture. */
export interface WayIn {
	code: string;
	/** Where the code is typed. */
	address: string;
	/** The questions themselves. */
	url: string;
	/** `url` as a picture. */
	qr: Qr;
}

/** The way in to an open code. `origin` is the app's own, as children's devices reach it. */
export function wayIn(origin: string, code: string): WayIn {
	const address = `${origin}/s`;
	const url = `${address}/${code}`;
	return { code, address, url, qr: qrOf(url) };
}
