/**
 * Somebody who collects every number that is published and adds and subtracts. A number counts people of some kinds
 * (`atoms`: where, who, and when they were published); a hidden one is only known to lie in a range. What follows is
 * found by narrowing ranges along sums until nothing changes.
 */
export interface Seen {
	/** What it counts: numbers of one table are compared part by part with those of another under the same label. */
	label: string;
	atoms: readonly string[];
	low: number;
	high: number;
}

/** More people than there are. */
export const MANY = 1_000_000;

/** A shown number, and a hidden one: between these. */
export const shown = (label: string, atoms: readonly string[], count: number): Seen => ({
	...{ label, atoms, low: count, high: count }
});
export const hidden = (
	label: string,
	atoms: readonly string[],
	low: number,
	high = MANY
): Seen => ({
	...{ label, atoms, low, high }
});

interface Node {
	set: bigint;
	low: number;
	high: number;
	label: string;
}
interface Sum {
	total: Node;
	parts: Node[];
}

/**
 * Groups of one to nine people of whom the numbers say more than that they are so few, in words. `families` are numbers that count nobody twice:
 * the cells of a sheet, its rows, its columns, the sheets of a year.
 */
export function givenAway(families: readonly (readonly Seen[])[]): string[] {
	const nodes = new Map<bigint, Node>();
	const bits = new Map<string, bigint>();
	const setOf = (atoms: readonly string[]) =>
		atoms.reduce((set, atom) => {
			if (!bits.has(atom)) bits.set(atom, 1n << BigInt(bits.size));
			return set | bits.get(atom)!;
		}, 0n);
	const nodeOf = (set: bigint, label: string): Node => {
		if (!nodes.has(set)) nodes.set(set, { set, low: 0, high: MANY, label });
		return nodes.get(set)!;
	};
	const seen = families.map((family) =>
		family.map(({ atoms, low, high, label }) => {
			const node = nodeOf(setOf(atoms), label);
			node.low = Math.max(node.low, low);
			node.high = Math.min(node.high, high);
			return node;
		})
	);
	const sums: Sum[] = [];
	const relate = (total: Node, within: readonly Node[]) => {
		const union = within.reduce((set, { set: one }) => set | one, 0n);
		const rest = total.set & ~union;
		const left = rest === 0n ? [] : [nodeOf(rest, `${total.label} without ${within[0]!.label} …`)];
		sums.push({ total, parts: [...within, ...left] });
	};
	for (const total of [...nodes.values()])
		for (const family of seen) {
			const within = family.filter(({ set }) => set !== total.set && (set & total.set) === set);
			if (within.length > 0) relate(total, within);
			// Of numbers under one label also each alone: an earlier version, or a part of the time.
			for (const one of within.filter(({ label }) => label === total.label)) relate(total, [one]);
		}
	for (const { low, high, label } of nodes.values()) if (low > high) throw contradiction(label);
	narrow(sums);
	return [...nodes.values()]
		.filter(({ set, low, high }) => set !== 0n && low > 0 && high < 10 && high - low < 8)
		.map(({ label, low, high }) => `${low} to ${high}: ${label}`);
}

/** Numbers that say what cannot be: one of them counts others than it is said to. */
function contradiction(label: string): Error {
	return new Error(`The numbers contradict each other about: ${label}`);
}

/** Narrows totals and parts by each other until nothing changes. */
function narrow(sums: readonly Sum[]): void {
	for (let changed = true; changed;) {
		changed = false;
		const set = (one: Node, low: number, high: number) => {
			if (low <= one.low && high >= one.high) return;
			one.low = Math.max(one.low, low);
			one.high = Math.min(one.high, high);
			if (one.low > one.high) throw contradiction(one.label);
			changed = true;
		};
		for (const { total, parts } of sums) {
			const low = parts.reduce((sum, part) => sum + part.low, 0);
			const high = parts.reduce((sum, part) => sum + part.high, 0);
			set(total, low, high);
			for (const part of parts)
				set(part, total.low - (high - part.high), total.high - (low - part.low));
		}
	}
}
