import { beforeEach, describe, expect, it } from 'vitest';
import { setRoles } from '#lib/features/staff/roles.commands.server.ts';
import { within } from '#lib/platform/command/context.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { ringClocks } from '#lib/features/alerts/ringing.commands.server.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import {
	addAccount,
	addCohort,
	addSection,
	addSession,
	contextOf,
	NOW,
	type Account
} from '#tests/factories/rows.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { lookAtConcerns, standInForConcerns, takeConcerns } from './commands.server.ts';
import { closeConcerns, handOverConcerns } from './outcomes.commands.server.ts';
import { countElsewhere, countUnread, listConcerns } from './queries.server.ts';
import { lookAtOwnConcerns, raiseStaffConcern } from './raising.commands.server.ts';
import { forgetClosedConcerns, KEPT_MS } from './retention.commands.server.ts';
import { STAND_IN_MS } from './rules.ts';
import { watchConcerns } from './watch.queries.server.ts';

const HOUR_MS = 3_600_000;

let fresh: FreshDatabase;
let here: Setting;
let maya: Account;
beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	maya = await aFocalPoint('Maya');
});

function aFocalPoint(name: string, at?: Setting): Promise<Account> {
	const also = at ? [{ role: 'coordinator' as const, centreIds: [at.centreId], bodyId: null }] : [];
	return addAccount(fresh, { sectionId: here.sectionId, role: 'focal_point', name, also });
}

type Said = Parameters<typeof raiseStaffConcern>[1];
const said = (changes: Partial<Said> = {}): Said => ({
	urgency: 'urgent',
	noticed: 'now',
	wishAsked: 'yes',
	consent: 'yes',
	centre: here.centreId,
	...changes
});

function raise(changes: Partial<Said> = {}, as = here.rana, { now = NOW, once = newId() } = {}) {
	const ctx = within(contextOf(fresh, as, now), 'raise concerns');
	return raiseStaffConcern(ctx, said(changes), once);
}
const listed = (as: Account = maya, now = NOW) => listConcerns(contextOf(fresh, as, now), 'en');
const own = (as: Account = here.rana) => lookAtOwnConcerns(contextOf(fresh, as), 'en');
const rows = () => fresh.db.selectFrom('concern').selectAll().execute();
const ids = async () => (await rows()).map(({ id }) => id);
async function take(as: Account = maya, now = NOW) {
	const concernIds = await ids();
	return takeConcerns(contextOf(fresh, as, now), { concernIds }, { once: newId() });
}

