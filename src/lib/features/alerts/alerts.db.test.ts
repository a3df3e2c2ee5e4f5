import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { raiseConcern, takeConcerns } from '#lib/features/safeguarding/commands.server.ts';
import { missConcerns } from '#lib/features/safeguarding/outcomes.commands.server.ts';
import { LEASE_MS, makeDue } from '#lib/platform/jobs/lease.ts';
import { createRunner } from '#lib/platform/jobs/runner.ts';
import { openDatabase, type Db } from '#lib/platform/db/open.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { openAccountEmail } from '#lib/platform/login/accounts.ts';
import { log } from '#lib/platform/log/log.ts';
import { startGateway } from '#tests/harness/gateway.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import { addAccount, addSession, contextOf, NOW, type Account } from '#tests/factories/rows.ts';
import { MOST_ATTEMPTS } from './clock.rules.ts';
import { forgetOldAlerts, hasAlerts, tellWhoWaits } from './outbox.commands.server.ts';
import { nameAccount, nameContact, removeResponder } from './responders.commands.server.ts';
import { ringClocks } from './ringing.commands.server.ts';
import { countFailing, listResponders } from './responders.queries.server.ts';

const HOUR = 3_600_000;
const EVERY_MS = 2000;
const PHONE = '+9613123456';

let fresh: FreshDatabase;
let here: Setting;
let sessionId: string;
let maya: Account;
let samir: Account;
let admin: Account;
let now: number;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	const { sectionId } = here;
	sessionId = await addSession(fresh, await aCycle(fresh, here), { date: '2026-05-01' });
	maya = await addAccount(fresh, { sectionId, role: 'focal_point', name: 'Maya' });
	samir = await addAccount(fresh, { sectionId, role: 'focal_point', name: 'Samir' });
	admin = await addAccount(fresh, { sectionId, role: 'admin', name: 'Hiba' });
	now = NOW;
});

/** Samir is the deputy for every centre, a colleague of another organisation stands outside. */
async function nameLater(): Promise<void> {
	const ctx = contextOf(fresh, admin);
	const asDeputy = { account: samir.id, step: 'deputy' } as const;
	expect(await nameAccount(ctx, asDeputy, newId())).toMatchObject({ ok: true });
	const outside = {
		name: 'Carla',
		address: '+961 3 123-456',
		locale: 'fr',
		step: 'outside'
	} as const;
	const options = { once: newId(), channels: ['webhook'] as const };
	expect(await nameContact(ctx, outside, options)).toMatchObject({ ok: true });
}

async function raise(nickname = 'Nour'): Promise<string> {
	const { db, ring } = fresh;
	const id = randomUUID();
	await raiseConcern({ db, ring, now }, { id, sectionId: here.sectionId, sessionId, nickname });
	return id;
}

type Gateway = Awaited<ReturnType<typeof startGateway>>;

function sendingTo({ url }: Pick<Gateway, 'url'>, db: Db = fresh.db) {
	const config = { mail: null, webhook: { url, token: null }, origin: 'https://halqa.example.org' };
	return { db, ring: fresh.ring, clock: () => now, config };
}

/** A process of its own, as far as the database can tell, that looks once for what is to be told. */
function aProcess(gateway: Pick<Gateway, 'url'>) {
	const db = openDatabase(fresh.url);
	const sending = sendingTo(gateway, db);
	const runner = createRunner({ db, clock: () => now }, [
		{
			...{ name: 'tell', everyMs: EVERY_MS, hasWork: () => hasAlerts(sending) },
			run: (stop) => tellWhoWaits(sending, stop)
		}
	]);
	onTestFinished(() => db.destroy());
	return { db, runner };
}

const tell = (gateway: Gateway, db?: Db) =>
	tellWhoWaits(sendingTo(gateway, db), new AbortController().signal);

/** Whom a gateway was told of, by name and in the order of the alphabet; empties it. */
async function toldBy({ got }: Gateway): Promise<string[]> {
	const rows = await fresh.db.selectFrom('account').select(['id', 'email_sealed']).execute();
	const names = new Map<string, string>([[PHONE, 'Carla']]);
	for (const row of rows)
		names.set(
			openAccountEmail(fresh.ring, row),
			{ [maya.id]: 'Maya', [samir.id]: 'Samir', [admin.id]: 'Hiba' }[row.id] ?? 'somebody else'
		);
	return got
		.splice(0)
		.map(({ body }) => names.get((JSON.parse(body) as { to: string }).to) ?? body)
		.sort();
}

