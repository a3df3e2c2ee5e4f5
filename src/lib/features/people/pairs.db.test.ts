import { beforeEach, expect, it } from 'vitest';
import { newId } from '#lib/platform/ids/ids.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { aSetting, type Setting } from '#tests/factories/place.ts';
import { addCentre, contextOf } from '#tests/factories/rows.ts';
import { addPeople } from './commands.server.ts';
import { listPairs, tellApart } from './pairs.server.ts';
import type { NewPerson } from './types.ts';

let fresh: FreshDatabase;
let here: Setting;
beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
});

const person = (name: string, more: Partial<NewPerson> = {}): NewPerson => ({
	...{ centreId: here.centreId, sex: 'f', birthYear: 2016 },
	...{ addedOn: '2026-05-01', name },
	...more
});
const add = (...people: NewPerson[]) => addPeople(contextOf(fresh, here.manager), people);
const pairs = async (who: Setting['rana']) =>
	(await listPairs(contextOf(fresh, who), 'en')).pairs.map((pair) =>
		pair.map(({ name }) => name).sort()
	);

it('suggests two who sound alike, whatever the script, a year apart at most', async () => {
	await add(
		person('Khadija Haddad'),
		person('خديجة حداد', { birthYear: 2017 }),
		person('Khadije Haddad', { birthYear: 2019 }),
		person('Khadija Haddad', { sex: 'm' }),
		person('Khadija Nassar')
	);
	expect(await pairs(here.coordinator)).toEqual([['Khadija Haddad', 'خديجة حداد']]);
});

it('suggests nobody out of reach', async () => {
	const far = await addCentre(fresh, here.sectionId);
	await add(person('Nour Saad'), person('Nour Saad', { centreId: far }));
	expect(await pairs(here.coordinator)).toEqual([]);
	expect(await pairs(here.manager)).toHaveLength(1);
	expect(await pairs((await aSetting(fresh)).manager)).toEqual([]);
});

it('remembers who was told apart', async () => {
	const [first, second] = (await add(person('Nour Saad'), person('نور سعد'))) as [string, string];
	const next = await aSetting(fresh, { sectionId: here.sectionId });
	const tell = (who: Setting['rana'], input: { first: string; second: string }) =>
		tellApart(contextOf(fresh, who), input, newId());
	expect((await tell(next.coordinator, { first, second })).ok).toBe(false);
	expect(await pairs(here.coordinator)).toHaveLength(1);
	expect((await tell(here.coordinator, { first: second, second: first })).ok).toBe(true);
	expect((await tell(here.coordinator, { first, second })).ok).toBe(true);
	expect(await pairs(here.coordinator)).toEqual([]);
});

it('says when there are more than a page shows', async () => {
	await add(...Array.from({ length: 6 }, () => person('Nour Saad')));
	const { pairs, more } = await listPairs(contextOf(fresh, here.manager), 'en');
	expect([pairs.length, more]).toEqual([10, true]);
});
