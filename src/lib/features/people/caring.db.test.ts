import { beforeEach, expect, it } from 'vitest';
import { newId } from '#lib/platform/ids/ids.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { aSetting, type Setting } from '#tests/factories/place.ts';
import { addMember, contextOf, type Account } from '#tests/factories/rows.ts';
import { careFor, endCare, listChildrenOf } from './caring.commands.server.ts';
import { findPerson } from './queries.server.ts';

const TODAY = '2026-05-01';

let fresh: FreshDatabase;
let here: Setting;
let nour: string;
let hala: string;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	nour = await addMember(fresh, here, 'Nour');
	hala = await addMember(fresh, here, 'Hala');
	await fresh.db.updateTable('person').set({ birth_year: 1988 }).where('id', '=', hala).execute();
});

async function care(as: Account, childId = nour, caregiverId = hala) {
	const outcome = await careFor(
		contextOf(fresh, as),
		{ caregiverId, childId, relation: 'mother' },
		{ once: newId(), today: TODAY, locale: 'en' }
	);
	return outcome.ok ? 'written' : outcome.refusal.reason;
}
const children = (as: Account) =>
	listChildrenOf(contextOf(fresh, as), hala, { today: TODAY }, 'en');
const cares = async () =>
	(await findPerson(contextOf(fresh, here.coordinator), hala, 'en'))!.caresForChild;

it('makes an adult the caregiver of a child of the same cohort, and of nobody else', async () => {
	expect(await children(here.rana)).toEqual({ known: [], offered: [{ id: nour, name: 'Nour' }] });
	expect(await cares()).toBe(false);
	expect(await care(here.rana)).toBe('written');
	expect(await cares()).toBe(true);
	expect(await children(here.rana)).toEqual({
		known: [{ id: nour, name: 'Nour', relation: 'mother' }],
		offered: []
	});
	expect(await care(here.rana)).toBe('known');
});

it('is refused to a child, for an adult, and of people out of reach', async () => {
	expect(await care(here.rana, hala, nour)).toBe('not_a_child');
	const next = await aSetting(fresh, { sectionId: here.sectionId });
	const far = await addMember(fresh, next, 'Far');
	expect(await care(here.coordinator, far)).toBe('not_found');
	expect(await care(next.coordinator)).toBe('not_found');
});

it('stays when the adult’s row turns out to be somebody’s who is here already, and can be taken out', async () => {
	await care(here.rana);
	const kept = await addMember(fresh, here, 'Hala');
	await fresh.db.updateTable('person').set({ merged_into: kept }).where('id', '=', hala).execute();
	const found = await findPerson(contextOf(fresh, here.coordinator), kept, 'en');
	expect(found!.caresForChild).toBe(true);
	await fresh.db.updateTable('person').set({ merged_into: null }).where('id', '=', hala).execute();
	const input = { caregiverId: hala, childId: nour };
	expect((await endCare(contextOf(fresh, here.rana), input, newId())).ok).toBe(true);
	expect(await cares()).toBe(false);
});
