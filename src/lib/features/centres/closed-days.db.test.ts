import { beforeEach, expect, it } from 'vitest';
import { contextOf, type Account } from '#tests/factories/rows.ts';
import { aSetting, type Setting } from '#tests/factories/place.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { addClosedDay, confirmClosedDay, removeClosedDay } from './commands.server.ts';
import { findCentre, listClosedDays } from './queries.server.ts';
import { dayState } from './rules.ts';

const EID = '2026-05-27';

let fresh: FreshDatabase;
let here: Setting;
let elsewhere: Setting;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	elsewhere = await aSetting(fresh, { sectionId: here.sectionId });
});

async function close(account: Account, given: { centre?: string; expected?: boolean } = {}) {
	const outcome = await addClosedDay(
		contextOf(fresh, account),
		{
			date: EID,
			name: 'Eid al-Adha',
			centre: given.centre,
			certainty: given.expected ? 'expected' : 'confirmed',
			locale: 'en'
		},
		newId()
	);
	return outcome.ok ? outcome.done.id : outcome.refusal.reason;
}

async function stateAt(setting: Setting) {
	const ctx = contextOf(fresh, here.manager);
	const centre = await findCentre(ctx, setting.centreId, 'en');
	return dayState(centre!, await listClosedDays(ctx, { from: EID, to: EID }, 'en'), EID).state;
}

it('closes the whole country for a manager and one centre for its coordinator', async () => {
	await close(here.coordinator, { centre: here.centreId });
	expect([await stateAt(here), await stateAt(elsewhere)]).toEqual(['skipped', 'open']);
	await close(here.manager);
	expect(await stateAt(elsewhere)).toBe('skipped');
});

it('lets a coordinator close neither the country nor a centre of others', async () => {
	expect(await close(here.coordinator)).toBe('country_only');
	expect(await close(here.coordinator, { centre: elsewhere.centreId })).toBe('not_found');
	expect([await stateAt(here), await stateAt(elsewhere)]).toEqual(['open', 'open']);
});

it('only warns of an expected day until it is confirmed, then skips it', async () => {
	const id = await close(here.manager, { expected: true });
	expect(await stateAt(here)).toBe('doubtful');
	const confirm = (account: Account) =>
		confirmClosedDay(contextOf(fresh, account), { id }, newId());
	expect(await confirm(here.coordinator)).toMatchObject({ refusal: { reason: 'not_found' } });
	expect(await stateAt(here)).toBe('doubtful');
	expect(await confirm(here.manager)).toMatchObject({ ok: true });
	expect(await stateAt(here)).toBe('skipped');
});

it('removes a day for those who may change it, and for no other section', async () => {
	const id = await close(here.manager);
	const abroad = await aSetting(fresh);
	const remove = (account: Account) => removeClosedDay(contextOf(fresh, account), { id }, newId());
	for (const account of [here.coordinator, abroad.manager])
		expect(await remove(account)).toMatchObject({ refusal: { reason: 'not_found' } });
	expect(await stateAt(here)).toBe('skipped');
	expect(await remove(here.manager)).toMatchObject({ ok: true });
	expect(await stateAt(here)).toBe('open');
});
