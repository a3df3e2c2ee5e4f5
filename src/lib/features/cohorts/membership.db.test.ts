import { beforeEach, expect, it } from 'vitest';
import { newId } from '#lib/platform/ids/ids.ts';
import { takeBack } from '#lib/platform/undo/undo.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { aSetting, type Setting } from '#tests/factories/place.ts';
import {
	addAccount,
	addCohort,
	addMember,
	addPerson,
	contextOf,
	join,
	type Account
} from '#tests/factories/rows.ts';
import { enrolKnown, unenrolKnown } from './membership.commands.server.ts';
import { moveBack, movePerson } from './moving.commands.server.ts';
import { findCohort, listMembers } from './queries.server.ts';

const TODAY = '2026-05-01';

let fresh: FreshDatabase;
let here: Setting;
let there: Setting;
let admin: Account;
beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	there = await aSetting(fresh, { sectionId: here.sectionId });
	admin = await addAccount(fresh, { sectionId: here.sectionId, role: 'admin' });
});

async function enrol(by: Account, personId: string, cohortId = here.cohortId) {
	const input = { cohortId, personId };
	const outcome = await enrolKnown(contextOf(fresh, by), input, { once: newId(), today: TODAY });
	return outcome.ok ? 'enrolled' : outcome.refusal.reason;
}

async function move(by: Account, personId: string, given: object = {}) {
	const input = { personId, centre: there.centreId, leave: 'yes' as const, version: 1, ...given };
	return movePerson(contextOf(fresh, by), input, { once: newId(), today: TODAY, locale: 'en' });
}

const members = () =>
	fresh.db
		.selectFrom('cohort_member')
		.select(['cohort_id', 'joined_on', 'left_on'])
		.orderBy('cohort_id')
		.orderBy('joined_on')
		.execute();
const countOf = async (id: string) =>
	(await fresh.db.selectFrom('cohort').selectAll().where('id', '=', id).executeTakeFirstOrThrow())
		.member_count;
const centreOf = async (id: string) =>
	(await fresh.db.selectFrom('person').selectAll().where('id', '=', id).executeTakeFirstOrThrow())
		.centre_id;

it('asks before somebody known of another age joins, and adds them if that is meant', async () => {
	await fresh.db.updateTable('cohort').set({ age_from: 8, age_to: 11 }).execute();
	const samir = await addPerson(fresh, here, 'Samir');
	await fresh.db.updateTable('person').set({ birth_year: 1990 }).execute();
	expect(await enrol(here.coordinator, samir)).toBe('other_age');
	expect(await countOf(here.cohortId)).toBe(0);
	const input = { cohortId: here.cohortId, personId: samir, why: 'sibling' as const };
	const meant = await enrolKnown(contextOf(fresh, here.coordinator), input, {
		once: newId(),
		today: TODAY
	});
	expect(meant.ok).toBe(true);
});

it('adds someone known without a second person, once', async () => {
	const nour = await addPerson(fresh, here);
	expect(await enrol(here.coordinator, nour)).toBe('enrolled');
	expect(await enrol(here.coordinator, nour)).toBe('member_already');
	expect(await countOf(here.cohortId)).toBe(1);
	expect(await fresh.db.selectFrom('person').selectAll().execute()).toHaveLength(1);
});

it('lets somebody come back: the earlier time stays, they are listed once, and it is taken back', async () => {
	const nour = await addPerson(fresh, here);
	const earlier = { cohort_id: here.cohortId, joined_on: '2026-01-01', left_on: '2026-02-01' };
	await join(fresh, { ...here, personId: nour, leftOn: '2026-02-01' });
	const ctx = contextOf(fresh, here.coordinator);
	const outcome = await enrolKnown(
		ctx,
		{ cohortId: here.cohortId, personId: nour },
		{ once: newId(), today: TODAY }
	);
	expect(await members()).toMatchObject([earlier, { joined_on: TODAY, left_on: null }]);
	const on = async (date: string) =>
		(await listMembers(ctx, { cohortId: here.cohortId, date }, 'en')).map(
			({ personId }) => personId
		);
	expect([await on('2026-01-15'), await on('2026-03-01'), await on(TODAY)]).toEqual([
		[nour],
		[],
		[nour]
	]);
	const ways = { 'enrol known': { needs: 'keep people', restore: unenrolKnown } } as const;
	const undo = outcome.ok ? outcome.done.undo : '';
	expect((await takeBack(ctx, undo, ways)).ok).toBe(true);
	expect(await members()).toEqual([earlier]);
});

it('takes up again who left on the same day, and takes that back too', async () => {
	const nour = await addPerson(fresh, here);
	await join(fresh, { ...here, personId: nour, joinedOn: TODAY, leftOn: TODAY });
	const left = await members();
	const ctx = contextOf(fresh, here.coordinator);
	const outcome = await enrolKnown(
		ctx,
		{ cohortId: here.cohortId, personId: nour },
		{ once: newId(), today: TODAY }
	);
	expect(await members()).toMatchObject([{ joined_on: TODAY, left_on: null }]);
	const ways = { 'enrol known': { needs: 'keep people', restore: unenrolKnown } } as const;
	expect((await takeBack(ctx, outcome.ok ? outcome.done.undo : '', ways)).ok).toBe(true);
	expect(await members()).toEqual(left);
});