const take = (concernId: string, as: Account, at = now) =>
	takeConcerns(contextOf(fresh, as, at), { concernIds: [concernId] }, { once: newId() });

describe('a wish nobody goes to', () => {
	it('is told to the focal points at once, after an hour to the deputy, after two outside, each once', async () => {
		await nameLater();
		await raise();
		const gateway = await startGateway();
		await tell(gateway);
		expect(await toldBy(gateway)).toEqual(['Maya']);
		now += HOUR - 1;
		await tell(gateway);
		expect(await toldBy(gateway)).toEqual([]);
		now += 1;
		await tell(gateway);
		expect(await toldBy(gateway)).toEqual(['Samir']);
		now += HOUR;
		await tell(gateway);
		expect(await toldBy(gateway)).toEqual(['Carla']);
		for (let n = 0; n < 5; n += 1) {
			now += 7 * HOUR;
			await tell(gateway);
		}
		expect(await toldBy(gateway)).toEqual([]);
	});

	it('says nothing of the child, the place or why, and to who has no account not even where to go', async () => {
		await nameLater();
		await raise();
		const gateway = await startGateway();
		now += 3 * HOUR;
		await tell(gateway);
		const letters = gateway.got.map(({ body }) => JSON.parse(body) as Record<string, string>);
		expect(letters.map(({ kind, link }) => [kind, link]).sort()).toEqual([
			['outside', 'https://halqa.example.org/'],
			['waits', 'https://halqa.example.org/today'],
			['waits', 'https://halqa.example.org/today']
		]);
		expect(letters.find(({ kind }) => kind === 'outside')).toMatchObject({
			to: PHONE,
			language: 'fr'
		});
		for (const letter of letters)
			expect(Object.keys(letter).sort()).toEqual(['id', 'kind', 'language', 'link', 'text', 'to']);
		const all = JSON.stringify(letters);
		for (const word of ['Nour', 'Centre', 'Butterflies', 'Blue room', sessionId, 'Lebanon'])
			expect(all).not.toContain(word);
		const times = await fresh.db.selectFrom('alert').select(['due_at', 'sent_at']).execute();
		expect(times.filter(({ due_at, sent_at }) => due_at % 300_000 || sent_at! % 300_000)).toEqual(
			[]
		);
	});

	it('is told once when the clock is set forward, and not again when it is set back', async () => {
		await nameLater();
		await raise();
		const gateway = await startGateway();
		now += 30 * 24 * HOUR;
		await tell(gateway);
		expect(await toldBy(gateway)).toEqual(['Carla', 'Maya', 'Samir']);
		now -= 60 * 24 * HOUR;
		await tell(gateway);
		now += 100 * 24 * HOUR;
		await tell(gateway);
		expect(await toldBy(gateway)).toEqual([]);
	});

	it('goes on to the next step within an hour of a clock that was set back', async () => {
		await nameLater();
		await raise();
		const gateway = await startGateway();
		await tell(gateway);
		expect(await toldBy(gateway)).toEqual(['Maya']);
		now -= 24 * HOUR;
		await tell(gateway);
		expect(await toldBy(gateway)).toEqual([]);
		now += HOUR;
		await tell(gateway);
		expect(await toldBy(gateway)).toEqual(['Samir']);
	});

	it('is told no further once somebody goes, nor what was not sent yet', async () => {
		await nameLater();
		const id = await raise();
		const refusing = await startGateway((response) => void response.writeHead(503).end());
		quietly();
		await tell(refusing);
		await take(id, maya);
		now += 5 * HOUR;
		const gateway = await startGateway();
		await tell(gateway);
		expect(gateway.got).toEqual([]);
		expect(await fresh.db.selectFrom('alert').selectAll().execute()).toEqual([]);
	});

	it('whom the child was not found rings again for everybody, once more in all', async () => {
		const id = await raise();
		const gateway = await startGateway();
		await tell(gateway);
		expect(await toldBy(gateway)).toEqual(['Maya', 'Samir']);
		const miss = () =>
			missConcerns(contextOf(fresh, maya, now), { concernIds: [id] }, { once: newId() });
		await take(id, maya);
		await miss();
		await tell(gateway);
		await tell(gateway);
		expect(await toldBy(gateway)).toEqual(['Maya', 'Samir']);
		await take(id, samir);
		await miss();
		now += 5 * HOUR;
		await tell(gateway);
		expect(await toldBy(gateway)).toEqual([]);
	});

	it('is told to who was named meanwhile, when all others were', async () => {
		await raise();
		const gateway = await startGateway();
		now += 3 * HOUR;
		await tell(gateway);
		expect(await toldBy(gateway)).toEqual(['Hiba', 'Maya', 'Samir', 'somebody else']); // the manager
		await nameLater();
		now += HOUR;
		await tell(gateway);
		expect(await toldBy(gateway)).toEqual(['Carla']); // Samir, the deputy now, knows
	});

	it('is told once to whom naming moves to another step', async () => {
		await nameLater();
		await raise();
		const gateway = await startGateway();
		now += 3 * HOUR;
		await tell(gateway);
		expect(await toldBy(gateway)).toEqual(['Carla', 'Maya', 'Samir']);
		const ctx = contextOf(fresh, admin);
		const deputy = (await listResponders(ctx, 'en')).find(({ step }) => step === 'deputy')!;
		expect(await removeResponder(ctx, { id: deputy.id }, newId())).toMatchObject({ ok: true });
		now += HOUR;
		await tell(gateway);
		expect(await toldBy(gateway)).toEqual([]);
	});

	it('is not told again once it has waited so long that who was told of others is forgotten', async () => {
		await nameLater();
		const [waiting, taken] = [await raise('Nour'), await raise('Sami')];
		const gateway = await startGateway();
		now += 3 * HOUR;
		await tell(gateway);
		await toldBy(gateway);
		await take(taken, maya);
		now += 91 * 24 * HOUR;
		await forgetOldAlerts(fresh.db, now);
		await tell(gateway);
		expect(await toldBy(gateway)).toEqual([]);
		const kept = await fresh.db.selectFrom('alert').select('subject_id').distinct().execute();
		expect(kept).toEqual([{ subject_id: waiting }]);
	});

	it('is not told to who ran the session, nor from the example', async () => {
		await fresh.db
			.updateTable('session')
			.set({ recorded_by: maya.id })
			.where('id', '=', sessionId)
			.execute();
		await raise();
		const gateway = await startGateway();
		await tell(gateway);
		expect(await toldBy(gateway)).toEqual(['Samir']);
		await fresh.db.updateTable('section').set({ is_example: 1 }).execute();
		await raise('Rami');
		await tell(gateway);
		expect(gateway.got).toEqual([]);
	});
});

