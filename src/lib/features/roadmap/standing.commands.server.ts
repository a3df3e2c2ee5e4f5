import type { z } from 'zod';
import { addDays } from '#lib/platform/clock/days.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textsJson } from '#lib/platform/i18n/texts.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { keepUndo, type Restore } from '#lib/platform/undo/undo.ts';
import type { evidenceForm, overrideForm } from './forms.ts';
import { isOfProjects } from './outcomes.queries.server.ts';

/** What is said against the rule holds for half a year at most: then somebody looks again. */
export const LONGEST_OVERRIDE_DAYS = 183;

export type StandingRefusal = { reason: 'not_found' | 'closed' | 'until' };
export type EvidenceRefusal = { reason: 'not_found' };

/** Says how an open milestone stands against the rule, why, and up to which day. */
export function overrule(
	ctx: Context,
	{
		milestoneId,
		locale,
		...input
	}: z.output<typeof overrideForm> & { milestoneId: string; locale: Locale },
	once: string
): Promise<Outcome<null, StandingRefusal | KeyReused>> {
	return command<null, StandingRefusal>(
		ctx,
		{ name: 'overrule milestone', once, input: { ...input, milestoneId } },
		async ({ ctx, refuse, audit }) => {
			const milestone = await findOwn(ctx, milestoneId);
			if (!milestone) return refuse({ reason: 'not_found' });
			if (milestone.reached_on !== null) refuse({ reason: 'closed' });
			const today = dateIn(milestone.zone, ctx.now);
			if (input.until < today || input.until > addDays(today, LONGEST_OVERRIDE_DAYS))
				refuse({ reason: 'until' });
			const said = {
				...{ state: input.state, reason_texts: textsJson({ [locale]: input.why }) },
				...{ until_on: input.until, set_by: ctx.actor.accountId, set_at: ctx.now }
			};
			await ctx.db
				.insertInto('milestone_override')
				.values({ milestone_id: milestoneId, section_id: ctx.scope.sectionId, ...said })
				.onConflict((conflict) => conflict.column('milestone_id').doUpdateSet(said))
				.execute();
			await audit({
				...{ action: 'overrule milestone', objectType: 'milestone', objectId: milestoneId },
				fields: ['state', 'reason_texts', 'until_on']
			});
			return null;
		}
	);
}

/** Lets the rule count again; also where it does already. */
export function endOverrule(
	ctx: Context,
	{ milestoneId }: { milestoneId: string },
	once: string
): Promise<Outcome<null, StandingRefusal | KeyReused>> {
	return command<null, StandingRefusal>(
		ctx,
		{ name: 'end overruling', once, input: { milestoneId } },
		async ({ ctx, refuse, audit }) => {
			if (!(await findOwn(ctx, milestoneId))) return refuse({ reason: 'not_found' });
			const { numDeletedRows } = await ctx.db
				.deleteFrom('milestone_override')
				.where('milestone_id', '=', milestoneId)
				.where('section_id', '=', ctx.scope.sectionId)
				.executeTakeFirst();
			if (!numDeletedRows) return null;
			await audit({
				...{ action: 'end overruling', objectType: 'milestone', objectId: milestoneId },
				fields: ['state']
			});
			return null;
		}
	);
}

/** Adds an address that shows what was done, to a milestone or to one of its activities. */
export function addEvidence(
	ctx: Context,
	{
		milestoneId,
		locale,
		...input
	}: z.output<typeof evidenceForm> & { milestoneId: string; locale: Locale },
	once: string
): Promise<Outcome<{ id: string }, EvidenceRefusal | KeyReused>> {
	return command<{ id: string }, EvidenceRefusal>(
		ctx,
		{ name: 'add evidence', once, input: { ...input, milestoneId } },
		async ({ ctx, refuse, audit }) => {
			const own = await ctx.db
				.selectFrom('milestone')
				.leftJoin('activity', (join) =>
					join
						.onRef('activity.milestone_id', '=', 'milestone.id')
						.on('activity.id', '=', input.activity ?? '')
				)
				.select('activity.id as activity_id')
				.where('milestone.id', '=', milestoneId)
				.where('milestone.section_id', '=', ctx.scope.sectionId)
				.where(isOfProjects(ctx.scope.projectIds))
				.executeTakeFirst();
			if (!own || own.activity_id !== (input.activity ?? null)) refuse({ reason: 'not_found' });
			const id = newId();
			await ctx.db
				.insertInto('evidence_link')
				.values({
					...{ id, section_id: ctx.scope.sectionId, milestone_id: milestoneId },
					...{ activity_id: input.activity ?? null, address: new URL(input.address).href },
					name_texts: textsJson({ [locale]: input.name }),
					...{ added_by: ctx.actor.accountId, added_at: ctx.now }
				})
				.execute();
			await audit(noted('add evidence', id, ['name_texts', 'address']));
			return { id };
		}
	);
}

export function removeEvidence(
	ctx: Context,
	input: { evidence: string; milestoneId: string },
	once: string
): Promise<Outcome<{ undo: string }, EvidenceRefusal | KeyReused>> {
	return command<{ undo: string }, EvidenceRefusal>(
		ctx,
		{ name: 'remove evidence', once, input },
		async ({ ctx, refuse, audit }) => {
			if (!(await findOwn(ctx, input.milestoneId))) refuse({ reason: 'not_found' });
			const row = await ctx.db
				.deleteFrom('evidence_link')
				.where('id', '=', input.evidence)
				.where('milestone_id', '=', input.milestoneId)
				.where('section_id', '=', ctx.scope.sectionId)
				.returningAll()
				.executeTakeFirst();
			if (!row) return refuse({ reason: 'not_found' });
			await audit(noted('remove evidence', row.id, []));
			return { undo: await keepUndo(ctx, 'remove evidence', row) };
		}
	);
}

/** Puts evidence back; not under what is gone. */
export const putBackEvidence: Restore<Row<'evidence_link'>> = async (
	{ ctx, audit, inTheWay },
	row
) => {
	if (!(await findOwn(ctx, row.milestone_id))) inTheWay();
	const activity = await ctx.db
		.selectFrom('activity')
		.select('id')
		.where('id', '=', row.activity_id ?? '')
		.executeTakeFirst();
	if (row.activity_id !== null && !activity) inTheWay();
	await ctx.db.insertInto('evidence_link').values(row).execute();
	await audit(noted('undo remove evidence', row.id, []));
};

function findOwn({ db, scope }: Context, id: string) {
	return db
		.selectFrom('milestone')
		.innerJoin('section', 'section.id', 'milestone.section_id')
		.select(['milestone.reached_on', 'section.zone'])
		.where('milestone.id', '=', id)
		.where('milestone.section_id', '=', scope.sectionId)
		.where(isOfProjects(scope.projectIds))
		.executeTakeFirst();
}

function noted(action: string, objectId: string, fields: string[]) {
	return { action, objectType: 'evidence_link', objectId, fields };
}
