import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getCentre } from '#lib/features/centres/queries.server.ts';
import { vouchForm } from '#lib/features/feedback/forms.ts';
import { findResults } from '#lib/features/feedback/queries.server.ts';
import { VOUCH_REFUSALS } from '#lib/features/feedback/refusals.ts';
import { afterTheWord } from '#lib/features/feedback/said.rules.ts';
import { vouch } from '#lib/features/feedback/vouching.commands.server.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { backSaying } from '../../way-back.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locals, params } = event;
	const ctx = ctxOf(locals);
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
	vouch: commandAction({
		form: vouchForm,
		run: (ctx, { data, once, locale, event }) =>
			vouch(
				ctx,
				{
					sessionId: event.params.id,
					codeNumber: codeNumberIn(event.url),
					answeredCount: data.answered
				},
				{ once, locale }
			),
		refused: VOUCH_REFUSALS,
		to: (_, { event }) => backSaying(event.url, 'vouched', '/voices')
	})
};

/** Which of the session's codes an address asks for: the first when it says nothing that is a number. */
function codeNumberIn({ searchParams }: URL): number {
	const asked = searchParams.get('code') ?? '1';
	return /^[1-9]\d{0,3}$/.test(asked) ? Number(asked) : 1;
}
