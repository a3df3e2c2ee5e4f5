import { draftAsked } from '#lib/features/asking/commands.server.ts';
import { askingDraftForm } from '#lib/features/asking/forms.ts';
import { BUILT_IN, isAskingEditor, listPlaces } from '#lib/features/asking/queries.server.ts';
import { ASKING_DRAFT_REFUSALS } from '#lib/features/asking/refusals.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { can } from '#lib/platform/access/roles.ts';
import { within } from '#lib/platform/command/context.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = ctxOf(event.locals);
	return {
		builtIn: BUILT_IN,
		isEditor: can(ctx.actor, 'edit questions') && isAskingEditor(within(ctx, 'edit questions')),
		places: (await listPlaces(ctx, event.locals.locale)).map((place) => ({
			...place,
			view: openForm(event, { curriculum: place.curriculumId ?? '' })
		})),
		form: openForm(event)
	};
};

export const actions: Actions = {
	draft: commandAction({
		form: askingDraftForm,
		run: (ctx, { data, once }) => draftAsked(ctx, { curriculumId: data.curriculum ?? null }, once),
		refused: ASKING_DRAFT_REFUSALS,
		to: ({ versionId }) => `/settings/asked/${versionId}?done=questions_draft`
	})
};
