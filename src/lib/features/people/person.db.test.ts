import { beforeEach, expect, it } from 'vitest';
import { newId } from '#lib/platform/ids/ids.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { aSetting, type Setting } from '#tests/factories/place.ts';
import { addCentre, addMember, contextOf, type Account } from '#tests/factories/rows.ts';
import { addGuardian, editGuardian, removeGuardian } from './guardian.commands.server.ts';
import { listGuardians } from './guardians.queries.server.ts';
import { fillNameKeys } from './name-keys.commands.server.ts';
import { editPerson, registerPerson } from './person.commands.server.ts';
import { findPerson } from './queries.server.ts';
import { searchPeople } from './search.queries.server.ts';

const TODAY = '2026-05-01';

let fresh: FreshDatabase;
let here: Setting;
beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
});

const as = (account: Account) => contextOf(fresh, account);
const doing = () => ({ once: newId(), today: TODAY, locale: 'en' as const });

const NOUR = { name: 'Nour Haddad', birthYear: 2016, sex: 'f', kind: 'participant' } as const;

async function register(
	by: Account,
	given: Partial<Parameters<typeof registerPerson>[1]> = {}
): Promise<string> {
	const outcome = await registerPerson(
		as(by),
		{ ...NOUR, centre: here.centreId, ...given },
		doing()
	);
	return outcome.ok ? outcome.done.personId : outcome.refusal.reason;
}

async function edit(by: Account, personId: string, given: object = {}) {
	const input = { ...NOUR, version: 1, personId, ...given };
	const outcome = await editPerson(as(by), input, doing());
	return outcome.ok ? 'done' : outcome.refusal.reason;
}

it('writes down a person with all that may be known, nothing typed readable', async () => {
	const id = await register(here.coordinator, {
		birthMonth: 3,
		populationGroup: 'SYR',
		language: 'ku',
		needs: 'Sits in front',
		code: 'KD 7'
	});
	const person = await findPerson(as(here.coordinator), id, 'en');
	const { kind: _, ...written } = NOUR;
	expect(person).toMatchObject({
		...written,
		isStaff: false,
		needs: 'Sits in front',
		code: 'KD 7',
		addedOn: TODAY
	});
	expect(person).toMatchObject({ birthMonth: 3, populationGroup: 'SYR', language: 'ku' });
	const rows = await fresh.db.selectFrom('person').selectAll().execute();
	const audit = await fresh.db.selectFrom('audit').selectAll().execute();
	expect(JSON.stringify([rows, audit])).not.toMatch(/Nour|front|KD 7/);
});

it('asks before somebody alike is written down again, whatever the script', async () => {
	const id = await register(here.coordinator);
	const again = { ...NOUR, name: 'نور حداد', birthYear: 2017, centre: here.centreId };
	const asked = await registerPerson(as(here.coordinator), again, doing());
	expect(asked).toEqual({
		ok: false,
		refusal: { reason: 'may_be_known', personIds: [id] }
	});
	expect(await register(here.coordinator, { birthYear: 2018 })).not.toBe('may_be_known');
	expect(await register(here.coordinator, { sex: 'm' })).not.toBe('may_be_known');
	expect(await register(here.coordinator, { kind: 'staff' })).toBe('may_be_known');
	expect(await register(here.coordinator, { anyway: 'yes' })).not.toBe('may_be_known');
});

it('asks about nobody out of reach', async () => {
	const far = await addCentre(fresh, here.sectionId);
	await register(here.manager, { centre: far });
	expect(await register(here.coordinator)).not.toBe('may_be_known');
	expect(await register(here.coordinator, { centre: far })).toBe('not_found');
});

it('refuses a year to come and a number somebody has', async () => {
	expect(await register(here.coordinator, { birthYear: 2027 })).toBe('year_ahead');
	await register(here.coordinator, { code: 'A1' });
	expect(await register(here.coordinator, { name: 'Rami', code: 'a ١' })).toBe('code_taken');
});

