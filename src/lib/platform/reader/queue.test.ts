import { expect, it } from 'vitest';
import { createQueue, TooBusy, type Queue } from './queue.ts';

const LIMITS = { atOnce: 1, waiting: 6, waitingOfOne: 3, waitingMs: 60_000 };

/** A computation that ends when it is told to, and how often it began. */
function held(answer: unknown = 'figures') {
	const end = Promise.withResolvers<unknown>();
	const begun: number[] = [];
	return {
		begun,
		compute: () => {
			begun.push(begun.length);
			return end.promise;
		},
		end: () => end.resolve(answer),
		fail: (reason: Error) => end.reject(reason)
	};
}

/** Something else keeps the one place, until it is let go. */
function occupied(limits = LIMITS): { queue: Queue; letGo: () => void } {
	const queue = createQueue(limits);
	const other = held();
	void queue.ask({ key: 'other', by: 'other', compute: other.compute });
	return { queue, letGo: other.end };
}

it('computes once for twenty who ask for the same', async () => {
	const { queue, letGo } = occupied();
	const figures = held();
	const asked = Array.from({ length: 20 }, () =>
		queue.ask({ key: 'reach', by: 'nadim', compute: figures.compute })
	);
	letGo();
	figures.end();
	expect(new Set(await Promise.all(asked))).toEqual(new Set(['figures']));
	expect(figures.begun).toHaveLength(1);
});

it('gives nobody an answer that began to be computed before they asked', async () => {
	const queue = createQueue(LIMITS);
	const [before, after] = [held('old'), held('new')];
	const first = queue.ask({ key: 'reach', by: 'nadim', compute: before.compute });
	const later = [1, 2].map(() => queue.ask({ key: 'reach', by: 'nadim', compute: after.compute }));
	expect(after.begun).toHaveLength(0);
	before.end();
	after.end();
	expect(await first).toBe('old');
	expect(await Promise.all(later)).toEqual(['new', 'new']);
	expect(after.begun).toHaveLength(1);
});

it('computes the same figures one at a time, and others beside them', async () => {
	const queue = createQueue({ ...LIMITS, atOnce: 2 });
	const [reach, again, pairs] = [held(), held(), held()];
	const asked = [
		queue.ask({ key: 'reach', by: 'nadim', compute: reach.compute }),
		queue.ask({ key: 'reach', by: 'nadim', compute: again.compute }),
		queue.ask({ key: 'pairs', by: 'nadim', compute: pairs.compute })
	];
	expect([reach, again, pairs].map(({ begun }) => begun.length)).toEqual([1, 0, 1]);
	for (const one of [reach, again, pairs]) one.end();
	await Promise.all(asked);
});

it('lets accounts take turns', async () => {
	const { queue, letGo } = occupied();
	const order: string[] = [];
	const asked = ['nadim 1', 'nadim 2', 'nadim 3', 'salma 1'].map((key) =>
		queue.ask({
			key,
			by: key.split(' ')[0]!,
			compute: async () => order.push(key)
		})
	);
	letGo();
	await Promise.all(asked);
	expect(order).toEqual(['nadim 1', 'salma 1', 'nadim 2', 'nadim 3']);
});

it('refuses what one account asks for beyond its share, and not what another asks for', async () => {
	const { queue, letGo } = occupied();
	const ask = (by: string, key: string) => queue.ask({ by, key, compute: async () => key });
	const asked = [1, 2, 3].map((nth) => ask('nadim', `nadim ${nth}`));
	await expect(ask('nadim', 'nadim 4')).rejects.toThrow(TooBusy);
	asked.push(ask('nadim', 'nadim 1'), ask('salma', 'salma 1'));
	letGo();
	expect(await Promise.all(asked)).toEqual(['nadim 1', 'nadim 2', 'nadim 3', 'nadim 1', 'salma 1']);
});

it('refuses everybody once too much is waiting', async () => {
	const { queue, letGo } = occupied({ ...LIMITS, waiting: 2 });
	const ask = (by: string) => queue.ask({ by, key: by, compute: async () => by });
	const asked = [ask('nadim'), ask('salma')];
	await expect(ask('rana')).rejects.toThrow(TooBusy);
	letGo();
	await Promise.all(asked);
});

it('does not compute for whoever has left', async () => {
	const { queue, letGo } = occupied();
	const figures = held();
	const left = queue.ask({
		key: 'reach',
		by: 'nadim',
		compute: figures.compute,
		isGone: () => true
	});
	letGo();
	await expect(left).rejects.toThrow(TooBusy);
	expect(figures.begun).toHaveLength(0);
});

it('does not begin what has waited too long', async () => {
	const queue = createQueue({ ...LIMITS, waitingMs: -1 });
	await expect(queue.ask({ key: 'reach', by: 'nadim', compute: async () => 1 })).rejects.toThrow(
		TooBusy
	);
});

it('fails all who waited for a computation that failed, and computes for the next', async () => {
	const { queue, letGo } = occupied();
	const broken = held();
	const asked = [1, 2].map(() => queue.ask({ key: 'reach', by: 'nadim', compute: broken.compute }));
	letGo();
	broken.fail(new Error('broken'));
	for (const one of await Promise.allSettled(asked)) expect(one.status).toBe('rejected');
	expect(await queue.ask({ key: 'reach', by: 'nadim', compute: async () => 1 })).toBe(1);
});
