import { beforeEach, describe, expect, it } from 'vitest';
import { listCohorts } from '#lib/features/cohorts/queries.server.ts';
import { listFacilitators } from '#lib/features/staff/queries.server.ts';
import { findPeople } from '#lib/features/people/search.queries.server.ts';
import { findSession, listSessions } from '#lib/features/sessions/queries.server.ts';
import { can, type Permission } from '#lib/platform/access/roles.ts';
import { within } from '#lib/platform/command/context.ts';
import { keepUndo, takeBack } from '#lib/platform/undo/undo.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import {
	addAccount,
	addCohort,
	addMember,
	addSession,
	contextOf,
	NOW,
	type Account
} from '#tests/factories/rows.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { load as loadPerson } from '../../src/routes/(staff)/people/[id]/+page.server.ts';
import { loadDay } from '../../src/routes/(staff)/today/day.server.ts';

/** Lina leads one cohort at the first centre, where there is another, and coordinates the second. */
let fresh: FreshDatabase;
let first: Setting;
let second: Setting;
let lina: Account;
let own: string;

beforeEach(async () => {
	fresh = await freshDatabase();
	first = await aSetting(fresh);
	second = await aSetting(fresh, { sectionId: first.sectionId });
	lina = await addAccount(fresh, {
		...{ sectionId: first.sectionId, role: 'facilitator', centreIds: [first.centreId] },
		...{ name: 'Lina', also: [{ role: 'coordinator', centreIds: [second.centreId], bodyId: null }] }
	});
	own = await addCohort(fresh, first, { name: 'Cedars', facilitators: [lina] });
});

const as = (permission: Permission, account = lina) => contextOf(fresh, account, NOW, permission);
const cohorts = async (permission: Permission) =>
	(await listCohorts(as(permission), 'en')).map(({ id }) => id).sort();

describe('a facilitator here who is coordinator there', () => {
	it('sees own cohorts here and all there, and keeps those there alone', async () => {
		expect(await cohorts('see cohorts')).toEqual([own, second.cohortId].sort());
		expect(await cohorts('keep cohorts')).toEqual([second.cohortId]);
		expect(await cohorts('manage accounts')).toEqual([]);
	});

	it('sees the people of own cohorts here and all there, and may merge those there alone', async () => {
		const at = (setting: Setting, cohortId: string) => addMember(fresh, { ...setting, cohortId });
		const [mine, others, theirs] = [
			await at(first, own),
			await at(first, first.cohortId),
			await at(second, second.cohortId)
		];
		const found = async (permission: Permission) =>
			(await findPeople(as(permission), [mine, others, theirs], 'en')).map(({ id }) => id).sort();
		expect(await found('see people')).toEqual([mine, theirs].sort());
		expect(await found('merge people')).toEqual([theirs]);
	});

	it('is offered to move people between the centres kept alone', async () => {
		const third = await aSetting(fresh, { sectionId: first.sectionId });
		const keeper = {
			...lina,
			also: [{ ...lina.also![0]!, centreIds: [second.centreId, third.centreId] }]
		};
		const offered = async (setting: Setting, cohortId: string) => {
			const id = await addMember(fresh, { ...setting, cohortId });
			const locals = { now: NOW, locale: 'en', ctx: as('see people', keeper) };
			const event = { locals, params: { id } } as unknown as Parameters<typeof loadPerson>[0];
			const page = (await loadPerson(event)) as { elsewhere: { id: string }[] };
			return page.elsewhere.map((centre) => centre.id);
		};
		expect(await offered(first, own)).toEqual([]);
		expect(await offered(second, second.cohortId)).toEqual([third.centreId]);
	});

	it('opens own sessions here and all there; others here are busy', async () => {
		const session = async (setting: Setting, cohortId?: string) =>
			addSession(fresh, await aCycle(fresh, setting, cohortId), { date: '2026-05-01' });
		const [mine, others, theirs] = [
			await session(first, own),
			await session(first),
			await session(second)
		];
		const ctx = as('see sessions');
		const opened = [];
		for (const id of [mine, others, theirs]) if (await findSession(ctx, id, 'en')) opened.push(id);
		expect(opened).toEqual([mine, theirs]);
		const week = { from: '2026-05-01', to: '2026-05-01' };
		const seen = await listSessions(as('see calendar'), week, 'en');
		expect(seen.map(({ id, cohort }) => [id, cohort]).sort()).toEqual(
			[
				[mine, 'Cedars'],
				['', ''],
				[theirs, 'Butterflies']
			].sort()
		);
		const closing = within(ctx, "close others' feedback");
		expect(await findSession(closing, mine, 'en')).toBeUndefined();
		expect(await findSession(closing, theirs, 'en')).toBeDefined();
	});

	it('works at both centres', async () => {
		for (const { centreId } of [first, second]) {
			const names = await listFacilitators(as('see calendar'), centreId, 'en');
			expect(names.map(({ name }) => name)).toContain('Lina');
		}
	});
});

