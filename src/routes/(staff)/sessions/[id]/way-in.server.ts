import { encode } from 'uqr';

/** What leads children to the questions of a session: a code to type, an address, and both as a picture. */
export interface WayIn {
	code: string;
	/** Where the code is typed. */
	address: string;
	/** The questions themselves. */
	url: string;
	/** `url` as a QR code: modules per side, and its dark modules as an SVG path of one unit each. */
	qr: { size: number; path: string };
}

/** The way in to an open code. `origin` is the app's own, as children's devices reach it. */
export function wayIn(origin: string, code: string): WayIn {
	const address = `${origin}/s`;
	const url = `${address}/${code}`;
	const { size, data } = encode(url, { ecc: 'M', border: 0 });
	return { code, address, url, qr: { size, path: pathOf(data) } };
}

/** One rectangle per run of dark modules in a row. */
function pathOf(rows: readonly (readonly boolean[])[]): string {
	return rows
		.flatMap((row, y) =>
			row.flatMap((dark, x) => {
				if (!dark || row[x - 1]) return [];
				const end = row.indexOf(false, x);
				const length = (end < 0 ? row.length : end) - x;
				return `M${x} ${y}h${length}v1h-${length}z`;
			})
		)
		.join('');
}
