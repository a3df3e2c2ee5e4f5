import { formAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { searchForm } from '#lib/platform/search/forms.ts';
import { findAll } from './found.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
	form: openForm(event),
	places: await findAll(event.locals, { recent: [] })
});

export const actions: Actions = {
	/** Posted although it changes nothing: what is looked for belongs in no address and no log. */
	default: formAction({ form: searchForm }, async ({ data, again, event }) => ({
		form: again(),
		groups: await findAll(event.locals, data)
	}))
};
