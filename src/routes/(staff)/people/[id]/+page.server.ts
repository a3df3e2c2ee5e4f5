import { error, fail, redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { listMergesInto, takeApart } from '#lib/features/attendance/parting.server.ts';
import { listTakingPart } from '#lib/features/attendance/queries.server.ts';
import { getSection, listCentres } from '#lib/features/centres/queries.server.ts';
import { moveForm } from '#lib/features/cohorts/forms.ts';
import { movePerson } from '#lib/features/cohorts/membership.server.ts';
import { careFor, endCare, listChildrenOf } from '#lib/features/people/caring.server.ts';
import {
	careChoice,
	careForm,
	editGuardianForm,
	editPersonForm,
	guardianChoice,
	guardianForm,
	mergeChoice
} from '#lib/features/people/forms.ts';
import {
	addGuardian,
	editGuardian,
	listGuardians,
	removeGuardian
} from '#lib/features/people/guardian.server.ts';
import { editPerson } from '#lib/features/people/person.server.ts';
import { findPerson } from '#lib/features/people/queries.server.ts';
import { ADULT_AGE, ageOn, asksForGroup } from '#lib/features/people/rules.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { openForm, readForm } from '#lib/platform/forms/form.server.ts';
import { guardianValues, personValues } from './values.ts';
import { apartWords, careWords, guardianWords, moveWords } from './refusals.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const { ctx, locale } = event.locals;
	const person = await personHere(event);
	const { country, zone } = await getSection(ctx!, locale);
	const centres = await listCentres(ctx!, locale);
	const guardians = await listGuardians(ctx!, person.id);
	const today = await todayHere(event);
	const age = ageOn(person, today);
	const isAdult = age >= ADULT_AGE;
	return {
		person,
		zone,
		age,
		/** An adult's children in the register; null for anybody else. */
		children: isAdult ? await listChildrenOf(ctx!, person.id, { today }, locale) : null,
		careForm: openForm(event),
		hasGroups: asksForGroup(country),
		takingPart: await listTakingPart(ctx!, person.id, locale),
		form: openForm(event, personValues(person)),
		guardians: guardians.map((guardian) => ({
			guardian,
			view: openForm(event, guardianValues(guardian))
		})),
		newGuardian: openForm(event, { contactWay: 'call' }),
		merges: await listMergesInto(ctx!, person.id),
		apart: openForm(event),
		move: openForm(event, { leave: 'yes', version: String(person.version) }),
		/** Where someone may move to: nowhere for who belongs to a centre out of reach. */
		elsewhere: person.centre
			? centres.filter(({ id }) => id !== person.centreId).map(({ id, name }) => ({ id, name }))
			: []
	};
};

