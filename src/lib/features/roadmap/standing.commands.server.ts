import type { z } from 'zod';
import { addDays } from '#lib/platform/clock/days.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textsJson } from '#lib/platform/i18n/texts.ts';
import type { overrideForm } from './forms.ts';
import { isOfProjects } from './outcomes.queries.server.ts';

/** What is said against the rule holds for half a year at most: then somebody looks again. */
export const LONGEST_OVERRIDE_DAYS = 183;

export type StandingRefusal = { reason: 'not_found' | 'closed' | 'until' };

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
