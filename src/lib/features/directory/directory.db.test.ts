import { beforeEach, describe, expect, it } from 'vitest';
import { instantOf } from '#lib/platform/clock/zone.ts';
import { within } from '#lib/platform/command/context.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { takeBack } from '#lib/platform/undo/undo.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import { addAccount, addSession, contextOf, NOW, type Account } from '#tests/factories/rows.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import {
	addHelpEntry,
	putBackHelpEntry,
	removeHelpEntry,
	saveHelpEntry,
	verifyHelpEntry
} from './commands.server.ts';
import {
	builtInHelp,
	findHelpSheet,
	listHelp,
	listHelpAt,
	listHelpForAnyone
} from './queries.server.ts';
import { startDirectory } from './rows.commands.server.ts';

let fresh: FreshDatabase;
let here: Setting;
beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
});

type Typed = Parameters<typeof addHelpEntry>[1];
const typed = (changes: Partial<Typed> = {}): Typed => ({
	kind: 'health',
	audience: 'everyone',
	name_en: 'Clinic',
	name_ar: 'عيادة',
	phone: '01 234 567',
	languages: ['ar'],
	position: 1,
	...changes
});

async function add(changes: Partial<Typed> = {}, as: Account = here.manager): Promise<string> {
	const outcome = await addHelpEntry(contextOf(fresh, as), typed(changes), newId());
	if (!outcome.ok) throw new Error(outcome.refusal.reason);
	return outcome.done.id;
}
const listed = (as: Account = here.manager, now = NOW) =>
	listHelp(within(contextOf(fresh, as, now), 'see safeguarding help'), 'en');
const names = async (as?: Account) => (await listed(as)).map(({ name }) => name);
const tryIt = (id: string, as: Account = here.manager, now = NOW) =>
	verifyHelpEntry(contextOf(fresh, as, now), { id }, newId());

describe('a section', () => {
	it('begins with what Halqa knows of its country, which nobody has tried', async () => {
		await startDirectory(fresh.db, here.sectionId, 'TH');
		const lines = await listed();
		expect(lines.map(({ phone }) => phone)).toEqual(['1387', '1300', '191']);
		expect(lines.every(({ isStale, verifiedOn, source }) => isStale && !verifiedOn && source)).toBe(
			true
		);
	});

	it('begins with nothing where Halqa knows nothing', async () => {
		await startDirectory(fresh.db, here.sectionId, 'JP');
		expect(await listed()).toEqual([]);
	});

	it('sees none of another’s list, and changes nothing on it', async () => {
		const id = await add();
		const abroad = await aSetting(fresh);
		const there = contextOf(fresh, abroad.manager);
		expect(await listed(abroad.manager)).toEqual([]);
		expect(await findHelpSheet(there, id)).toBeUndefined();
		const refused = { refusal: { reason: 'not_found' } };
		expect(await tryIt(id, abroad.manager)).toMatchObject(refused);
		expect(await saveHelpEntry(there, { ...typed(), id }, newId())).toMatchObject(refused);
		expect(await removeHelpEntry(there, { id }, newId())).toMatchObject(refused);
		expect(await addHelpEntry(there, typed({ centre: here.centreId }), newId())).toMatchObject({
			refusal: { reason: 'centre' }
		});
	});
});

describe('an entry of one centre', () => {
	it('is shown to the children and the colleagues of that centre, and to who sees all of them', async () => {
		const other = await aSetting(fresh, { sectionId: here.sectionId });
		await add({ centre: here.centreId });
		await add({ name_en: 'National line', kind: 'child_line' });
		const both = ['National line', 'Clinic'];
		expect(await names(here.rana)).toEqual(both);
		expect(await names(here.manager)).toEqual(both);
		expect(await names(other.rana)).toEqual(['National line']);
		const partner = await addAccount(fresh, { sectionId: here.sectionId, role: 'partner' });
		expect(await names(partner)).toEqual(['National line']);
		for (const [setting, expected] of [
			[here, both],
			[other, ['National line']]
		] as const) {
			const sessionId = await addSession(fresh, await aCycle(fresh, setting), {
				date: '2026-05-01'
			});
			const at = { sectionId: here.sectionId, sessionId };
			const lines = await listHelpAt({ db: fresh.db, now: NOW }, at, 'en');
			expect(lines.map(({ name }) => name)).toEqual(expected);
		}
	});
});

