import { fail } from '@sveltejs/kit';
import { openForm, readForm } from '#lib/platform/forms/form.server.ts';
import { searchForm } from '#lib/platform/search/forms.ts';
import { findAll } from './found.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
	form: openForm(event),
	places: await findAll(event.locals, { recent: [] })
});

export const actions: Actions = {
	/** Posted although it changes nothing: what is looked for belongs in no address and no log. */
	default: async (event) => {
		const read = await readForm(event, searchForm);
		if (!read.ok) return fail(422, { form: read.form, groups: null });
		return { form: read.again(), groups: await findAll(event.locals, read.data) };
	}
};
