import type { z } from 'zod';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { command, type KeyReused, type Outcome, type Work } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textsJson } from '#lib/platform/i18n/texts.ts';
import { keepUndo, type Restore } from '#lib/platform/undo/undo.ts';
import type { closeForm } from './forms.ts';
import { isOfProjects } from './outcomes.queries.server.ts';

export type LinkRefusal = {
	reason:
		'not_found' | 'closed' | 'no_sessions' | 'unknown_cycle' | 'already_linked' | 'not_linked';
};
export type CloseRefusal =
	| { reason: 'not_found' | 'closed' | 'not_closed' | 'in_future' }
	/** Someone changed it since it was opened: the version that stands now. */
	| { reason: 'changed_meanwhile'; version: number };

/** A milestone as it was before it was closed, and its version since. */
interface Unclosed {
	id: string;
	version: number;
	before: Pick<Row<'milestone'>, 'evidence_texts' | 'confirmed_by'>;
}

interface Link {
	milestoneId: string;
	cycle: string;
}

/**
 * Lets a cycle's sessions count for a milestone. Refused when the milestone is closed, also just now,
 * when the cycle is not the section's, or is linked already: twice at once has one effect.
 */
export function linkCycle(
	ctx: Context,
	input: Link,
	{ once }: { once: string }
): Promise<Outcome<{ undo: string }, LinkRefusal | KeyReused>> {
	return command<{ undo: string }, LinkRefusal>(
		ctx,
		{ name: 'link cycle', once, input },
		async (work) => {
			const { ctx, refuse, audit } = work;
			await holdOpen(work, input.milestoneId);
			const cycle = await ctx.db
				.selectFrom('cycle')
				.select('id')
				.where('id', '=', input.cycle)
				.where('section_id', '=', ctx.scope.sectionId)
				.executeTakeFirst();
			if (!cycle) refuse({ reason: 'unknown_cycle' });
			const link = {
				milestone_id: input.milestoneId,
				cycle_id: input.cycle,
				section_id: ctx.scope.sectionId,
				linked_by: ctx.actor.accountId,
				linked_at: ctx.now
			};
			if (!(await addLink(ctx, link))) refuse({ reason: 'already_linked' });
			await audit({
				action: 'link cycle',
				objectType: 'milestone_cycle',
				objectId: `${input.milestoneId} ${input.cycle}`,
				fields: ['milestone_id', 'cycle_id']
			});
			return { undo: await keepUndo(ctx, 'link cycle', link) };
		}
	);
}

/** Takes a cycle's sessions out of a milestone again; refused as `linkCycle` is. */
export function unlinkCycle(
	ctx: Context,
	input: Link,
	{ once }: { once: string }
): Promise<Outcome<{ undo: string }, LinkRefusal | KeyReused>> {
	return command<{ undo: string }, LinkRefusal>(
		ctx,
		{ name: 'unlink cycle', once, input },
		async (work) => {
			const { ctx, refuse, audit } = work;
			await holdOpen(work, input.milestoneId);
			const link = await ctx.db
				.deleteFrom('milestone_cycle')
				.where('milestone_id', '=', input.milestoneId)
				.where('cycle_id', '=', input.cycle)
				.where('section_id', '=', ctx.scope.sectionId)
				.returningAll()
				.executeTakeFirst();
			if (!link) return refuse({ reason: 'not_linked' });
			await audit({
				action: 'unlink cycle',
				objectType: 'milestone_cycle',
				objectId: `${input.milestoneId} ${input.cycle}`,
				fields: ['milestone_id', 'cycle_id']
			});
			return { undo: await keepUndo(ctx, 'unlink cycle', link) };
		}
	);
}

/**
 * Closes a milestone: reached on which civil date, shown by what, confirmed by whom. `locale` is the
 * language the evidence was typed in. Refused for a date after the section's today, and when anybody
 * changed the milestone or its links since it was opened.
 */
export function closeMilestone(
	ctx: Context,
	input: z.output<typeof closeForm> & { milestoneId: string },
	{ once, locale }: { once: string; locale: Locale }
): Promise<Outcome<{ undo: string }, CloseRefusal | KeyReused>> {
	return command<{ undo: string }, CloseRefusal>(
		ctx,
		{ name: 'close milestone', once, input: { ...input, locale } },
		async ({ ctx, refuse, audit }) => {
			const milestone = await findMilestone(ctx, input.milestoneId);
			if (!milestone) return refuse({ reason: 'not_found' });
			if (milestone.reached_on !== null) refuse({ reason: 'closed' });
			if (input.reached > dateIn(milestone.zone, ctx.now)) refuse({ reason: 'in_future' });
			const { numUpdatedRows } = await ctx.db
				.updateTable('milestone')
				.set({
					reached_on: input.reached,
					evidence_texts: textsJson({ [locale]: input.evidence }),
					confirmed_by: input.confirmed,
					closed_by: ctx.actor.accountId,
					closed_at: ctx.now,
					version: input.version + 1
				})
				.where('id', '=', input.milestoneId)
				.where('section_id', '=', ctx.scope.sectionId)
				.where('reached_on', 'is', null)
				.where('version', '=', input.version)
				.executeTakeFirst();
			if (!numUpdatedRows) refuse(await whatChanged(ctx, input.milestoneId));
			await audit({
				action: 'close milestone',
				objectType: 'milestone',
				objectId: input.milestoneId,
				fields: ['reached_on', 'evidence_texts', 'confirmed_by']
			});
			const { evidence_texts, confirmed_by } = milestone;
			const undo = await keepUndo<Unclosed>(ctx, 'close milestone', {
				id: input.milestoneId,
				version: input.version + 1,
				before: { evidence_texts, confirmed_by }
			});
			return { undo };
		}
	);
}

