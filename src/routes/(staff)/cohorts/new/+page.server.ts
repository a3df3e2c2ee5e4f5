import { error, fail, redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { listCentres } from '#lib/features/centres/queries.server.ts';
import { addCohort } from '#lib/features/cohorts/cohort.server.ts';
import { cohortForm } from '#lib/features/cohorts/forms.ts';
import { listFacilitators } from '#lib/features/staff/queries.server.ts';
import { openForm, readForm } from '#lib/platform/forms/form.server.ts';
import { refused } from '../refusals.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const { centres, centre } = await centresHere(event);
	const { ctx, locale } = event.locals;
	return {
		centres: centres.map(({ id, name }) => ({ id, name })),
		centre: centre && { id: centre.id, name: centre.name },
		facilitators: centre ? await listFacilitators(ctx!, centre.id, locale) : [],
		form: openForm(event, { audience: 'children', capacity: '20' })
	};
};

export const actions: Actions = {
	add: async (event) => {
		const { centre } = await centresHere(event);
		if (!centre) error(404, m.error_not_found());
		const read = await readForm(event, cohortForm);
		if (!read.ok) return fail(422, { form: read.form });
		const { ctx, locale } = event.locals;
		const input = { ...read.data, centreId: centre.id, locale };
		const outcome = await addCohort(ctx!, input, read.once);
		if (outcome.ok) redirect(303, `/cohorts/${outcome.done.id}?done=cohort_added`);
		return refused(outcome.refusal, read.again);
	}
};

/** The centres within reach, and the one asked for by the address; the first when none is. */
async function centresHere({ locals, url }: RequestEvent) {
	const centres = await listCentres(locals.ctx!, locals.locale);
	const asked = url.searchParams.get('centre');
	const centre = asked ? centres.find(({ id }) => id === asked) : centres[0];
	if (asked && !centre) error(404, m.error_not_found());
	return { centres, centre };
}
