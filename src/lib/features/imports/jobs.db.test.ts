import { beforeEach, expect, it, onTestFinished } from 'vitest';
import type { Context } from '#lib/platform/command/context.ts';
import { log } from '#lib/platform/log/log.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { addImport, check, run, sheetsOf, undo } from '#tests/factories/imports.ts';
import { aSetting, type Setting } from '#tests/factories/place.ts';
import { addPerson, contextOf } from '#tests/factories/rows.ts';
import { forgetOldImports, goOnWithAll } from './jobs.server.ts';
import { canUndo, startCheck, startUndo } from './progress.server.ts';
import { findImport } from './queries.server.ts';

const DAY_MS = 24 * 60 * 60_000;

let fresh: FreshDatabase;
let here: Setting;
let ctx: Context;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	ctx = contextOf(fresh, here.coordinator);
});

function bring(name: string): Promise<string> {
	const head = ['Name', 'Sex', 'Year of birth', 'Group'];
	return addImport(ctx, {
		kind: 'people',
		tables: sheetsOf([head, [name, 'f', 2015, 'Cedars']]),
		tune: (setup) => {
			setup.options.centreId = here.centreId;
		}
	});
}

it('goes on with what stands in the middle, and one that fails does not keep the others', async () => {
	const [broken, sound] = [await bring('Nour Haddad'), await bring('Aya Saab')];
	await startCheck(ctx, broken, { once: newId() });
	await startCheck(ctx, sound, { once: newId() });
	await fresh.db
		.updateTable('import_row')
		.set({ cells_sealed: 'nothing that opens' as never })
		.where('import_id', '=', broken)
		.execute();
	const { level } = log;
	log.level = 'silent';
	onTestFinished(() => void (log.level = level));
	const env = { db: fresh.db, ring: fresh.ring, clock: () => ctx.now };
	await goOnWithAll(env, new AbortController().signal);
	expect((await findImport(ctx, broken))!.stage).toBe('checking');
	expect((await findImport(ctx, sound))!.stage).toBe('preview');
});

it('forgets files nobody runs after three days, and how to take a run back after thirty', async () => {
	const [unrun, ran] = [await bring('Nour Haddad'), await bring('Aya Saab')];
	await check(ctx, unrun);
	await check(ctx, ran);
	await run(ctx, ran);
	await forgetOldImports(fresh.db, ctx.now + 2 * DAY_MS);
	expect(await findImport(ctx, unrun)).toBeDefined();
	await forgetOldImports(fresh.db, ctx.now + 4 * DAY_MS);
	expect(await findImport(ctx, unrun)).toBeUndefined();
	expect(await canUndo(ctx, ran)).toBe(true);
	await forgetOldImports(fresh.db, ctx.now + 31 * DAY_MS);
	expect((await findImport(ctx, ran))!.counts.verdicts).toEqual({ new: 1 });
	expect(await startUndo(ctx, ran, { once: newId() })).toEqual({
		ok: false,
		refusal: { reason: 'nothing_to_undo' }
	});
});

it('keeps whom somebody merged since, and what they have', async () => {
	const id = await bring('Nour Haddad');
	await check(ctx, id);
	await run(ctx, id);
	const { id: kept_id } = await fresh.db
		.selectFrom('person')
		.select('id')
		.executeTakeFirstOrThrow();
	const merged_id = await addPerson(fresh, here, 'Nour Hadad');
	await fresh.db
		.updateTable('person')
		.set({ merged_into: kept_id })
		.where('id', '=', merged_id)
		.execute();
	await fresh.db
		.insertInto('person_merge')
		.values({
			...{ id: newId(), section_id: here.sectionId, kept_id, merged_id },
			...{ merged_by: here.coordinator.id, merged_at: ctx.now, undone_by: null, undone_at: null }
		})
		.execute();
	// the child, and the group they are in
	expect((await undo(ctx, id)).counts.stayed).toBe(2);
	expect(await fresh.db.selectFrom('cohort_member').select('person_id').execute()).toEqual([
		{ person_id: kept_id }
	]);
});
