import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { protect, withTotals } from './protect.rules.ts';

/** What somebody knows who sees a table: its shown numbers, and that hidden ones are not zero unless zeros are hidden. */
interface Seen {
	table: number[][];
	hidden: readonly (readonly boolean[])[];
	least: number;
}

function see(counts: number[][], smallest?: number): Seen {
	const table = withTotals(counts);
	const { hidden, zerosHidden } = protect(table, smallest);
	return { table, hidden, least: zerosHidden ? 0 : 1 };
}

/** Tries every table there is: the least and the most each number can be, given all that is shown. */
function tryAll({ table, hidden, least }: Seen): { low: number; high: number }[][] {
	const [rows, columns] = [table.length - 1, table[0]!.length - 1];
	const found = table.map((row) => row.map(() => ({ low: Infinity, high: -Infinity })));
	const all = table[rows]![columns]!;
	const guess = table.map((row) => row.map(() => 0));
	const fits = (r: number, c: number, sum: number) =>
		hidden[r]![c] ? sum >= least : sum === table[r]![c];
	const place = (at: number, left: number): void => {
		if (at === rows * columns) {
			if (left !== 0) return;
			const sums = guess[rows]!.slice(0, columns);
			if (!sums.every((sum, c) => fits(rows, c, sum))) return;
			guess.forEach((row, r) =>
				row.forEach((count, c) => {
					const one = found[r]![c]!;
					one.low = Math.min(one.low, count);
					one.high = Math.max(one.high, count);
				})
			);
			return;
		}
		const [r, c] = [Math.floor(at / columns), at % columns];
		const isHidden = hidden[r]![c];
		const from = isHidden ? least : table[r]![c]!;
		for (let count = from; count <= (isHidden ? left : from) && count <= left; count += 1) {
			guess[r]![c] = count;
			guess[r]![columns]! += count;
			guess[rows]![c]! += count;
			if (c < columns - 1 || fits(r, columns, guess[r]![columns]!)) place(at + 1, left - count);
			guess[r]![columns]! -= count;
			guess[rows]![c]! -= count;
		}
	};
	place(0, all);
	return found;
}

/** Narrows every hidden number by the sums of its row and column until nothing changes. */
function narrow({ table, hidden, least }: Seen): { low: number; high: number }[][] {
	const all = table.at(-1)!.at(-1)!;
	const most = hidden.at(-1)!.at(-1)! ? 1e6 : all;
	const found = table.map((row, r) =>
		row.map((count, c) =>
			hidden[r]![c] ? { low: least, high: most } : { low: count, high: count }
		)
	);
	const lines = [...found, ...found[0]!.map((_, c) => found.map((row) => row[c]!))].map((line) => ({
		parts: line.slice(0, -1),
		total: line.at(-1)!
	}));
	for (let changed = true; changed;) {
		changed = false;
		const set = (one: { low: number; high: number }, low: number, high: number) => {
			if (low <= one.low && high >= one.high) return;
			one.low = Math.max(one.low, low);
			one.high = Math.min(one.high, high);
			changed = true;
		};
		for (const { parts, total } of lines) {
			const low = parts.reduce((sum, part) => sum + part.low, 0);
			const high = parts.reduce((sum, part) => sum + part.high, 0);
			set(total, low, high);
			for (const part of parts)
				set(part, total.low - (high - part.high), total.high - (low - part.low));
		}
	}
	return found;
}

/** What protection promises, for each hidden number of a table and what somebody found out about it. */
function faults(
	{ table, hidden }: Seen,
	found: { low: number; high: number }[][],
	smallest: number
): string[] {
	return table.flatMap((row, r) =>
		row.flatMap((count, c) => {
			if (!hidden[r]![c]) return count > 0 && count < smallest ? [`${r},${c} small and shown`] : [];
			const { low, high } = found[r]![c]!;
			const kept = count < smallest ? low <= 1 && high >= smallest - 1 : high - low >= smallest - 2;
			return kept ? [] : [`${count} at ${r},${c}: between ${low} and ${high}`];
		})
	);
}

const tables = (rows: number, columns: number, count: fc.Arbitrary<number>) =>
	fc.array(fc.array(count, { minLength: columns, maxLength: columns }), {
		minLength: rows,
		maxLength: rows
	});
const sparse = fc.oneof(
	{ weight: 3, arbitrary: fc.constant(0) },
	{ weight: 4, arbitrary: fc.integer({ min: 1, max: 9 }) },
	{ weight: 2, arbitrary: fc.integer({ min: 10, max: 400 }) }
);

describe('a hidden number', () => {
	it.each([
		[1, 4],
		[2, 2],
		[2, 3],
		[3, 2],
		[5, 1]
	])('stays open when every table of %i by %i is tried', (rows, columns) => {
		fc.assert(
			fc.property(tables(rows, columns, fc.integer({ min: 0, max: 5 })), (counts) => {
				const seen = see(counts, 4);
				if (seen.table.at(-1)!.at(-1)! < 4) return; // nothing at all is shown
				expect(faults(seen, tryAll(seen), 4)).toEqual([]);
			}),
			{ numRuns: 300 }
		);
	});

	it('stays open when sums are narrowed down, in tables as large as a country’s', () => {
		fc.assert(
			fc.property(tables(8, 12, sparse), (counts) => {
				const seen = see(counts);
				expect(faults(seen, narrow(seen), 10)).toEqual([]);
			}),
			{ numRuns: 100 }
		);
	});

	it('would be found by both without the second step', () => {
		const table = withTotals([
			[40, 5],
			[60, 30]
		]);
		const hidden = table.map((row) => row.map((count) => count > 0 && count < 10));
		const seen = { table, hidden, least: 1 };
		for (const found of [tryAll(seen), narrow(seen)])
			expect(faults(seen, found, 10)).toEqual(['5 at 0,1: between 5 and 5']);
	});
});

describe('himaya’s population groups of 2018', () => {
	const counts = [[1411, 473, 31, 7, 17]];

	it('hide the small one, and the smallest other so that it cannot be subtracted', () => {
		const { hidden } = see(counts);
		expect(hidden[0]).toEqual([false, false, false, true, true, false]);
	});

	it('hide nothing below five', () => {
		expect(see(counts, 5).hidden.flat()).not.toContain(true);
	});
});

it('nobody, and tables of large numbers, are shown whole', () => {
	expect(see([[0, 0]]).hidden.flat()).not.toContain(true);
	expect(
		see([
			[12, 0],
			[0, 30]
		]).hidden.flat()
	).not.toContain(true);
});

it('fewer than ten in all are hidden altogether, and who is not there with them', () => {
	expect(see([[3, 0, 4]]).hidden.flat()).not.toContain(false);
});

it('ten single people are not told apart by there being ten', () => {
	const { hidden, least } = see([new Array<number>(10).fill(1)]);
	expect(hidden[0]!.slice(0, 10)).not.toContain(false);
	expect(hidden[0]![10]).toBe(false);
	expect(least).toBe(0);
});
