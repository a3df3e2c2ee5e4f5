import { getSection, listCentres } from '#lib/features/centres/queries.server.ts';
import { newPersonForm } from '#lib/features/people/forms.ts';
import { registerPerson } from '#lib/features/people/person.commands.server.ts';
import { NEW_PERSON_REFUSALS } from '#lib/features/people/refusals.ts';
import { asksForGroup } from '#lib/features/people/rules.ts';
import { findPeople } from '#lib/features/people/search.queries.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { asRows } from '../rows.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locale } = event.locals;
	const ctx = ctxOf(event.locals);
	const centres = await listCentres(ctx, locale);
	const only = centres.length === 1 ? centres[0]!.id : '';
	return {
		centres: centres.map(({ id, name }) => ({ id, name })),
		hasGroups: asksForGroup((await getSection(ctx, locale)).country),
		form: openForm(event, { centre: only, kind: 'participant' })
	};
};

export const actions: Actions = {
	add: commandAction({
		form: newPersonForm,
		run: async (ctx, { data, once, locale, event }) =>
			registerPerson(ctx, data, { once, today: await todayOf(event.locals), locale }),
		refused: NEW_PERSON_REFUSALS,
		showing: async (refusal, { event: { locals }, locale }) => {
			if (refusal.reason !== 'may_be_known') return {};
			const people = await findPeople(ctxOf(locals), refusal.personIds, locale);
			return { known: await asRows(locals, people, await todayOf(locals)) };
		},
		to: ({ personId }) => `/people/${personId}?done=person_added`
	})
};

async function todayOf(locals: App.Locals) {
	return dateIn((await getSection(ctxOf(locals), locals.locale)).zone, locals.now);
}