export const actions: Actions = {
	edit: async (event) => {
		const { id: personId } = await personHere(event);
		const read = await readForm(event, editPersonForm);
		if (!read.ok) return fail(422, { form: read.form });
		const { ctx, locale } = event.locals;
		const outcome = await editPerson(
			ctx!,
			{ ...read.data, personId },
			{ once: read.once, today: await todayHere(event), locale }
		);
		if (outcome.ok) back(personId, 'person_saved');
		switch (outcome.refusal.reason) {
			case 'year_ahead':
				return fail(422, { form: read.again({ birthYear: m.form_year() }) });
			case 'code_taken':
				return fail(422, { form: read.again({ code: m.people_code_taken() }) });
			case 'changed_meanwhile':
				return fail(409, { form: read.again({}, m.people_changed_meanwhile()) });
			case 'not_found':
				error(404, m.error_not_found());
			case 'key_reused':
				return fail(409, { form: read.again({}, m.form_key_reused()) });
		}
	},
	addGuardian: async (event) => {
		const { id: personId } = await personHere(event);
		const read = await readForm(event, guardianForm);
		if (!read.ok) return fail(422, { newGuardian: read.form });
		const outcome = await addGuardian(event.locals.ctx!, { ...read.data, personId }, read.once);
		if (outcome.ok) back(personId, 'guardian_added');
		return fail(409, { newGuardian: read.again({}, guardianWords(outcome.refusal.reason)) });
	},
	editGuardian: async (event) => {
		const { id: personId } = await personHere(event);
		const read = await readForm(event, editGuardianForm);
		if (!read.ok) return fail(422, { guardian: read.form });
		const outcome = await editGuardian(event.locals.ctx!, { ...read.data, personId }, read.once);
		if (outcome.ok) back(personId, 'guardian_saved');
		return fail(409, { guardian: read.again({}, guardianWords(outcome.refusal.reason)) });
	},
	removeGuardian: async (event) => {
		const { id: personId } = await personHere(event);
		const read = await readForm(event, guardianChoice);
		if (!read.ok) return fail(422, { guardian: read.form });
		const guardianId = read.data.guardian;
		const outcome = await removeGuardian(event.locals.ctx!, { personId, guardianId }, read.once);
		if (outcome.ok) back(personId, `guardian_removed&undo=${outcome.done.undo}`);
		return fail(409, { guardian: read.again({}, guardianWords(outcome.refusal.reason)) });
	},
	careFor: async (event) => {
		const { id: caregiverId } = await personHere(event);
		const read = await readForm(event, careForm);
		if (!read.ok) return fail(422, { care: read.form });
		const today = await todayHere(event);
		const { child: childId, relation } = read.data;
		const outcome = await careFor(
			event.locals.ctx!,
			{ caregiverId, childId, relation },
			{ once: read.once, today, locale: event.locals.locale }
		);
		if (outcome.ok) back(caregiverId, 'care_added');
		return fail(409, { care: read.again({}, careWords(outcome.refusal.reason)) });
	},
	endCare: async (event) => {
		const { id: caregiverId } = await personHere(event);
		const read = await readForm(event, careChoice);
		if (!read.ok) return fail(422, { care: read.form });
		const outcome = await endCare(
			event.locals.ctx!,
			{ caregiverId, childId: read.data.child },
			read.once
		);
		if (outcome.ok) back(caregiverId, 'care_ended');
		return fail(409, { care: read.again({}, careWords(outcome.refusal.reason)) });
	},
	move: async (event) => {
		const { id: personId } = await personHere(event);
		const read = await readForm(event, moveForm);
		if (!read.ok) return fail(422, { move: read.form });
		const { ctx, locale } = event.locals;
		const outcome = await movePerson(
			ctx!,
			{ ...read.data, personId },
			{ once: read.once, today: await todayHere(event), locale }
		);
		if (outcome.ok) {
			const there = await findPerson(ctx!, personId, locale);
			redirect(
				303,
				`/people${there ? `/${personId}` : ''}?done=person_moved&undo=${outcome.done.undo}`
			);
		}
		return fail(409, { move: read.again({}, moveWords(outcome.refusal.reason)) });
	},
	takeApart: async (event) => {
		const { id: keptId } = await personHere(event);
		const read = await readForm(event, mergeChoice);
		if (!read.ok) return fail(422, { apart: read.form });
		const input = { keptId, mergeId: read.data.merge };
		const outcome = await takeApart(event.locals.ctx!, input, read.once);
		if (outcome.ok) back(keptId, 'people_taken_apart');
		return fail(409, { apart: read.again({}, apartWords(outcome.refusal.reason)) });
	}
};

async function personHere({ locals, params }: RequestEvent) {
	const person = await findPerson(locals.ctx!, params.id, locals.locale);
	return person ?? error(404, m.error_not_found());
}

async function todayHere({ locals: { ctx, locale, now } }: RequestEvent) {
	return dateIn((await getSection(ctx!, locale)).zone, now);
}

function back(personId: string, done: string): never {
	redirect(303, `/people/${personId}?done=${done}`);
}
