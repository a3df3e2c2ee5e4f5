import { testForm } from '#lib/features/alerts/forms.ts';
import { CONFIRM_REFUSALS } from '#lib/features/alerts/refusals.ts';
import { findTest } from '#lib/features/alerts/responders.queries.server.ts';
import { confirmTest } from '#lib/features/alerts/test-alerts.commands.server.ts';
import { can } from '#lib/platform/access/roles.ts';
import { actorOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const { ctx } = event.locals;
	return {
		isThere: ctx !== undefined && (await findTest(ctx, event.params.id)) !== undefined,
		form: openForm(event)
	};
};

export const actions: Actions = {
	confirm: commandAction({
		form: testForm,
		run: (ctx, { once, event }) => confirmTest(ctx, { id: event.params.id! }, once),
		refused: CONFIRM_REFUSALS,
		to: (_, { event }) => `${pageAfter(event)}?done=alert_confirmed`
	})
};

/** Back to where tests are sent from, or for who sends none to their day. */
function pageAfter({ locals }: Pick<RequestEvent, 'locals'>): string {
	return can(actorOf(locals), 'test alerts') ? '/settings/alerts' : '/settings';
}
