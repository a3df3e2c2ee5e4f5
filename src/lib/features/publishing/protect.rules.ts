import { SMALLEST_SHOWN } from '#lib/features/reach/rules.ts';

/** Which numbers of a table with totals are not shown; the last row and the last column are the totals. */
export interface Protected {
	hidden: readonly (readonly boolean[])[];
	/** Whether zeros had to be hidden as well: what is hidden may then be nobody. */
	zerosHidden: boolean;
}

type Spot = readonly [row: number, column: number];

/** A table with its totals as the last row and the last column. */
export function withTotals(counts: readonly (readonly number[])[]): number[][] {
	const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
	const rows = counts.map((row) => [...row, sum(row)]);
	const columns = rows[0]?.map((_, at) => sum(rows.map((row) => row[at]!))) ?? [0];
	return [...rows, columns];
}

/**
 * What to hide of a table with its totals before it leaves the section (`domain.md` 6.8). Hidden are one to
 * nine people, and as many other numbers, smallest first, totals too where it must be, that whoever sees all the
 * rest and adds and subtracts along rows and columns can still take a hidden small number for any from one to
 * nine, and no other hidden number for fewer than nine different ones. The total of all is shown from ten on: others
 * know it. Zeros are shown until that alone would give a number away; then all of them are hidden.
 */
export function protect(
	table: readonly (readonly number[])[],
	smallest = SMALLEST_SHOWN
): Protected {
	const lastRow = table.length - 1;
	const lastColumn = table[0]!.length - 1;
	const hidden = table.map((row) => row.map((count) => count > 0 && count < smallest));
	const waiting = spotsOf(hidden);
	/** Least a hidden number can be: once zeros are hidden too, none. */
	let least = 1;

	for (let spot = waiting.pop(); spot; spot = waiting.pop())
		for (let more = whatKeepsSafe(spot); more !== null; more = whatKeepsSafe(spot)) {
			if (more.length === 0) {
				least = 0;
				more = zeros();
			}
			for (const one of more) {
				hidden[one[0]]![one[1]] = true;
				waiting.push(one);
			}
		}
	return { hidden, zerosHidden: least === 0 };

	/** null for a safe number; else what to hide besides, nothing when only hidden zeros can help. */
	function whatKeepsSafe(spot: Spot): Spot[] | null {
		const count = table[spot[0]]![spot[1]]!;
		const isSmall = count < smallest;
		const up = move(spot, 1, isSmall ? smallest - 1 - count : smallest - 2);
		if (isSmall && up.missing > 0) return up.besides;
		const down = move(spot, -1, isSmall ? Math.max(0, count - 1) : up.missing);
		if (down.missing === 0) return null;
		return !isSmall && up.besides.length > 0 ? up.besides : down.besides;
	}

	/**
	 * How far a hidden number can go up or down while other hidden ones make up for it and all that is shown stays:
	 * a flow through the table, whose rows and columns are the places where what comes in goes out. Exact.
	 */
	function move(spot: Spot, sign: 1 | -1, wanted: number): { missing: number; besides: Spot[] } {
		const now = table.map((row) => [...row]);
		let missing = sign < 0 ? Math.min(wanted, table[spot[0]]![spot[1]]! - least) : wanted;
		const unreachable = wanted - missing;
		while (missing > 0) {
			const path = cheapestPath(now, spot, sign, false);
			if (!path) break;
			const room = path.map(([[row, column], step]) =>
				step > 0 ? Infinity : now[row]![column]! - least
			);
			const amount = Math.min(missing, ...room);
			for (const [[row, column], step] of path) now[row]![column]! += step * amount;
			missing -= amount;
		}
		if (missing + unreachable === 0) return { missing: 0, besides: [] };
		const path = missing > 0 ? cheapestPath(now, spot, sign, true) : null;
		const besides = (path ?? []).map(([one]) => one).filter(([r, c]) => !hidden[r]![c]);
		return { missing: missing + unreachable, besides };
	}

	/**
	 * The changes of one more or one less that make up for a number's own, over hidden ones at no cost and, when
	 * allowed, over shown ones at the cost of hiding them. Dijkstra; nodes are rows, then columns.
	 */
	function cheapestPath(
		now: number[][],
		spot: Spot,
		sign: 1 | -1,
		overShown: boolean
	): [Spot, 1 | -1][] | null {
		const nodeCount = lastRow + lastColumn + 2;
		const columnNode = lastRow + 1 + spot[1];
		const [from, to] =
			isAlongRow(spot[0], spot[1]) === sign > 0 ? [columnNode, spot[0]] : [spot[0], columnNode];
		const cost = new Array<number>(nodeCount).fill(Infinity);
		const by = new Array<[Spot, 1 | -1, number] | undefined>(nodeCount);
		const done = new Set<number>();
		const open = [from];
		cost[from] = 0;
		for (;;) {
			const node = takeCheapest(open, cost);
			if (node === undefined) return null;
			if (node === to) break;
			if (done.has(node)) continue;
			done.add(node);
			const isRow = node <= lastRow;
			const nextCount = isRow ? lastColumn : lastRow;
			for (let at = 0; at <= nextCount; at += 1) {
				const row = isRow ? node : at;
				const column = isRow ? at : node - lastRow - 1;
				const next = isRow ? lastRow + 1 + at : at;
				if (done.has(next) || (row === spot[0] && column === spot[1])) continue;
				const price = priceOf(row, column, overShown);
				if (cost[node]! + price >= cost[next]!) continue;
				const step = isAlongRow(row, column) === isRow ? 1 : -1;
				if (step < 0 && now[row]![column]! <= least) continue;
				cost[next] = cost[node]! + price;
				by[next] = [[row, column], step, node];
				open.push(next);
			}
		}
		const path: [Spot, 1 | -1][] = [];
		for (let node = to; node !== from; node = by[node]![2]) path.push([by[node]![0], by[node]![1]]);
		return path;
	}

	function priceOf(row: number, column: number, overShown: boolean): number {
		if (hidden[row]![column]) return 0;
		const isAll = row === lastRow && column === lastColumn;
		return overShown && !isAll && table[row]![column]! > 0 ? table[row]![column]! : Infinity;
	}

	/** Whether more of a number is more out of its row and into its column; for the totals of either it is the reverse. */
	function isAlongRow(row: number, column: number): boolean {
		return (row === lastRow) === (column === lastColumn);
	}

	function zeros(): Spot[] {
		return spotsOf(table.map((row, r) => row.map((count, c) => count === 0 && !hidden[r]![c])));
	}
}

function spotsOf(marked: readonly (readonly boolean[])[]): Spot[] {
	return marked.flatMap((row, r) => row.flatMap((is, c): Spot[] => (is ? [[r, c]] : [])));
}

/** Takes a node of least cost out of a list; the first that costs nothing, without looking further. */
function takeCheapest(open: number[], cost: readonly number[]): number | undefined {
	let best = 0;
	for (let at = 1; at < open.length && cost[open[best]!]! > 0; at += 1)
		if (cost[open[at]!]! < cost[open[best]!]!) best = at;
	return open.splice(best, 1)[0];
}
