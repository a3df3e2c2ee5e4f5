import { beforeEach, describe, expect, it } from 'vitest';
import { keepCounts } from '#lib/features/counts/commands.server.ts';
import { listTargetReach } from '#lib/features/reach/queries.server.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import {
	addAccount,
	addMember,
	addSession,
	addTarget,
	contextOf,
	NOW,
	type Account
} from '#tests/factories/rows.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { changeNumbers, confirmChange, dropChange } from './changes.commands.server.ts';
import { addTarget as makeTarget, describeTarget } from './commands.server.ts';
import { addGroup, pasteParts, removeGroup, setParts } from './parts.commands.server.ts';
import { getTarget } from './queries.server.ts';

let fresh: FreshDatabase;
let here: Setting;
let admin: Account;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	admin = await addAccount(fresh, { sectionId: here.sectionId, role: 'admin', name: 'Nour' });
});

const as = (account: Account) => contextOf(fresh, account, NOW, 'set targets');
const manager = () => as(here.manager);

const STRATEGY = {
	...{ name_en: 'Children and families', definition_en: 'Every child and caregiver who came' },
	...{ startsOn: '2026-01-01', endsOn: '2026-12-31', amount: 28_000 },
	...{ openingAmount: 21_600, openingSource: 'The organisation’s page' },
	...{ project: [] as string[], locale: 'en' as const }
};

async function made(given: Partial<typeof STRATEGY> = {}): Promise<string> {
	const outcome = await makeTarget(manager(), { ...STRATEGY, ...given }, newId());
	if (!outcome.ok) throw new Error(outcome.refusal.reason);
	return outcome.done.id;
}

async function seen(id: string, account = here.manager) {
	return (await getTarget(as(account), id, 'en'))!;
}

function change(
	id: string,
	version: number,
	given: Partial<Omit<typeof STRATEGY, 'locale'>> = {},
	account = here.manager
) {
	const { startsOn, endsOn, amount, openingAmount, openingSource, locale } = STRATEGY;
	return changeNumbers(
		as(account),
		{
			...{ startsOn, endsOn, amount, openingAmount, openingSource, locale },
			...{ targetId: id, version, reason: 'The donor asked for more', ...given }
		},
		newId()
	);
}

async function anAttendance(date: string): Promise<void> {
	const person_id = await addMember(fresh, here, 'Nour');
	const session_id = await addSession(fresh, await aCycle(fresh, here), { date, status: 'held' });
	await fresh.db
		.insertInto('mark')
		.values({ session_id, person_id, section_id: here.sectionId, code: 'present' })
		.execute();
	await keepCounts(fresh.db, here.sectionId, { sessions: [session_id] });
}

describe('a target', () => {
	it('is made from nothing and counts at once what its registers hold already', async () => {
		await anAttendance('2026-04-07');
		const id = await made();
		const [reach] = await listTargetReach(manager(), { today: '2026-05-01' }, 'en');
		expect(reach).toMatchObject({
			...{ id, name: 'Children and families', targetPeople: 28_000, peopleCount: 1 },
			opening: { peopleCount: 21_600, asOf: null, source: 'The organisation’s page' }
		});
	});

	it('says who counts, itself or by its indicator, and has a name', async () => {
		const make = (given: object) =>
			makeTarget(manager(), { ...STRATEGY, definition_en: undefined, ...given }, newId());
		expect(await make({})).toMatchObject({ refusal: { reason: 'definition_missing' } });
		expect(await make({ name_en: undefined })).toMatchObject({
			refusal: { reason: 'name_missing' }
		});
		expect(await make({ indicator: 'nothing' })).toMatchObject({
			refusal: { reason: 'indicator_unknown' }
		});
	});

	it('of another section does not exist', async () => {
		const there = await aSetting(fresh);
		const id = await addTarget(fresh, { section_id: there.sectionId });
		expect(await getTarget(manager(), id, 'en')).toBeUndefined();
		expect(await change(id, 1)).toMatchObject({ refusal: { reason: 'not_found' } });
		expect(
			await addGroup(manager(), { targetId: id, sex: 'f', groupAmount: 1, locale: 'en' }, newId())
		).toMatchObject({ refusal: { reason: 'not_found' } });
	});
});

