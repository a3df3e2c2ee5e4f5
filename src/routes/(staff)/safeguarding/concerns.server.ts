import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import {
	closeConcerns,
	lookAtConcerns,
	takeConcerns
} from '#lib/features/safeguarding/commands.server.ts';
import { countElsewhere, countUnread } from '#lib/features/safeguarding/queries.server.ts';
import { concernsChoice } from '#lib/features/safeguarding/forms.ts';
import { groupConcerns } from '#lib/features/safeguarding/rules.ts';
import { can } from '#lib/platform/access/roles.ts';
import { within } from '#lib/platform/command/context.ts';
import { fromReserve } from '#lib/platform/db/full.ts';
import { readForm } from '#lib/platform/forms/form.server.ts';
import type { FormView } from '#lib/platform/forms/view.ts';

/** Children who want to talk, who waits longest first, each with the form that answers; a flood is one group with a form of its own. */
export async function loadConcerns({ locals }: Pick<RequestEvent, 'locals'>) {
	const ctx = within(locals.ctx!, 'answer concerns');
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
	const isHere = can(locals.actor!, 'hear of unread concerns');
	return isHere ? countUnread(within(locals.ctx!, 'hear of unread concerns')) : 0;
}

function freshForm(): FormView {
	return { once: crypto.randomUUID(), values: {}, errors: {} };
}

/** Action: somebody goes to the child, or to all of a group. */
export function takeConcernAction(event: RequestEvent) {
	return answer(event, takeConcerns, 'concern_taken');
}

/** Action: the child was talked to, or all of a group. */
export function closeConcernAction(event: RequestEvent) {
	return answer(event, closeConcerns, 'concern_closed');
}

async function answer(event: RequestEvent, run: typeof takeConcerns, done: string) {
	const read = await readForm(event, concernsChoice);
	if (!read.ok) return fail(422, { refused: m.concerns_gone() });
	const ctx = event.locals.ctx!;
	const input = { concernIds: read.data.concernId };
	const outcome = await fromReserve(ctx.db, () => run(ctx, input, { once: read.once }));
	if (outcome.ok) redirect(303, `/today?done=${done}`);
	const words = {
		not_found: m.concerns_gone,
		taken: m.concerns_taken_meanwhile,
		key_reused: m.form_key_reused
	}[outcome.refusal.reason]();
	return fail(409, { refused: words });
}
