import { fail, redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getSection, listCentres } from '#lib/features/centres/queries.server.ts';
import { newPersonForm } from '#lib/features/people/forms.ts';
import { registerPerson } from '#lib/features/people/person.server.ts';
import { asksForGroup } from '#lib/features/people/rules.ts';
import { findPeople } from '#lib/features/people/search.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { openForm, readForm } from '#lib/platform/forms/form.server.ts';
import { asRows, type Row } from '../rows.server.ts';
import type { FormView } from '#lib/platform/forms/view.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { ctx, locale } = event.locals;
	const centres = await listCentres(ctx!, locale);
	const only = centres.length === 1 ? centres[0]!.id : '';
	return {
		centres: centres.map(({ id, name }) => ({ id, name })),
		hasGroups: asksForGroup((await getSection(ctx!, locale)).country),
		form: openForm(event, { centre: only, kind: 'participant' })
	};
};

export const actions: Actions = {
	add: async (event) => {
		const read = await readForm(event, newPersonForm);
		if (!read.ok) return refused(422, read.form);
		const { locals } = event;
		const { locale } = locals;
		const today = dateIn((await getSection(locals.ctx!, locale)).zone, locals.now);
		const { once } = read;
		const outcome = await registerPerson(locals.ctx!, read.data, { once, today, locale });
		if (outcome.ok) redirect(303, `/people/${outcome.done.personId}?done=person_added`);
		const { refusal } = outcome;
		switch (refusal.reason) {
			case 'may_be_known': {
				const people = await findPeople(locals.ctx!, refusal.personIds, locale);
				return refused(409, read.again(), await asRows(locals, people, today));
			}
			case 'year_ahead':
				return refused(422, read.again({ birthYear: m.form_year() }));
			case 'code_taken':
				return refused(422, read.again({ code: m.people_code_taken() }));
			case 'not_found':
				return refused(422, read.again({ centre: m.form_choose() }));
			case 'key_reused':
				return refused(409, read.again({}, m.form_key_reused()));
		}
	}
};

function refused(status: 409 | 422, form: FormView, known?: Row[]) {
	return fail(status, { form, known });
}
