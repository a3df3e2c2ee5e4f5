import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { toldForm } from '#lib/features/changes/forms.ts';
import { findChange } from '#lib/features/changes/list.queries.server.ts';
import { TELL_REFUSALS } from '#lib/features/changes/refusals.ts';
import { markTold } from '#lib/features/changes/telling.commands.server.ts';
import { listToTell } from '#lib/features/changes/telling.queries.server.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** One change: its sessions, and by cohort whom to tell of it. */
export const load: PageServerLoad = async (event) => {
	const { locals, params } = event;
	const ctx = ctxOf(locals);
	const change = await findChange(ctx, params.id, locals.locale);
	if (!change) error(404, m.error_not_found());
	const byCohort = Map.groupBy(
		change.sessions.filter(({ cohortId }) => cohortId !== null),
		({ cohortId }) => cohortId!
	);
	const people = await listToTell(ctx, [...byCohort.keys()], locals.locale);
	return {
		change,
		groups: [...byCohort].map(([cohortId, sessions]) => ({
			cohortId,
			cohort: sessions[0]!.cohort,
			sessionIds: sessions.map(({ id }) => id),
			isTold: sessions.every(({ isTold }) => isTold),
			people: people.get(cohortId) ?? [],
			form: openForm(event)
		}))
	};
};

export const actions: Actions = {
	told: commandAction({
		form: toldForm,
		run: (ctx, { data, once, event }) =>
			markTold(ctx, { ...data, changeId: event.params.id }, once),
		refused: TELL_REFUSALS,
		to: (_, { event }) => `/calendar/changes/${event.params.id}?done=families_told`
	})
};
