import { beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#lib/platform/ids/ids.ts';
import { takeBack } from '#lib/platform/undo/undo.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import { addCohort, addMember, addSession, contextOf } from '#tests/factories/rows.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { changeCohort, leaveCohort, unchangeCohort, unleave } from './leaving.commands.server.ts';
import { findMembership, listOtherCohorts } from './membership.queries.server.ts';
import { findCohort } from './queries.server.ts';

const TODAY = '2026-05-01';
const WAYS = {
	'leave cohort': { needs: 'enrol people', restore: unleave },
	'change cohort': { needs: 'enrol people', restore: unchangeCohort }
} as const;

let fresh: FreshDatabase;
let here: Setting;
let nour: string;
beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	nour = await addMember(fresh, here, 'Nour');
});

const ctx = (as = here.coordinator) => contextOf(fresh, as);
const said = () => ({ once: newId(), today: TODAY });
const leave = (lastDay = TODAY, as = here.coordinator) =>
	leaveCohort(
		ctx(as),
		{ cohortId: here.cohortId, personId: nour, lastDay, why: 'moved_away' },
		said()
	);
const change = (cohort: string, from = TODAY, why?: 'sibling') =>
	changeCohort(ctx(), { cohortId: here.cohortId, personId: nour, cohort, from, why }, said());
const memberCount = async (id = here.cohortId) => (await findCohort(ctx(), id, 'en'))!.memberCount;
const times = () =>
	fresh.db
		.selectFrom('cohort_member')
		.select(['cohort_id', 'joined_on', 'left_on', 'left_why'])
		.where('person_id', '=', nour)
		.orderBy('joined_on')
		.execute();
const undo = (outcome: object) =>
	takeBack(ctx(), (outcome as { done: { undo: string } }).done.undo, WAYS);

async function markOn(date: string, cohortId = here.cohortId) {
	const cycle = await aCycle(fresh, here, cohortId);
	const session_id = await addSession(fresh, cycle, { date });
	await fresh.db
		.insertInto('mark')
		.values({ session_id, person_id: nour, section_id: here.sectionId, code: 'present' })
		.execute();
}

describe('leaving', () => {
	it('ends a time after its last day, with why, and frees the place at once', async () => {
		expect(await leave('2026-04-30')).toMatchObject({ ok: true });
		expect(await times()).toMatchObject([{ left_on: '2026-05-01', left_why: 'moved_away' }]);
		expect(await memberCount()).toBe(0);
		expect(await leave()).toMatchObject({ refusal: { reason: 'not_found' } });
		expect(await memberCount()).toBe(0);
	});

	it('is refused for a day ahead, before they came, and before a mark', async () => {
		expect(await leave('2026-05-02')).toMatchObject({ refusal: { reason: 'day_ahead' } });
		expect(await leave('2025-12-30')).toMatchObject({
			refusal: { reason: 'before_joined', date: '2026-01-01' }
		});
		await markOn('2026-04-20');
		expect(await leave('2026-04-19')).toMatchObject({
			refusal: { reason: 'marked_after', date: '2026-04-20' }
		});
		expect(await leave('2026-04-20')).toMatchObject({ ok: true });
	});

	it('is once, however many say so at the same moment, and nobody’s from another centre', async () => {
		const elsewhere = await aSetting(fresh, { sectionId: here.sectionId });
		expect(await leave(TODAY, elsewhere.coordinator)).toMatchObject({
			refusal: { reason: 'not_found' }
		});
		const outcomes = await Promise.all([leave(), leave(), leave()]);
		expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
		expect(await memberCount()).toBe(0);
	});

	it('is taken back while there is a place', async () => {
		const outcome = await leave();
		await undo(outcome);
		expect(await times()).toMatchObject([{ left_on: null, left_why: null }]);
		expect(await memberCount()).toBe(1);
		const again = await leave();
		await fresh.db.updateTable('cohort').set({ capacity: 1 }).execute();
		await addMember(fresh, here, 'Rami');
		await fresh.db.updateTable('cohort').set({ member_count: 1 }).execute();
		expect(await undo(again)).toMatchObject({ refusal: { reason: 'in_the_way' } });
		expect(await memberCount()).toBe(1);
	});
});

it('of a cohort with more members than places is taken back all the same', async () => {
	await addMember(fresh, here, 'Rami');
	await fresh.db.updateTable('cohort').set({ capacity: 1, member_count: 2 }).execute();
	await undo(await leave());
	expect(await memberCount()).toBe(2);
	expect(await times()).toMatchObject([{ left_on: null }]);
});

describe('changing the cohort', () => {
	let other: string;
	beforeEach(async () => {
		other = await addCohort(fresh, here, { name: 'Olives' });
	});

	it('ends one time and begins the other on the same day; marks stay where they were made', async () => {
		await markOn('2026-04-20');
		expect(await change(other)).toMatchObject({ ok: true });
		expect(await times()).toMatchObject([
			{ cohort_id: here.cohortId, left_on: TODAY, left_why: 'other_group' },
			{ cohort_id: other, joined_on: TODAY, left_on: null }
		]);
		expect([await memberCount(), await memberCount(other)]).toEqual([0, 1]);
		expect(await fresh.db.selectFrom('mark').select('session_id').execute()).toHaveLength(1);
	});

	it('offers open cohorts of the centre for the same people, and takes no others', async () => {
		await addCohort(fresh, here, { name: 'Closed', status: 'closed' });
		const cohort = (await findCohort(ctx(), here.cohortId, 'en'))!;
		const offered = await listOtherCohorts(ctx(), cohort, 'en');
		expect(offered.map(({ name }) => name)).toEqual(['Olives']);
		expect(await change(newId())).toMatchObject({ refusal: { reason: 'other_not_found' } });
		expect(await change(here.cohortId)).toMatchObject({ refusal: { reason: 'other_not_found' } });
	});

	it('asks before another age, and changes nothing when the other is full', async () => {
		await fresh.db.updateTable('cohort').set({ age_from: 60, age_to: 70 }).execute();
		expect(await change(other)).toMatchObject({ refusal: { reason: 'other_age' } });
		await fresh.db
			.updateTable('cohort')
			.set({ capacity: 1, member_count: 1 })
			.where('id', '=', other)
			.execute();
		expect(await change(other, TODAY, 'sibling')).toMatchObject({
			refusal: { reason: 'cohort_full' }
		});
		expect(await findMembership(ctx(), { cohortId: here.cohortId, personId: nour })).toBeDefined();
		expect(await memberCount()).toBe(1);
	});

	it('is taken back until a register of the other names them', async () => {
		const outcome = await change(other);
		await undo(outcome);
		expect(await times()).toMatchObject([{ cohort_id: here.cohortId, left_on: null }]);
		expect([await memberCount(), await memberCount(other)]).toEqual([1, 0]);
		const again = await change(other);
		await markOn(TODAY, other);
		expect(await undo(again)).toMatchObject({ refusal: { reason: 'in_the_way' } });
	});
});
