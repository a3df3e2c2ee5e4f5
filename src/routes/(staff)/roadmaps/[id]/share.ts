/** A place of 0 … 1 as the length an SVG attribute takes. */
export function share(place: number): string {
	return `${Math.round(place * 10_000) / 100}%`;
}
