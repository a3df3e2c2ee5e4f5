import { error, fail, redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getCentre } from '#lib/features/centres/queries.server.ts';
import { enrol } from '#lib/features/cohorts/commands.server.ts';
import { enrolForm } from '#lib/features/cohorts/forms.ts';
import { findCohort, listMembers } from '#lib/features/cohorts/queries.server.ts';
import { listSessionsOf } from '#lib/features/sessions/queries.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { openForm, readForm } from '#lib/platform/forms/form.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const { cohort, today } = await cohortHere(event);
	const { locale } = event.locals;
	const ctx = event.locals.ctx!;
	return {
		cohort,
		today,
		members: await listMembers(ctx, { cohortId: cohort.id, date: today }, locale),
		sessions: await listSessionsOf(ctx, cohort.id, locale),
		form: openForm(event)
	};
};

export const actions: Actions = {
	enrol: async (event) => {
		const { cohort, today } = await cohortHere(event);
		const read = await readForm(event, enrolForm);
		if (!read.ok) return fail(422, { form: read.form });
		const outcome = await enrol(
			event.locals.ctx!,
			{ ...read.data, cohortId: cohort.id },
			{ once: read.once, today }
		);
		if (outcome.ok) redirect(303, `/cohorts/${cohort.id}?done=enrolled&undo=${outcome.done.undo}`);
		const words = {
			not_found: m.error_not_found,
			cohort_closed: m.cohort_is_closed,
			cohort_full: m.cohort_is_full,
			year_ahead: m.form_year,
			key_reused: m.form_key_reused
		}[outcome.refusal.reason]();
		return outcome.refusal.reason === 'year_ahead'
			? fail(422, { form: read.again({ birthYear: words }) })
			: fail(409, { form: read.again({}, words) });
	}
};

async function cohortHere({ locals, params }: RequestEvent) {
	const cohort = await findCohort(locals.ctx!, params.id, locals.locale);
	if (!cohort) error(404, m.error_not_found());
	const { zone } = await getCentre(locals.ctx!, cohort.centreId, locals.locale);
	return { cohort, today: dateIn(zone, locals.now) };
}
