import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { changeCohortForm, leaveForm } from '#lib/features/cohorts/forms.ts';
import { changeCohort, leaveCohort } from '#lib/features/cohorts/leaving.commands.server.ts';
import {
	findMembership,
	listOtherCohorts
} from '#lib/features/cohorts/membership.queries.server.ts';
import { CHANGE_COHORT_REFUSALS, LEAVE_REFUSALS } from '#lib/features/cohorts/refusals.ts';
import { ageOn } from '#lib/features/people/rules.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { findCohortHere } from '../../here.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const { cohort, today, member } = await memberHere(event);
	const ctx = ctxOf(event.locals);
	return {
		cohort,
		member: { ...member, age: ageOn(member, today) },
		others: await listOtherCohorts(ctx, cohort, event.locals.locale),
		form: openForm(event, { lastDay: today, why: '' }),
		change: openForm(event, { from: today, cohort: '' })
	};
};

export const actions: Actions = {
	leave: commandAction({
		here: memberHere,
		form: leaveForm,
		run: (ctx, { data, here: { ids, today }, once }) =>
			leaveCohort(ctx, { ...data, ...ids }, { once, today }),
		refused: LEAVE_REFUSALS,
		to: ({ undo }, { here }) => `/cohorts/${here.cohort.id}?done=member_left&undo=${undo}`
	}),
	change: commandAction({
		here: memberHere,
		form: changeCohortForm,
		as: 'change',
		run: (ctx, { data, here: { ids, today }, once }) =>
			changeCohort(ctx, { ...data, ...ids }, { once, today }),
		refused: CHANGE_COHORT_REFUSALS,
		to: ({ undo }, { data }) => `/cohorts/${data.cohort}?done=member_changed&undo=${undo}`
	})
};

async function memberHere(event: RequestEvent) {
	const here = await findCohortHere(event.locals, event.params.id);
	const ids = { cohortId: here.cohort.id, personId: event.params.person };
	const member = await findMembership(ctxOf(event.locals), ids);
	if (!member) error(404, m.error_not_found());
	return { ...here, member, ids };
}
