import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { recordRegister } from '#lib/features/attendance/commands.server.ts';
import { registerForm } from '#lib/features/attendance/forms.ts';
import { findSavedRegister, listRegister } from '#lib/features/attendance/queries.server.ts';
import { REGISTER_REFUSALS } from '#lib/features/attendance/refusals.ts';
import { offeredMark, registerRefusal } from '#lib/features/attendance/rules.ts';
import { tallyTakingPart } from '#lib/features/consent/queries.server.ts';
import { readPlans } from '#lib/features/curricula/plans.queries.server.ts';
import { findSession } from '#lib/features/sessions/queries.server.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { carryingBack } from '../../way-back.ts';
import type { Actions, PageServerLoad } from './$types';
import { close, loadFeedback, open, openFresh } from './feedback.server.ts';

export const load: PageServerLoad = async (event) => {
	const { locals, params } = event;
	const ctx = ctxOf(locals);
	const session = await findSession(ctx, params.id, locals.locale);
	if (!session) error(404, m.error_not_found());
	const register = await listRegister(ctx, session, locals.locale);
	const marks = Object.fromEntries(
		register.map(({ personId, code }) => [
			`mark.${personId}`,
			offeredMark(code, session.recordedAt !== null) ?? ''
		])
	);
	// A login that ended while opening feedback kept nothing that belongs into the register.
	const keptRegister = 'version' in (locals.kept?.values ?? {});
	const [plan] = session.planId ? await readPlans(ctx, { planId: session.planId }) : [];
	return {
		session,
		plan: plan ?? null,
		me: ctx.actor.accountId,
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
	};
};

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
