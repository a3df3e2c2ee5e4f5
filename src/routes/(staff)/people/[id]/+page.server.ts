import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { takeApart } from '#lib/features/merging/parting.commands.server.ts';
import { listMergesInto, standingMerges } from '#lib/features/merging/queries.server.ts';
import { mergeChoice } from '#lib/features/merging/forms.ts';
import { TAKE_APART_REFUSALS } from '#lib/features/merging/refusals.ts';
import { listTakingPart } from '#lib/features/attendance/queries.server.ts';
import { getTerms, listStandings } from '#lib/features/consent/queries.server.ts';
import { getSection, listCentres } from '#lib/features/centres/queries.server.ts';
import { moveForm } from '#lib/features/cohorts/forms.ts';
import { movePerson } from '#lib/features/cohorts/moving.commands.server.ts';
import { MOVE_REFUSALS } from '#lib/features/cohorts/refusals.ts';
import { careFor, endCare, listChildrenOf } from '#lib/features/people/caring.commands.server.ts';
import {
	careChoice,
	careForm,
	editGuardianForm,
	editPersonForm,
	guardianChoice,
	guardianForm
} from '#lib/features/people/forms.ts';
import {
	addGuardian,
	editGuardian,
	removeGuardian
} from '#lib/features/people/guardian.commands.server.ts';
import { listGuardians } from '#lib/features/people/guardians.queries.server.ts';
import { editPerson } from '#lib/features/people/person.commands.server.ts';
import { findPerson } from '#lib/features/people/queries.server.ts';
import {
	CARE_REFUSALS,
	EDIT_PERSON_REFUSALS,
	GUARDIAN_REFUSALS
} from '#lib/features/people/refusals.ts';
import { ADULT_AGE, ageOn, asksForGroup } from '#lib/features/people/rules.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { within } from '#lib/platform/command/context.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { guardianValues, personValues } from './values.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locale } = event.locals;
	const ctx = ctxOf(event.locals);
	const person = await personHere(event);
	const { country, zone } = await getSection(ctx, locale);
	const keptCentres = await listCentres(within(ctx, 'keep people'), locale);
	const guardians = await listGuardians(ctx, person.id);
	const today = await todayHere(event);
	const age = ageOn(person, today);
	const isAdult = age >= ADULT_AGE;
	const terms = await getTerms(ctx);
	const consent = await listStandings(ctx, [person.id], { today, terms });
	return {
		person,
		zone,
		age,
		/** An adult's children in the register; null for anybody else. */
		children: isAdult ? await listChildrenOf(ctx, person.id, { today }, locale) : null,
		careForm: openForm(event),
		hasGroups: asksForGroup(country),
		purposes: terms.purposes,
		standings: consent.get(person.id)!.standings,
		takingPart: await listTakingPart(ctx, person.id, locale),
		form: openForm(event, personValues(person)),
		guardians: guardians.map((guardian) => ({
			guardian,
			view: openForm(event, guardianValues(guardian))
		})),
		newGuardian: openForm(event, { contactWay: 'call' }),
		merges: await listMergesInto(ctx, person.id),
		mayTakeApart: (await standingMerges(within(ctx, 'merge people'), person.id)).length > 0,
		apart: openForm(event),
		move: openForm(event, { leave: 'yes', version: String(person.version) }),
		/** Where someone may move to: nowhere for who belongs to a centre whose people the reader does not keep. */
		elsewhere: keptCentres.some(({ id }) => id === person.centreId)
			? keptCentres.filter(({ id }) => id !== person.centreId).map(({ id, name }) => ({ id, name }))
			: []
	};
};

export const actions: Actions = {
	edit: commandAction({
		here: personHere,
		form: editPersonForm,
		run: async (ctx, { data, here, once, locale, event }) =>
			editPerson(
				ctx,
				{ ...data, personId: here.id },
				{ once, today: await todayHere(event), locale }
			),
		refused: EDIT_PERSON_REFUSALS,
		to: (_, { here }) => back(here, 'person_saved')
	}),
	addGuardian: commandAction({
		here: personHere,
		form: guardianForm,
		as: 'newGuardian',
		run: (ctx, { data, here, once }) => addGuardian(ctx, { ...data, personId: here.id }, once),
		refused: GUARDIAN_REFUSALS,
		to: (_, { here }) => back(here, 'guardian_added')
	}),
	editGuardian: commandAction({
		here: personHere,
		form: editGuardianForm,
		as: 'guardian',
		run: (ctx, { data, here, once }) => editGuardian(ctx, { ...data, personId: here.id }, once),
		refused: GUARDIAN_REFUSALS,
		to: (_, { here }) => back(here, 'guardian_saved')
	}),
	removeGuardian: commandAction({
		here: personHere,
		form: guardianChoice,
		as: 'guardian',
		run: (ctx, { data, here, once }) =>
			removeGuardian(ctx, { personId: here.id, guardianId: data.guardian }, once),
		refused: GUARDIAN_REFUSALS,
		to: ({ undo }, { here }) => back(here, `guardian_removed&undo=${undo}`)
	}),
	careFor: commandAction({
		here: personHere,
		form: careForm,
		as: 'care',
		run: async (ctx, { data: { child: childId, relation }, here, once, locale, event }) =>
			careFor(
				ctx,
				{ caregiverId: here.id, childId, relation },
				{ once, today: await todayHere(event), locale }
			),
		refused: CARE_REFUSALS,
		to: (_, { here }) => back(here, 'care_added')
	}),
	endCare: commandAction({
		here: personHere,
		form: careChoice,
		as: 'care',
		run: (ctx, { data, here, once }) =>
			endCare(ctx, { caregiverId: here.id, childId: data.child }, once),
		refused: CARE_REFUSALS,
		to: (_, { here }) => back(here, 'care_ended')
	}),
	move: commandAction({
		here: personHere,
		form: moveForm,
		as: 'move',
		run: async (ctx, { data, here, once, locale, event }) =>
			movePerson(
				ctx,
				{ ...data, personId: here.id },
				{ once, today: await todayHere(event), locale }
			),
		refused: MOVE_REFUSALS,
		/** Whoever moved out of reach is not to be seen any more. */
		to: async ({ undo }, { here, locale, event }) => {
			const there = await findPerson(ctxOf(event.locals), here.id, locale);
			return `/people${there ? `/${here.id}` : ''}?done=person_moved&undo=${undo}`;
		}
	}),
	takeApart: commandAction({
		here: personHere,
		form: mergeChoice,
		as: 'apart',
		run: (ctx, { data, here, once }) =>
			takeApart(ctx, { keptId: here.id, mergeId: data.merge }, once),
		refused: TAKE_APART_REFUSALS,
		to: (_, { here }) => back(here, 'people_taken_apart')
	})
};

async function personHere({ locals, params }: RequestEvent) {
	const person = await findPerson(ctxOf(locals), params.id, locals.locale);
	return person ?? error(404, m.error_not_found());
}

async function todayHere({ locals }: RequestEvent) {
	const { locale, now } = locals;
	return dateIn((await getSection(ctxOf(locals), locale)).zone, now);
}

function back({ id }: { id: string }, done: string): string {
	return `/people/${id}?done=${done}`;
}
