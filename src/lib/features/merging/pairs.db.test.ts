import { beforeEach, expect, it } from 'vitest';
import { newId } from '#lib/platform/ids/ids.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { aSetting, type Setting } from '#tests/factories/place.ts';
import { addCentre, contextOf, NOW } from '#tests/factories/rows.ts';
import { mergePeople } from './commands.server.ts';
import { takeApart } from './parting.commands.server.ts';
import { addPeople, takeOutPerson } from '#lib/features/people/commands.server.ts';
import { areChanged, findPairs } from './comparing.commands.server.ts';
import { tellApart } from './pairs.commands.server.ts';
import { listPairs } from './pairs.queries.server.ts';
import { editPerson } from '#lib/features/people/person.commands.server.ts';
import type { NewPerson } from '#lib/features/people/types.ts';

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
const compare = () =>
	findPairs(fresh.db, fresh.ring, { clock: () => NOW, stop: new AbortController().signal });
async function add(...people: NewPerson[]): Promise<string[]> {
	const ids = await addPeople(contextOf(fresh, here.manager), people);
	await compare();
	return ids;
}
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

it('finds a pair among many who share another name', async () => {
	const many = (count: number) => Array.from({ length: count }, () => person('Nour Saad'));
	const two = [person('Khadija Haddad'), person('Khadija Haddad')];
	const ctx = contextOf(fresh, here.manager);
	await addPeople(ctx, many(23)); // ids follow the time: they are compared together, in this order
	const ids = await addPeople(ctx, two);
	await add(...many(80));
	const found = await fresh.db
		.selectFrom('possible_pair')
		.select('first_id')
		.where('first_id', 'in', ids)
		.execute();
	expect(found).toHaveLength(1);
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

it('finds a pair again and anew as one of the two changes', async () => {
	const [first] = (await add(person('Nour Saad'), person('Rami Saad'))) as [string, string];
	expect(await pairs(here.manager)).toEqual([]);
	const edit = async (name: string, version: number) => {
		const input = { personId: first, name, sex: 'f' as const, birthYear: 2016, version };
		const how = { once: newId(), today: '2026-05-01', locale: 'en' as const };
		const done = await editPerson(contextOf(fresh, here.manager), input as never, how);
		expect(done.ok).toBe(true);
		await compare();
	};
	await edit('Rami Sa’ad', 1);
	expect(await pairs(here.manager)).toHaveLength(1);
	await edit('Nour Saad', 2);
	expect(await pairs(here.manager)).toEqual([]);
	expect(await areChanged(fresh.db)).toBe(false);
});

it('shows nobody who was merged, and both again when they are taken apart', async () => {
	const [keptId, mergedId] = (await add(person('Nour Saad'), person('Nour Saad'))) as [
		string,
		string
	];
	await add(person('Nour Saad'));
	const ctx = contextOf(fresh, here.manager);
	expect(await pairs(here.manager)).toHaveLength(3);
	const merged = await mergePeople(ctx, { keptId, mergedId }, newId());
	expect(await pairs(here.manager)).toHaveLength(1);
	const mergeId = merged.ok ? merged.done.mergeId : '';
	await takeApart(ctx, { keptId, mergeId }, newId());
	expect(await pairs(here.manager)).toHaveLength(3);
});

it('forgets the pairs of a person who is gone', async () => {
	const [, second] = (await add(person('Nour Saad'), person('Nour Saad'))) as [string, string];
	await takeOutPerson(contextOf(fresh, here.manager), second);
	expect(await fresh.db.selectFrom('possible_pair').selectAll().execute()).toEqual([]);
});
