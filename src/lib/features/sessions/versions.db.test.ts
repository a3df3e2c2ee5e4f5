import { expect, it } from 'vitest';
import { addPlan, moveInOutline } from '#lib/features/curricula/outline.commands.server.ts';
import { removePlan } from '#lib/features/curricula/removing.commands.server.ts';
import { draftNext, publish } from '#lib/features/curricula/versions.commands.server.ts';
import { findVersion } from '#lib/features/curricula/versions.queries.server.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { aCycle, aSetting } from '#tests/factories/place.ts';
import { addSession, contextOf, type Account } from '#tests/factories/rows.ts';
import { freshDatabase } from '#tests/harness/databases.ts';
import { goOnWith } from './versions.commands.server.ts';
import { listOpenCycles } from './versions.queries.server.ts';

it('lets sessions to come follow a newer version, and leaves what was held with its own', async () => {
	const fresh = await freshDatabase();
	const here = await aSetting(fresh, { sessionCount: 4 });
	const cycle = await aCycle(fresh, here);
	const manager = contextOf(fresh, here.manager, undefined, 'edit curricula');
	const { curriculum_id: curriculumId } = await fresh.db
		.selectFrom('curriculum_version')
		.select('curriculum_id')
		.where('id', '=', here.versionId)
		.executeTakeFirstOrThrow();
	const plans = await fresh.db
		.selectFrom('session_plan')
		.select('id')
		.where('version_id', '=', here.versionId)
		.orderBy('position')
		.execute();
	const sessions: string[] = [];
	for (const [at, { id: session_plan_id }] of plans.entries()) {
		const status = at === 0 ? 'held' : 'planned';
		const id = await addSession(fresh, cycle, { date: `2026-05-0${at + 1}`, status });
		await fresh.db.updateTable('session').set({ session_plan_id }).where('id', '=', id).execute();
		sessions.push(id);
	}
	const next = await draftNext(manager, { curriculumId }, newId());
	const versionId = next.ok ? next.done.versionId : '';
	const draft = (await findVersion(manager, versionId, 'en'))!;
	const [, second, third, fourth] = draft.plans.map(({ id }) => id);
	await removePlan(manager, { versionId, plan: third! }, newId());
	await moveInOutline(manager, { versionId, move: { plan: fourth!, to: 'up' } }, newId());
	await addPlan(manager, { versionId, title_en: 'New', minutes: 60 }, newId());
	const planning = (account: Account) => contextOf(fresh, account, undefined, 'plan cycles');
	const version = async () => (await findVersion(manager, versionId, 'en'))!;
	const go = async (account: Account) => {
		const outcome = await goOnWith(
			planning(account),
			{ cycle: cycle.cycleId, version: await version() },
			{ once: newId(), locale: 'en' }
		);
		return outcome.ok ? 'done' : outcome.refusal.reason;
	};
	expect(await go(here.rana)).toBe('not_published');
	await publish(manager, { versionId, on: '2026-05-01' }, newId());
	const open = await listOpenCycles(planning(here.rana), await version(), 'en');
	expect(open).toMatchObject([{ id: cycle.cycleId, moving: 2, staying: 1, undated: 1 }]);
	const elsewhere = await aSetting(fresh, { sectionId: here.sectionId });
	expect(await go(elsewhere.rana)).toBe('not_found');
	const before = await plansOf();
	expect(await go(here.rana)).toBe('done');
	expect(await plansOf()).toEqual([before[0], second, before[2], fourth]);
	expect(await go(here.rana)).toBe('not_found');

	async function plansOf() {
		const rows = await fresh.db
			.selectFrom('session')
			.select(['id', 'session_plan_id'])
			.where('cycle_id', '=', cycle.cycleId)
			.execute();
		return sessions.map((id) => rows.find((row) => row.id === id)!.session_plan_id);
	}
});
