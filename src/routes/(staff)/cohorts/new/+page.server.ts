import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { listCentres } from '#lib/features/centres/queries.server.ts';
import { addCohort } from '#lib/features/cohorts/cohort.commands.server.ts';
import { cohortForm } from '#lib/features/cohorts/forms.ts';
import { COHORT_REFUSALS } from '#lib/features/cohorts/refusals.ts';
import { listFacilitators } from '#lib/features/staff/queries.server.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const { centres, centre } = await centresHere(event);
	const { locale } = event.locals;
	const ctx = ctxOf(event.locals);
	return {
		centres: centres.map(({ id, name }) => ({ id, name })),
		centre: centre && { id: centre.id, name: centre.name },
		facilitators: centre ? await listFacilitators(ctx, centre.id, locale) : [],
		form: openForm(event, { audience: 'children', capacity: '20' })
	};
};

export const actions: Actions = {
	add: commandAction({
		here: async (event: RequestEvent) =>
			(await centresHere(event)).centre ?? error(404, m.error_not_found()),
		form: cohortForm,
		run: (ctx, { data, here, once, locale }) =>
			addCohort(ctx, { ...data, centreId: here.id, locale }, once),
		refused: COHORT_REFUSALS,
		to: ({ id }) => `/cohorts/${id}?done=cohort_added`
	})
};

/** The centres within reach, and the one asked for by the address; the first when none is. */
async function centresHere({ locals, url }: RequestEvent) {
	const centres = await listCentres(ctxOf(locals), locals.locale);
	const asked = url.searchParams.get('centre');
	const centre = asked ? centres.find(({ id }) => id === asked) : centres[0];
	if (asked && !centre) error(404, m.error_not_found());
	return { centres, centre };
}