describe('of several processes', () => {
	beforeEach(async () => {
		await makeDue(fresh.db, [{ name: 'tell', everyMs: EVERY_MS }], now);
	});

	it('each tells what no other told, however they meet', async () => {
		for (let n = 0; n < 3; n += 1) await raise(`Nour ${n}`);
		const gateway = await startGateway();
		const [one, other] = [aProcess(gateway), aProcess(gateway)];
		await Promise.all([one.runner.round(), other.runner.round()]);
		// Without the lease that parts them, as when it ran out in the middle of sending.
		now += 5 * HOUR;
		const outbox = { db: one.db, clock: () => now, channels: ['webhook'] as const };
		await ringClocks(outbox, new AbortController().signal);
		await Promise.all([tell(gateway, one.db), tell(gateway, other.db)]);
		const keys = gateway.got.map(({ headers }) => headers['idempotency-key']);
		expect(new Set(keys).size).toBe(keys.length);
		expect(keys).toHaveLength(3 * 4); // two focal points, then the manager and the administrator
	});

	it('one that is killed after sending leaves a second delivery under the same key, and nobody a third', async () => {
		await fresh.db
			.updateTable('account')
			.set({ disabled_at: NOW })
			.where('id', 'in', [samir.id, admin.id, here.manager.id])
			.execute();
		await raise();
		const reached = Promise.withResolvers<void>();
		const released = Promise.withResolvers<void>();
		const gateway = await startGateway(async (response) => {
			reached.resolve();
			await released.promise;
			response.end();
		});
		quietly();
		const killed = aProcess(gateway);
		const round = killed.runner.round();
		await reached.promise;
		await killed.db.destroy();
		released.resolve();
		await round.catch(() => undefined);

		const next = aProcess(gateway);
		await next.runner.round();
		expect(gateway.got).toHaveLength(1);
		now += LEASE_MS + 2 * 60_000;
		await next.runner.round();
		now += 5 * HOUR;
		await next.runner.round();
		const keys = gateway.got.map(({ headers }) => headers['idempotency-key']);
		expect(keys).toHaveLength(2);
		expect(new Set(keys).size).toBe(1);
		const [alert] = await fresh.db.selectFrom('alert').selectAll().execute();
		expect(alert).toMatchObject({ id: keys[0], attempt_count: 2, failure: null, claimed_at: null });
		expect(alert!.sent_at).not.toBe(null);
	});
});

