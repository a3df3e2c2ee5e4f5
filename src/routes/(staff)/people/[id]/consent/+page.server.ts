import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getSection } from '#lib/features/centres/queries.server.ts';
import { noteAlone, recordSaying, withdraw } from '#lib/features/consent/commands.server.ts';
import { aloneForm, sayingForm, withdrawForm } from '#lib/features/consent/forms.ts';
import { listGivers, listHistory } from '#lib/features/consent/history.queries.server.ts';
import { getTerms, listStandings } from '#lib/features/consent/queries.server.ts';
import { SAYING_REFUSALS, WITHDRAW_REFUSALS } from '#lib/features/consent/refusals.ts';
import { latestOf } from '#lib/features/consent/standing.rules.ts';
import { findPerson } from '#lib/features/people/queries.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { gone } from '#lib/platform/forms/refusals.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = ctxOf(event.locals);
	const { locale } = event.locals;
	const person = await personHere(event);
	const section = await getSection(ctx, locale);
	const today = dateIn(section.zone, event.locals.now);
	const terms = await getTerms(ctx);
	const standing = (await listStandings(ctx, [person.id], { today, terms })).get(person.id)!;
	const givers = await listGivers(ctx, standing);
	return {
		person: { id: person.id, name: person.name },
		today,
		languages: section.languages,
		purposes: terms.purposes,
		age: standing.age,
		isAlone: standing.isAlone,
		standings: standing.standings,
		givers,
		latest: terms.purposes.flatMap((purpose) =>
			latestOf(standing.sayings.filter((one) => one.purpose === purpose))
		),
		history: await listHistory(ctx, person.id, givers),
		form: openForm(event, {
			seen: String(standing.sayings.length),
			on: today,
			language: section.languages[0] ?? locale,
			explained: ctx.actor.kind === 'staff' ? ctx.actor.name : ''
		}),
		other: openForm(event)
	};
};

export const actions: Actions = {
	record: commandAction({
		here: personHere,
		form: sayingForm,
		run: async (ctx, { data, here, once, event }) =>
			recordSaying(ctx, { ...data, personId: here.id }, { once, today: await todayHere(event) }),
		refused: SAYING_REFUSALS,
		to: (_, { here }) => `/people/${here.id}/consent?done=consent_recorded`
	}),
	withdraw: commandAction({
		here: personHere,
		form: withdrawForm,
		as: 'other',
		run: async (ctx, { data, here, once, event }) =>
			withdraw(ctx, { ...data, personId: here.id }, { once, today: await todayHere(event) }),
		refused: WITHDRAW_REFUSALS,
		to: (_, { here }) => `/people/${here.id}/consent?done=consent_withdrawn`
	}),
	alone: commandAction({
		here: personHere,
		form: aloneForm,
		as: 'other',
		run: async (ctx, { data, here, once, event }) =>
			noteAlone(ctx, { ...data, personId: here.id }, { once, today: await todayHere(event) }),
		refused: { not_found: gone },
		to: (_, { here }) => `/people/${here.id}/consent?done=consent_alone`
	})
};

async function personHere({ locals, params }: RequestEvent) {
	const person = await findPerson(ctxOf(locals), params.id, locals.locale);
	return person ?? error(404, m.error_not_found());
}

async function todayHere({ locals }: RequestEvent) {
	return dateIn((await getSection(ctxOf(locals), locals.locale)).zone, locals.now);
}
