import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { asImport, importsInScope, sealSetup, type Import } from './queries.server.ts';
import { NOTHING_COUNTED } from './rules.ts';
import { takeSteps, type Env } from './running/steps.server.ts';
import { tryAgain } from './running/undoing.server.ts';
import type { Decision, ImportedAudience, Setup, Stage } from './types.ts';

export type ProgressRefusal =
	| { reason: 'not_found' }
	/** It stands elsewhere by now: somebody was quicker, or it went on by itself. */
	| { reason: 'wrong_stage'; stage: Stage }
	/** Choices or decisions are others than the page showed. */
	| { reason: 'changed_meanwhile' }
	/** It changed nothing, or so long ago that what it takes was forgotten. */
	| { reason: 'nothing_to_undo' }
	/** Nobody said whom a new group is for that has adults in it. */
	| { reason: 'audience_missing' };

type Answer = Promise<Outcome<{ id: string }, ProgressRefusal | KeyReused>>;

/** Begins to look at every row against what is here; nothing but the import itself is written. */
export function startCheck(ctx: Context, id: string, { once }: { once: string }): Answer {
	return begin(ctx, {
		id,
		once,
		name: 'check import',
		from: ['columns', 'preview'],
		to: 'checking'
	});
}

/**
 * Begins to write what the check showed. `version` is the one the page showed, `audiences` whom new groups are for, by
 * their place among those the file names; refused while that is open for one of them.
 */
export function startRun(
	ctx: Context,
	id: string,
	{
		once,
		version,
		audiences = {}
	}: { once: string; version: number; audiences?: Record<string, ImportedAudience | ''> }
): Answer {
	return begin(ctx, {
		...{ id, once, version, name: 'run import', from: ['preview'], to: 'running' },
		chosen: audiences,
		choose: ({ coming }) => {
			for (const [at, group] of coming.entries()) group.audience = audiences[at] || group.audience;
		}
	});
}

/** Stops a run and begins to take back what it did so far. */
export function cancelRun(ctx: Context, id: string, { once }: { once: string }): Answer {
	return begin(ctx, { id, once, name: 'cancel import', from: ['running'], to: 'undoing' });
}

/** Begins to take back what a run did, but for what somebody touched since; of one that was taken back, the rest. */
export function startUndo(ctx: Context, id: string, { once }: { once: string }): Answer {
	return begin(ctx, { id, once, name: 'undo import', from: ['done', 'undone'], to: 'undoing' });
}

/**
 * Says what becomes of a possible duplicate: the row at `position`, or with null all rows that have no
 * decision of their own.
 */
export function decide(
	ctx: Context,
	id: string,
	{ once, position, decision }: { once: string; position: number | null; decision: Decision | null }
): Answer {
	const input = { id, position, decision };
	return command(ctx, { name: 'decide import', once, input }, async ({ ctx, refuse, audit }) => {
		const row = await importsInScope(ctx).where('import.id', '=', id).executeTakeFirst();
		if (!row) return refuse({ reason: 'not_found' });
		const setup = asImport(ctx.ring, row).setup;
		const decided = { ...setup, options: { ...setup.options, maybe: decision } };
		const { numUpdatedRows } = await ctx.db
			.updateTable('import')
			.set({
				version: row.version + 1,
				...(position === null && { setup_sealed: sealSetup(ctx.ring, id, decided) })
			})
			.where('id', '=', id)
			.where('stage', '=', 'preview')
			.where('version', '=', row.version)
			.executeTakeFirst();
		if (!numUpdatedRows)
			refuse(
				row.stage === 'preview'
					? { reason: 'changed_meanwhile' }
					: { reason: 'wrong_stage', stage: row.stage }
			);
		if (position !== null) {
			const one = await ctx.db
				.updateTable('import_row')
				.set({ decision })
				.where('import_id', '=', id)
				.where('section_id', '=', ctx.scope.sectionId)
				.where('position', '=', position)
				.where('verdict', '=', 'maybe')
				.executeTakeFirst();
			if (!one.numUpdatedRows) refuse({ reason: 'not_found' });
		}
		await audit({
			action: 'decide import',
			objectType: 'import',
			objectId: id,
			fields: ['decision']
		});
		return { id };
	});
}

/**
 * Takes the steps of an import that goes on by itself until it is through or so many milliseconds are
 * over; the background takes the rest. Answers where it stands then; undefined when it is gone.
 */
export function goOn(env: Env, id: string, budgetMs: number): Promise<Stage | undefined> {
	return takeSteps(env, id, budgetMs);
}

/** Whether there is anything that can be taken back of a run. */
export async function canUndo(ctx: Context, id: string): Promise<boolean> {
	const change = await ctx.db
		.selectFrom('import_change')
		.select('seq')
		.where('import_id', '=', id)
		.where('section_id', '=', ctx.scope.sectionId)
		.executeTakeFirst();
	return change !== undefined;
}

/** How far an import that goes on by itself has come, 0 … 1. */
export async function howFar(
	ctx: Context,
	{ id, stage, position, rowCount }: Import
): Promise<number> {
	if (stage !== 'undoing') return Math.min(1, position / Math.max(1, rowCount));
	const { left } = await ctx.db
		.selectFrom('import_change')
		.select((eb) => eb.fn.countAll<number>().as('left'))
		.where('import_id', '=', id)
		.where('section_id', '=', ctx.scope.sectionId)
		.where('seq', '>', 0)
		.executeTakeFirstOrThrow();
	return position / Math.max(1, position + left);
}

interface Beginning {
	id: string;
	once: string;
	name: string;
	from: readonly Stage[];
	to: Stage;
	version?: number;
	/** What is chosen with it, and how that is written into the setup. */
	chosen?: unknown;
	choose?: (setup: Setup) => void;
}

function begin(
	ctx: Context,
	{ id, once, name, from, to, version, choose, chosen }: Beginning
): Answer {
	const input = { id, version: version ?? null, chosen: chosen ?? null };
	return command(ctx, { name, once, input }, async ({ ctx, refuse, audit }) => {
		const row = await importsInScope(ctx).where('import.id', '=', id).executeTakeFirst();
		if (!row) return refuse({ reason: 'not_found' });
		if (!from.includes(row.stage)) refuse({ reason: 'wrong_stage', stage: row.stage });
		const isUndo = row.stage === 'done' || row.stage === 'undone';
		if (isUndo && !(await canUndo(ctx, id))) refuse({ reason: 'nothing_to_undo' });
		const { setup } = asImport(ctx.ring, row);
		if (to === 'undoing') await tryAgain(ctx, id);
		if (to === 'running') choose?.(setup);
		if (to === 'running' && setup.coming.some(({ isNew, audience }) => isNew && audience === null))
			refuse({ reason: 'audience_missing' });
		const counts = asImport(ctx.ring, row).counts;
		const { numUpdatedRows } = await ctx.db
			.updateTable('import')
			.set({
				stage: to,
				position: 0,
				version: row.version + 1,
				counts: JSON.stringify(to === 'undoing' ? { ...counts, stayed: 0 } : NOTHING_COUNTED),
				...((to === 'undoing' || to === 'running') && {
					setup_sealed: sealSetup(ctx.ring, id, { ...setup, stayed: [] })
				})
			})
			.where('id', '=', id)
			.where('stage', '=', row.stage)
			.where('version', '=', version ?? row.version)
			.executeTakeFirst();
		if (!numUpdatedRows) refuse({ reason: 'changed_meanwhile' });
		await audit({ action: name, objectType: 'import', objectId: id, fields: ['stage'] });
		return { id };
	});
}
