import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { listFocalPoints } from '#lib/features/staff/queries.server.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { NO_PASSWORD } from '#lib/platform/login/passwords.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import {
	addAccount,
	addCohort,
	addOpenSession,
	addSession,
	contextOf,
	NOW,
	type Account
} from '#tests/factories/rows.ts';
import { raiseConcern, takeConcerns } from './commands.server.ts';
import { closeConcerns, handOverConcerns, missConcerns } from './outcomes.commands.server.ts';
import { watchConcerns } from './watch.queries.server.ts';
import { countElsewhere, countUnread, listConcerns } from './queries.server.ts';

let fresh: FreshDatabase;
let here: Setting;
let sessionId: string;
let maya: Account;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	sessionId = await addSession(fresh, await aCycle(fresh, here), { date: '2026-05-01' });
	maya = await addAccount(fresh, {
		sectionId: here.sectionId,
		role: 'focal_point',
		name: 'Maya'
	});
});

async function raise(nickname: string | null, id: string = randomUUID(), now = NOW) {
	const { db, ring } = fresh;
	await raiseConcern({ db, ring, now }, { id, sectionId: here.sectionId, sessionId, nickname });
	return id;
}

const listed = (as = maya) => listConcerns(contextOf(fresh, as), 'en');
const take = (concernId: string, as = maya) =>
	takeConcerns(contextOf(fresh, as), { concernIds: [concernId] }, { once: newId() });
const close = (concernId: string, as = maya) =>
	closeConcerns(contextOf(fresh, as), { concernIds: [concernId] }, { once: newId() });

