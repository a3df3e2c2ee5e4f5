import { error, fail, redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { recordRegister } from '#lib/features/attendance/commands.server.ts';
import { registerForm } from '#lib/features/attendance/forms.ts';
import { listRegister } from '#lib/features/attendance/queries.server.ts';
import { offeredMark, registerRefusal } from '#lib/features/attendance/rules.ts';
import { findSession } from '#lib/features/sessions/queries.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { openForm, readForm } from '#lib/platform/forms/form.server.ts';
import type { Actions, PageServerLoad } from './$types';
import { close, loadFeedback, open, openFresh } from './feedback.server.ts';

export const load: PageServerLoad = async (event) => {
	const { locals, params } = event;
	const ctx = locals.ctx!;
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
	return {
		session,
		me: ctx.actor.accountId,
		feedback: await loadFeedback(event, session),
		register: register.map(({ personId, name }) => ({ personId, name })),
		refusal: registerRefusal(session, dateIn(session.zone, locals.now)),
		form: openForm(keptRegister ? event : { locals: { ...locals, kept: undefined } }, {
			...marks,
			headcount: session.headcount === null ? '' : String(session.headcount),
			headcountReason: session.headcountReason ?? '',
			version: String(session.version)
		})
	};
};

export const actions: Actions = {
	record: async (event) => {
		const { locals, params } = event;
		const read = await readForm(event, registerForm);
		if (!read.ok) return fail(422, { form: read.form });
		const outcome = await recordRegister(
			locals.ctx!,
			{ ...read.data, sessionId: params.id },
			{ once: read.once, locale: locals.locale }
		);
		if (outcome.ok) redirect(303, `/sessions/${params.id}?done=recorded&undo=${outcome.done.undo}`);
		const { refusal } = outcome;
		if (refusal.reason === 'not_found') error(404, m.error_not_found());
		if (refusal.reason === 'reason_needed')
			return fail(422, { form: read.again({ headcountReason: m.register_reason_needed() }) });
		if (refusal.reason === 'unmarked') {
			const errors = refusal.personIds.map((id) => [`mark.${id}`, m.form_choose()]);
			return fail(409, {
				form: read.again(Object.fromEntries(errors), m.register_unmarked())
			});
		}
		const form = read.again(
			{},
			{
				cancelled: m.register_cancelled,
				too_early: m.register_too_early,
				changed_meanwhile: m.register_changed_meanwhile,
				members_changed: m.register_members_changed,
				key_reused: m.form_key_reused
			}[refusal.reason]()
		);
		// Sending again, having been told, puts these marks in place of the other ones.
		if (refusal.reason === 'changed_meanwhile') form.values.version = String(refusal.version);
		return fail(409, { form });
	},
	openFeedback: open,
	openFresh,
	closeFeedback: close
};
