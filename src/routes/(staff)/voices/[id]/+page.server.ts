import { error, fail, redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getCentre } from '#lib/features/centres/queries.server.ts';
import { vouchForm } from '#lib/features/feedback/forms.ts';
import { findResults } from '#lib/features/feedback/queries.server.ts';
import { afterTheWord } from '#lib/features/feedback/said.ts';
import { vouch } from '#lib/features/feedback/vouching.server.ts';
import { openForm, readForm } from '#lib/platform/forms/form.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locals, params } = event;
	const ctx = locals.ctx!;
	const found = await findResults(ctx, params.id, locals.locale, codeNumberIn(event.url));
	if (!found) error(404, m.error_not_found());
	const results = afterTheWord(found);
	const { vouch: stands } = results;
	return {
		...results,
		centre: (await getCentre(ctx, results.session.centreId, locals.locale)).name,
		asOf: locals.now,
		form: openForm(event, {
			answered: stands.state === 'open' && stands.offered !== null ? String(stands.offered) : ''
		})
	};
};

export const actions: Actions = {
	/** Somebody who did not run the session says how many answered. */
	vouch: async (event) => {
		const { locals, params } = event;
		const read = await readForm(event, vouchForm);
		if (!read.ok) return fail(422, { form: read.form });
		const outcome = await vouch(
			locals.ctx!,
			{
				sessionId: params.id,
				codeNumber: codeNumberIn(event.url),
				answeredCount: read.data.answered
			},
			{ once: read.once, locale: locals.locale }
		);
		const back = event.url.searchParams.get('from') === 'today' ? '/today' : '/voices';
		if (outcome.ok) redirect(303, `${back}?done=vouched`);
		const { reason } = outcome.refusal;
		if (reason === 'not_found') error(404, m.error_not_found());
		const words = {
			ran_it: m.vouch_ran_it,
			alone: m.voices_alone,
			not_open: m.vouch_not_open,
			said_before: m.vouch_said_before,
			key_reused: m.form_key_reused
		}[reason]();
		return fail(409, { form: read.again({}, words) });
	}
};

/** Which of the session's codes an address asks for: the first when it says nothing that is a number. */
function codeNumberIn({ searchParams }: URL): number {
	const asked = searchParams.get('code') ?? '1';
	return /^[1-9]\d{0,3}$/.test(asked) ? Number(asked) : 1;
}
