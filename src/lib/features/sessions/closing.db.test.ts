import { beforeEach, expect, it } from 'vitest';
import { instantOf } from '#lib/platform/clock/zone.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { switchOff } from '#lib/features/staff/access.commands.server.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { aSetting, type Setting } from '#tests/factories/place.ts';
import { addAccount, addCohort, contextOf, type Account } from '#tests/factories/rows.ts';
import { countToRun, listLeft } from './ahead.queries.server.ts';
import { editCohort } from './closing.commands.server.ts';
import { planCycle } from './commands.server.ts';

/** During the first of the four sessions of a cycle from 5 May on. */
const DURING = instantOf('2026-05-05', '15:30', 'Asia/Beirut');

let fresh: FreshDatabase;
let here: Setting;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	expect(await plan(here.cohortId)).toBe('planned');
});

async function plan(cohort: string, given: { anyway?: 'yes'; with?: string[] } = {}) {
	const input = {
		...{ cohort, version: here.versionId, weekday: ['2' as const, '4' as const], time: '15:00' },
		...{ room: here.roomId, with: [here.rana.id, here.karim.id], from: '2026-05-05', move: [] },
		...{ project: [], mothersWith: [] },
		...given
	};
	const as = contextOf(fresh, here.coordinator);
	const outcome = await planCycle(as, input, { once: newId(), locale: 'en' });
	return outcome.ok ? 'planned' : outcome.refusal.reason;
}

async function edit(given: { status: 'open' | 'closed'; cancel?: 'yes' }, now = DURING) {
	const input = {
		...{ name: 'Cedars', audience: 'children' as const, ageFrom: 8, ageTo: 11, capacity: 20 },
		...{ facilitators: [], cohortId: here.cohortId, locale: 'en' as const },
		...given
	};
	const outcome = await editCohort(contextOf(fresh, here.coordinator, now), input, newId());
	return outcome.ok ? 'saved' : outcome.refusal;
}

const statuses = async () => {
	const rows = await fresh.db
		.selectFrom('session')
		.select('status')
		.orderBy('on_date')
		.orderBy('id')
		.execute();
	return rows.map(({ status }) => status);
};

it('a cohort closes with its sessions to come only if that is said, and frees their rooms', async () => {
	expect(await edit({ status: 'closed' })).toEqual({ reason: 'sessions_ahead', count: 3 });
	expect(await statuses()).toEqual(['planned', 'planned', 'planned', 'planned']);
	const other = await fresh.db.selectFrom('cohort').select(['id', 'status']).execute();
	expect(other.map(({ status }) => status)).toEqual(['open']);

	expect(await edit({ status: 'closed', cancel: 'yes' })).toBe('saved');
	expect(await statuses()).toEqual(['planned', 'cancelled', 'cancelled', 'cancelled']);
	const taken = await fresh.db.selectFrom('slot').select('on_date').distinct().execute();
	expect(taken).toEqual([{ on_date: '2026-05-05' }]);
	const audit = await fresh.db.selectFrom('audit').selectAll().execute();
	expect(audit.at(-1)).toMatchObject({ action: 'edit cohort', object_id: here.cohortId });
	expect(audit.at(-1)!.field_names).toContain('session.status');
});

it('a cohort without sessions to come closes unasked, and an open one cancels nothing', async () => {
	const after = instantOf('2026-06-01', '09:00', 'Asia/Beirut');
	expect(await edit({ status: 'open', cancel: 'yes' })).toBe('saved');
	expect(await edit({ status: 'closed' }, after)).toBe('saved');
	expect(await statuses()).toEqual(['planned', 'planned', 'planned', 'planned']);
});

it('what a closed cohort still has planned stands in nobody’s way', async () => {
	await fresh.db.updateTable('cohort').set({ status: 'closed' }).execute();
	await fresh.db.deleteFrom('slot').execute();

	expect(await plan(await addCohort(fresh, here))).toBe('planned');
});

it('sessions of a colleague who is switched off are told, and need somebody on Today', async () => {
	const admin = await addAccount(fresh, { sectionId: here.sectionId, role: 'admin' });
	const from = '2026-05-06';
	const as = (account: Account) => contextOf(fresh, account, DURING);
	expect(await countToRun(as(admin), { accountId: here.rana.id, from })).toEqual({
		count: 3,
		firstDate: '2026-05-07'
	});
	expect(await countToRun(as(admin), { accountId: admin.id, from })).toBe(null);
	expect(await listLeft(as(here.coordinator), { from }, 'en')).toEqual([]);

	await switchOff(as(admin), here.rana.id, newId());
	const left = await listLeft(as(here.coordinator), { from }, 'en');
	expect(left.map(({ session, absent }) => [session.date, absent[0]!.name])).toEqual([
		['2026-05-07', 'Rana'],
		['2026-05-12', 'Rana'],
		['2026-05-14', 'Rana']
	]);
	expect(await listLeft(as(here.karim), { from }, 'en'), 'of a facilitator nobody').toEqual([]);
	const elsewhere = await aSetting(fresh, { sectionId: here.sectionId });
	expect(await listLeft(as(elsewhere.coordinator), { from }, 'en')).toEqual([]);
});
