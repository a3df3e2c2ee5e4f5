import { describe, expect, it } from 'vitest';
import { batchesOf, inBatches } from './batches.ts';

const rows = (count: number, columns: number) =>
	Array.from({ length: count }, (_, at) =>
		Object.fromEntries(Array.from({ length: columns }, (_, column) => [`c${column}`, at]))
	);

describe('rows in batches', () => {
	it('hold everything once and in order', () => {
		const all = Array.from({ length: 2500 }, (_, at) => `id ${at}`);
		expect(batchesOf(all).map(({ length }) => length)).toEqual([1000, 1000, 500]);
		expect(batchesOf(all).flat()).toEqual(all);
		expect(batchesOf([])).toEqual([]);
	});

	it('never carry more parameters than a statement takes, whatever the widest row', () => {
		const all = [...rows(900, 2), ...rows(1, 40)];
		for (const part of batchesOf(all)) expect(part.length * 40).toBeLessThanOrEqual(10_000);
		expect(batchesOf(all)).toHaveLength(4);
	});

	it('come one after the other', async () => {
		const seen: string[] = [];
		await inBatches(rows(2000, 1), async (part) => {
			seen.push(`begin ${part.length}`);
			await Promise.resolve();
			seen.push('end');
		});
		expect(seen).toEqual(['begin 1000', 'end', 'begin 1000', 'end']);
	});
});
