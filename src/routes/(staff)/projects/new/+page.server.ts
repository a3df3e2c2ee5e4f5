import { makeProject } from '#lib/features/projects/commands.server.ts';
import { projectForm } from '#lib/features/projects/forms.ts';
import { PROJECT_REFUSALS } from '#lib/features/projects/refusals.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { offeredFor } from '../offered.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
	...(await offeredFor(event.locals)),
	form: openForm(event)
});

export const actions: Actions = {
	make: commandAction({
		form: projectForm,
		run: (ctx, { data, once, locale }) => makeProject(ctx, { ...data, locale }, once),
		refused: PROJECT_REFUSALS,
		to: ({ id }) => `/projects/${id}?done=project_made`
	})
};
