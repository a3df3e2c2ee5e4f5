import { beforeEach, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { aSetting, type Setting } from '#tests/factories/place.ts';
import { addCohort, addCentre, addPartner, contextOf, join } from '#tests/factories/rows.ts';
import { addPeople, takeOutPerson } from './commands.server.ts';
import { findPerson, sealName } from './queries.server.ts';
import { kindsOf } from './rules.ts';
import { listPeople, findPeople, searchPeople } from './search.queries.server.ts';
import type { NewPerson, PersonKind } from './types.ts';

let fresh: FreshDatabase;
let here: Setting;
beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
});

const add = (names: string[], more: Partial<NewPerson> = {}) =>
	addPeople(
		contextOf(fresh, here.manager),
		names.map((name) => ({
			...{ centreId: here.centreId, sex: 'f', birthYear: 2016 },
			...{ addedOn: '2026-05-01', name },
			...more
		}))
	);
const search = async (who: Setting['rana'], sought: string) =>
	(await searchPeople(contextOf(fresh, who), sought, 'en')).map(({ name }) => name);

it('finds a name in the other script, the spelling sought first, and by own number', async () => {
	await add(['محمد حداد', 'Mohamad Haddad', 'Hussein Haddad', 'Hassan Nassar']);
	await add(['Nour Khoury'], { code: 'KD 7' });
	expect(await search(here.coordinator, 'محمد')).toEqual(['محمد حداد', 'Mohamad Haddad']);
	expect(await search(here.coordinator, 'Mohammed Haddad')).toHaveLength(2);
	expect(await search(here.coordinator, 'Hassan')).toEqual(['Hassan Nassar']);
	expect(await search(here.coordinator, 'kd٧')).toEqual(['Nour Khoury']);
	expect(await search(here.coordinator, '؟')).toEqual([]);
});

it('finds a name while its last word is being typed', async () => {
	await add(['محمد حداد', 'Mahmoud Haddad', 'Nour Haddad']);
	expect(await search(here.coordinator, 'Moha')).toEqual(['محمد حداد']);
	expect(await search(here.coordinator, 'Haddad Nou')).toEqual(['Nour Haddad']);
	expect(await search(here.coordinator, 'حد')).toHaveLength(3);
	expect(await search(here.coordinator, 'Had Nour')).toEqual([]);
});

it('narrows a search and a list to a centre and a kind', async () => {
	const far = await addCentre(fresh, here.sectionId);
	const [child] = await add(['Nour Far'], { centreId: far });
	const [parent] = await add(['Nour Parent', 'Nour Near'], { birthYear: 1990 });
	await add(['Nour Staff'], { birthYear: 1990, isStaff: true });
	await fresh.db
		.insertInto('caregiver')
		.values({
			child_id: child!,
			caregiver_id: parent!,
			section_id: here.sectionId,
			relation: 'mother'
		})
		.execute();
	const ctx = contextOf(fresh, here.manager);
	const found = await searchPeople(ctx, 'nour', 'en', { centreId: far });
	expect(found.map(({ name }) => name)).toEqual(['Nour Far']);
	const names = async (kind: PersonKind) =>
		(await listPeople(ctx, { page: 9, kind }, 'en')).people!.map(({ name }) => name);
	expect(await names('child')).toEqual(['Nour Far']);
	expect(await names('adult')).toEqual(['Nour Near', 'Nour Parent']);
	expect(await names('caregiver')).toEqual(['Nour Parent']);
	expect(await names('staff')).toEqual(['Nour Staff']);
});

it('finds a mother who is also staff under both, and whoever was staff under a row merged into hers', async () => {
	const [child] = await add(['Nour']);
	const [mother] = await add(['Rima'], { birthYear: 1990, isStaff: true });
	const [hala] = await add(['Hala'], { birthYear: 1985 });
	const [twin] = await add(['Hala K.'], { birthYear: 1985, isStaff: true });
	await fresh.db
		.insertInto('caregiver')
		.values({
			...{ child_id: child!, caregiver_id: mother!, section_id: here.sectionId },
			relation: 'mother'
		})
		.execute();
	await fresh.db
		.updateTable('person')
		.set({ merged_into: hala! })
		.where('id', '=', twin!)
		.execute();
	const ctx = contextOf(fresh, here.manager);
	const people = async (kind: PersonKind) =>
		(await listPeople(ctx, { page: 9, kind }, 'en')).people!;
	const names = async (kind: PersonKind) => (await people(kind)).map(({ name }) => name).sort();
	expect(await names('staff')).toEqual(['Hala', 'Rima']);
	expect(await names('caregiver')).toEqual(['Rima']);
	expect(await names('adult')).toEqual([]);
	const rima = (await people('caregiver'))[0]!;
	expect(kindsOf({ ...rima, age: 36 })).toEqual(['staff', 'caregiver']);
});

