import { beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#lib/platform/ids/ids.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import { addAccount, addSession, contextOf, NOW, type Account } from '#tests/factories/rows.ts';
import { CONFIRMED_MS, TEST_MS } from './clock.rules.ts';
import { findShownTest, listReached, mayPromise } from './responders.queries.server.ts';
import { confirmTest, sendTest } from './test-alerts.commands.server.ts';

const TEN_MINUTES = 10 * 60_000;

let fresh: FreshDatabase;
let here: Setting;
let sessionId: string;
let maya: Account;
let samir: Account;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	const { sectionId } = here;
	sessionId = await addSession(fresh, await aCycle(fresh, here), { date: '2026-05-01' });
	maya = await addAccount(fresh, { sectionId, role: 'focal_point', name: 'Maya' });
	samir = await addAccount(fresh, { sectionId, role: 'focal_point', name: 'Samir' });
});

const send = (now = NOW, channels: readonly ('mail' | 'webhook')[] = ['mail']) =>
	sendTest(contextOf(fresh, maya, now), { once: newId(), channels });
const confirm = (who: Account, id: string, now = NOW) =>
	confirmTest(contextOf(fresh, who, now), { id }, newId());
const promised = (now = NOW, channels: readonly 'mail'[] = ['mail']) =>
	mayPromise({ db: fresh.db, now, channels }, { ...here, sessionId });

/** The id of the test alert to somebody: what the link in it leads to. */
async function testOf({ id }: Account): Promise<string> {
	const alert = await fresh.db
		.selectFrom('alert')
		.select('id')
		.where('account_id', '=', id)
		.orderBy('due_at', 'desc')
		.executeTakeFirstOrThrow();
	return alert.id;
}

describe('a test alert', () => {
	it('goes to every focal point by every way, once in ten minutes, and nowhere without a way', async () => {
		expect(await send(NOW, [])).toMatchObject({ refusal: { reason: 'no_way' } });
		expect(await send(NOW, ['mail', 'webhook'])).toEqual({ ok: true, done: { count: 4 } });
		expect(await send(NOW + TEN_MINUTES - 1)).toMatchObject({ refusal: { reason: 'too_soon' } });
		expect(await send(NOW + TEN_MINUTES)).toEqual({ ok: true, done: { count: 2 } });
	});

	it('is confirmed by who got it, for a week, and by nobody else', async () => {
		await send();
		const id = await testOf(maya);
		const refused = { refusal: { reason: 'not_found' } };
		expect(await confirm(samir, id)).toMatchObject(refused);
		expect(await confirm(maya, newId())).toMatchObject(refused);
		expect(await confirm(maya, id, NOW + TEST_MS)).toMatchObject(refused);
		expect(await confirm(maya, id)).toMatchObject({ ok: true });
		expect(await listReached(contextOf(fresh, here.manager), 'en')).toMatchObject([
			{ name: 'Maya', confirmedAt: NOW },
			{ name: 'Samir', confirmedAt: null }
		]);
	});

	it('is shown in the example in place of being sent', async () => {
		await fresh.db.updateTable('section').set({ is_example: 1 }).execute();
		await send();
		const alerts = await fresh.db.selectFrom('alert').select(['channel', 'sent_at']).execute();
		expect(alerts).toEqual(Array(2).fill({ channel: 'shown', sent_at: NOW }));
		const shown = await findShownTest(contextOf(fresh, maya));
		expect(shown?.id).toBe(await testOf(maya));
		expect(await confirm(maya, shown!.id)).toMatchObject({ ok: true });
	});
});

describe('that someone comes is promised', () => {
	beforeEach(async () => {
		await send();
	});

	it('once two focal points confirmed, for ninety days', async () => {
		expect(await promised()).toBe(false);
		await confirm(maya, await testOf(maya));
		expect(await promised()).toBe(false);
		await confirm(samir, await testOf(samir));
		expect(await promised()).toBe(true);
		expect(await promised(NOW + CONFIRMED_MS - 1)).toBe(true);
		expect(await promised(NOW + CONFIRMED_MS)).toBe(false);
		expect(await promised(NOW - TEN_MINUTES)).toBe(false); // a clock that was set back
	});

	it('not where nothing can be sent any more, or an alert to one of them fails', async () => {
		for (const who of [maya, samir]) await confirm(who, await testOf(who));
		expect(await promised(NOW, [])).toBe(false);
		const fails = (failure: string | null) =>
			fresh.db
				.updateTable('alert')
				.set({ failure, attempt_count: 1 })
				.where('account_id', '=', samir.id)
				.execute();
		await fails('HTTP 503');
		expect(await promised()).toBe(false);
		await fails(null);
		expect(await promised()).toBe(true);
		await fresh.db.updateTable('section').set({ is_example: 1 }).execute();
		expect(await promised(NOW, [])).toBe(true);
	});

	it('not where one of them ran the session, left, or is no focal point any more', async () => {
		for (const who of [maya, samir]) await confirm(who, await testOf(who));
		const { db } = fresh;
		const ran = (recorded_by: string | null) =>
			db.updateTable('session').set({ recorded_by }).where('id', '=', sessionId).execute();
		await ran(maya.id);
		expect(await promised()).toBe(false);
		await ran(here.rana.id);
		expect(await promised()).toBe(true);
		const off = (disabled_at: number | null) =>
			db.updateTable('account').set({ disabled_at }).where('id', '=', samir.id).execute();
		await off(NOW);
		expect(await promised()).toBe(false);
		await off(null);
		await db.deleteFrom('account_role').where('account_id', '=', samir.id).execute();
		expect(await promised()).toBe(false);
	});
});
