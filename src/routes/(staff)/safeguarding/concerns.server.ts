import type { RequestEvent } from '@sveltejs/kit';
import {
	closeConcerns,
	lookAtConcerns,
	takeConcerns
} from '#lib/features/safeguarding/commands.server.ts';
import { concernsChoice } from '#lib/features/safeguarding/forms.ts';
import { CONCERN_REFUSALS } from '#lib/features/safeguarding/refusals.ts';
import { groupConcerns } from '#lib/features/safeguarding/rules.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { fromReserve } from '#lib/platform/db/full.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import type { FormView } from '#lib/platform/forms/view.ts';

/** Children who want to talk, who waits longest first, each with the form that answers; a flood is one group with a form of its own. */
export async function loadConcerns({ locals }: Pick<RequestEvent, 'locals'>) {
	const concerns = await lookAtConcerns(ctxOf(locals), locals.locale);
	return groupConcerns(concerns).map((group) => ({
		form: freshForm(),
		concerns: group.map((concern) => ({ ...concern, form: freshForm() }))
	}));
}
export type ConcernGroup = Awaited<ReturnType<typeof loadConcerns>>[number];

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