it('takes back with the reach of what was done, not of another role', async () => {
	const ctx = as('keep people');
	const id = await keepUndo(ctx, 'move', null);
	let reached: readonly string[] | null = [];
	const outcome = await takeBack(within(ctx, 'see sessions'), id, {
		move: { needs: 'keep people', restore: async ({ ctx }) => void (reached = ctx.scope.centreIds) }
	});
	expect(outcome.ok).toBe(true);
	expect(reached).toEqual([second.centreId]);
});

it('a focal point who also runs sessions sees no more sessions for it', async () => {
	const also = [{ role: 'focal_point', centreIds: null, bodyId: null }] as const;
	const rana = { ...first.rana, also };
	await addSession(fresh, await aCycle(fresh, second), { date: '2026-05-01' });
	const ctx = as('see today', rana);
	expect(can(ctx.actor, 'answer concerns')).toBe(true);
	const week = { from: '2026-05-01', to: '2026-05-01' };
	expect(await listSessions(within(ctx, 'see sessions'), week, 'en')).toEqual([]);
});

it.each(['see today', 'answer concerns'] as const)(
	'the day of somebody who also answers concerns and administers holds own sessions alone: %s',
	async (permission) => {
		const also = (['focal_point', 'admin', 'manager'] as const).map((role) => ({
			...{ role, centreIds: null, bodyId: null }
		}));
		const others = await addCohort(fresh, first);
		for (const cycle of [
			await aCycle(fresh, first, first.cohortId),
			await aCycle(fresh, first, others),
			await aCycle(fresh, second)
		])
			for (const date of ['2026-04-20', '2026-05-01']) await addSession(fresh, cycle, { date });
		const locals = { now: NOW, locale: 'en', ctx: as(permission, { ...first.rana, also }) };
		const day = await loadDay({ locals: locals as unknown as App.Locals });
		const ofWeek = day.week.flatMap(({ sessions }) => sessions);
		expect(ofWeek.map(({ cohort }) => cohort)).toEqual(['Butterflies']);
		expect(day.unrecorded).toHaveLength(1);
	}
);

it('a manager who also runs sessions sees all by name, and may read them all', async () => {
	const also = [{ role: 'manager', centreIds: null, bodyId: null }] as const;
	await addSession(fresh, await aCycle(fresh, first), { date: '2026-05-01' });
	await addSession(fresh, await aCycle(fresh, second), { date: '2026-05-01' });
	const week = { from: '2026-05-01', to: '2026-05-01' };
	const seen = await listSessions(as('see calendar', { ...first.rana, also }), week, 'en');
	expect(seen.map(({ cohort }) => cohort)).toEqual(['Butterflies', 'Butterflies']);
	expect(seen.map(({ opens }) => opens)).toEqual([true, true]);
});
