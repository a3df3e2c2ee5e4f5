import { error, fail, redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getCentre } from '#lib/features/centres/queries.server.ts';
import { enrol, type EnrolRefusal } from '#lib/features/cohorts/commands.server.ts';
import { enrolForm, knownChoice, knownForm } from '#lib/features/cohorts/forms.ts';
import { enrolKnown, type EnrolKnownRefusal } from '#lib/features/cohorts/membership.server.ts';
import { findCohort, listMembers } from '#lib/features/cohorts/queries.server.ts';
import { findPeople } from '#lib/features/people/search.server.ts';
import { listSessionsOf } from '#lib/features/sessions/queries.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import type { KeyReused } from '#lib/platform/command/command.ts';
import { openForm, readForm } from '#lib/platform/forms/form.server.ts';
import { asRows, type Row } from '../../people/rows.server.ts';
import type { FormView } from '#lib/platform/forms/view.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** Results beside a form, not a list to look through. */
const MOST_KNOWN = 8;

export const load: PageServerLoad = async (event) => {
	const { cohort, today } = await cohortHere(event);
	const { locale } = event.locals;
	const ctx = event.locals.ctx!;
	return {
		cohort,
		today,
		members: await listMembers(ctx, { cohortId: cohort.id, date: today }, locale),
		sessions: await listSessionsOf(ctx, cohort.id, locale),
		form: openForm(event),
		known: openForm(event)
	};
};

export const actions: Actions = {
	enrol: async (event) => {
		const { cohort, today } = await cohortHere(event);
		const read = await readForm(event, enrolForm);
		if (!read.ok) return refused(422, read.form);
		const outcome = await enrol(
			event.locals.ctx!,
			{ ...read.data, cohortId: cohort.id },
			{ once: read.once, today }
		);
		if (outcome.ok) redirect(303, `/cohorts/${cohort.id}?done=enrolled&undo=${outcome.done.undo}`);
		const { refusal } = outcome;
		if (refusal.reason === 'year_ahead')
			return refused(422, read.again({ birthYear: m.form_year() }));
		if (refusal.reason === 'may_be_known') {
			const people = await findPeople(event.locals.ctx!, refusal.personIds, event.locals.locale);
			return refused(409, read.again(), await asRows(event.locals, people, today));
		}
		return refused(409, read.again({}, refusedWords(refusal.reason)));
	},
	/** Posted although it changes nothing: a name belongs in no address and no log. */
	find: async (event) => {
		const { today } = await cohortHere(event);
		const read = await readForm(event, knownForm);
		if (!read.ok) return fail(422, { known: read.form });
		const { locals } = event;
		const found = await locals.read('people to enrol', { words: read.data.words });
		const shown = found.slice(0, MOST_KNOWN);
		return { known: read.again(), found: await asRows(locals, shown, today) };
	},
	enrolKnown: async (event) => {
		const { cohort, today } = await cohortHere(event);
		const read = await readForm(event, knownChoice);
		if (!read.ok) return fail(422, { known: read.form });
		const input = { cohortId: cohort.id, personId: read.data.person };
		const outcome = await enrolKnown(event.locals.ctx!, input, { once: read.once, today });
		if (outcome.ok) redirect(303, `/cohorts/${cohort.id}?done=enrolled&undo=${outcome.done.undo}`);
		return fail(409, { known: read.again({}, refusedWords(outcome.refusal.reason)) });
	}
};

function refused(status: 409 | 422, form: FormView, alike?: Row[]) {
	return fail(status, { form, alike });
}

function refusedWords(
	reason: Exclude<
		(EnrolRefusal | EnrolKnownRefusal | KeyReused)['reason'],
		'year_ahead' | 'may_be_known'
	>
): string {
	return {
		not_found: m.error_not_found,
		cohort_closed: m.cohort_is_closed,
		cohort_full: m.cohort_is_full,
		member_already: m.cohort_member_already,
		key_reused: m.form_key_reused
	}[reason]();
}

async function cohortHere({ locals, params }: RequestEvent) {
	const cohort = await findCohort(locals.ctx!, params.id, locals.locale);
	if (!cohort) error(404, m.error_not_found());
	const { zone } = await getCentre(locals.ctx!, cohort.centreId, locals.locale);
	return { cohort, today: dateIn(zone, locals.now) };
}
