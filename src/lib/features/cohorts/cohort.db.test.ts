import { beforeEach, expect, it } from 'vitest';
import { newId } from '#lib/platform/ids/ids.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { aSetting, type Setting } from '#tests/factories/place.ts';
import { addMember, addSection, contextOf, type Account } from '#tests/factories/rows.ts';
import { editCohort } from '#lib/features/sessions/closing.commands.server.ts';
import { addCohort } from './cohort.commands.server.ts';
import { findCohort, listCohortFacilitators, listCohorts } from './queries.server.ts';

let fresh: FreshDatabase;
let here: Setting;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
});

const TYPED = {
	name: 'Sparrows',
	audience: 'children' as const,
	ageFrom: 6,
	ageTo: 9,
	capacity: 12,
	locale: 'en' as const
};

async function add(
	account: Account,
	given: Partial<Omit<typeof TYPED, 'audience'>> & {
		centreId?: string;
		facilitators?: string[];
	} = {}
) {
	const input = { ...TYPED, centreId: here.centreId, facilitators: [], ...given };
	const outcome = await addCohort(contextOf(fresh, account), input, newId());
	return outcome.ok ? outcome.done.id : outcome.refusal.reason;
}

async function edit(
	account: Account,
	cohortId: string,
	given: {
		name?: string;
		audience?: 'children' | 'caregivers';
		capacity?: number;
		facilitators?: string[];
		status?: 'open' | 'closed';
		locale?: 'en' | 'ar';
	}
) {
	const input = { ...TYPED, status: 'open' as const, facilitators: [], ...given, cohortId };
	const outcome = await editCohort(contextOf(fresh, account), input, newId());
	return outcome.ok ? 'saved' : outcome.refusal.reason;
}

it('is seen from then on by those who run it and by nobody else who facilitates', async () => {
	const id = await add(here.coordinator, { facilitators: [here.rana.id, here.rana.id] });
	const seenBy = async (account: Account) =>
		(await listCohorts(contextOf(fresh, account), 'en')).map((cohort) => cohort.id);
	expect(await seenBy(here.rana)).toContain(id);
	expect(await seenBy(here.karim)).not.toContain(id);
	expect(await findCohort(contextOf(fresh, here.rana), id, 'en')).toEqual({
		id,
		centreId: here.centreId,
		name: 'Sparrows',
		audience: 'children',
		ageFrom: 6,
		ageTo: 9,
		capacity: 12,
		memberCount: 0,
		status: 'open'
	});
	expect(await edit(here.coordinator, id, { facilitators: [here.karim.id] })).toBe('saved');
	expect(await seenBy(here.rana)).not.toContain(id);
	expect(await listCohortFacilitators(contextOf(fresh, here.karim), id)).toEqual([here.karim.id]);
	expect(await listCohortFacilitators(contextOf(fresh, here.rana), id)).toEqual([]);
});

it('bears a name once at a centre, in any spelling, also when two ask at once', async () => {
	const asked = await Promise.all([add(here.coordinator), add(here.coordinator)]);
	expect(asked.filter((answer) => answer === 'name_taken')).toHaveLength(1);
	expect(await add(here.coordinator, { name: 'SPARROWS' })).toBe('name_taken');
	const there = await aSetting(fresh, { sectionId: here.sectionId });
	expect(await add(there.coordinator, { centreId: there.centreId })).not.toBe('name_taken');
	const id = asked.find((answer) => answer !== 'name_taken')!;
	expect(await edit(here.coordinator, id, {})).toBe('saved');
	expect(await edit(here.coordinator, here.cohortId, { name: 'sparrows' })).toBe('name_taken');
});

it('takes a further name in another language and keeps the first', async () => {
	const id = await add(here.coordinator);
	expect(await edit(here.coordinator, id, { name: 'العصافير', locale: 'ar' })).toBe('saved');
	const nameIn = async (locale: 'en' | 'ar') =>
		(await findCohort(contextOf(fresh, here.coordinator), id, locale))!.name;
	expect([await nameIn('en'), await nameIn('ar')]).toEqual(['Sparrows', 'العصافير']);
});

it('keeps its members and whom it is for', async () => {
	const id = await add(here.coordinator);
	for (const name of ['Aya', 'Omar']) await addMember(fresh, { ...here, cohortId: id }, name);
	expect(await edit(here.coordinator, id, { capacity: 1 })).toBe('too_small');
	expect(await edit(here.coordinator, id, { audience: 'caregivers' })).toBe('audience_fixed');
	expect(await edit(here.coordinator, id, { capacity: 2, status: 'closed' })).toBe('saved');
	const cohort = await findCohort(contextOf(fresh, here.coordinator), id, 'en');
	expect(cohort).toMatchObject({ capacity: 2, memberCount: 2, status: 'closed' });
});

it('is run by people of its own centre', async () => {
	const there = await aSetting(fresh, { sectionId: here.sectionId });
	for (const stranger of [there.rana.id, here.manager.id, newId()])
		expect(await add(here.coordinator, { facilitators: [stranger] })).toBe('stranger');
	expect(await listCohorts(contextOf(fresh, here.coordinator), 'en')).toHaveLength(1);
});

it('is out of reach at another centre and in another section', async () => {
	const there = await aSetting(fresh, { sectionId: here.sectionId });
	const abroad = await aSetting(fresh, { sectionId: await addSection(fresh, 'Togo') });
	for (const other of [there, abroad]) {
		expect(await add(other.coordinator)).toBe('not_found');
		expect(await edit(other.coordinator, here.cohortId, { name: 'Taken over' })).toBe('not_found');
	}
	const kept = await listCohortFacilitators(contextOf(fresh, here.coordinator), here.cohortId);
	expect(kept.sort()).toEqual([here.rana.id, here.karim.id].sort());
});
