import { z } from 'zod';
import { enrolForm, knownChoice, knownForm } from '#lib/features/cohorts/forms.ts';
import { ENROL_REFUSALS, TAKE_IN_REFUSALS, WAIT_REFUSALS } from '#lib/features/cohorts/refusals.ts';
import {
	takeIn,
	takeOffList,
	wait,
	waitNew
} from '#lib/features/cohorts/waiting.commands.server.ts';
import { listWaiting } from '#lib/features/cohorts/waiting.queries.server.ts';
import { findPeople } from '#lib/features/people/search.queries.server.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction, formAction } from '#lib/platform/forms/action.server.ts';
import { id } from '#lib/platform/forms/fields.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { gone } from '#lib/platform/forms/refusals.ts';
import { asRows } from '../../../people/rows.server.ts';
import { findCohortHere } from '../here.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** Results beside a form, not a list to look through. */
const MOST_KNOWN = 8;

export const load: PageServerLoad = async (event) => {
	const { cohort, zone } = await cohortHere(event);
	return {
		cohort,
		waiting: await listWaiting(ctxOf(event.locals), { cohortId: cohort.id, zone }),
		form: openForm(event),
		known: openForm(event),
		list: openForm(event)
	};
};

export const actions: Actions = {
	wait: commandAction({
		here: cohortHere,
		form: knownChoice,
		as: 'known',
		run: (ctx, { data, here: { cohort }, once }) =>
			wait(ctx, { cohortId: cohort.id, personId: data.person }, once),
		refused: WAIT_REFUSALS,
		to: ({ undo }, { here }) => there(here, 'waits', undo)
	}),
	waitNew: commandAction({
		here: cohortHere,
		form: enrolForm,
		run: (ctx, { data, here: { cohort, today }, once }) =>
			waitNew(ctx, { ...data, cohortId: cohort.id }, { once, today }),
		refused: ENROL_REFUSALS,
		showing: async (refusal, { here, event, locale }) => {
			if (refusal.reason !== 'may_be_known') return {};
			const people = await findPeople(ctxOf(event.locals), refusal.personIds, locale);
			return { alike: await asRows(event.locals, people, here.today) };
		},
		to: ({ undo }, { here }) => there(here, 'waits', undo)
	}),
	/** Posted although it changes nothing: a name belongs in no address and no log. */
	find: formAction(
		{ here: cohortHere, form: knownForm, as: 'known' },
		async ({ data, here, again, event: { locals } }) => {
			const found = await locals.read('people to enrol', { words: data.words });
			return {
				known: again(),
				found: await asRows(locals, found.slice(0, MOST_KNOWN), here.today)
			};
		}
	),
	takeIn: commandAction({
		here: cohortHere,
		form: knownChoice,
		as: 'list',
		run: (ctx, { data, here: { cohort, today }, once }) =>
			takeIn(ctx, { cohortId: cohort.id, personId: data.person, why: data.why }, { once, today }),
		refused: TAKE_IN_REFUSALS,
		showing: (refusal) => Promise.resolve('personId' in refusal ? { asked: refusal.personId } : {}),
		to: ({ undo }, { here }) => there(here, 'enrolled', undo)
	}),
	takeOff: commandAction({
		here: cohortHere,
		form: z.strictObject({ person: id() }),
		as: 'list',
		run: (ctx, { data, here: { cohort }, once }) =>
			takeOffList(ctx, { cohortId: cohort.id, personId: data.person }, once),
		refused: { not_found: gone },
		to: ({ undo }, { here }) => there(here, 'taken_off_list', undo)
	})
};

function there({ cohort }: { cohort: { id: string } }, done: string, undo: string): string {
	return `/cohorts/${cohort.id}/waiting?done=${done}&undo=${undo}`;
}

function cohortHere({ locals, params }: RequestEvent) {
	return findCohortHere(locals, params.id);
}
