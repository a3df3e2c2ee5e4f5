import { error, fail, redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { editCohort } from '#lib/features/cohorts/cohort.server.ts';
import { cohortEditForm } from '#lib/features/cohorts/forms.ts';
import { findCohort, listCohortFacilitators } from '#lib/features/cohorts/queries.server.ts';
import { listFacilitators } from '#lib/features/staff/queries.server.ts';
import { openForm, readForm } from '#lib/platform/forms/form.server.ts';
import { refused } from '../../refusals.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const cohort = await cohortHere(event);
	const { ctx, locale } = event.locals;
	return {
		cohort: { id: cohort.id, name: cohort.name },
		facilitators: await listFacilitators(ctx!, cohort.centreId, locale),
		form: openForm(event, {
			name: cohort.name,
			audience: cohort.audience,
			ageFrom: String(cohort.ageFrom),
			ageTo: String(cohort.ageTo),
			capacity: String(cohort.capacity),
			status: cohort.status,
			facilitators: await listCohortFacilitators(ctx!, cohort.id)
		})
	};
};

export const actions: Actions = {
	save: async (event) => {
		const { id: cohortId } = await cohortHere(event);
		const read = await readForm(event, cohortEditForm);
		if (!read.ok) return fail(422, { form: read.form });
		const { ctx, locale } = event.locals;
		const outcome = await editCohort(ctx!, { ...read.data, cohortId, locale }, read.once);
		if (outcome.ok) redirect(303, `/cohorts/${cohortId}?done=cohort_saved`);
		return refused(outcome.refusal, read.again);
	}
};

async function cohortHere({ locals, params }: RequestEvent) {
	return (
		(await findCohort(locals.ctx!, params.id, locals.locale)) ?? error(404, m.error_not_found())
	);
}
