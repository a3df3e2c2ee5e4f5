import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { z } from 'zod';
import type { showForm } from './forms.ts';
import { listChoices } from './queries.server.ts';
import { addTo, countCycle, takeOut } from './rows.commands.server.ts';

export type BelongingRefusal = {
	reason: 'not_found' | 'ended' | 'cycle_unknown' | 'roadmap_unknown' | 'there_already';
};

/** Puts a cycle of the section into a project: the sessions it held count for the project's targets from now on. */
export function addCycle(
	ctx: Context,
	input: { projectId: string; cycle: string },
	once: string
): Promise<Outcome<{ id: string }, BelongingRefusal | KeyReused>> {
	return command<{ id: string }, BelongingRefusal>(
		ctx,
		{ name: 'add cycle to project', once, input },
		async ({ ctx, refuse, audit }) => {
			if (!(await takesPart(ctx, input.projectId))) refuse({ reason: 'not_found' });
			if (!(await runs(ctx, input.projectId))) refuse({ reason: 'ended' });
			const cycle = await ctx.db
				.selectFrom('cycle')
				.select('id')
				.where('id', '=', input.cycle)
				.where('section_id', '=', ctx.scope.sectionId)
				.executeTakeFirst();
			if (!cycle) refuse({ reason: 'cycle_unknown' });
			if (!(await addTo(ctx, { kind: 'cycle', ids: [input.cycle] }, input.projectId)))
				refuse({ reason: 'there_already' });
			await audit(noted('add cycle to project', input.projectId, 'cycle_id'));
			await countCycle(ctx, input.cycle);
			return { id: input.projectId };
		}
	);
}

/** Takes a cycle out of a project again: its sessions count for the project's targets no more. */
export function removeCycle(
	ctx: Context,
	input: { projectId: string; cycle: string },
	once: string
): Promise<Outcome<{ id: string }, BelongingRefusal | KeyReused>> {
	return command<{ id: string }, BelongingRefusal>(
		ctx,
		{ name: 'take cycle out of project', once, input },
		async ({ ctx, refuse, audit }) => {
			if (!(await takeOut(ctx, { kind: 'cycle', id: input.cycle }, input.projectId)))
				refuse({ reason: 'cycle_unknown' });
			await audit(noted('take cycle out of project', input.projectId, 'cycle_id'));
			await countCycle(ctx, input.cycle);
			return { id: input.projectId };
		}
	);
}

/** Puts every milestone of one of the section's roadmaps into a project. */
export function addRoadmap(
	ctx: Context,
	input: { projectId: string; roadmap: string },
	once: string
): Promise<Outcome<{ id: string }, BelongingRefusal | KeyReused>> {
	return command<{ id: string }, BelongingRefusal>(
		ctx,
		{ name: 'add roadmap to project', once, input },
		async ({ ctx, refuse, audit }) => {
			if (!(await takesPart(ctx, input.projectId))) refuse({ reason: 'not_found' });
			if (!(await runs(ctx, input.projectId))) refuse({ reason: 'ended' });
			const rows = await ctx.db
				.selectFrom('milestone')
				.innerJoin('roadmap_outcome as outcome', 'outcome.id', 'milestone.outcome_id')
				.select('milestone.id')
				.where('outcome.roadmap_id', '=', input.roadmap)
				.where('milestone.section_id', '=', ctx.scope.sectionId)
				.execute();
			if (rows.length === 0) refuse({ reason: 'roadmap_unknown' });
			const ids = rows.map(({ id }) => id);
			if (!(await addTo(ctx, { kind: 'milestone', ids }, input.projectId)))
				refuse({ reason: 'there_already' });
			await audit(noted('add roadmap to project', input.projectId, 'milestones'));
			return { id: input.projectId };
		}
	);
}

/** Says what the other sections of a project see of the own one. */
export function showInProject(
	ctx: Context,
	{ projectId, ...input }: z.output<typeof showForm> & { projectId: string },
	once: string
): Promise<Outcome<{ id: string }, BelongingRefusal | KeyReused>> {
	return command<{ id: string }, BelongingRefusal>(
		ctx,
		{ name: 'show in project', once, input: { ...input, projectId } },
		async ({ ctx, refuse, audit }) => {
			const { numUpdatedRows } = await ctx.db
				.updateTable('project_section')
				.set({
					shows_roadmaps: input.roadmaps === 'yes' ? 1 : 0,
					shows_targets: input.targets === 'yes' ? 1 : 0
				})
				.where('project_id', '=', projectId)
				.where('section_id', '=', ctx.scope.sectionId)
				.executeTakeFirst();
			if (!numUpdatedRows) refuse({ reason: 'not_found' });
			await audit({
				...{ action: 'show in project', objectType: 'project', objectId: projectId },
				fields: ['shows_roadmaps', 'shows_targets']
			});
			return { id: projectId };
		}
	);
}

async function takesPart({ db, scope }: Context, projectId: string): Promise<boolean> {
	const row = await db
		.selectFrom('project_section')
		.select('project_id')
		.where('project_id', '=', projectId)
		.where('section_id', '=', scope.sectionId)
		.executeTakeFirst();
	return row !== undefined;
}

async function runs(ctx: Context, projectId: string): Promise<boolean> {
	return (await listChoices(ctx, 'en')).some(({ id }) => id === projectId);
}

function noted(action: string, objectId: string, field: string) {
	return { action, objectType: 'project', objectId, fields: [field] };
}