describe('a child who wants to talk', () => {
	it('may be at no session: the centre is named then, or nothing', async () => {
		const { db, ring } = fresh;
		const wish = { sectionId: here.sectionId, sessionId: null, nickname: 'Nour' };
		const { centreId } = here;
		await raiseConcern({ db, ring, now: NOW }, { id: randomUUID(), ...wish, centreId });
		await raiseConcern({ db, ring, now: NOW + 5 * 60_000 }, { id: randomUUID(), ...wish });
		const nowhere = { sessionId: null, cohort: '', room: '', date: null, zone: 'Asia/Beirut' };
		expect(await listed()).toMatchObject([
			{ ...nowhere, centre: 'Centre', nickname: 'Nour' },
			{ ...nowhere, centre: null }
		]);
	});

	it('may be at an open session, which says itself what and where it is', async () => {
		sessionId = await addOpenSession(fresh, here, { on_date: '2026-05-01' });
		await raise('Nour');
		expect(await listed()).toMatchObject([
			{ centre: 'Centre', cohort: 'Talk for parents', room: 'Shelter', time: '17:00' }
		]);
	});

	it('is on the focal point’s list with the session and the name given, who waits longest first', async () => {
		await raise('Nour', randomUUID(), NOW + 5 * 60_000);
		await raise(null);
		expect(await listed()).toMatchObject([
			{ nickname: null, cohort: 'Butterflies', date: '2026-05-01', raisedAt: NOW, takenBy: null },
			{ nickname: 'Nour', centre: 'Centre', room: 'Blue room', time: '15:00' }
		]);
	});

	it('is written down to five minutes, with all that is done about it', async () => {
		const id = await raise('Nour', randomUUID(), NOW + 4 * 60_000 + 59_999);
		const at = (now: number) => contextOf(fresh, maya, now);
		await takeConcerns(at(NOW + 6 * 60_000 + 1), { concernIds: [id] }, { once: newId() });
		await closeConcerns(at(NOW + 11 * 60_000 + 1), { concernIds: [id] }, { once: newId() });
		const [concern] = await fresh.db.selectFrom('concern').selectAll().execute();
		const step = 5 * 60_000;
		const { raised_at, taken_at, closed_at } = concern!;
		expect([raised_at, taken_at, closed_at]).toEqual([NOW, NOW + step, NOW + 2 * step]);
		const around = [
			...(await fresh.db.selectFrom('audit').select('at').execute()),
			...(await fresh.db.selectFrom('once').select('at').execute()),
			...(await fresh.db.selectFrom('login_attempt').select('window_starts_at as at').execute())
		];
		expect(around.length).toBe(4);
		expect(around.filter((row) => row.at % step !== 0)).toEqual([]);
	});

	it('asks once, however often the form is sent', async () => {
		const id = randomUUID();
		await Promise.all([raise('Nour', id), raise('Nour', id)]);
		expect(await listed()).toHaveLength(1);
	});

	it('is another child under another name, even on the form of the one before', async () => {
		const id = randomUUID();
		await raise('Nour', id);
		await raise('Rami', id);
		await raise(null, id);
		expect((await listed()).map(({ nickname }) => nickname).sort()).toEqual(['Nour', 'Rami', null]);
	});

	it('is never refused for the number of others', async () => {
		for (let n = 0; n < 210; n += 1) await raise(null);
		await raise('Nour');
		expect(await listed()).toHaveLength(211);
	});

	it('leaves a name nobody can read in the database, and nothing in the audit', async () => {
		await raise('Nour');
		const rows = await fresh.db.selectFrom('concern').selectAll().execute();
		expect(JSON.stringify(rows)).not.toContain('Nour');
		expect(await fresh.db.selectFrom('audit').selectAll().execute()).toEqual([]);
	});

	it('that was handed over keeps by which way and when, and no name', async () => {
		const id = await raise('Nour');
		const handOver = () =>
			handOverConcerns(
				contextOf(fresh, maya),
				{ concernIds: [id], channel: 'phone' },
				{ once: newId() }
			);
		expect(await handOver()).toMatchObject({ refusal: { reason: 'not_found' } }); // nobody went yet
		await take(id);
		expect(await handOver()).toMatchObject({ ok: true });
		const [concern] = await fresh.db.selectFrom('concern').selectAll().execute();
		expect(concern).toMatchObject({
			...{ outcome: 'handed_over', handover_channel: 'phone', handed_over_at: NOW },
			...{ closed_at: NOW, nickname_sealed: null }
		});
	});

	it('whom nobody found waits again under its name, and ends as not found the second time', async () => {
		const id = await raise('Nour');
		const miss = () =>
			missConcerns(contextOf(fresh, maya), { concernIds: [id] }, { once: newId() });
		const stored = () => fresh.db.selectFrom('concern').selectAll().executeTakeFirstOrThrow();
		await take(id);
		expect(await miss()).toMatchObject({ ok: true });
		expect(await listed()).toMatchObject([{ nickname: 'Nour', takenBy: null, missedCount: 1 }]);
		expect(await stored()).toMatchObject({ outcome: null, first_taken_at: NOW, taken_at: null });
		expect(await miss()).toMatchObject({ refusal: { reason: 'not_found' } }); // nobody went again yet
		await take(id);
		await miss();
		expect(await stored()).toMatchObject({
			...{ outcome: 'not_found', missed_count: 2, closed_at: NOW, nickname_sealed: null }
		});
	});

	it('is late an hour after it was raised, and counted without a name once there are five', async () => {
		for (let n = 0; n < 5; n += 1) await raise(null);
		const [first] = await listed();
		expect(first!.lateAt - first!.noticedAt).toBe(60 * 60_000);
		const watch = async (now: number) =>
			(await watchConcerns(contextOf(fresh, here.manager, now))).wishes;
		expect(await watch(NOW)).toEqual({ late: 0, count: 5, onTime: 1 });
		await take(first!.id);
		expect(await watch(NOW + 2 * 60 * 60_000)).toEqual({ late: 4, count: 5, onTime: 0.2 });
		const abroad = await aSetting(fresh);
		const there = contextOf(fresh, abroad.manager, NOW);
		expect((await watchConcerns(there)).wishes).toEqual({ late: 0, count: null, onTime: null });
	});

	it('is on nobody’s list in another section', async () => {
		await raise('Nour');
		const abroad = await aSetting(fresh);
		const other = await addAccount(fresh, { sectionId: abroad.sectionId, role: 'focal_point' });
		expect(await listed(other)).toEqual([]);
		const [concern] = await listed();
		expect(await take(concern!.id, other)).toMatchObject({ refusal: { reason: 'not_found' } });
		expect(await close(concern!.id, other)).toMatchObject({ refusal: { reason: 'not_found' } });
	});
});

describe('a focal point', () => {
	it('goes; of two at once one does', async () => {
		const id = await raise('Nour');
		const lina = await addAccount(fresh, {
			sectionId: here.sectionId,
			role: 'focal_point',
			name: 'Lina'
		});
		const outcomes = await Promise.all([take(id), take(id, lina)]);
		expect(outcomes.map(({ ok }) => ok).sort()).toEqual([false, true]);
		expect((await listed())[0]!.takenBy).toBe(outcomes[0]!.ok ? 'Maya' : 'Lina');
	});

	it('goes to all of a flood at once, but for whom a colleague went to, and closes them together', async () => {
		const ids = [await raise('Nour'), await raise('Rami'), await raise(null)];
		const lina = await addAccount(fresh, { sectionId: here.sectionId, role: 'focal_point' });
		await take(ids[0]!, lina);
		const all = { concernIds: ids };
		const took = await takeConcerns(contextOf(fresh, maya), all, { once: newId() });
		expect(took).toEqual({ ok: true, done: { count: 2 } });
		expect(await takeConcerns(contextOf(fresh, maya), all, { once: newId() })).toMatchObject({
			refusal: { reason: 'taken' }
		});
		const closed = await closeConcerns(contextOf(fresh, maya), all, { once: newId() });
		expect(closed).toEqual({ ok: true, done: { count: 3 } });
		expect(await listed()).toEqual([]);
	});

	it('closes what somebody has taken: the name is destroyed, that somebody asked stays', async () => {
		const id = await raise('Nour');
		expect(await close(id)).toMatchObject({ refusal: { reason: 'not_found' } });
		await take(id);
		expect((await close(id)).ok).toBe(true);
		expect(await listed()).toEqual([]);
		const [row] = await fresh.db.selectFrom('concern').selectAll().execute();
		expect(row).toMatchObject({ id, nickname_sealed: null, closed_at: NOW });
		const audit = await fresh.db.selectFrom('audit').select(['action', 'object_id']).execute();
		expect(audit).toEqual([
			{ action: 'take concern', object_id: id },
			{ action: 'close concern', object_id: id }
		]);
	});
});