it('keeps no population group where the country’s sheets ask for none', async () => {
	await fresh.db.updateTable('section').set({ country: 'TG' }).execute();
	const id = await register(here.coordinator, { populationGroup: 'SYR' });
	expect((await findPerson(as(here.coordinator), id, 'en'))!.populationGroup).toBeNull();
});

it('changes a person once for one version, and finds the new name', async () => {
	const id = await register(here.coordinator, { code: 'A1' });
	const name = 'زينب خوري';
	expect(await edit(here.coordinator, id, { name, code: 'A1', birthMonth: 4 })).toBe('done');
	expect(await edit(here.coordinator, id, { name: 'Late' })).toBe('changed_meanwhile');
	expect(await edit(here.coordinator, id, { version: 2, birthYear: 2027 })).toBe('year_ahead');
	const ctx = as(here.coordinator);
	expect(await searchPeople(ctx, 'Nour', 'en')).toEqual([]);
	expect(await searchPeople(ctx, 'Zeinab', 'en')).toMatchObject([{ id, birthMonth: 4 }]);
	const audit = await fresh.db.selectFrom('audit').selectAll().execute();
	expect(audit.at(-1)).toMatchObject({ field_names: 'name_sealed,birth_month' });
});

it('is changed by a facilitator of the cohort, by nobody else’s facilitator or coordinator', async () => {
	const id = await addMember(fresh, here);
	await fillNameKeys(fresh.db, fresh.ring);
	const next = await aSetting(fresh, { sectionId: here.sectionId });
	const abroad = await aSetting(fresh);
	for (const stranger of [next.rana, next.coordinator, abroad.coordinator, abroad.manager])
		expect(await edit(stranger, id)).toBe('not_found');
	expect(await edit(here.rana, id)).toBe('done');
});

const MOTHER = {
	name: 'Hiba Haddad',
	relation: 'mother',
	phone: '03 123 456',
	contactWay: 'message',
	safeFrom: '09:00',
	safeUntil: '12:00'
} as const;

it('keeps whom to contact, how and when, sealed and once for one version', async () => {
	const personId = await register(here.coordinator);
	const ctx = as(here.coordinator);
	expect((await addGuardian(ctx, { ...MOTHER, personId }, newId())).ok).toBe(true);
	const [mother] = await listGuardians(ctx, personId);
	expect(mother).toMatchObject(MOTHER);
	const change = { ...MOTHER, phone: '71 000 000', personId, guardian: mother!.id, version: 1 };
	expect((await editGuardian(ctx, change, newId())).ok).toBe(true);
	expect(await editGuardian(ctx, change, newId())).toMatchObject({
		refusal: { reason: 'changed_meanwhile' }
	});
	expect(await listGuardians(ctx, personId)).toMatchObject([{ phone: '71 000 000' }]);
	const rows = await fresh.db.selectFrom('guardian').selectAll().execute();
	const audit = await fresh.db.selectFrom('audit').selectAll().execute();
	expect(JSON.stringify([rows, audit])).not.toMatch(/Hiba|71 000/);
	const gone = { personId, guardianId: mother!.id };
	expect((await removeGuardian(ctx, gone, newId())).ok).toBe(true);
	expect(await listGuardians(ctx, personId)).toEqual([]);
});

it('knows no guardian of somebody out of reach', async () => {
	const personId = await register(here.coordinator);
	const added = await addGuardian(as(here.coordinator), { ...MOTHER, personId }, newId());
	const guardian = added.ok ? added.done.id : '';
	const next = await aSetting(fresh, { sectionId: here.sectionId });
	for (const stranger of [next.coordinator, here.rana]) {
		const ctx = as(stranger);
		const lost = { refusal: { reason: 'not_found' } };
		expect(await listGuardians(ctx, personId)).toEqual([]);
		expect(await addGuardian(ctx, { ...MOTHER, personId }, newId())).toMatchObject(lost);
		const change = { ...MOTHER, personId, guardian, version: 1 };
		expect(await editGuardian(ctx, change, newId())).toMatchObject(lost);
		const gone = { personId, guardianId: guardian };
		expect(await removeGuardian(ctx, gone, newId())).toMatchObject(lost);
	}
	expect(await listGuardians(as(here.coordinator), personId)).toHaveLength(1);
});
