/** What was measured under one name: milliseconds of each round, and for pages what came over the wire. */
export interface Measured {
	name: string;
	ms: number[];
	/** Compressed bytes of the answer's body. */
	bytes?: number;
}

/** Lines of text: the ratio of each median to the baselines' medians first, then what they are made of. */
export function table(measured: Measured[], baselines: string[]): string {
	const withBytes = measured.some(({ bytes }) => bytes !== undefined);
	const medians = new Map(measured.map(({ name, ms }) => [name, quantile(ms, 0.5)]));
	const head = ['', ...baselines.map((name) => `÷ ${name}`), 'median ms', 'p95 ms', 'n'];
	const rows = measured.map(({ name, ms, bytes }) => [
		name,
		...baselines.map((base) => (medians.get(name)! / medians.get(base)!).toFixed(1)),
		medians.get(name)!.toFixed(2),
		quantile(ms, 0.95).toFixed(2),
		String(ms.length),
		...(withBytes ? [String(bytes ?? '')] : [])
	]);
	return aligned([withBytes ? [...head, 'bytes'] : head, ...rows]);
}

/** The value below which a share of all values lies; the nearest of them. */
export function quantile(values: readonly number[], share: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

function aligned(rows: string[][]): string {
	const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
	return rows
		.map((row) =>
			row
				.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
				.join('  ')
		)
		.join('\n');
}
