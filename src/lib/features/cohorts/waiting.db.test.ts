import { beforeEach, expect, it } from 'vitest';
import { newId } from '#lib/platform/ids/ids.ts';
import { takeBack } from '#lib/platform/undo/undo.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import {
	addMember,
	addPerson,
	addSession,
	contextOf,
	NOW,
	type Account
} from '#tests/factories/rows.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { enrolKnown } from './membership.commands.server.ts';
import { findCohort, listMembers } from './queries.server.ts';
import {
	putBackOnList,
	putBackToWait,
	takeIn,
	takeOffList,
	unwait,
	wait,
	waitNew
} from './waiting.commands.server.ts';
import { countWaiting, listWaiting } from './waiting.queries.server.ts';

const TODAY = '2026-05-01';
const WAYS = {
	'wait for place': { needs: 'enrol people', restore: unwait },
	'take off waiting list': { needs: 'enrol people', restore: putBackOnList },
	'take in': { needs: 'enrol people', restore: putBackToWait }
} as const;

let fresh: FreshDatabase;
let here: Setting;
beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	await fresh.db.updateTable('cohort').set({ capacity: 1, age_from: 6, age_to: 17 }).execute();
	await addMember(fresh, here, 'Nour');
});

const ctx = (as: Account = here.coordinator, now = NOW) => contextOf(fresh, as, now);
const target = (personId: string) => ({ cohortId: here.cohortId, personId });
const listed = async () =>
	(await listWaiting(ctx(), { cohortId: here.cohortId, zone: 'Asia/Beirut' })).map(
		({ name }) => name
	);
const membersNow = async () =>
	(await listMembers(ctx(), { cohortId: here.cohortId, date: TODAY }, 'en')).map(
		({ name }) => name
	);
const memberCount = async () => (await findCohort(ctx(), here.cohortId, 'en'))!.memberCount;
const roomFor = (capacity: number) => fresh.db.updateTable('cohort').set({ capacity }).execute();

async function putDown(name: string, minutes = 0): Promise<string> {
	const id = await addPerson(fresh, here, name);
	const outcome = await wait(ctx(here.coordinator, NOW + minutes * 60_000), target(id), newId());
	expect(outcome).toMatchObject({ ok: true });
	return id;
}
const take = (personId: string, why?: 'sibling') =>
	takeIn(ctx(), { ...target(personId), why }, { once: newId(), today: TODAY });

async function undo(outcome: { ok: boolean; done?: { undo: string } }) {
	return takeBack(ctx(), outcome.done!.undo, WAYS);
}

it('stands in the order people were put down, each once, whoever is a member not at all', async () => {
	const rami = await putDown('Rami', 5);
	await putDown('Aya', 1);
	expect(await listed()).toEqual(['Aya', 'Rami']);
	expect(await countWaiting(ctx())).toEqual(new Map([[here.cohortId, 2]]));
	expect(await wait(ctx(), target(rami), newId())).toMatchObject({
		refusal: { reason: 'waits_already' }
	});
	const [nour] = await fresh.db.selectFrom('cohort_member').select('person_id').execute();
	expect(await wait(ctx(), target(nour!.person_id), newId())).toMatchObject({
		refusal: { reason: 'member_already' }
	});
});

it('takes in who is first and finds a place; anybody else with a reason that is kept', async () => {
	const [aya, rami] = [await putDown('Aya', 1), await putDown('Rami', 2)];
	expect(await take(aya)).toMatchObject({ refusal: { reason: 'cohort_full', personId: aya } });
	await roomFor(2);
	expect(await take(rami)).toMatchObject({ refusal: { reason: 'not_first', personId: rami } });
	expect(await take(aya)).toMatchObject({ ok: true });
	expect(await membersNow()).toEqual(['Aya', 'Nour']);
	expect(await take(rami, 'sibling')).toMatchObject({ ok: true });
	expect(await memberCount()).toBe(3);
	const whys = await fresh.db
		.selectFrom('cohort_member')
		.select(['person_id', 'joined_why'])
		.execute();
	expect(whys).toContainEqual({ person_id: rami, joined_why: 'sibling' });
	expect(whys).toContainEqual({ person_id: aya, joined_why: null });
	expect(await listed()).toEqual([]);
});

