import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getSection } from '#lib/features/centres/queries.server.ts';
import { askErasure, confirmErasure, dropErasure } from '#lib/features/erasure/commands.server.ts';
import { countErased } from '#lib/features/erasure/family.queries.server.ts';
import { askForm, erasureChoice } from '#lib/features/erasure/forms.ts';
import { findWaiting, hasOtherEraser } from '#lib/features/erasure/queries.server.ts';
import { ASK_REFUSALS, CONFIRM_REFUSALS, DROP_REFUSALS } from '#lib/features/erasure/refusals.ts';
import { confirmation } from '#lib/features/erasure/rules.ts';
import { findPerson } from '#lib/features/people/queries.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = ctxOf(event.locals);
	const person = await personHere(event);
	const waiting = await findWaiting(ctx, person.id);
	const hasOther = await hasOtherEraser(ctx, person.centreId);
	return {
		person: { id: person.id, name: person.name },
		zone: (await getSection(ctx, event.locals.locale)).zone,
		erased: await countErased(ctx, person.id),
		waiting,
		hasOther,
		confirmation: waiting ? confirmation(waiting, hasOther, ctx.now) : null,
		form: openForm(event)
	};
};

export const actions: Actions = {
	ask: commandAction({
		here: personHere,
		form: askForm,
		run: (ctx, { data, here, once }) => askErasure(ctx, { ...data, personId: here.id }, once),
		refused: ASK_REFUSALS,
		to: (_, { here }) => `/people/${here.id}/erase?done=erasure_asked`
	}),
	confirm: commandAction({
		here: personHere,
		form: erasureChoice,
		run: async (ctx, { data, here, once, event }) => {
			const { zone } = await getSection(ctx, event.locals.locale);
			const today = dateIn(zone, ctx.now);
			return confirmErasure(ctx, { ...data, personId: here.id }, { once, today });
		},
		refused: CONFIRM_REFUSALS,
		to: ({ id }) => `/erasures/${id}?done=person_erased`
	}),
	drop: commandAction({
		here: personHere,
		form: erasureChoice,
		run: (ctx, { data, here, once }) => dropErasure(ctx, { ...data, personId: here.id }, once),
		refused: DROP_REFUSALS,
		to: (_, { here }) => `/people/${here.id}?done=erasure_dropped`
	})
};

async function personHere({ locals, params }: RequestEvent) {
	const person = await findPerson(ctxOf(locals), params.id, locals.locale);
	return person ?? error(404, m.error_not_found());
}