describe('a gateway that fails', () => {
	it('is tried again after pauses that grow, is told of, and given up at last', async () => {
		await raise();
		let isUp = false;
		const gateway = await startGateway(
			(response) => void response.writeHead(isUp ? 200 : 503).end()
		);
		quietly();
		await tell(gateway);
		await tell(gateway);
		expect(gateway.got).toHaveLength(2);
		expect(await countFailing(contextOf(fresh, admin, now))).toBe(2);
		const rows = await fresh.db.selectFrom('alert').select(['failure', 'sent_at']).execute();
		expect(rows).toEqual(Array(2).fill({ failure: 'HTTP 503', sent_at: null }));
		now += 2 * 60_000;
		await tell(gateway);
		expect(gateway.got).toHaveLength(4);
		now += 2 * 60_000;
		await tell(gateway);
		expect(gateway.got).toHaveLength(4);
		isUp = true;
		now += 2 * 60_000;
		await tell(gateway);
		expect(gateway.got).toHaveLength(6);
		expect(await countFailing(contextOf(fresh, admin, now))).toBe(0);
		await fresh.db
			.updateTable('alert')
			.set({ sent_at: null, attempt_count: MOST_ATTEMPTS })
			.execute();
		expect(await hasAlerts(sendingTo(gateway))).toBe(false);
	});
});

describe('who is named', () => {
	it('stands on the list until removed, an account once and a number as its digits', async () => {
		await nameLater();
		const ctx = contextOf(fresh, admin);
		const [carla, other] = await listResponders(ctx, 'en');
		expect([carla, other]).toMatchObject([
			{ name: 'Carla', address: PHONE, step: 'outside', centreId: null },
			{ name: 'Samir', address: null, step: 'deputy' }
		]);
		const again = { account: samir.id, step: 'outside' } as const;
		expect(await nameAccount(ctx, again, newId())).toMatchObject({
			refusal: { reason: 'named_already' }
		});
		const contact = { name: 'Carla', locale: 'en', address: '00961 3123456' } as const;
		for (const at of [{ step: 'outside' }, { step: 'deputy', centre: here.centreId }] as const)
			expect(
				await nameContact(ctx, { ...contact, ...at }, { once: newId(), channels: ['webhook'] })
			).toMatchObject({ refusal: { reason: 'named_already' } });
		expect(await removeResponder(ctx, { id: carla!.id }, newId())).toMatchObject({ ok: true });
		expect(await listResponders(ctx, 'en')).toHaveLength(1);
		const abroad = await aSetting(fresh);
		const stranger = contextOf(fresh, abroad.manager);
		expect(await removeResponder(stranger, { id: other!.id }, newId())).toMatchObject({
			refusal: { reason: 'not_found' }
		});
	});

	it('may read what waits, works somewhere here, and can be reached', async () => {
		const ctx = contextOf(fresh, admin);
		const abroad = await aSetting(fresh);
		const refused = { refusal: { reason: 'not_found' } };
		const nobody = { account: here.rana.id, step: 'deputy' } as const;
		expect(await nameAccount(ctx, nobody, newId())).toMatchObject(refused);
		const elsewhere = { account: samir.id, step: 'deputy', centre: abroad.centreId } as const;
		expect(await nameAccount(ctx, elsewhere, newId())).toMatchObject(refused);
		const contact = { name: 'Carla', locale: 'en', step: 'outside' } as const;
		const name = (address: string) =>
			nameContact(ctx, { ...contact, address }, { once: newId(), channels: ['mail'] });
		expect(await name('3 123')).toMatchObject({ refusal: { reason: 'address_wrong' } });
		expect(await name(PHONE)).toMatchObject({ refusal: { reason: 'no_gateway' } });
		expect(await name('carla@example.net')).toMatchObject({ ok: true });
		const rows = await fresh.db.selectFrom('responder').selectAll().execute();
		expect(JSON.stringify(rows)).not.toMatch(/Carla|carla/);
	});
});

/** What fails here is meant to. */
function quietly(): void {
	const { level } = log;
	log.level = 'silent';
	onTestFinished(() => void (log.level = level));
}
