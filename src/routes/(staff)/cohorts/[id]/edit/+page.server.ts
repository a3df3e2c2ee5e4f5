import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getCentre } from '#lib/features/centres/queries.server.ts';
import { COHORT_REFUSALS } from '#lib/features/cohorts/refusals.ts';
import { cohortEditForm } from '#lib/features/cohorts/forms.ts';
import { findCohort, listCohortFacilitators } from '#lib/features/cohorts/queries.server.ts';
import { listAhead } from '#lib/features/sessions/ahead.queries.server.ts';
import { editCohort } from '#lib/features/sessions/closing.commands.server.ts';
import { CLOSING_REFUSALS } from '#lib/features/sessions/refusals.ts';
import { listFacilitators } from '#lib/features/staff/queries.server.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const cohort = await cohortHere(event);
	const { locale } = event.locals;
	const ctx = ctxOf(event.locals);
	const { zone } = await getCentre(ctx, cohort.centreId, locale);
	const ahead = await listAhead(ctx, { cohortId: cohort.id, zone });
	return {
		/** Sessions to come, which go with a cohort that closes. */
		ahead: ahead.length > 0 ? { count: ahead.length, firstDate: ahead[0]!.date } : null,
		cohort: { id: cohort.id, name: cohort.name },
		facilitators: await listFacilitators(ctx, cohort.centreId, locale),
		form: openForm(event, {
			name: cohort.name,
			audience: cohort.audience,
			ageFrom: String(cohort.ageFrom),
			ageTo: String(cohort.ageTo),
			capacity: String(cohort.capacity),
			status: cohort.status,
			facilitators: await listCohortFacilitators(ctx, cohort.id)
		})
	};
};

export const actions: Actions = {
	save: commandAction({
		here: cohortHere,
		form: cohortEditForm,
		run: (ctx, { data, here, once, locale }) =>
			editCohort(ctx, { ...data, cohortId: here.id, locale }, once),
		refused: { ...COHORT_REFUSALS, ...CLOSING_REFUSALS },
		to: (_, { here }) => `/cohorts/${here.id}?done=cohort_saved`
	})
};

async function cohortHere({ locals, params }: RequestEvent) {
	return (
		(await findCohort(ctxOf(locals), params.id, locals.locale)) ?? error(404, m.error_not_found())
	);
}
