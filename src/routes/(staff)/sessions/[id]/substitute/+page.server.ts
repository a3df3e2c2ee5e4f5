import { error, fail, redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { substituteForm, takeBackForm } from '#lib/features/sessions/forms.ts';
import { findSubstitution } from '#lib/features/sessions/substitutes.server.ts';
import { nameSubstitute, takeSubstituteBack } from '#lib/features/sessions/substituting.server.ts';
import { isOwnCohortsOnly } from '#lib/platform/access/actor.ts';
import { openForm, readForm } from '#lib/platform/forms/form.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locals, params, url } = event;
	const ctx = locals.ctx!;
	const absentId = url.searchParams.get('absent') ?? undefined;
	const found = await findSubstitution(ctx, { sessionId: params.id, absentId }, locals.locale);
	if (!found) error(404, m.error_not_found());
	const { session, sessions } = found;
	const mayTakeBack = session.status === 'planned';
	return {
		...found,
		standIns: session.standIns.map((standIn) => ({
			...standIn,
			once: crypto.randomUUID(),
			mayTakeBack:
				mayTakeBack &&
				(!isOwnCohortsOnly(ctx.scope, session.centreId) ||
					standIn.forAccountId === ctx.scope.accountId)
		})),
		form: openForm(event, {
			session: sessions.map(({ id }) => id).filter((id) => id === session.id)
		})
	};
};

export const actions: Actions = {
	name: async (event) => {
		const { locals, params } = event;
		const read = await readForm(event, substituteForm);
		if (!read.ok) return fail(422, { form: read.form });
		const outcome = await nameSubstitute(
			locals.ctx!,
			{ ...read.data, sessionId: params.id },
			{ once: read.once, locale: locals.locale }
		);
		if (outcome.ok) redirect(303, `/sessions/${params.id}?done=substitute_named`);
		const { refusal } = outcome;
		if (refusal.reason === 'not_found') error(404, m.error_not_found());
		if (refusal.reason === 'busy')
			return fail(409, { form: read.again({ account: busyWords(refusal) }) });
		const words = { changed: m.substitute_changed, key_reused: m.form_key_reused };
		return fail(409, { form: read.again({}, words[refusal.reason]()) });
	},
	back: async (event) => {
		const { locals, params } = event;
		const read = await readForm(event, takeBackForm);
		if (!read.ok) return fail(422, { back: read.form.message });
		const outcome = await takeSubstituteBack(locals.ctx!, read.data, {
			once: read.once,
			locale: locals.locale
		});
		if (outcome.ok) redirect(303, `/sessions/${params.id}?done=substitute_back`);
		const { refusal } = outcome;
		if (refusal.reason === 'not_found') error(404, m.error_not_found());
		if (refusal.reason === 'busy') return fail(409, { back: busyWords(refusal) });
		const words = { held: m.substitute_held, key_reused: m.form_key_reused };
		return fail(409, { back: words[refusal.reason]() });
	}
};

function busyWords({ time, cohort }: { time: string; cohort: string | null }): string {
	return m.substitute_busy({ time, who: cohort ?? m.clash_another_group() });
}