it('moves nobody back into a cohort they came back to meanwhile', async () => {
	const nour = await addPerson(fresh, here);
	await join(fresh, { ...here, personId: nour, leftOn: null });
	const outcome = await move(admin, nour);
	expect(await enrol(here.coordinator, nour)).toBe('not_found'); // is of another centre now
	await join(fresh, { ...here, personId: nour, joinedOn: TODAY });
	const ways = { 'move person': { needs: 'keep people', restore: moveBack } } as const;
	expect(
		await takeBack(contextOf(fresh, admin), outcome.ok ? outcome.done.undo : '', ways)
	).toMatchObject({ refusal: { reason: 'in_the_way' } });
});

it('shows a cohort that has more members than places, and gives none of them away', async () => {
	const full = await addCohort(fresh, here, { capacity: 1, member_count: 3 });
	const ctx = contextOf(fresh, here.coordinator);
	expect(await findCohort(ctx, full, 'en')).toMatchObject({ capacity: 1, memberCount: 3 });
	expect(await enrol(here.coordinator, await addPerson(fresh, here), full)).toBe('cohort_full');
});

it('adds nobody to a full cohort, and nobody out of reach', async () => {
	const nour = await addPerson(fresh, here);
	const full = await addCohort(fresh, here, { capacity: 1, member_count: 1 });
	const closed = await addCohort(fresh, here, { status: 'closed' });
	expect(await enrol(here.coordinator, nour, full)).toBe('cohort_full');
	expect(await enrol(here.coordinator, nour, closed)).toBe('cohort_closed');
	expect(await enrol(here.rana, nour)).toBe('not_found');
	expect(await enrol(there.coordinator, nour, there.cohortId)).toBe('not_found');
	expect(await enrol(here.coordinator, nour, there.cohortId)).toBe('not_found');
	expect(await members()).toEqual([]);
});

it('moves a person out of the old centre’s cohorts, and back', async () => {
	const nour = await addMember(fresh, here);
	await join(fresh, { ...here, cohortId: there.cohortId, personId: nour });
	const outcome = await move(admin, nour);
	expect(outcome.ok).toBe(true);
	expect(await centreOf(nour)).toBe(there.centreId);
	const left = (await members()).filter(({ left_on }) => left_on !== null);
	expect(left).toMatchObject([{ cohort_id: here.cohortId, left_on: TODAY }]);
	expect([await countOf(here.cohortId), await countOf(there.cohortId)]).toEqual([0, 1]);
	const ways = { 'move person': { needs: 'keep people', restore: moveBack } } as const;
	const undo = outcome.ok ? outcome.done.undo : '';
	expect((await takeBack(contextOf(fresh, admin), undo, ways)).ok).toBe(true);
	expect(await centreOf(nour)).toBe(here.centreId);
	expect((await members()).every(({ left_on }) => left_on === null)).toBe(true);
	expect(await countOf(here.cohortId)).toBe(1);
});

it('moves nobody back by an account that reaches one of the two centres no more', async () => {
	const nour = await addMember(fresh, here);
	const both = { ...here.coordinator, centreIds: [here.centreId, there.centreId] };
	const outcome = await move(both, nour);
	const ways = { 'move person': { needs: 'keep people', restore: moveBack } } as const;
	const undo = outcome.ok ? outcome.done.undo : '';
	for (const centreIds of [[here.centreId], [there.centreId]])
		expect(await takeBack(contextOf(fresh, { ...both, centreIds }), undo, ways)).toMatchObject({
			refusal: { reason: 'in_the_way' }
		});
	expect(await centreOf(nour)).toBe(there.centreId);
});

it('is not taken back into a cohort that has filled up', async () => {
	const nour = await addMember(fresh, here);
	const outcome = await move(admin, nour);
	await fresh.db.updateTable('cohort').set({ member_count: 30 }).execute();
	const ways = { 'move person': { needs: 'keep people', restore: moveBack } } as const;
	const undo = outcome.ok ? outcome.done.undo : '';
	expect(await takeBack(contextOf(fresh, admin), undo, ways)).toMatchObject({
		refusal: { reason: 'in_the_way' }
	});
	expect(await centreOf(nour)).toBe(there.centreId);
});

it('leaves the memberships when asked to', async () => {
	const nour = await addMember(fresh, here);
	expect((await move(admin, nour, { leave: undefined })).ok).toBe(true);
	expect(await members()).toMatchObject([{ left_on: null }]);
});

it('moves nobody twice, to a centre out of reach, or from one', async () => {
	const nour = await addMember(fresh, here);
	const refused = async (by: Account, given: object = {}) => {
		const outcome = await move(by, nour, given);
		return outcome.ok ? 'moved' : outcome.refusal.reason;
	};
	expect(await refused(here.coordinator)).toBe('not_found');
	expect(await refused(there.coordinator)).toBe('not_found');
	expect(await refused(admin, { centre: here.centreId })).toBe('same_centre');
	await join(fresh, { ...here, cohortId: there.cohortId, personId: nour });
	expect(await refused(there.coordinator)).toBe('not_found'); // takes part there, belongs elsewhere
	expect(await refused(admin)).toBe('moved');
	expect(await refused(admin, { centre: here.centreId })).toBe('changed_meanwhile');
});