describe('a changed number', () => {
	it('waits for another holder of the permission while the old one holds, then takes effect everywhere', async () => {
		await anAttendance('2025-12-30');
		const id = await made();
		await setParts(
			manager(),
			{ targetId: id, version: 1, part: { [here.centreId]: '40' }, locale: 'en' },
			newId()
		);
		expect(await change(id, 2, { startsOn: '2025-01-01', amount: 30_000 })).toMatchObject({
			done: { waits: true }
		});
		const before = await seen(id);
		expect(before).toMatchObject({ amount: 28_000, startsOn: '2026-01-01' });
		const [waiting] = before.changes;
		expect(waiting).toMatchObject({ state: 'waiting', isOwn: true, old: { amount: 28_000 } });
		const choice = { targetId: id, change: waiting!.id };
		expect(await confirmChange(manager(), choice, newId())).toMatchObject({
			refusal: { reason: 'own_change' }
		});
		expect(await confirmChange(as(admin), choice, newId())).toMatchObject({ ok: true });
		const after = await seen(id);
		expect(after).toMatchObject({ amount: 30_000, startsOn: '2025-01-01' });
		expect(after.changes).toMatchObject([
			{ state: 'confirmed', confirmedBy: 'Nour', reason: 'The donor asked for more' }
		]);
		const [reach] = await listTargetReach(manager(), { today: '2026-05-01' }, 'en');
		expect(reach).toMatchObject({ peopleCount: 1, startsOn: '2025-01-01' });
		const part = await fresh.db
			.selectFrom('target')
			.select('starts_on')
			.where('parent_id', '=', id)
			.executeTakeFirstOrThrow();
		expect(part.starts_on).toBe('2025-01-01');
		expect(await confirmChange(as(admin), choice, newId())).toMatchObject({
			refusal: { reason: 'decided' }
		});
	});

	it('takes effect at once where nobody else may confirm, and stays marked until somebody does', async () => {
		await fresh.db
			.updateTable('account')
			.set({ disabled_at: NOW })
			.where('id', '=', admin.id)
			.execute();
		const id = await made();
		expect(await change(id, 1, { amount: 100 })).toMatchObject({ done: { waits: false } });
		const { amount, changes } = await seen(id);
		expect({ amount, changes }).toMatchObject({ amount: 100, changes: [{ state: 'unconfirmed' }] });
		const choice = { targetId: id, change: changes[0]!.id };
		expect(await confirmChange(manager(), choice, newId())).toMatchObject({
			refusal: { reason: 'own_change' }
		});
		expect(await confirmChange(as(admin), choice, newId())).toMatchObject({ ok: true });
		expect((await seen(id)).changes).toMatchObject([{ state: 'confirmed' }]);
	});

	it('is dropped without a trace in the numbers, and the history says so', async () => {
		const id = await made();
		await change(id, 1, { amount: 5 });
		const [waiting] = (await seen(id)).changes;
		const choice = { targetId: id, change: waiting!.id };
		expect(await dropChange(as(admin), choice, newId())).toMatchObject({ ok: true });
		expect(await confirmChange(as(admin), choice, newId())).toMatchObject({
			refusal: { reason: 'decided' }
		});
		const after = await seen(id);
		expect([after.amount, after.changes[0]!.state]).toEqual([28_000, 'dropped']);
	});

	it('is refused when nothing changes, when one waits, and when somebody was first', async () => {
		const id = await made();
		expect(await change(id, 1)).toMatchObject({ refusal: { reason: 'nothing_changed' } });
		expect(await change(id, 1, { amount: 5 })).toMatchObject({ ok: true });
		expect(await change(id, 1, { amount: 6 }, admin)).toMatchObject({
			refusal: { reason: 'changed_meanwhile', version: 2 }
		});
		expect(await change(id, 2, { amount: 6 }, admin)).toMatchObject({
			refusal: { reason: 'one_waits' }
		});
		expect((await seen(id)).changes).toHaveLength(1);
	});

	it('that two make at once is one of them, and the other is told', async () => {
		const id = await made();
		const both = await Promise.all([
			change(id, 1, { amount: 5 }),
			change(id, 1, { amount: 6 }, admin)
		]);
		expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
	});
});

describe('words and parts', () => {
	it('are kept from who was second', async () => {
		const id = await made();
		const said = { name_en: 'Everybody', definition_en: 'Who came' };
		const words = { ...said, targetId: id, project: [] };
		expect(await describeTarget(manager(), { ...words, version: 1 }, newId())).toMatchObject({
			ok: true
		});
		expect(await describeTarget(as(admin), { ...words, version: 1 }, newId())).toMatchObject({
			refusal: { reason: 'changed_meanwhile', version: 2 }
		});
		const parts = { targetId: id, version: 1, part: {}, locale: 'en' as const };
		expect(await setParts(manager(), parts, newId())).toMatchObject({
			refusal: { reason: 'changed_meanwhile', version: 2 }
		});
	});

	it('of centres are set, replaced and pasted, all or none', async () => {
		const id = await made();
		const set = (text: string, version: number) =>
			setParts(
				manager(),
				{ targetId: id, version, part: { [here.centreId]: text }, locale: 'en' },
				newId()
			);
		const amounts = async () => (await seen(id)).parts.map(({ amount }) => amount);
		expect(await set('many', 1)).toMatchObject({
			refusal: { reason: 'not_numbers', centreIds: [here.centreId] }
		});
		await set('٤٠', 1);
		expect(await amounts()).toEqual([40]);
		await set('', 2);
		expect(await amounts()).toEqual([null]);
		const paste = (table: string) => pasteParts(manager(), { targetId: id, table }, newId());
		expect(await paste('Centre\t7\nElsewhere\t8')).toMatchObject({
			refusal: { reason: 'problems' }
		});
		expect(await amounts()).toEqual([null]);
		expect(await paste('Centre\t7')).toMatchObject({ done: { count: 1 } });
		expect(await amounts()).toEqual([7]);
	});

	it('for some people are there once each and can be taken away', async () => {
		const id = await made();
		const girls = { targetId: id, sex: 'f' as const, ageFrom: 6, ageTo: 11, groupAmount: 90 };
		const add = () => addGroup(manager(), { ...girls, locale: 'en' }, newId());
		expect(await add()).toMatchObject({ ok: true });
		expect(await add()).toMatchObject({ refusal: { reason: 'there_already' } });
		const [group] = (await seen(id)).groups;
		expect(group).toMatchObject({ sex: 'f', ageFrom: 6, ageTo: 11, amount: 90 });
		const remove = () => removeGroup(manager(), { targetId: id, group: group!.id }, newId());
		expect(await remove()).toMatchObject({ ok: true });
		expect(await remove()).toMatchObject({ refusal: { reason: 'not_found' } });
	});
});
