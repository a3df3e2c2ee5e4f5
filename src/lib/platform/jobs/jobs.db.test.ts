import { beforeEach, expect, it } from 'vitest';
import { openDatabase } from '../db/open.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { LEASE_MS, makeDue } from './lease.ts';
import { createRunner, type Job } from './runner.ts';

const START = Date.UTC(2026, 4, 4, 8);
const EVERY_MS = 3_600_000;

let fresh: FreshDatabase;
let now: number;
beforeEach(async () => {
	fresh = await freshDatabase();
	now = START;
	await makeDue(fresh.db, [{ name: 'tidy', everyMs: EVERY_MS }], now);
});

const tidy = (run: Job['run'], more: Partial<Job> = {}): Job => ({
	...{ name: 'tidy', everyMs: EVERY_MS, run },
	...more
});

/** Another process: it has connections of its own and knows nothing of the others. */
function process(job: Job, db = fresh.db) {
	return createRunner({ db, clock: () => now }, [job]);
}

const row = () =>
	fresh.db.selectFrom('job').selectAll().where('name', '=', 'tidy').executeTakeFirstOrThrow();

it('of processes that look at once, one runs what is due, and again only after its interval', async () => {
	const dbs = Array.from({ length: 4 }, () => openDatabase(fresh.url));
	let runs = 0;
	const runners = dbs.map((db) =>
		process(
			tidy(async () => void (runs += 1)),
			db
		)
	);
	const look = () => Promise.all(runners.map((runner) => runner.round()));
	try {
		await look();
		expect(runs).toBe(1);
		expect(await row()).toMatchObject({ due_at: START + EVERY_MS, done_at: START, holder: null });
		now += EVERY_MS - 1;
		await look();
		expect(runs).toBe(1);
		now += 1;
		await look();
		expect(runs).toBe(2);
	} finally {
		await Promise.all(dbs.map((db) => db.destroy()));
	}
});

it('the lease of a process that was killed runs out, and another one runs the job', async () => {
	const begun = Promise.withResolvers<void>();
	const killed = process(
		tidy(() => {
			begun.resolve();
			return new Promise(() => undefined);
		})
	);
	void killed.round();
	await begun.promise;
	let runs = 0;
	const next = process(tidy(async () => void (runs += 1)));
	now += LEASE_MS - 1;
	await next.round();
	expect(runs).toBe(0);
	now += 1;
	await next.round();
	expect(runs).toBe(1);
	expect(await row()).toMatchObject({ holder: null, lease_until: null, done_at: now });
});

it('one that fails says how in its row, names no value, and is tried again at its interval', async () => {
	let runs = 0;
	const runner = process(
		tidy(async () => {
			runs += 1;
			throw Object.assign(new TypeError('Nour Haddad'), { code: 'E_TOLD' });
		})
	);
	await runner.round();
	expect(await row()).toMatchObject({
		...{ failed_at: START, failure: 'TypeError E_TOLD', done_at: null },
		...{ due_at: START + EVERY_MS, holder: null, lease_until: null }
	});
	await runner.round();
	now += EVERY_MS;
	await runner.round();
	expect(runs).toBe(2);
});

it('without work nothing is written and the job stays due', async () => {
	let hasWork = false;
	let runs = 0;
	const more = { hasWork: async () => hasWork };
	const runner = process(tidy(async () => void (runs += 1), more));
	const before = await row();
	await runner.round();
	expect(await row()).toEqual(before);
	hasWork = true;
	await runner.round();
	expect(runs).toBe(1);
});

it('a job goes on where the clock was set back behind what it wrote', async () => {
	let runs = 0;
	const runner = process(tidy(async () => void (runs += 1)));
	await runner.round();
	now -= 10 * EVERY_MS;
	await runner.round();
	expect(runs).toBe(2);
});

it('stops when it is told to, and begins nothing more', async () => {
	const begun = Promise.withResolvers<void>();
	let stopped = 0;
	const runner = process(
		tidy(async (stop) => {
			begun.resolve();
			await new Promise((resolve) => stop.addEventListener('abort', resolve));
			stopped += 1;
		})
	);
	const round = runner.round();
	await begun.promise;
	await runner.stop();
	await round;
	now += EVERY_MS;
	await runner.round();
	expect(stopped).toBe(1);
	expect((await row()).holder).toBe(null);
});
