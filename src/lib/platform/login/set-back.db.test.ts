import { beforeEach, describe, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { addAccount, addSection, NOW, type Account } from '#tests/factories/rows.ts';
import { log } from '../log/log.ts';
import { findLinkHolder, LINK_MS, linkToken, makeLink } from './links.ts';
import { ABSOLUTE_MS, IDLE_MS, proveLogin, startLogin } from './sessions.ts';
import { guardAgainstSetBack } from './set-back.ts';

const MINUTE = 60_000;
const YEAR = 365 * 24 * 60 * MINUTE;

log.level = 'silent';

let fresh: FreshDatabase;
let rana: Account;
/** What the wall clock stands at. */
let now: number;
beforeEach(async () => {
	fresh = await freshDatabase();
	rana = await addAccount(fresh, { sectionId: await addSection(fresh) });
	now = NOW;
});

const started = () => guardAgainstSetBack(fresh.db, () => now);
const logIn = () => startLogin(fresh.db, rana.id, now);
const stateOf = async (token: string) => (await proveLogin(fresh.db, token, now)).state;
const link = async () => {
	const { id: accountId, sectionId } = rana;
	const made = { accountId, sectionId, kind: 'reset' as const, madeBy: accountId, now };
	return linkToken(fresh.ring, await makeLink(fresh.db, fresh.ring, made));
};

describe('a clock that is set back', () => {
	it('while the process runs ends every login and shortens links by as much', async () => {
		const mayBelieve = await started();
		const [token, reset] = [await logIn(), await link()];
		now += 25 * MINUTE;
		expect(await mayBelieve()).toBe(true);
		now -= 20 * MINUTE; // later than the login was used: alone, its row would live twenty minutes longer
		expect(await mayBelieve()).toBe(true);
		expect(await stateOf(token)).toBe('ended');
		const late = NOW + LINK_MS.reset - 19 * MINUTE;
		expect(await findLinkHolder(fresh.db, fresh.ring, reset, late)).toBeUndefined();
		expect(await stateOf(await logIn())).toBe('live');
	});

	it('while the process stood still ends every login, used or idle', async () => {
		const idle = await logIn();
		now += 20 * MINUTE;
		const used = await logIn();
		now -= 15 * MINUTE;
		const mayBelieve = await started();
		expect(await mayBelieve()).toBe(true);
		expect([await stateOf(idle), await stateOf(used)]).toEqual(['ended', 'ended']);
		expect(await stateOf(await logIn())).toBe('live');
	});

	it('ends a login another machine has used later than now, and keeps what was typed', async () => {
		const token = await logIn();
		now -= 2 * MINUTE;
		expect(await proveLogin(fresh.db, token, now)).toMatchObject({ state: 'ended' });
	});

	it('because it was a year ahead locks nobody out, then or after a start', async () => {
		now += YEAR;
		let mayBelieve = await started();
		const ahead = await logIn();
		now -= YEAR;
		expect(await mayBelieve()).toBe(true);
		expect(await stateOf(ahead)).toBe('ended');
		const token = await logIn();
		mayBelieve = await started();
		expect(await mayBelieve()).toBe(true);
		expect(await stateOf(token)).toBe('live');
	});

	it('a little, as clocks are corrected, ends nothing', async () => {
		const token = await logIn();
		const mayBelieve = await started();
		now -= 2000;
		expect(await mayBelieve()).toBe(true);
		expect(await stateOf(token)).toBe('live');
	});

	it('believes no login while that cannot be written', async () => {
		const mayBelieve = await started();
		now -= IDLE_MS;
		await fresh.db.schema.alterTable('setup_link').renameTo('elsewhere').execute();
		expect(await mayBelieve()).toBe(false);
		await fresh.db.schema.alterTable('elsewhere').renameTo('setup_link').execute();
		now += ABSOLUTE_MS;
		expect(await mayBelieve()).toBe(true);
	});
});