describe('a colleague who is worried', () => {
	it('is with the focal points: how soon, what the child wants and whom to ask, nothing else', async () => {
		expect(await raise()).toEqual({ ok: true, done: { urgency: 'urgent', isRead: true } });
		const [concern] = await listed();
		expect(concern).toMatchObject({ centre: 'Centre', nickname: null, sessionId: null });
		expect(concern!.worry).toEqual({
			...{ urgency: 'urgent', consent: 'yes', isWishAsked: true, isAboutStaff: false },
			raisedBy: 'Rana'
		});
	});

	it('starts the clock of its urgency from when it was noticed', async () => {
		await raise({ urgency: 'imminent', noticed: 'today', time: '11:00' });
		const clocks = await fresh.db.selectFrom('alert_clock').selectAll().execute();
		expect(clocks).toMatchObject([
			{ subject: 'concern', plan: 'imminent', started_at: NOW - HOUR_MS }
		]);
		expect((await listed())[0]!.lateAt).toBe(NOW + 23 * HOUR_MS);
	});

	it('asks once, however often the form is sent', async () => {
		const once = newId();
		await Promise.all([raise({}, here.rana, { once }), raise({}, here.rana, { once })]);
		expect(await rows()).toHaveLength(1);
	});

	it('names a centre of their own, and no other', async () => {
		const other = await aSetting(fresh, { sectionId: here.sectionId });
		const abroad = await aSetting(fresh);
		for (const centre of [other.centreId, abroad.centreId])
			expect(await raise({ centre })).toMatchObject({ refusal: { reason: 'centre' } });
		expect((await raise({ centre: abroad.centreId }, here.manager)).ok).toBe(false);
		expect((await raise({ centre: other.centreId }, here.manager)).ok).toBe(true);
		expect((await raise({ centre: undefined })).ok).toBe(true);
	});

	it('leaves times of five minutes and an id that tells none, in the audit and the keys too', async () => {
		await raise({}, here.rana, { now: NOW + 61_001 });
		const [concern] = await rows();
		expect(concern!.id[14]).toBe('4');
		const audit = await fresh.db.selectFrom('audit').selectAll().execute();
		const keys = await fresh.db.selectFrom('once').selectAll().execute();
		expect(audit).toMatchObject([{ action: 'raise concern', field_names: '' }]);
		for (const at of [concern!.raised_at, concern!.noticed_at, audit[0]!.at, keys[0]!.at])
			expect(at).toBe(NOW);
	});

	it('sees how it stands and nothing of who or how it ended, and that they looked is written down', async () => {
		expect(await own()).toEqual([]);
		expect(await fresh.db.selectFrom('audit').selectAll().execute()).toEqual([]);
		await raise();
		const statuses = async () => (await own()).map(({ status }) => status);
		expect(await statuses()).toEqual(['waiting']);
		await take();
		expect(await statuses()).toEqual(['taken']);
		const concernIds = await ids();
		await closeConcerns(contextOf(fresh, maya), { concernIds }, { once: newId() });
		const [seen] = await own();
		expect(Object.keys(seen!).sort()).toEqual(
			['id', 'urgency', 'centre', 'raisedAt', 'zone', 'status'].sort()
		);
		expect(seen!.status).toBe('closed');
		const looks = await fresh.db
			.selectFrom('audit')
			.select('actor_id')
			.where('action', '=', 'look at own concerns')
			.execute();
		expect(looks).toEqual(Array(3).fill({ actor_id: here.rana.id }));
	});

	it('sees own ones alone', async () => {
		await raise();
		for (const other of [here.karim, here.coordinator, here.manager, maya])
			expect(await own(other)).toEqual([]);
	});

	it('is read by nobody of another section, nor taken', async () => {
		await raise();
		const sectionId = await addSection(fresh);
		const abroad = await addAccount(fresh, { sectionId, role: 'focal_point' });
		expect(await listed(abroad)).toEqual([]);
		expect(await take(abroad)).toMatchObject({ refusal: { reason: 'not_found' } });
	});
});

