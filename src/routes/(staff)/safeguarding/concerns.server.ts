import type { RequestEvent } from '@sveltejs/kit';
import { countFailing } from '#lib/features/alerts/responders.queries.server.ts';
import {
	lookAtConcerns,
	standInForConcerns,
	takeConcerns
} from '#lib/features/safeguarding/commands.server.ts';
import { concernsChoice, handoverForm } from '#lib/features/safeguarding/forms.ts';
import {
	closeConcerns,
	handOverConcerns,
	missConcerns
} from '#lib/features/safeguarding/outcomes.commands.server.ts';
import { countElsewhere, countUnread } from '#lib/features/safeguarding/queries.server.ts';
import { CONCERN_REFUSALS } from '#lib/features/safeguarding/refusals.ts';
import { groupConcerns } from '#lib/features/safeguarding/rules.ts';
import { watchConcerns } from '#lib/features/safeguarding/watch.queries.server.ts';
import { can } from '#lib/platform/access/roles.ts';
import { within } from '#lib/platform/command/context.ts';
import { actorOf, ctxOf } from '#lib/platform/command/who.ts';
import { fromReserve } from '#lib/platform/db/full.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import type { FormView } from '#lib/platform/forms/view.ts';

/** Children who want to talk, who waits longest first, each with the form that answers; a flood is one group with a form of its own. */
export async function loadConcerns({ locals }: Pick<RequestEvent, 'locals'>) {
	const ctx = within(ctxOf(locals), 'answer concerns');
	const concerns = await lookAtConcerns(ctx, locals.locale);
	const groups = groupConcerns(concerns).map((group) => ({
		form: freshForm(),
		concerns: group.map((concern) => ({ ...concern, form: freshForm() }))
	}));
	return { groups, elsewhere: await countElsewhere(ctx), now: locals.now };
}
export type Concerns = Awaited<ReturnType<typeof loadConcerns>>;
export type ConcernGroup = Concerns['groups'][number];

/**
 * For who hears of wishes and reads none: how many no focal point may read, how many are late and how many were answered
 * in time, children's and colleagues' apart; for who can do something about it also how many alerts fail. null for everybody else.
 */
export async function loadWatch({ locals }: Pick<RequestEvent, 'locals'>) {
	const actor = actorOf(locals);
	if (!can(actor, 'hear of unread concerns')) return null;
	const ctx = within(ctxOf(locals), 'hear of unread concerns');
	return {
		...(await watchConcerns(ctx)),
		unread: await countUnread(ctx),
		failing: can(actor, 'name responders') ? await countFailing(ctx) : 0
	};
}

function freshForm(): FormView {
	return { once: crypto.randomUUID(), values: {}, errors: {} };
}

/** Action: somebody goes to the child, or to all of a group. */
export const takeConcernAction = answering(takeConcerns, 'concern_taken');

/** Action: somebody goes in place of a colleague who does not. */
export const standInAction = answering(standInForConcerns, 'concern_taken');

/** Action: the child was talked to, or all of a group. */
export const closeConcernAction = answering(closeConcerns, 'concern_closed');

/** Action: the child was not found. */
export const missConcernAction = answering(missConcerns, 'concern_missed');

/** Action: somebody else goes on with it. */
export const handOverConcernAction = commandAction({
	form: handoverForm,
	as: 'concern',
	run: (ctx, { data: { concernId, channel, override }, once }) =>
		fromReserve(ctx.db, () =>
			handOverConcerns(
				ctx,
				{ concernIds: concernId, channel, isOverridden: override === 'yes' },
				{ once }
			)
		),
	refused: CONCERN_REFUSALS,
	to: () => '/today?done=concern_handed_over'
});

function answering(answer: typeof takeConcerns, done: string) {
	return commandAction({
		form: concernsChoice,
		as: 'concern',
		run: (ctx, { data, once }) =>
			fromReserve(ctx.db, () => answer(ctx, { concernIds: data.concernId }, { once })),
		refused: CONCERN_REFUSALS,
		to: () => `/today?done=${done}`
	});
}
