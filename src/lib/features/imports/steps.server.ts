import type { Kysely, UpdateObject } from 'kysely';
import { scopeOf, type JobActor } from '#lib/platform/access/actor.ts';
import { can } from '#lib/platform/access/roles.ts';
import type { Clock } from '#lib/platform/clock/zone.ts';
import { lockSection } from '#lib/features/organisation/rows.commands.server.ts';
import { writeAudit } from '#lib/platform/command/audit.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { KeyRing } from '#lib/platform/crypto/keyring.ts';
import type { Db } from '#lib/platform/db/open.ts';
import type { Row, Tables } from '#lib/platform/db/schema.ts';
import { findActor } from '#lib/platform/login/sessions.ts';
import { checkStep } from './checking.server.ts';
import type { Judged } from './judged.ts';
import { asImport, sealSetup, type Import } from './queries.server.ts';
import { nextRows, runStep } from './running.server.ts';
import { nextChanges, undoStep } from './undoing.server.ts';
import type { Stage } from './types.ts';

/** What goes on without a request: the house has it. */
export interface Env {
	db: Db;
	ring: KeyRing;
	clock: Clock;
}

/** Stages that go on by themselves. */
export const MOVING: readonly Stage[] = ['checking', 'running', 'undoing'];

/**
 * Takes steps of one import until it is through or so many milliseconds are over. It stands still when who
 * made it may no longer import. Answers where it stands then; undefined when it is gone.
 */
export async function takeSteps(
	env: Env,
	id: string,
	budgetMs: number
): Promise<Stage | undefined> {
	const until = performance.now() + budgetMs;
	for (;;) {
		const row = await env.db
			.selectFrom('import')
			.selectAll()
			.where('id', '=', id)
			.executeTakeFirst();
		if (!row || !MOVING.includes(row.stage) || performance.now() >= until) return row?.stage;
		if (!(await takeStep(env, row))) return row.stage;
		await new Promise(setImmediate); // others are served between two steps
	}
}

/** False when nobody may take the next step. */
async function takeStep(env: Env, row: Row<'import'>): Promise<boolean> {
	const ctx = await contextOf(env, row);
	if (!ctx) return false;
	const item = asImport(env.ring, row);
	if (row.stage === 'checking') await check(ctx, item);
	else if (row.stage === 'running') await run(ctx, item);
	else await undo(ctx, item);
	return true;
}

/**
 * A step is taken by a job of the section that names who made the import: what it checks and writes stays within
 * their reach. What a run did was within it, whoever takes it back. Undefined when they may import no more.
 */
async function contextOf(
	{ db, ring, clock }: Env,
	row: Row<'import'>
): Promise<Context | undefined> {
	const maker = row.stage === 'undoing' ? null : await findActor(db, ring, row.created_by);
	if (maker === undefined || (maker && !can(maker, 'import lists'))) return undefined;
	const actor: JobActor = {
		...{ kind: 'job', job: 'import', sectionId: row.section_id, roles: [] },
		...{ accountId: row.created_by, reach: maker?.roles ?? null }
	};
	return { db, ring, actor, scope: scopeOf(actor, 'import lists')!, now: clock() };
}

async function check(ctx: Context, item: Import): Promise<void> {
	const { next, isLast, rows, counts, setup } = await checkStep(ctx, item);
	await step(
		ctx,
		item,
		{
			position: next,
			counts: JSON.stringify(counts),
			setup_sealed: sealSetup(ctx.ring, item.id, setup),
			...(isLast && { stage: 'preview' })
		},
		(ctx) => keepVerdicts(ctx, item, rows)
	);
}

async function run(ctx: Context, item: Import): Promise<void> {
	const waiting = await nextRows(ctx, item);
	const last = waiting.at(-1);
	if (!last)
		return step(ctx, item, { stage: 'done', finished_at: ctx.now }, (ctx) =>
			finish(ctx, item, 'run import')
		);
	await step(ctx, item, { position: last.position + 1 }, async (ctx) => {
		await lockSection(ctx); // two imports of a section write one after the other: each sees the people the other one added
		const { rows, counts } = await runStep(ctx, item, waiting);
		await keepVerdicts(ctx, item, rows);
		await ctx.db
			.updateTable('import')
			.set({ counts: JSON.stringify(counts) })
			.where('id', '=', item.id)
			.execute();
	});
}

async function undo(ctx: Context, item: Import): Promise<void> {
	const entries = await nextChanges(ctx, item);
	const end = { stage: 'undone', finished_at: ctx.now } as const;
	const change = entries.length > 0 ? { position: item.position + entries.length } : end;
	await step(ctx, item, change, async (ctx) => {
		await lockSection(ctx); // two imports of a section write one after the other: each sees the people the other one added
		const stayed = await undoStep(ctx, item, entries);
		if (entries.length === 0) return finish(ctx, item, 'undo import');
		const all = [...new Set([...(item.setup.stayed ?? []), ...stayed])];
		await ctx.db
			.updateTable('import')
			.set({
				setup_sealed: sealSetup(ctx.ring, item.id, { ...item.setup, stayed: all }),
				counts: JSON.stringify({ ...item.counts, stayed: all.length })
			})
			.where('id', '=', item.id)
			.execute();
	});
}

/**
 * Takes one step in one transaction, unless somebody else took it meanwhile: then nothing happens. The
 * claim comes first, so that of two at once the second waits and finds the step taken.
 */
async function step(
	ctx: Context,
	{ id, stage, position, version }: Import,
	change: UpdateObject<Tables, 'import'>,
	work: (ctx: Context) => Promise<void>
): Promise<void> {
	await ctx.db.transaction().execute(async (trx: Kysely<Tables>) => {
		const { numUpdatedRows } = await trx
			.updateTable('import')
			.set(change)
			.where('id', '=', id)
			.where('stage', '=', stage)
			.where('position', '=', position)
			.where('version', '=', version)
			.executeTakeFirst();
		if (numUpdatedRows) await work({ ...ctx, db: trx });
	});
}

/** A decision belongs to whom the row may be: it is forgotten when that is somebody else now. */
async function keepVerdicts(ctx: Context, { id }: Import, rows: readonly Judged[]): Promise<void> {
	if (rows.length === 0) return;
	await ctx.db
		.insertInto('import_row')
		.values(
			rows.map(({ waiting, verdict, personId, matchKey }) => ({
				...{ import_id: id, position: waiting.position, section_id: ctx.scope.sectionId },
				...{ sheet: waiting.sheet, row_number: waiting.rowNumber, cells_sealed: waiting.sealed },
				...{ match_key: matchKey, verdict, person_id: personId },
				decision: personId === waiting.personId ? waiting.decision : null
			}))
		)
		.onConflict((conflict) =>
			conflict.columns(['import_id', 'position']).doUpdateSet((eb) => ({
				match_key: eb.ref('excluded.match_key'),
				verdict: eb.ref('excluded.verdict'),
				person_id: eb.ref('excluded.person_id'),
				decision: eb.ref('excluded.decision')
			}))
		)
		.execute();
}

/** Written down as done by the job, with whoever began it, and nothing left of the file. */
async function finish(ctx: Context, item: Import, action: string): Promise<void> {
	await writeAudit(ctx, { action, objectType: 'import', objectId: item.id, fields: [] });
	await forgetRows(ctx, item);
}

/** The rows of a file are somebody's words: they are gone once nothing is left to do with them. */
async function forgetRows(ctx: Context, { id }: Import): Promise<void> {
	await ctx.db.deleteFrom('import_row').where('import_id', '=', id).execute();
}
