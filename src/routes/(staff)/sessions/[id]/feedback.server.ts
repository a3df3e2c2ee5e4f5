import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import {
	closeFeedback,
	openFeedback,
	openFreshCode
} from '#lib/features/feedback/commands.server.ts';
import { codeForm } from '#lib/features/feedback/forms.ts';
import { CLOSE_REFUSALS, FRESH_REFUSALS, OPEN_REFUSALS } from '#lib/features/feedback/refusals.ts';
import { findCodeState } from '#lib/features/feedback/code-states.queries.server.ts';
import { listOffered } from '#lib/features/wording/queries.server.ts';
import { BANDS } from '#lib/features/asking/bank.rules.ts';
import { BUILT_IN, findAskedOfSession } from '#lib/features/asking/queries.server.ts';
import { formOf } from '#lib/features/feedback/ballot.rules.ts';
import type { CodeState } from '#lib/features/feedback/types.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { can } from '#lib/platform/access/roles.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction, type Submission } from '#lib/platform/forms/action.server.ts';
import type { FormView } from '#lib/platform/forms/view.ts';
import type { RequestEvent } from './$types';
import { carryingBack } from '../../way-back.ts';
import { wayIn } from './way-in.server.ts';

/** How a session's feedback stands, and what leads to it while it is open; the session is within reach. */
export async function loadFeedback(
	{ locals }: Pick<RequestEvent, 'locals'>,
	{ id }: { id: string }
) {
	const ctx = ctxOf(locals);
	const stands = (await findCodeState(ctx, id)) ?? error(404, m.error_not_found());
	const { origin } = locals.services.config;
	const asked = await askedNow(ctx, id, stands);
	return {
		stands,
		...asked,
		languages: await listOffered(ctx),
		mayCheckWords: can(ctx.actor, "check children's words"),
		mayNameReaders: can(ctx.actor, 'name readers'),
		wayIn: stands.state === 'open' ? wayIn(origin, stands.code) : null,
		form: { once: crypto.randomUUID(), values: {}, errors: {} } satisfies FormView
	};
}

/** The forms a session asks or will ask, how long they are, and the version whose paper forms fit them. */
async function askedNow(ctx: Context, sessionId: string, stands: CodeState) {
	if (stands.state !== 'can_open' && stands.state !== 'open')
		return { version: BUILT_IN, forms: [] };
	const asked = await findAskedOfSession(ctx, sessionId);
	const bands = stands.state === 'can_open' ? stands.bands : BANDS;
	return {
		version: asked?.id ?? BUILT_IN,
		forms: bands.map((band) => ({
			band,
			questionCount: formOf({ ...stands, asked }, band).items.length
		}))
	};
}

/** Action: opens the code. When a colleague was first, it is open as wished. */
export const open = commandAction({
	form: codeForm,
	as: 'feedback',
	run: async (ctx, { once, locale, event }: Submission<unknown, RequestEvent>) => {
		const sessionId = event.params.id;
		const outcome = await openFeedback(ctx, { sessionId }, { once, locale });
		if (outcome.ok) return outcome;
		const { refusal } = outcome;
		if (refusal.reason === 'already_open') return { ok: true as const, done: { sessionId } };
		return { ok: false as const, refusal };
	},
	refused: OPEN_REFUSALS,
	to: (_, { event }) => back(event, 'feedback_opened')
});

/** Action: opens one fresh code in place of one that took too many forms. */
export const openFresh = commandAction({
	form: codeForm,
	as: 'feedback',
	run: (ctx, { once, locale, event }: Submission<unknown, RequestEvent>) =>
		openFreshCode(ctx, { sessionId: event.params.id }, { once, locale }),
	refused: FRESH_REFUSALS,
	to: (_, { event }) => back(event, 'feedback_opened')
});

/** Action: closes the code and counts what was sent. */
export const close = commandAction({
	form: codeForm,
	as: 'feedback',
	run: (ctx, { once, locale, event }: Submission<unknown, RequestEvent>) =>
		closeFeedback(ctx, { sessionId: event.params.id }, { once, locale }),
	refused: CLOSE_REFUSALS,
	to: (_, { event }) => back(event, 'feedback_closed')
});

function back({ params, url }: RequestEvent, done: string): string {
	return `/sessions/${params.id}?done=${done}${carryingBack(url)}`;
}
