import type { z } from 'zod';
import { lockSection } from '#lib/features/organisation/rows.commands.server.ts';
import { command, type KeyReused, type Outcome, type Work } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textsJson, type Texts } from '#lib/platform/i18n/texts.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { keepDates } from './activity.commands.server.ts';
import { changeDates, planAround, type DatesRefusal } from './dates.commands.server.ts';
import type { suggestionForm } from './forms.ts';

export type SuggestRefusal = { reason: 'not_found' | 'waits' };
export type DecideRefusal = DatesRefusal | { reason: 'decided' };

/** Sends the section what a partner would change about an item of its own: one at a time. */
export function suggest(
	ctx: Context,
	{ locale, ...input }: z.output<typeof suggestionForm> & { locale: Locale },
	once: string
): Promise<Outcome<{ id: string }, SuggestRefusal | KeyReused>> {
	return command<{ id: string }, SuggestRefusal>(
		ctx,
		{ name: 'suggest', once, input },
		async ({ ctx, refuse, audit }) => {
			await lockSection(ctx);
			const item = await findItem(ctx, input.item);
			if (!item) return refuse({ reason: 'not_found' });
			const waiting = await ctx.db
				.selectFrom('suggestion')
				.select('id')
				.where('milestone_id', '=', item.milestoneId)
				.where('activity_id', item.activityId === null ? 'is' : '=', item.activityId)
				.where('decision', 'is', null)
				.executeTakeFirst();
			if (waiting) refuse({ reason: 'waits' });
			const id = newId();
			await ctx.db
				.insertInto('suggestion')
				.values({
					...{ id, section_id: ctx.scope.sectionId, body_id: item.bodyId },
					...{ milestone_id: item.milestoneId, activity_id: item.activityId },
					...{ starts_on: input.starts ?? null, ends_on: input.ends ?? null },
					words_texts: textsJson({ [locale]: input.words }),
					...{ made_by: ctx.actor.accountId, made_at: ctx.now },
					...{ decision: null, answer_texts: null, decided_by: null, decided_at: null }
				})
				.execute();
			await audit(noted('suggest', id, ['words_texts', 'starts_on', 'ends_on']));
			return { id };
		}
	);
}

/**
 * Takes a suggestion on: proposed dates are put in place, with the partner's words as the reason. What follows stays:
 * it is moved on its own page, where it is shown.
 */
export function accept(
	ctx: Context,
	{ suggestion: id, answer, locale }: { suggestion: string; answer?: string; locale: Locale },
	once: string
): Promise<Outcome<null, DecideRefusal | KeyReused>> {
	return command<null, DecideRefusal>(
		ctx,
		{ name: 'accept suggestion', once, input: { id, answer } },
		async (work) => {
			const { ctx, audit } = work;
			await lockSection(ctx);
			const row = await decide(work, id, {
				decision: 'accepted',
				answer_texts: answer ? textsJson({ [locale]: answer }) : null
			});
			if (row.starts_on !== null && row.ends_on !== null)
				await putInPlace(work, { ...row, starts: row.starts_on, ends: row.ends_on });
			await audit(noted('accept suggestion', id, ['decision', 'starts_on', 'ends_on']));
			return null;
		}
	);
}

/** Turns a suggestion down with a reason the partner reads. */
export function decline(
	ctx: Context,
	{ suggestion: id, answer, locale }: { suggestion: string; answer: string; locale: Locale },
	once: string
): Promise<Outcome<null, DecideRefusal | KeyReused>> {
	return command<null, DecideRefusal>(
		ctx,
		{ name: 'decline suggestion', once, input: { id, answer } },
		async (work) => {
			await decide(work, id, {
				decision: 'declined',
				answer_texts: textsJson({ [locale]: answer })
			});
			await work.audit(noted('decline suggestion', id, ['decision', 'answer_texts']));
			return null;
		}
	);
}

async function decide(
	{ ctx, refuse }: Work<DecideRefusal>,
	id: string,
	decision: Pick<Row<'suggestion'>, 'decision' | 'answer_texts'>
): Promise<Row<'suggestion'>> {
	const row = await ctx.db
		.updateTable('suggestion')
		.set({ ...decision, decided_by: ctx.actor.accountId, decided_at: ctx.now })
		.where('id', '=', id)
		.where('section_id', '=', ctx.scope.sectionId)
		.where('decision', 'is', null)
		.returningAll()
		.executeTakeFirst();
	if (row) return row;
	const there = await ctx.db
		.selectFrom('suggestion')
		.select('id')
		.where('id', '=', id)
		.where('section_id', '=', ctx.scope.sectionId)
		.executeTakeFirst();
	return refuse({ reason: there ? 'decided' : 'not_found' });
}

/** The proposed dates become those of the item. */
async function putInPlace(
	work: Work<DecideRefusal>,
	row: Row<'suggestion'> & { starts: string; ends: string }
): Promise<void> {
	const { ctx, refuse } = work;
	const [locale = 'en', reason = ''] =
		Object.entries(JSON.parse(row.words_texts) as Texts)[0] ?? [];
	if (row.activity_id === null) {
		const { outcome_id } = await ctx.db
			.selectFrom('milestone')
			.select('outcome_id')
			.where('id', '=', row.milestone_id)
			.executeTakeFirstOrThrow();
		const dates = { id: row.milestone_id, startsOn: row.starts, dueOn: row.ends };
		const plan = (await planAround(ctx, outcome_id))!;
		await changeDates(work, plan, [dates], { reason, move: 'alone', locale: locale as Locale });
		return;
	}
	const before = await ctx.db
		.selectFrom('activity')
		.selectAll()
		.where('id', '=', row.activity_id)
		.executeTakeFirst();
	if (!before) return refuse({ reason: 'not_found' });
	await ctx.db
		.updateTable('activity')
		.set((eb) => ({
			...{ starts_on: row.starts, ends_on: row.ends },
			version: eb('version', '+', 1)
		}))
		.where('id', '=', before.id)
		.execute();
	await keepDates(ctx, before, { starts: row.starts, ends: row.ends, reason, locale });
}

/** A milestone or an activity of the actor's own bodies; undefined when it is neither. */
async function findItem({ db, scope }: Context, id: string) {
	const bodies = scope.bodyIds ?? [];
	const activity = await db
		.selectFrom('activity')
		.select(['milestone_id', 'body_id'])
		.where('id', '=', id)
		.where('section_id', '=', scope.sectionId)
		.executeTakeFirst();
	if (activity)
		return activity.body_id !== null && bodies.includes(activity.body_id)
			? { milestoneId: activity.milestone_id, activityId: id, bodyId: activity.body_id }
			: undefined;
	const milestone = await db
		.selectFrom('milestone')
		.select('body_id')
		.where('id', '=', id)
		.where('section_id', '=', scope.sectionId)
		.executeTakeFirst();
	return milestone && milestone.body_id !== null && bodies.includes(milestone.body_id)
		? { milestoneId: id, activityId: null, bodyId: milestone.body_id }
		: undefined;
}

function noted(action: string, objectId: string, fields: string[]) {
	return { action, objectType: 'suggestion', objectId, fields };
}
