import { expect, it } from 'vitest';
import { planCycle } from '#lib/features/sessions/commands.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { aSetting } from '#tests/factories/place.ts';
import { addMember, contextOf } from '#tests/factories/rows.ts';
import { freshDatabase } from '#tests/harness/databases.ts';
import { closeCentre } from './closing.commands.server.ts';
import { listClosing, seenMark } from './closing.queries.server.ts';
import { findChange, listChanges, listNotices } from './list.queries.server.ts';
import { listToTell } from './telling.queries.server.ts';

/** Statements it takes to close a centre with so many sessions, to list that, and to say whom to tell. */
async function statementsFor(sessionCount: number): Promise<Record<string, number>> {
	const fresh = await freshDatabase();
	const here = await aSetting(fresh, { sessionCount });
	for (let n = 0; n < sessionCount; n += 1) await addMember(fresh, here, `Child ${n}`);
	const staff = [here.rana.id, here.karim.id];
	const plan = {
		...{ cohort: here.cohortId, version: here.versionId, weekday: ['2' as const, '4' as const] },
		...{ time: '15:00', room: here.roomId, with: staff, from: '2026-05-05', move: [] },
		...{ project: [], mothersWith: [] }
	};
	const sent = () => ({ once: newId(), locale: 'en' as const });
	expect(await planCycle(contextOf(fresh, here.coordinator), plan, sent())).toMatchObject({
		ok: true
	});
	let statements = 0;
	const db = fresh.db.withPlugin({
		transformQuery({ node }) {
			statements += 1;
			return node;
		},
		transformResult: async ({ result }) => result
	});
	const ctx: Context = { ...contextOf(fresh, here.coordinator), db };
	const counted: Record<string, number> = {};
	const count = async <Done>(name: string, work: () => Promise<Done>): Promise<Done> => {
		statements = 0;
		const done = await work();
		counted[name] = statements;
		return done;
	};
	const which = { centre: here.centreId, from: '2026-05-01', to: '2026-07-31' };
	const close = async (what: 'move' | 'cancel') => {
		const seen = seenMark(await listClosing(ctx, which, 'en'));
		const wish = { what, days: 7, keep: [], reason: 'weather' as const };
		const outcome = await count(what, () => closeCentre(ctx, { ...which, ...wish, seen }, sent()));
		if (!outcome.ok) throw new Error(outcome.refusal.reason);
		return outcome.done.changeId;
	};
	const moved = await close('move');
	await close('cancel');
	const change = await count('find', () => findChange(ctx, moved, 'en'));
	expect(change?.sessions).toHaveLength(sessionCount);
	await count('list', () => listChanges(ctx, {}, 'en'));
	const rana = { ...contextOf(fresh, here.rana), db };
	expect(await count('notices', () => listNotices(rana, 'en'))).toHaveLength(2);
	const told = await count('tell', () => listToTell(ctx, [here.cohortId], 'en'));
	expect(told.get(here.cohortId)).toHaveLength(sessionCount);
	return counted;
}

it('takes as many statements for six sessions as for two', async () => {
	expect(await statementsFor(6)).toEqual(await statementsFor(2));
});