describe('a complaint about staff', () => {
	const about = { aboutStaff: 'yes' } as const;
	const unread = (as: Account) => countUnread(contextOf(fresh, as));

	it('is before focal points outside the centre, and before nobody who works there', async () => {
		const inside = await aFocalPoint('Inside', here);
		const outside = await aFocalPoint(
			'Outside',
			await aSetting(fresh, { sectionId: here.sectionId })
		);
		await raise(about);
		expect(await listed(inside)).toEqual([]);
		expect(await take(inside)).toMatchObject({ refusal: { reason: 'not_found' } });
		expect(await countElsewhere(contextOf(fresh, inside))).toEqual({ read: 0, unread: 0 });
		expect((await listed(outside))[0]!.worry!.isAboutStaff).toBe(true);
		expect(await listed(maya)).toHaveLength(1);
		await take();
		const concernIds = await ids();
		const ways = [
			closeConcerns(contextOf(fresh, inside), { concernIds }, { once: newId() }),
			standInForConcerns(
				contextOf(fresh, inside, NOW + STAND_IN_MS),
				{ concernIds },
				{ once: newId() }
			)
		];
		for (const outcome of await Promise.all(ways))
			expect(outcome).toMatchObject({ refusal: { reason: 'not_found' } });
	});

	it('is before nobody who works at every centre, and of no centre before nobody who works at any', async () => {
		const also = [{ role: 'coordinator' as const, centreIds: null, bodyId: null }];
		const { sectionId } = here;
		const everywhere = await addAccount(fresh, { sectionId, role: 'focal_point', also });
		const inside = await aFocalPoint('Inside', here);
		await raise(about);
		expect(await listed(everywhere)).toEqual([]);
		await raise({ ...about, centre: undefined });
		expect(await listed(everywhere)).toEqual([]);
		expect(await listed(inside)).toEqual([]);
		expect(await listed(maya)).toHaveLength(2);
	});

	it('is not before who coordinated there, ran nothing and has another role now', async () => {
		const { sectionId } = here;
		const moved = await aFocalPoint('Moved', here);
		const roles = [{ role: 'focal_point' as const, centreIds: null, bodyId: null }];
		await setRoles({ db: fresh.db, now: NOW }, { id: moved.id, sectionId }, roles);
		await setRoles({ db: fresh.db, now: NOW }, { id: moved.id, sectionId }, roles);
		await raise(about);
		expect(await listed(moved)).toEqual([]);
		expect(await listed(maya)).toHaveLength(1);
		const past = await fresh.db.selectFrom('past_role').select(['role', 'centre_id']).execute();
		expect(past).toEqual([{ role: 'coordinator', centre_id: here.centreId }]);
	});

	it('is not before who stood in there from another centre, nor who ran sessions there and moved on', async () => {
		const { sectionId } = here;
		const elsewhere = await aSetting(fresh, { sectionId });
		const sessionId = await addSession(fresh, await aCycle(fresh, here), { date: '2026-04-24' });
		const stoodIn = await aFocalPoint('Stood in', elsewhere);
		await fresh.db
			.insertInto('substitute')
			.values({
				...{ id: newId(), section_id: sectionId, session_id: sessionId },
				...{ account_id: stoodIn.id, for_account_id: here.rana.id },
				...{ made_by: here.rana.id, made_at: NOW - 2, opens_at: NOW - 1, closes_at: NOW },
				ended_at: null
			})
			.execute();
		const led = await aFocalPoint('Led', here);
		const moved = await aFocalPoint('Moved', elsewhere);
		await addCohort(fresh, here, { facilitators: [led, moved] });
		const stayedAway = await aFocalPoint('Stayed away', elsewhere);
		await raise(about);
		for (const one of [stoodIn, led, moved]) expect(await listed(one)).toEqual([]);
		for (const one of [maya, stayedAway]) expect(await listed(one)).toHaveLength(1);
		const channels = ['webhook'] as const;
		await ringClocks({ db: fresh.db, clock: () => NOW, channels }, new AbortController().signal);
		const told = await fresh.db
			.selectFrom('alert')
			.select('account_id')
			.where('step', '=', 'focal_points')
			.execute();
		expect(told.map(({ account_id }) => account_id).sort()).toEqual(
			[maya.id, stayedAway.id].sort()
		);
	});

	it('tells its reporter when no focal point may read it, and those who name one, but nobody it may be about', async () => {
		await fresh.db
			.updateTable('account')
			.set({ disabled_at: NOW })
			.where('id', '=', maya.id)
			.execute();
		await aFocalPoint('Inside', here);
		expect(await raise(about)).toEqual({ ok: true, done: { urgency: 'urgent', isRead: false } });
		expect(await unread(here.manager)).toBe(1);
		const also = [{ role: 'coordinator' as const, centreIds: [here.centreId], bodyId: null }];
		const { sectionId } = here;
		expect(await unread(await addAccount(fresh, { sectionId, role: 'admin', also }))).toBe(0);
	});

	it('is in no number a manager sees', async () => {
		for (let n = 0; n < 6; n += 1) await raise({ ...about, noticed: 'before', date: '2026-04-20' });
		const { worries } = await watchConcerns(contextOf(fresh, here.manager));
		expect(worries).toEqual({ isLate: false, count: null, onTime: null });
	});
});

