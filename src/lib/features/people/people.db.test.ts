import { beforeEach, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { aSetting, type Setting } from '#tests/factories/place.ts';
import { addPerson as addOld, contextOf } from '#tests/factories/rows.ts';
import { addPeople } from './commands.server.ts';
import { fillNameKeys } from './name-keys.commands.server.ts';
import { nameKeysOf } from './name-keys.queries.server.ts';
import { openOf } from './queries.server.ts';
import type { NewPerson } from './types.ts';

let fresh: FreshDatabase;
let here: Setting;
beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
});

const named = (name: string, more: Partial<NewPerson> = {}): NewPerson => ({
	...{ centreId: here.centreId, sex: 'f', birthYear: 2016, addedOn: '2026-05-01' },
	name,
	...more
});

async function foundBy(name: string): Promise<string[]> {
	const { words } = nameKeysOf(fresh.ring, here.sectionId, name);
	const rows = await fresh.db
		.selectFrom('person_name_key')
		.select('person_id')
		.where('key', 'in', words)
		.execute();
	return rows.map(({ person_id }) => person_id);
}

it('adds six hundred people at once, found in either script, nothing typed readable', async () => {
	const people = Array.from({ length: 600 }, (_, nth) => named(`Plantedname${nth}`));
	people[300] = named('خديجة حداد', { code: 'KD-٧', needs: 'Plantedneeds' });
	const ids = await addPeople(contextOf(fresh, here.coordinator), people);
	expect(new Set(ids).size).toBe(600);
	expect(await foundBy('Khadijeh')).toContain(ids[300]);
	const rows = await fresh.db.selectFrom('person').selectAll().execute();
	expect(JSON.stringify(rows)).not.toMatch(/Planted|خديجة/);
	const row = rows.find(({ id }) => id === ids[300])!;
	expect(openOf(fresh.ring, row.id, 'code_sealed', row.code_sealed!)).toBe('KD-٧');
	expect(openOf(fresh.ring, row.id, 'needs_sealed', row.needs_sealed!)).toBe('Plantedneeds');
	expect(row.version).toBe(1);
});

it('gives one own number to one person of a section, however it is typed', async () => {
	const ctx = contextOf(fresh, here.coordinator);
	await addPeople(ctx, [named('Nour', { code: 'kd 7' })]);
	await expect(addPeople(ctx, [named('Rima', { code: 'KD٧' })])).rejects.toThrow(/unique/i);
	const far = await aSetting(fresh);
	const there = named('Rima', { code: 'KD7', centreId: far.centreId });
	await addPeople(contextOf(fresh, far.coordinator), [there]);
});

it('gives people from before what they are found by, once', async () => {
	const id = await addOld(fresh, here, 'محمد');
	expect(await foundBy('Mohammed')).toEqual([]);
	expect(await fillNameKeys(fresh.db, fresh.ring)).toBe(1);
	expect(await foundBy('Mohammed')).toEqual([id]);
	expect(await fillNameKeys(fresh.db, fresh.ring)).toBe(0);
});
