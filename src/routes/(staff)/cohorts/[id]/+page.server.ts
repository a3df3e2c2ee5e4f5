import { listCycleStandings } from '#lib/features/attendance/standing.queries.server.ts';
import { enrol } from '#lib/features/cohorts/commands.server.ts';
import { enrolForm, knownChoice, knownForm } from '#lib/features/cohorts/forms.ts';
import { enrolKnown } from '#lib/features/cohorts/membership.commands.server.ts';
import { listMembers } from '#lib/features/cohorts/queries.server.ts';
import { ENROL_KNOWN_REFUSALS, ENROL_REFUSALS } from '#lib/features/cohorts/refusals.ts';
import { countWaiting } from '#lib/features/cohorts/waiting.queries.server.ts';
import { findPeople } from '#lib/features/people/search.queries.server.ts';
import { listSessionsOf } from '#lib/features/sessions/queries.server.ts';
import { permissionsAt } from '#lib/platform/access/actor.ts';
import { within } from '#lib/platform/command/context.ts';
import { actorOf, ctxOf } from '#lib/platform/command/who.ts';
import { commandAction, formAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { asRows } from '../../people/rows.server.ts';
import { findCohortHere } from './here.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** Results beside a form, not a list to look through. */
const MOST_KNOWN = 8;

export const load: PageServerLoad = async (event) => {
	const { cohort, today } = await cohortHere(event);
	const { locale } = event.locals;
	const ctx = ctxOf(event.locals);
	return {
		may: permissionsAt(actorOf(event.locals), cohort.centreId),
		cohort,
		today,
		waitingCount: (await countWaiting(ctx)).get(cohort.id) ?? 0,
		/** Nobody is named to who only reads cohorts. */
		members: await listMembers(
			within(ctx, 'see people'),
			{ cohortId: cohort.id, date: today },
			locale
		),
		sessions: await listSessionsOf(ctx, cohort.id, locale),
		standings: await listCycleStandings(ctx, cohort.id, locale),
		form: openForm(event),
		known: openForm(event)
	};
};

export const actions: Actions = {
	enrol: commandAction({
		here: cohortHere,
		form: enrolForm,
		run: (ctx, { data, here: { cohort, today }, once }) =>
			enrol(ctx, { ...data, cohortId: cohort.id }, { once, today }),
		refused: ENROL_REFUSALS,
		showing: async (refusal, { here, event, locale }) => {
			if (refusal.reason !== 'may_be_known') return {};
			const { locals } = event;
			const people = await findPeople(ctxOf(locals), refusal.personIds, locale);
			return { alike: await asRows(locals, people, here.today) };
		},
		to: ({ undo }, { here }) => `/cohorts/${here.cohort.id}?done=enrolled&undo=${undo}`
	}),
	/** Posted although it changes nothing: a name belongs in no address and no log. */
	find: formAction(
		{ here: cohortHere, form: knownForm, as: 'known' },
		async ({ data, here, again, event: { locals } }) => {
			const found = await locals.read('people to enrol', { words: data.words });
			const shown = found.slice(0, MOST_KNOWN);
			return { known: again(), found: await asRows(locals, shown, here.today) };
		}
	),
	enrolKnown: commandAction({
		here: cohortHere,
		form: knownChoice,
		as: 'known',
		run: (ctx, { data, here: { cohort, today }, once }) =>
			enrolKnown(
				ctx,
				{ cohortId: cohort.id, personId: data.person, why: data.why },
				{ once, today }
			),
		refused: ENROL_KNOWN_REFUSALS,
		showing: async (refusal, { here, event: { locals }, locale }) => {
			if (refusal.reason !== 'other_age') return {};
			const people = await findPeople(ctxOf(locals), [refusal.personId], locale);
			return { otherAge: (await asRows(locals, people, here.today))[0] };
		},
		to: ({ undo }, { here }) => `/cohorts/${here.cohort.id}?done=enrolled&undo=${undo}`
	})
};

function cohortHere({ locals, params }: RequestEvent) {
	return findCohortHere(locals, params.id);
}
