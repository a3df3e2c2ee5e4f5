import { error, fail } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { findRoadmapSheet } from '#lib/features/roadmap/editing.queries.server.ts';
import { pasteForm } from '#lib/features/roadmap/forms.ts';
import { addPasted, previewPasted } from '#lib/features/roadmap/paste.commands.server.ts';
import { PASTE_REFUSALS } from '#lib/features/roadmap/refusals.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction, formAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const { id, name } = await roadmapHere(event);
	return { roadmap: { id, name }, paste: openForm(event) };
};

export const actions: Actions = {
	preview: formAction(
		{ here: roadmapHere, form: pasteForm, as: 'paste' },
		async ({ data, here, again, event }) => {
			const preview = await previewPasted(ctxOf(event.locals), { ...data, roadmapId: here.id });
			const shown = { paste: again(), preview };
			return preview.ok ? shown : fail(422, shown);
		}
	),
	paste: commandAction({
		here: roadmapHere,
		form: pasteForm,
		as: 'paste',
		run: (ctx, { data, here, once, locale }) =>
			addPasted(ctx, { ...data, roadmapId: here.id, locale }, once),
		refused: PASTE_REFUSALS,
		showing: async (_, { data, here, event }) => ({
			preview: await previewPasted(ctxOf(event.locals), { ...data, roadmapId: here.id })
		}),
		to: (_, { here }) => `/roadmaps/${here.id}/edit?done=roadmap_pasted`
	})
};

async function roadmapHere({ locals, params }: RequestEvent) {
	const sheet = await findRoadmapSheet(ctxOf(locals), params.id, locals.locale);
	return sheet ?? error(404, m.error_not_found());
}