it('keeps a professional with the body they work for and an account, and a guardian who is somebody here', async () => {
	const [nour] = await add(['Nour']);
	const [mother] = await add(['Rima'], { birthYear: 1990 });
	const body = await addPartner(fresh, here.sectionId, 'School');
	const [social] = await add(['Sami'], { birthYear: 1980 });
	await fresh.db
		.updateTable('person')
		.set({ kind: 'professional', body_id: body, account_id: here.rana.id })
		.where('id', '=', social!)
		.execute();
	await fresh.db
		.insertInto('guardian')
		.values({
			...{ id: 'g', section_id: here.sectionId, person_id: nour!, linked_person_id: mother! },
			...{ name_sealed: sealName(fresh.ring, 'g', 'Rima'), relation: 'mother', phone_sealed: null },
			...{ contact_way: 'none', safe_from: null, safe_until: null }
		})
		.execute();
	const ctx = contextOf(fresh, here.manager);
	const adults = (await listPeople(ctx, { page: 9, kind: 'adult' }, 'en')).people!;
	expect(adults.map(({ name, isStaff }) => [name, isStaff])).toEqual([
		['Rima', false],
		['Sami', false]
	]);
	expect(await fresh.db.transaction().execute((db) => takeOutPerson({ ...ctx, db }, mother!))).toBe(
		false
	);
});

it('hides whoever turned out to be somebody else', async () => {
	const [kept, merged] = await add(['Nour Khoury', 'نور خوري'], { code: undefined });
	await fresh.db
		.updateTable('person')
		.set({ merged_into: kept! })
		.where('id', '=', merged!)
		.execute();
	expect(await search(here.coordinator, 'Nour')).toEqual(['Nour Khoury']);
	const ctx = contextOf(fresh, here.coordinator);
	expect(await findPerson(ctx, merged!, 'en')).toBeUndefined();
	expect((await findPerson(ctx, kept!, 'en'))!.name).toBe('Nour Khoury');
});

it('shows a facilitator members of own cohorts, a coordinator the centres, nobody another section', async () => {
	const [mine] = await add(['Zeinab Saad']);
	await add(['Zeinab Far'], { centreId: await addCentre(fresh, here.sectionId) });
	const cohortId = await addCohort(fresh, here, { facilitators: [here.rana] });
	expect(await search(here.rana, 'Zeinab')).toEqual([]);
	await join(fresh, { ...here, cohortId, personId: mine! });
	expect(await search(here.rana, 'زينب')).toEqual(['Zeinab Saad']);
	expect(await search(here.coordinator, 'Zeinab')).toEqual(['Zeinab Saad']);
	const next = await aSetting(fresh, { sectionId: here.sectionId });
	expect(await search(next.coordinator, 'Zeinab')).toEqual([]);
	await join(fresh, { ...here, cohortId: next.cohortId, personId: mine! });
	const [visiting] = await searchPeople(contextOf(fresh, next.coordinator), 'Zeinab', 'en');
	expect(visiting).toMatchObject({ name: 'Zeinab Saad', centre: null });
	expect(await search(here.manager, 'Zeinab')).toHaveLength(2);
	const abroad = await aSetting(fresh);
	expect(await search(abroad.manager, 'Zeinab')).toEqual([]);
	const { people } = await listPeople(contextOf(fresh, here.rana), { page: 1 }, 'en');
	expect(people!.map(({ name }) => name)).toContain('Zeinab Saad');
	expect(people!.map(({ name }) => name)).not.toContain('Zeinab Far');
});

it('finds those opened before again, within reach alone', async () => {
	const far = await addCentre(fresh, here.sectionId);
	const [near] = await add(['Nour Near']);
	const [away] = await add(['Nour Away'], { centreId: far });
	const again = async (who: Setting['rana']) =>
		(await findPeople(contextOf(fresh, who), [near!, away!], 'en')).map(({ name }) => name);
	expect((await again(here.manager)).sort()).toEqual(['Nour Away', 'Nour Near']);
	expect(await again(here.coordinator)).toEqual(['Nour Near']);
	expect(await findPeople(contextOf(fresh, here.manager), [], 'en')).toEqual([]);
});
