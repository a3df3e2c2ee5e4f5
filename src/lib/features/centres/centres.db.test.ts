import { beforeEach, expect, it } from 'vitest';
import { addAccount, addRoom as aRoom, contextOf, type Account } from '#tests/factories/rows.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { addCentre, addRoom, editCentre, editRoom, removeRoom } from './centre.commands.server.ts';
import { addPasted, previewPasted } from './paste.commands.server.ts';
import { listCentreSheets, listUsedRooms } from './queries.server.ts';

const SUN = {
	name: 'Sunflower',
	region: 'LB21',
	zone: 'Asia/Beirut',
	opensAt: '08:00',
	closesAt: '17:00',
	closedWeekdays: ['7' as const, '6' as const],
	locale: 'en' as const
};

let fresh: FreshDatabase;
let here: Setting;
let abroad: Setting;
let admin: Account;
const ctx = () => contextOf(fresh, admin);
const sheets = (account = admin) => listCentreSheets(contextOf(fresh, account), 'en');
const reason = (outcome: { ok: boolean; refusal?: { reason: string } }) => outcome.refusal?.reason;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	abroad = await aSetting(fresh);
	admin = await addAccount(fresh, { sectionId: here.sectionId, role: 'admin', name: 'Maya' });
});

it('adds a centre in a district under the governorate the list names, not its code', async () => {
	const once = newId();
	const first = await addCentre(ctx(), SUN, once);
	expect(await addCentre(ctx(), SUN, once)).toEqual(first);
	expect(await sheets()).toHaveLength(2);
	expect((await sheets()).find(({ name }) => name === 'Sunflower')).toMatchObject({
		place: { adm1: 'LB8', adm2: 'LB21' },
		closedWeekdays: [6, 7],
		opensAt: '08:00',
		rooms: []
	});
	expect(await sheets(abroad.manager)).toHaveLength(1);
});

it('refuses a name another centre has and a region of elsewhere', async () => {
	await addCentre(ctx(), SUN, newId());
	expect(reason(await addCentre(ctx(), { ...SUN, name: ' SUNFLOWER' }, newId()))).toBe(
		'name_taken'
	);
	const region = { ...SUN, name: 'Moon', region: 'TG01' };
	expect(reason(await addCentre(ctx(), region, newId()))).toBe('region_unknown');
	expect(await sheets()).toHaveLength(2);
});

it('changes a centre, its name in one language only, and none of another section', async () => {
	const centreId = here.centreId;
	await editCentre(ctx(), { ...SUN, centreId, name: 'مركز', locale: 'ar' }, newId());
	const [row] = await sheets();
	expect(row).toMatchObject({ name: 'Centre', place: { adm1: 'LB8' }, closesAt: '17:00' });
	const [inArabic] = await listCentreSheets(ctx(), 'ar');
	expect(inArabic!.name).toBe('مركز');
	const foreign = { ...SUN, centreId: abroad.centreId };
	expect(reason(await editCentre(ctx(), foreign, newId()))).toBe('not_found');
	expect((await sheets(abroad.manager))[0]!.closesAt).toBe('18:00');
});

it('adds and changes rooms of own centres', async () => {
	const room = { name: 'Green', capacity: 12, centreId: here.centreId, locale: 'en' as const };
	const added = await addRoom(ctx(), room, newId());
	expect(reason(await addRoom(ctx(), { ...room, name: 'green' }, newId()))).toBe('name_taken');
	const roomId = added.ok ? added.done.id : '';
	await editRoom(ctx(), { ...room, roomId, name: 'Green hall', capacity: 15 }, newId());
	expect((await sheets())[0]!.rooms).toMatchObject([
		{ name: 'Blue room' },
		{ name: 'Green hall', capacity: 15 }
	]);
	const elsewhere = { ...room, centreId: abroad.centreId };
	expect(reason(await addRoom(ctx(), elsewhere, newId()))).toBe('not_found');
	const foreign = { ...room, roomId: abroad.roomId, name: 'Mine' };
	expect(reason(await editRoom(ctx(), foreign, newId()))).toBe('not_found');
	expect(reason(await editRoom(ctx(), { ...foreign, ...elsewhere }, newId()))).toBe('not_found');
});

it('removes a room nothing used, and no other', async () => {
	await aCycle(fresh, here);
	const unused = await aRoom(fresh, here, 'Empty');
	const remove = (roomId: string, centreId = here.centreId) =>
		removeRoom(ctx(), { centreId, roomId }, newId());
	expect(await listUsedRooms(ctx(), here.centreId)).toEqual([here.roomId]);
	expect(reason(await remove(here.roomId))).toBe('in_use');
	expect(reason(await remove(abroad.roomId, abroad.centreId))).toBe('not_found');
	expect(await remove(unused)).toMatchObject({ ok: true });
	expect((await sheets())[0]!.rooms.map(({ id }) => id)).toEqual([here.roomId]);
});

it('adds a pasted table once: the same table again adds nothing', async () => {
	const table = 'Sun;Akkar;;Big;20;8;16\nSun;;;Small;10;;\nCentre;;;New room;15;;';
	const input = { table, locale: 'en' as const };
	expect(await addPasted(ctx(), input, newId())).toMatchObject({ done: { centres: 1, rooms: 3 } });
	const after = await sheets();
	expect(after.find(({ name }) => name === 'Sun')).toMatchObject({
		place: { adm1: 'LB7', adm2: null },
		closesAt: '16:00',
		closedWeekdays: [6, 7],
		rooms: [
			{ name: 'Big', capacity: 20 },
			{ name: 'Small', capacity: 10 }
		]
	});
	expect(await previewPasted(ctx(), table)).toMatchObject({ plan: { centres: [], rooms: [] } });
	expect(await addPasted(ctx(), input, newId())).toMatchObject({ done: { centres: 0, rooms: 0 } });
	expect(await sheets()).toEqual(after);
});

it('adds nothing of a table with a problem, and hundreds of rooms at once', async () => {
	const wrong = { table: 'Sun,Akkar,,Big,20\nMoon,,,Big,20', locale: 'en' as const };
	expect(reason(await addPasted(ctx(), wrong, newId()))).toBe('problems');
	expect(await sheets()).toHaveLength(1);
	const table = Array.from({ length: 500 }, (_, i) => `Sun,Akkar,,Room ${i},20`).join('\n');
	expect(await addPasted(ctx(), { table, locale: 'en' }, newId())).toMatchObject({
		done: { centres: 1, rooms: 500 }
	});
	expect(await sheets(abroad.manager)).toHaveLength(1);
});
