import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { recordRegister } from '#lib/features/attendance/commands.server.ts';
import { registerForm } from '#lib/features/attendance/forms.ts';
import {
	countMarks,
	findSavedRegister,
	listRegister
} from '#lib/features/attendance/queries.server.ts';
import { REGISTER_REFUSALS } from '#lib/features/attendance/refusals.ts';
import { offeredMark, registerRefusal } from '#lib/features/attendance/rules.ts';
import { tallyTakingPart } from '#lib/features/consent/queries.server.ts';
import { readPlans } from '#lib/features/curricula/plans.queries.server.ts';
import { findCodeState } from '#lib/features/feedback/code-states.queries.server.ts';
import { findSession } from '#lib/features/sessions/queries.server.ts';
import { within, type Context } from '#lib/platform/command/context.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { carryingBack } from '../../way-back.ts';
import type { Actions, PageServerLoad, PageServerLoadEvent } from './$types';
import { close, loadFeedback, open, openFresh } from './feedback.server.ts';

export const load: PageServerLoad = async (event) => {
	const { locals, params } = event;
	const keeper = within(ctxOf(locals), 'take registers');
	const kept = await findSession(keeper, params.id, locals.locale);
	return kept ? await loadKept(event, keeper, kept) : await loadRead(event);
};

type Session = NonNullable<Awaited<ReturnType<typeof findSession>>>;

/** A session with its register and its feedback, for who runs it or coordinates its centre. */
async function loadKept(event: PageServerLoadEvent, ctx: Context, session: Session) {
	const { locals } = event;
	const register = await listRegister(ctx, session, locals.locale);
	const marks = Object.fromEntries(
		register.map(({ personId, code }) => [
			`mark.${personId}`,
			offeredMark(code, session.recordedAt !== null) ?? ''
		])
	);
	// A login that ended while opening feedback kept nothing that belongs into the register.
	const keptRegister = 'version' in (locals.kept?.values ?? {});
	return {
		session,
		plan: await planOf(ctx, session),
		read: null,
		kept: {
			me: ctxOf(locals).actor.accountId,
			feedback: await loadFeedback(event, session),
			register: register.map(({ personId, name }) => ({ personId, name })),
			consent: await tallyTakingPart(
				ctx,
				register.map(({ personId }) => personId),
				session.date
			),
			saved: await findSavedRegister(ctx, session, register),
			refusal: registerRefusal(session, locals.now),
			form: openForm(keptRegister ? event : { locals: { ...locals, kept: undefined } }, {
				...marks,
				headcount: session.headcount === null ? '' : String(session.headcount),
				headcountReason: session.headcountReason ?? '',
				version: String(session.version)
			})
		}
	};
}

/** A session to read: how many were there, and nobody's name. */
async function loadRead({ locals, params }: PageServerLoadEvent) {
	const ctx = ctxOf(locals);
	const found = await findSession(ctx, params.id, locals.locale);
	if (!found) error(404, m.error_not_found());
	const stands = await findCodeState(ctx, found.id);
	return {
		/** Why so many were counted is typed freely, and may name somebody. */
		session: { ...found, headcountReason: null },
		plan: await planOf(ctx, found),
		kept: null,
		read: {
			marks: found.recordedAt === null ? null : await countMarks(ctx, found.id),
			hasVoices: stands?.state === 'closed' && stands.isCounted
		}
	};
}

async function planOf(ctx: Context, { planId }: Session) {
	const [plan] = planId ? await readPlans(ctx, { planId }) : [];
	return plan ?? null;
}

export const actions: Actions = {
	record: commandAction({
		form: registerForm,
		run: (ctx, { data, once, locale, event }) =>
			recordRegister(ctx, { ...data, sessionId: event.params.id }, { once, locale }),
		refused: REGISTER_REFUSALS,
		/** What stands now is read with the page: here only that it is another register than the one opened. */
		showing: async ({ reason }) => ({ isOvertaken: reason === 'changed_meanwhile' }),
		to: ({ undo }, { event }) =>
			`/sessions/${event.params.id}?done=recorded&undo=${undo}${carryingBack(event.url)}`
	}),
	openFeedback: open,
	openFresh,
	closeFeedback: close
};