describe('a focal point who ran the session', () => {
	const elsewhere = (as: Account) => countElsewhere(contextOf(fresh, as));
	const unread = () => countUnread(contextOf(fresh, here.manager));
	const isAlso = (account: Account): Promise<unknown> =>
		fresh.db
			.insertInto('account_role')
			.values({ account_id: account.id, section_id: here.sectionId, role: 'focal_point' })
			.execute();

	it('reads nothing of it, does nothing about it, and is told a number', async () => {
		await isAlso(here.rana);
		const id = await raise('Nour');
		expect(await listed(here.rana)).toEqual([]);
		expect(await take(id, here.rana)).toMatchObject({ refusal: { reason: 'not_found' } });
		await take(id);
		expect(await close(id, here.rana)).toMatchObject({ refusal: { reason: 'not_found' } });
		expect(await elsewhere(here.rana)).toEqual({ read: 1, unread: 0 });
		expect(await elsewhere(maya)).toEqual({ read: 0, unread: 0 });
		expect(await unread()).toBe(0);
		expect(await listed()).toHaveLength(1);
	});

	it.each([
		['opened its code', 'feedback_code'],
		['wrote its register', 'session'],
		['corrected its register', 'audit'],
		['stood in', 'substitute'],
		['named who stood in', 'absent'],
		['led its cohort until that day', 'cohort_facilitator']
	] as const)('is who %s', async (_, how) => {
		const { id: me, sectionId: section_id } = maya;
		const { db } = fresh;
		await raise('Nour');
		expect(await listed()).toHaveLength(1);
		if (how === 'session')
			await db
				.updateTable('session')
				.set({ recorded_by: me })
				.where('id', '=', sessionId)
				.execute();
		else if (how === 'audit')
			await db
				.insertInto('audit')
				.values({
					...{ at: NOW, section_id, actor_kind: 'staff', actor_id: me, action: 'record' },
					...{ object_type: 'session', object_id: sessionId, field_names: '' }
				})
				.execute();
		else if (how === 'cohort_facilitator')
			await db
				.insertInto('cohort_facilitator')
				.values({
					...{ cohort_id: here.cohortId, account_id: me, section_id },
					...{ from_on: '2026-04-01', until_on: '2026-05-01' }
				})
				.execute();
		else if (how === 'feedback_code')
			await db
				.insertInto('feedback_code')
				.values({
					...{ id: newId(), session_id: sessionId, section_id, code: '11111111', length: 'pulse' },
					...{ opened_by: me, opened_at: NOW, closed_at: NOW, started_count: 0 }
				})
				.execute();
		else
			await db
				.insertInto('substitute')
				.values({
					...{ id: randomUUID(), section_id, session_id: sessionId },
					account_id: how === 'absent' ? here.karim.id : me,
					for_account_id: how === 'absent' ? me : here.rana.id,
					...{ made_by: here.rana.id, made_at: NOW },
					...{ opens_at: NOW, closes_at: NOW + 1, ended_at: null }
				})
				.execute();
		expect(await listed()).toEqual([]);
	});

	it('alone leaves the wish unread, which the manager is told until another is there', async () => {
		await fresh.db
			.updateTable('account')
			.set({ disabled_at: NOW })
			.where('id', '=', maya.id)
			.execute();
		await raise('Nour');
		expect(await unread()).toBe(1);
		await isAlso(here.rana);
		expect(await unread()).toBe(1);
		expect(await elsewhere(here.rana)).toEqual({ read: 0, unread: 1 });
		await isAlso(here.coordinator);
		expect(await unread()).toBe(0);
		expect(await listed(here.coordinator)).toHaveLength(1);
	});

	it('is not among the names a child is told', async () => {
		await isAlso(here.rana);
		const names = (session: string) =>
			listFocalPoints(fresh.db, fresh.ring, { ...here, sessionId: session }, 'en');
		expect(await names(sessionId)).toEqual(['Maya']);
		const karims = await addSession(
			fresh,
			await aCycle(fresh, here, await addCohort(fresh, here)),
			{
				date: '2026-05-02'
			}
		);
		expect(await names(karims)).toEqual(['Maya', 'Rana']);
		await fresh.db
			.updateTable('account')
			.set({ password_hash: NO_PASSWORD })
			.where('id', '=', maya.id)
			.execute();
		expect(await names(karims)).toEqual(['Rana']);
	});
});
