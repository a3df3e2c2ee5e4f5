import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { substituteForm, takeBackForm } from '#lib/features/sessions/forms.ts';
import { SUBSTITUTE_REFUSALS, TAKE_BACK_REFUSALS } from '#lib/features/sessions/refusals.ts';
import { findSubstitution } from '#lib/features/sessions/substitutes.queries.server.ts';
import {
	nameSubstitute,
	takeSubstituteBack
} from '#lib/features/sessions/substitutes.commands.server.ts';
import { isOwnCohortsOnly } from '#lib/platform/access/actor.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { carryingBack } from '../../../way-back.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locals, params, url } = event;
	const ctx = ctxOf(locals);
	const absentId = url.searchParams.get('absent') ?? undefined;
	const found = await findSubstitution(ctx, { sessionId: params.id, absentId }, locals.locale);
	if (!found) error(404, m.error_not_found());
	const { session, sessions } = found;
	const mayTakeBack = session.status === 'planned';
	return {
		...found,
		standIns: session.standIns.map((standIn) => ({
			...standIn,
			once: crypto.randomUUID(),
			mayTakeBack:
				mayTakeBack &&
				(!isOwnCohortsOnly(ctx.scope, session.centreId) ||
					standIn.forAccountId === ctx.scope.accountId)
		})),
		form: openForm(event, {
			session: sessions.map(({ id }) => id).filter((id) => id === session.id)
		})
	};
};

export const actions: Actions = {
	name: commandAction({
		form: substituteForm,
		run: (ctx, { data, once, locale, event }) =>
			nameSubstitute(ctx, { ...data, sessionId: event.params.id }, { once, locale }),
		refused: SUBSTITUTE_REFUSALS,
		to: (_, { event }) =>
			`/sessions/${event.params.id}?done=substitute_named${carryingBack(event.url)}`
	}),
	back: commandAction({
		form: takeBackForm,
		as: 'back',
		run: (ctx, { data, once, locale }) => takeSubstituteBack(ctx, data, { once, locale }),
		refused: TAKE_BACK_REFUSALS,
		to: (_, { event }) =>
			`/sessions/${event.params.id}?done=substitute_back${carryingBack(event.url)}`
	})
};