describe('a focal point', () => {
	const handOver = (isOverridden?: boolean, as = maya) =>
		ids().then((concernIds) =>
			handOverConcerns(
				contextOf(fresh, as),
				{ concernIds, channel: 'phone', ...(isOverridden && { isOverridden }) },
				{ once: newId() }
			)
		);

	it('hands nothing over that a child did not agree to, unless the danger is imminent', async () => {
		await raise({ consent: 'no' });
		await take();
		expect(await handOver()).toMatchObject({ refusal: { reason: 'no_consent' } });
		expect(await rows()).toMatchObject([{ consent: 'no', outcome: null }]);
		expect((await handOver(true)).ok).toBe(true);
		expect(await rows()).toMatchObject([{ consent: 'overridden', outcome: 'handed_over' }]);
		const audit = await fresh.db
			.selectFrom('audit')
			.select('field_names')
			.where('action', '=', 'close concern')
			.execute();
		expect(audit[0]!.field_names).toContain('consent');
	});

	it('hands over what a child agreed to, and a child’s own wish', async () => {
		await raise();
		await take();
		expect((await handOver()).ok).toBe(true);
		expect(await rows()).toMatchObject([{ consent: 'yes', outcome: 'handed_over' }]);
	});

	it('goes in place of a colleague who does not, an hour later and no sooner', async () => {
		const lina = await aFocalPoint('Lina');
		await raise();
		await take();
		const standIn = async (as: Account, now: number) =>
			standInForConcerns(contextOf(fresh, as, now), { concernIds: await ids() }, { once: newId() });
		const tooSoon = { refusal: { reason: 'too_soon' } };
		expect(await standIn(lina, NOW + STAND_IN_MS - 1)).toMatchObject(tooSoon);
		expect(await standIn(maya, NOW + STAND_IN_MS)).toMatchObject(tooSoon);
		expect((await standIn(lina, NOW + STAND_IN_MS)).ok).toBe(true);
		expect((await listed())[0]).toMatchObject({ takenBy: 'Lina', isMine: false });
		expect(await rows()).toMatchObject([{ first_taken_at: NOW }]);
	});

	it('is written down before anything is shown', async () => {
		await raise();
		const shown = await lookAtConcerns(contextOf(fresh, maya), 'en');
		expect(shown).toHaveLength(1);
		const audit = await fresh.db.selectFrom('audit').select(['action', 'actor_id']).execute();
		expect(audit.at(-1)).toEqual({ action: 'look at concerns', actor_id: maya.id });
		await fresh.db.schema.alterTable('audit').renameTo('audit_gone').execute();
		await expect(lookAtConcerns(contextOf(fresh, maya), 'en')).rejects.toThrow();
		await expect(own()).rejects.toThrow();
	});
});

it('is a number alone to who manages, and none below five', async () => {
	const watch = async () => (await watchConcerns(contextOf(fresh, here.manager))).worries;
	for (let n = 0; n < 4; n += 1) await raise();
	expect(await watch()).toEqual({ isLate: false, count: null, onTime: null });
	await raise();
	expect(await watch()).toEqual({ isLate: false, count: 5, onTime: 1 });
	await raise({ noticed: 'before', date: '2026-04-20' });
	expect(await watch()).toEqual({ isLate: true, count: 6, onTime: 0.8 });
});

describe('ninety days after it closed', () => {
	const counts = () =>
		fresh.db
			.selectFrom('concern_count')
			.select(['month', 'kind', 'concern_count'])
			.orderBy('month')
			.execute();
	async function closed(now: number, changes: Partial<Said> = {}) {
		await raise(changes, here.rana, { now });
		await take(maya, now);
		const concernIds = await ids();
		await closeConcerns(contextOf(fresh, maya, now), { concernIds }, { once: newId() });
	}

	it('only the count of its month stays', async () => {
		await closed(NOW);
		await raise();
		await forgetClosedConcerns(fresh.db, NOW + KEPT_MS - 1);
		expect(await rows()).toHaveLength(2);
		await forgetClosedConcerns(fresh.db, NOW + KEPT_MS);
		expect(await rows()).toMatchObject([{ closed_at: null }]);
		expect(await counts()).toEqual([{ month: '2026-05', kind: 'staff', concern_count: 1 }]);
	});

	it('each is counted once, done again and by two at once', async () => {
		await closed(NOW);
		await closed(NOW, { urgency: 'imminent' });
		const later = NOW + KEPT_MS;
		await Promise.all([
			forgetClosedConcerns(fresh.db, later),
			forgetClosedConcerns(fresh.db, later)
		]);
		await forgetClosedConcerns(fresh.db, later);
		await closed(NOW);
		await forgetClosedConcerns(fresh.db, later);
		expect(await counts()).toEqual([{ month: '2026-05', kind: 'staff', concern_count: 3 }]);
	});

	it('takes the month of the section, not of Greenwich', async () => {
		const midnight = Date.parse('2026-04-30T21:30:00Z'); // May in Beirut
		await closed(midnight);
		await forgetClosedConcerns(fresh.db, midnight + KEPT_MS);
		expect((await counts())[0]!.month).toBe('2026-05');
	});
});