describe('an entry somebody tried', () => {
	it('says when, in the day of the section, and who; ninety days later that it may not answer', async () => {
		const id = await add();
		const nearMidnight = instantOf('2026-05-02', '00:30', 'Asia/Beirut');
		await tryIt(id, here.manager, nearMidnight);
		const [line] = await listed(here.rana, nearMidnight);
		expect(line).toMatchObject({ verifiedOn: '2026-05-02', verifiedBy: 'Nadim', isStale: false });
		const day = (date: string) => listed(here.rana, instantOf(date, '12:00', 'Asia/Beirut'));
		expect((await day('2026-07-31'))[0]!.isStale).toBe(false);
		expect((await day('2026-08-01'))[0]!.isStale).toBe(true);
	});

	it('stays tried when its words change, and not when its number, chat or place does', async () => {
		const id = await add();
		const save = (changes: Partial<Typed>) =>
			saveHelpEntry(contextOf(fresh, here.manager), { ...typed(changes), id }, newId());
		await tryIt(id);
		await save({ name_en: 'Dr Hanna' });
		expect((await listed())[0]).toMatchObject({ name: 'Dr Hanna', verifiedOn: '2026-05-01' });
		for (const changes of [{ phone: '01 999 999' }, { chat: '@clinic' }, { place_en: 'Yard' }]) {
			await tryIt(id);
			await save(changes);
			expect((await listed())[0]).toMatchObject({ verifiedOn: null, verifiedBy: null });
		}
	});

	it('that came with Halqa is the section’s own once its number is another', async () => {
		await startDirectory(fresh.db, here.sectionId, 'TG');
		const [line] = await listed();
		const same = typed({ phone: '1011', kind: 'child_line' });
		const ctx = contextOf(fresh, here.manager);
		await saveHelpEntry(ctx, { ...same, id: line!.id }, newId());
		expect((await listed())[0]!.source).not.toBeNull();
		await saveHelpEntry(ctx, { ...same, phone: '1012', id: line!.id }, newId());
		expect((await listed())[0]!.source).toBeNull();
	});
});

it('is taken off the list, and put back as it was', async () => {
	const id = await add();
	await tryIt(id);
	const [before] = await listed();
	const ctx = contextOf(fresh, here.manager);
	const removed = await removeHelpEntry(ctx, { id }, newId());
	expect(await listed()).toEqual([]);
	const way = { needs: 'keep help directory', restore: putBackHelpEntry } as const;
	const undo = removed.ok ? removed.done.undo : '';
	expect((await takeBack(ctx, undo, { 'remove help entry': way })).ok).toBe(true);
	expect(await listed()).toEqual([before]);
});

describe('whom anybody can turn to', () => {
	const anyone = () => listHelpForAnyone({ db: fresh.db, now: NOW }, 'en');

	it('is the list of the only organisation there is, without what is a centre’s', async () => {
		await add();
		await add({ name_en: 'Own clinic', centre: here.centreId });
		const [all] = await anyone();
		expect(all!.lines.map(({ name }) => name)).toEqual(['Clinic']);
	});

	it('is what Halqa knows of their countries, when its list is empty or there are several', async () => {
		const lebanon = builtInHelp('en', ['LB']);
		expect(await anyone()).toEqual(lebanon);
		await add();
		await aSetting(fresh);
		expect(await anyone()).toEqual(lebanon);
	});
});

it('knows numbers of every country it starts, without any database', () => {
	const all = builtInHelp('ar');
	expect(all.map(({ country }) => country)).toEqual(['LB', 'BR', 'MD', 'TH', 'TG']);
	expect(all.flatMap(({ lines }) => lines).every(({ isStale }) => isStale)).toBe(true);
	expect(all[0]!.lines.map(({ phone }) => phone)).toEqual(['03 414 964', '1714', '112']);
});
