import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { isPostgres } from '../db/open.ts';
import { log } from '../log/log.ts';
import { Guesses } from './guesses.ts';
import { LineFull } from './line.ts';

const NOW = Date.UTC(2026, 4, 4, 8);
const MINUTE = 60_000;
/** So slow that who is slowed goes on once, and then hears that too many wait. */
const SLOW = { paceMs: 3_600_000, paceOfAllMs: 3_600_000 };

log.level = 'silent';

let fresh: FreshDatabase;
let guesses: Guesses;
beforeEach(async () => {
	fresh = await freshDatabase();
	guesses = aProcess();
});

/** What one process counts: ten wrong ones for each, thirty for all. */
function aProcess(): Guesses {
	const limit = { name: 'test', withinMs: 10 * MINUTE, most: 10 };
	return new Guesses(limit, { mostOfAll: 30, ...SLOW });
}

async function guess(
	who: string,
	{ right = false, now = NOW, by = guesses, waits = true } = {}
): Promise<'right' | 'wrong' | 'slowed'> {
	const { db, ring } = fresh;
	try {
		const found = await by.guess({ db, ring, now }, who, async () => right || null, { waits });
		return found ? 'right' : 'wrong';
	} catch (cause) {
		if (cause instanceof LineFull) return 'slowed';
		throw cause;
	}
}

const times = (count: number, one: (nth: number) => ReturnType<typeof guess>) =>
	Promise.all(Array.from({ length: count }, (_, nth) => one(nth)));
const countOf = (answers: string[], wanted: string) =>
	answers.filter((answer) => answer === wanted).length;

describe('guesses', () => {
	it('that are wrong slow who made them, and nobody else', async () => {
		for (let nth = 0; nth < 10; nth += 1) expect(await guess('a')).toBe('wrong');
		expect(await guess('a', { waits: false, right: true })).toBe('right'); // its turn
		expect(await guess('a', { right: true })).toBe('slowed');
		expect(await guess('b', { right: true })).toBe('right');
	});

	it('made at once are counted before they are looked at', async () => {
		const answers = await times(40, () => guess('a'));
		expect([countOf(answers, 'wrong'), countOf(answers, 'slowed')]).toEqual([11, 29]);
	});

	it('that are right cost nothing and write nothing', async () => {
		for (let nth = 0; nth < 40; nth += 1) expect(await guess('a', { right: true })).toBe('right');
		expect(await fresh.db.selectFrom('login_attempt').selectAll().execute()).toEqual([]);
	});

	it('from many addresses slow everybody, still one at a time', async () => {
		const wrong = await times(30, (nth) => guess(`address ${nth}`));
		expect(countOf(wrong, 'wrong')).toBe(30);
		expect(await guess('new', { right: true })).toBe('right');
		expect(await guess('newer', { right: true })).toBe('slowed');
	});

	it('are known to other processes, and forgotten when their time is over', async () => {
		for (let nth = 0; nth < 10; nth += 1) await guess('a');
		const other = aProcess();
		expect(await guess('a', { by: other })).toBe('wrong'); // its turn
		expect(await guess('a', { by: other })).toBe('slowed');
		const later = aProcess();
		expect(await guess('a', { by: later, now: NOW + 12 * MINUTE })).toBe('wrong');
		expect(await guess('a', { by: later, now: NOW + 12 * MINUTE })).toBe('wrong');
	});

	it('stay limited where nothing can be written', async () => {
		await refuseWrites();
		const answers = [];
		for (let nth = 0; nth < 20; nth += 1) answers.push(await guess('a'));
		expect([countOf(answers, 'wrong'), countOf(answers, 'slowed')]).toEqual([11, 9]);
	});
});

/** As a full disk does: reading goes on. */
async function refuseWrites(): Promise<void> {
	const refusal = isPostgres(fresh.url)
		? sql`alter table login_attempt add constraint full_disk check (false) not valid`
		: sql`create trigger full_disk before insert on login_attempt begin select raise(abort, 'full'); end`;
	await refusal.execute(fresh.db);
}
