import { encode } from 'uqr';

/** A QR code: modules per side, and its dark modules as an SVG path of one unit each. */
export interface Qr {
	size: number;
	path: string;
}

/** A text as a QR code that bears a smudge or a crease (level M). */
export function qrOf(text: string): Qr {
	const { size, data } = encode(text, { ecc: 'M', border: 0 });
	return { size, path: pathOf(data) };
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