it('asks for a reason when who is first is of another age', async () => {
	const aya = await putDown('Aya');
	await roomFor(2);
	await fresh.db.updateTable('cohort').set({ age_from: 16, age_to: 17 }).execute();
	await fresh.db.updateTable('person').set({ birth_year: 2016 }).execute();
	expect(await take(aya)).toMatchObject({ refusal: { reason: 'other_age', personId: aya } });
	expect(await take(aya, 'sibling')).toMatchObject({ ok: true });
});

it('gives the last place once to two who take in at the same moment', async () => {
	const aya = await putDown('Aya');
	await roomFor(2);
	const outcomes = await Promise.all([take(aya), take(aya), take(aya)]);
	expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
	expect(await memberCount()).toBe(2);
	expect(await membersNow()).toEqual(['Aya', 'Nour']);
});

it('takes back for a day: being put down, being taken off, being taken in', async () => {
	const aya = await addPerson(fresh, here, 'Aya');
	const waits = await wait(ctx(), target(aya), newId());
	const off = await takeOffList(ctx(), target(aya), newId());
	expect(await listed()).toEqual([]);
	expect(await undo(off)).toMatchObject({ ok: true });
	await roomFor(2);
	const inside = await take(aya);
	expect(await undo(inside)).toMatchObject({ ok: true });
	expect(await listed()).toEqual(['Aya']);
	expect(await memberCount()).toBe(1);
	expect(await undo(waits)).toMatchObject({ ok: true });
	expect(await listed()).toEqual([]);
});

it('leaves who was taken in where a register names them by now', async () => {
	const aya = await putDown('Aya');
	await roomFor(2);
	const inside = await take(aya);
	const session_id = await addSession(fresh, await aCycle(fresh, here), { date: TODAY });
	await fresh.db
		.insertInto('mark')
		.values({ session_id, person_id: aya, section_id: here.sectionId, code: 'present' })
		.execute();
	expect(await undo(inside)).toMatchObject({ refusal: { reason: 'in_the_way' } });
	expect(await membersNow()).toEqual(['Aya', 'Nour']);
});

it('makes a new person who waits, and neither again when that is taken back', async () => {
	const input = { cohortId: here.cohortId, name: 'Samir', birthYear: 2016, sex: 'm' as const };
	const given = { once: newId(), today: TODAY };
	const made = await waitNew(ctx(here.rana), input, given);
	expect(await listed()).toEqual(['Samir']);
	expect(await memberCount()).toBe(1);
	const back = await takeBack(ctx(here.rana), (made as { done: { undo: string } }).done.undo, WAYS);
	expect(back).toMatchObject({ ok: true });
	expect(await fresh.db.selectFrom('person').select('id').execute()).toHaveLength(1);
});

it('ends when somebody joins by another way, and is out of reach from elsewhere', async () => {
	const aya = await putDown('Aya');
	const elsewhere = await aSetting(fresh, { sectionId: here.sectionId });
	const foreign = contextOf(fresh, elsewhere.coordinator);
	expect(await wait(foreign, target(aya), newId())).toMatchObject({
		refusal: { reason: 'not_found' }
	});
	expect(await listWaiting(foreign, { cohortId: here.cohortId, zone: 'Asia/Beirut' })).toEqual([]);
	expect(await takeOffList(foreign, target(aya), newId())).toMatchObject({
		refusal: { reason: 'not_found' }
	});
	await roomFor(2);
	await enrolKnown(ctx(), target(aya), { once: newId(), today: TODAY });
	expect(await listed()).toEqual([]);
});
