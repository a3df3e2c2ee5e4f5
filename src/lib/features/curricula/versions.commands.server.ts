import type { z } from 'zod';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { copyContent } from './content.commands.server.ts';
import { draftCommand, onlyEditors, type DraftRefusal } from './drafts.commands.server.ts';
import type { ruleForm } from './forms.ts';

export type NextRefusal = { reason: 'not_found' | 'not_editor' | 'draft_there' };
export type PublishRefusal = DraftRefusal | { reason: 'nothing_in_it' };

/** Begins a new draft as a copy of the newest published version. One draft at a time: `draft_there`. */
export function draftNext(
	ctx: Context,
	input: { curriculumId: string },
	once: string
): Promise<Outcome<{ versionId: string }, NextRefusal | KeyReused>> {
	return command(ctx, { name: 'draft version', once, input }, async ({ ctx, refuse, audit }) => {
		onlyEditors(ctx, refuse);
		const versions = await ctx.db
			.selectFrom('curriculum_version as version')
			.innerJoin('curriculum', 'curriculum.id', 'version.curriculum_id')
			.selectAll('version')
			.where('version.curriculum_id', '=', input.curriculumId)
			.where('version.section_id', '=', ctx.scope.sectionId)
			.where('curriculum.is_imported', '=', 0)
			.orderBy('version.number', 'desc')
			.execute();
		const newest = versions.find(({ published_on }) => published_on !== null);
		if (versions.some(({ published_on }) => published_on === null))
			refuse({ reason: 'draft_there' });
		if (!newest) return refuse({ reason: 'not_found' });
		const versionId = newId();
		const made = await ctx.db
			.insertInto('curriculum_version')
			.values({
				...newest,
				...{ id: versionId, number: versions[0]!.number + 1, published_on: null },
				...{ copied_from: newest.id, revision: 1 }
			})
			.onConflict((conflict) => conflict.doNothing())
			.executeTakeFirst();
		if (!made.numInsertedOrUpdatedRows) refuse({ reason: 'draft_there' });
		await copyContent(ctx, { from: newest.id, to: versionId });
		await audit({
			action: 'draft version',
			objectType: 'curriculum_version',
			objectId: versionId,
			fields: []
		});
		return { versionId };
	});
}

/** From now on the version never changes, and cycles are planned from it. `on`: a civil date. */
export function publish(
	ctx: Context,
	input: { versionId: string; on: string },
	once: string
): Promise<Outcome<{ versionId: string }, PublishRefusal | KeyReused>> {
	const { versionId, on } = input;
	return draftCommand<{ versionId: string }, PublishRefusal>(
		ctx,
		{ name: 'publish version', once, input: { versionId }, fields: ['published_on'] },
		async ({ ctx, refuse }) => {
			const plan = await ctx.db
				.selectFrom('session_plan')
				.select('id')
				.where('version_id', '=', versionId)
				.executeTakeFirst();
			if (!plan) refuse({ reason: 'nothing_in_it' });
			await ctx.db
				.updateTable('curriculum_version')
				.set({ published_on: on })
				.where('id', '=', versionId)
				.execute();
			return { versionId };
		}
	);
}

/** Sets when somebody counts who takes part in what is planned from the version. */
export function setRule(
	ctx: Context,
	input: z.output<typeof ruleForm> & { versionId: string },
	once: string
): Promise<Outcome<{ versionId: string }, DraftRefusal | KeyReused>> {
	return draftCommand(
		ctx,
		{
			name: 'set counting rule',
			once,
			input,
			fields: ['reached_count', 'engaged_count', 'engaged_pct', 'completed_pct', 'dropped_count']
		},
		async ({ ctx }) => {
			await ctx.db
				.updateTable('curriculum_version')
				.set({
					reached_count: input.reachedCount,
					engaged_count: input.engagedCount,
					engaged_pct: input.engagedPct,
					completed_pct: input.completedPct,
					dropped_count: input.droppedCount
				})
				.where('id', '=', input.versionId)
				.execute();
			return { versionId: input.versionId };
		}
	);
}
