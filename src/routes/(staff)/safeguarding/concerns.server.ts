import type { RequestEvent } from '@sveltejs/kit';
import {
	closeConcerns,
	lookAtConcerns,
	takeConcerns
} from '#lib/features/safeguarding/commands.server.ts';
import { countElsewhere, countUnread } from '#lib/features/safeguarding/queries.server.ts';
import { concernsChoice } from '#lib/features/safeguarding/forms.ts';
import { CONCERN_REFUSALS } from '#lib/features/safeguarding/refusals.ts';
import { groupConcerns } from '#lib/features/safeguarding/rules.ts';
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
	return { groups, elsewhere: await countElsewhere(ctx) };
}
export type Concerns = Awaited<ReturnType<typeof loadConcerns>>;
export type ConcernGroup = Concerns['groups'][number];

/** How many children wait whom no focal point may read, for who can name another; 0 for everybody else. */
export async function loadUnread({ locals }: Pick<RequestEvent, 'locals'>): Promise<number> {
	const isHere = can(actorOf(locals), 'hear of unread concerns');
	return isHere ? countUnread(within(ctxOf(locals), 'hear of unread concerns')) : 0;
}

function freshForm(): FormView {
	return { once: crypto.randomUUID(), values: {}, errors: {} };
}

/** Action: somebody goes to the child, or to all of a group. */
export const takeConcernAction = answering(takeConcerns, 'concern_taken');

/** Action: the child was talked to, or all of a group. */
export const closeConcernAction = answering(closeConcerns, 'concern_closed');

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
