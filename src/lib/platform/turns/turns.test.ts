import { describe, expect, it } from 'vitest';
import { Turns, TurnsEach } from './turns.ts';

/** Work that says when it begins and ends when it is told to. */
function work(name: string, begun: string[]) {
	const { promise, resolve, reject } = Promise.withResolvers<void>();
	const run = () => {
		begun.push(name);
		return promise;
	};
	return { run, end: resolve, fail: () => reject(new Error(name)) };
}
const settled = () => new Promise(setImmediate);

describe('turns', () => {
	it('let so many work at once and the next in order, also after a failure', async () => {
		const begun: string[] = [];
		const works = ['a', 'b', 'c', 'd'].map((name) => work(name, begun));
		const turns = new Turns(2);
		const done = works.map(({ run }) => turns.run(run).catch(() => 'failed'));
		await settled();
		expect(begun).toEqual(['a', 'b']);
		works[1]!.fail();
		await settled();
		expect(begun).toEqual(['a', 'b', 'c']);
		for (const { end } of works) end();
		expect(await Promise.all(done)).toEqual([undefined, 'failed', undefined, undefined]);
		expect(turns.isFree).toBe(true);
	});

	it('of each let nobody take more than one', async () => {
		const begun: string[] = [];
		const works = ['a1', 'a2', 'b1', 'c1'].map((name) => work(name, begun));
		const turns = new TurnsEach(2);
		const done = works.map(({ run }, at) => turns.run('aabc'[at]!, run));
		await settled();
		expect(begun).toEqual(['a1', 'b1']);
		works[0]!.end();
		await settled();
		expect(begun).toEqual(['a1', 'b1', 'c1']);
		for (const { end } of works) end();
		await Promise.all(done);
		expect(begun).toEqual(['a1', 'b1', 'c1', 'a2']);
	});
});
