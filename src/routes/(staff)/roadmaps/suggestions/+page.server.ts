import { acceptForm, declineForm } from '#lib/features/roadmap/forms.ts';
import { DECIDE_REFUSALS } from '#lib/features/roadmap/refusals.ts';
import { accept, decline } from '#lib/features/roadmap/suggestion.commands.server.ts';
import { listSuggestions } from '#lib/features/roadmap/suggestion.queries.server.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import type { Actions, PageServerLoad } from './$types';

const BACK = '/roadmaps/suggestions?done=suggestion_answered';

export const load: PageServerLoad = async (event) => {
	const { locale } = event.locals;
	const suggestions = await listSuggestions(ctxOf(event.locals), { waiting: true }, locale);
	return { waiting: suggestions.map((one) => ({ ...one, view: openForm(event) })) };
};

export const actions: Actions = {
	accept: commandAction({
		form: acceptForm,
		run: (ctx, { data, once, locale }) => accept(ctx, { ...data, locale }, once),
		refused: DECIDE_REFUSALS,
		to: () => BACK
	}),
	decline: commandAction({
		form: declineForm,
		run: (ctx, { data, once, locale }) => decline(ctx, { ...data, locale }, once),
		refused: DECIDE_REFUSALS,
		to: () => BACK
	})
};