/** Opens a closed milestone again; evidence and who confirmed stay for the next closing. */
export function reopenMilestone(
	ctx: Context,
	input: { milestoneId: string; version: number },
	{ once }: { once: string }
): Promise<Outcome<null, CloseRefusal | KeyReused>> {
	return command<null, CloseRefusal>(
		ctx,
		{ name: 'reopen milestone', once, input },
		async ({ ctx, refuse, audit }) => {
			const milestone = await findMilestone(ctx, input.milestoneId);
			if (!milestone) return refuse({ reason: 'not_found' });
			if (milestone.reached_on === null) refuse({ reason: 'not_closed' });
			const { numUpdatedRows } = await ctx.db
				.updateTable('milestone')
				.set({ reached_on: null, closed_by: null, closed_at: null, version: input.version + 1 })
				.where('id', '=', input.milestoneId)
				.where('section_id', '=', ctx.scope.sectionId)
				.where('reached_on', 'is not', null)
				.where('version', '=', input.version)
				.executeTakeFirst();
			if (!numUpdatedRows) refuse({ reason: 'changed_meanwhile', version: milestone.version });
			await audit({
				action: 'reopen milestone',
				objectType: 'milestone',
				objectId: input.milestoneId,
				fields: ['reached_on']
			});
			return null;
		}
	);
}

/** Takes a link that was just made off again, unless the milestone was closed or the link made anew since. */
export const takeOffLink: Restore<Row<'milestone_cycle'>> = async (
	{ ctx, audit, inTheWay },
	link
) => {
	if (!(await touchOpen(ctx, link.milestone_id))) inTheWay();
	const { numDeletedRows } = await ctx.db
		.deleteFrom('milestone_cycle')
		.where('milestone_id', '=', link.milestone_id)
		.where('cycle_id', '=', link.cycle_id)
		.where('linked_at', '=', link.linked_at)
		.executeTakeFirst();
	if (!numDeletedRows) inTheWay();
	await audit(restored('undo link cycle', link));
};

/** Makes a link that was taken off again, as it was. */
export const putBackLink: Restore<Row<'milestone_cycle'>> = async (
	{ ctx, audit, inTheWay },
	link
) => {
	if (!(await touchOpen(ctx, link.milestone_id))) inTheWay();
	if (!(await addLink(ctx, link))) inTheWay();
	await audit(restored('undo unlink cycle', link));
};

/** Opens a milestone that was just closed, with the evidence it had before. */
export const unclose: Restore<Unclosed> = async (
	{ ctx, audit, inTheWay },
	{ id, version, before }
) => {
	const { numUpdatedRows } = await ctx.db
		.updateTable('milestone')
		.set({
			...before,
			reached_on: null,
			closed_by: null,
			closed_at: null,
			version: version + 1
		})
		.where('id', '=', id)
		.where('section_id', '=', ctx.scope.sectionId)
		.where('version', '=', version)
		.executeTakeFirst();
	if (!numUpdatedRows) inTheWay();
	await audit({
		action: 'undo close milestone',
		objectType: 'milestone',
		objectId: id,
		fields: ['reached_on', 'evidence_texts', 'confirmed_by']
	});
};

function restored(action: string, link: Row<'milestone_cycle'>) {
	return {
		action,
		objectType: 'milestone_cycle',
		objectId: `${link.milestone_id} ${link.cycle_id}`,
		fields: ['milestone_id', 'cycle_id']
	};
}

/** False when the cycle is linked already. */
async function addLink(ctx: Context, link: Row<'milestone_cycle'>): Promise<boolean> {
	const { numInsertedOrUpdatedRows } = await ctx.db
		.insertInto('milestone_cycle')
		.values(link)
		.onConflict((conflict) => conflict.columns(['milestone_id', 'cycle_id']).doNothing())
		.executeTakeFirst();
	return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/**
 * Holds a milestone open until the transaction ends: a closing at the same moment waits, and then finds
 * a version it has not seen. Refuses when it is closed, a checkpoint, or not there.
 */
async function holdOpen({ ctx, refuse }: Work<LinkRefusal>, id: string): Promise<void> {
	if (await touchOpen(ctx, id)) return;
	const milestone = await findMilestone(ctx, id);
	if (!milestone) return refuse({ reason: 'not_found' });
	refuse({ reason: milestone.kind === 'sessions' ? 'closed' : 'no_sessions' });
}

/** Counts the version of an open milestone on; false when it is closed, a checkpoint, or not there. */
async function touchOpen(ctx: Context, id: string): Promise<boolean> {
	const { numUpdatedRows } = await ctx.db
		.updateTable('milestone')
		.set((eb) => ({ version: eb('version', '+', 1) }))
		.where('id', '=', id)
		.where('section_id', '=', ctx.scope.sectionId)
		.where(isOfProjects(ctx.scope.projectIds))
		.where('kind', '=', 'sessions')
		.where('reached_on', 'is', null)
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}

async function whatChanged(ctx: Context, id: string): Promise<CloseRefusal> {
	const milestone = await findMilestone(ctx, id);
	if (!milestone) return { reason: 'not_found' };
	if (milestone.reached_on !== null) return { reason: 'closed' };
	return { reason: 'changed_meanwhile', version: milestone.version };
}

function findMilestone(ctx: Context, id: string) {
	return ctx.db
		.selectFrom('milestone')
		.innerJoin('section', 'section.id', 'milestone.section_id')
		.select(['milestone.kind', 'milestone.reached_on', 'milestone.version', 'section.zone'])
		.select(['milestone.evidence_texts', 'milestone.confirmed_by'])
		.where('milestone.id', '=', id)
		.where('milestone.section_id', '=', ctx.scope.sectionId)
		.where(isOfProjects(ctx.scope.projectIds))
		.executeTakeFirst();
}
