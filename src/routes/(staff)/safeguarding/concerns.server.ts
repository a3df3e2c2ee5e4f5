import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import {
	closeConcern,
	lookAtConcerns,
	takeConcern
} from '#lib/features/safeguarding/commands.server.ts';
import { concernChoice } from '#lib/features/safeguarding/forms.ts';
import { fromReserve } from '#lib/platform/db/full.ts';
import { readForm } from '#lib/platform/forms/form.server.ts';
import type { FormView } from '#lib/platform/forms/view.ts';

/** Children who want to talk, who waits longest first, each with the form that answers. */
export async function loadConcerns({ locals }: Pick<RequestEvent, 'locals'>) {
	const concerns = await lookAtConcerns(locals.ctx!, locals.locale);
	return concerns.map((concern) => ({
		...concern,
		form: { once: crypto.randomUUID(), values: {}, errors: {} } satisfies FormView
	}));
}

/** Action: somebody goes to the child. */
export function takeConcernAction(event: RequestEvent) {
	return answer(event, takeConcern, 'concern_taken');
}

/** Action: the child was talked to. */
export function closeConcernAction(event: RequestEvent) {
	return answer(event, closeConcern, 'concern_closed');
}

async function answer(event: RequestEvent, run: typeof takeConcern, done: string) {
	const read = await readForm(event, concernChoice);
	if (!read.ok) return fail(422, { refused: m.concerns_gone() });
	const ctx = event.locals.ctx!;
	const outcome = await fromReserve(ctx.db, () => run(ctx, read.data, { once: read.once }));
	if (outcome.ok) redirect(303, `/today?done=${done}`);
	const words = {
		not_found: m.concerns_gone,
		taken: m.concerns_taken_meanwhile,
		key_reused: m.form_key_reused
	}[outcome.refusal.reason]();
	return fail(409, { refused: words });
}
