import type { RequestEvent } from '@sveltejs/kit';
import { listCentres } from '#lib/features/centres/queries.server.ts';
import { raiseForm } from '#lib/features/safeguarding/forms.ts';
import {
	lookAtOwnConcerns,
	raiseStaffConcern
} from '#lib/features/safeguarding/raising.commands.server.ts';
import { RAISE_REFUSALS } from '#lib/features/safeguarding/refusals.ts';
import { can } from '#lib/platform/access/roles.ts';
import { within } from '#lib/platform/command/context.ts';
import { actorOf, ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { log } from '#lib/platform/log/log.ts';

/** The form for who may raise a concern, with the centre they work at, and how stands what they raised; null for all others. */
export async function loadRaising(event: Pick<RequestEvent, 'locals'>) {
	const { locals } = event;
	const actor = actorOf(locals);
	if (!can(actor, 'raise concerns')) return null;
	const ctx = within(ctxOf(locals), 'raise concerns');
	const centres = await listCentres(ctx, locals.locale);
	const own = actor.roles.flatMap(({ centreIds }) => centreIds ?? [])[0];
	return {
		centres: centres.map(({ id, name }) => ({ id, name })),
		form: openForm(event, { noticed: 'now', ...(own ? { centre: own } : {}) }),
		own: await loadOwn(event)
	};
}

/** null when it could not be written down that somebody looked: the numbers to call are shown all the same. */
async function loadOwn({ locals }: Pick<RequestEvent, 'locals'>) {
	try {
		return await lookAtOwnConcerns(within(ctxOf(locals), 'raise concerns'), locals.locale);
	} catch (error) {
		log.error({ id: locals.requestId, err: error }, 'own concerns were not shown');
		return null;
	}
}

/** Action: a colleague is worried about a child. */
export const raiseAction = commandAction({
	form: raiseForm,
	run: (ctx, { data, once }) => raiseStaffConcern(ctx, data, once),
	refused: RAISE_REFUSALS,
	to: ({ urgency, isRead }) => `/safeguarding?raised=${urgency}${isRead ? '' : '&unread=1'}`
});
