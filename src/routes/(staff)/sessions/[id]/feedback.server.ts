import { error, fail, redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import {
	closeFeedback,
	openFeedback,
	openFreshCode
} from '#lib/features/feedback/commands.server.ts';
import { codeForm } from '#lib/features/feedback/forms.ts';
import { findCodeState } from '#lib/features/feedback/code-states.server.ts';
import { readForm } from '#lib/platform/forms/form.server.ts';
import type { FormView } from '#lib/platform/forms/view.ts';
import type { RequestEvent } from './$types';
import { wayIn } from './way-in.server.ts';

/** How a session's feedback stands, and what leads to it while it is open; the session is within reach. */
export async function loadFeedback(
	{ locals }: Pick<RequestEvent, 'locals'>,
	{ id }: { id: string }
) {
	const stands = (await findCodeState(locals.ctx!, id)) ?? error(404, m.error_not_found());
	const { origin } = locals.house.config;
	return {
		stands,
		wayIn: stands.state === 'open' ? wayIn(origin, stands.code) : null,
		form: { once: crypto.randomUUID(), values: {}, errors: {} } satisfies FormView
	};
}

/** Action: opens the code. When a colleague was first, it is open as wished. */
export async function open(event: RequestEvent) {
	const { locals, params } = event;
	const read = await readForm(event, codeForm);
	if (!read.ok) return fail(422, { feedback: read.form });
	const outcome = await openFeedback(
		locals.ctx!,
		{ sessionId: params.id },
		{ once: read.once, locale: locals.locale }
	);
	if (outcome.ok || outcome.refusal.reason === 'already_open')
		redirect(303, `/sessions/${params.id}?done=feedback_opened`);
	const { reason } = outcome.refusal;
	if (reason === 'not_found') error(404, m.error_not_found());
	const words = {
		too_early: m.feedback_not_yet,
		over: m.feedback_over,
		cancelled: m.feedback_cancelled,
		no_form: m.feedback_no_form,
		closed: m.feedback_already_closed,
		key_reused: m.form_key_reused
	}[reason]();
	return fail(409, { feedback: read.again({}, words) });
}

/** Action: opens one fresh code in place of one that took too many forms. */
export async function openFresh(event: RequestEvent) {
	const { locals, params } = event;
	const read = await readForm(event, codeForm);
	if (!read.ok) return fail(422, { feedback: read.form });
	const outcome = await openFreshCode(
		locals.ctx!,
		{ sessionId: params.id },
		{ once: read.once, locale: locals.locale }
	);
	if (outcome.ok) redirect(303, `/sessions/${params.id}?done=feedback_opened`);
	const { reason } = outcome.refusal;
	if (reason === 'not_found') error(404, m.error_not_found());
	const words = {
		no_fresh: m.feedback_no_fresh,
		opened_first: m.feedback_fresh_another,
		key_reused: m.form_key_reused
	}[reason]();
	return fail(409, { feedback: read.again({}, words) });
}

/** Action: closes the code and counts what was sent. */
export async function close(event: RequestEvent) {
	const { locals, params } = event;
	const read = await readForm(event, codeForm);
	if (!read.ok) return fail(422, { feedback: read.form });
	const outcome = await closeFeedback(
		locals.ctx!,
		{ sessionId: params.id },
		{ once: read.once, locale: locals.locale }
	);
	if (outcome.ok) redirect(303, `/sessions/${params.id}?done=feedback_closed`);
	const { reason } = outcome.refusal;
	if (reason === 'not_found') error(404, m.error_not_found());
	const words = {
		not_open: m.feedback_not_open,
		not_yours: m.feedback_close_not_yours,
		key_reused: m.form_key_reused
	}[reason]();
	return fail(409, { feedback: read.again({}, words) });
}
