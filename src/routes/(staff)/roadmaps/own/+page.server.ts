import { setStatus } from '#lib/features/roadmap/activity.commands.server.ts';
import { statusForm, suggestionForm } from '#lib/features/roadmap/forms.ts';
import { ACTIVITY_REFUSALS, SUGGEST_REFUSALS } from '#lib/features/roadmap/refusals.ts';
import { suggest } from '#lib/features/roadmap/suggestion.commands.server.ts';
import { listOwnItems, listSuggestions } from '#lib/features/roadmap/suggestion.queries.server.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = ctxOf(event.locals);
	const { locale } = event.locals;
	const items = await listOwnItems(ctx, locale);
	return {
		suggestions: await listSuggestions(ctx, { waiting: false }, locale),
		items: items.map((item) => ({
			...item,
			status: item.status && openForm(event, { activity: item.id, status: item.status }),
			view: openForm(event, { item: item.id })
		}))
	};
};

export const actions: Actions = {
	status: commandAction({
		form: statusForm,
		as: 'status',
		run: (ctx, { data, once }) => setStatus(ctx, data, once),
		refused: ACTIVITY_REFUSALS,
		to: () => '/roadmaps/own?done=saved'
	}),
	suggest: commandAction({
		form: suggestionForm,
		run: (ctx, { data, once, locale }) => suggest(ctx, { ...data, locale }, once),
		refused: SUGGEST_REFUSALS,
		/** Its own fragment: without one the browser keeps that of the dialog, and opens it again. */
		to: () => '/roadmaps/own?done=suggestion_sent#top'
	})
};
