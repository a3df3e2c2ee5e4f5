/**
 * Does the work on so many rows at a time, one batch after another: a statement holds only so many parameters on
 * either database. Nothing for no rows.
 */
export async function inBatches<T>(
	rows: readonly T[],
	size: number,
	work: (batch: T[]) => Promise<unknown>
): Promise<void> {
	for (let from = 0; from < rows.length; from += size) await work(rows.slice(from, from + size));
}
