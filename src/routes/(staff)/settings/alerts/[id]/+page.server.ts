import { testForm } from '#lib/features/alerts/forms.ts';
import { CONFIRM_REFUSALS } from '#lib/features/alerts/refusals.ts';
import { findTest } from '#lib/features/alerts/responders.queries.server.ts';
import { confirmTest } from '#lib/features/alerts/test-alerts.commands.server.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => ({
	isThere: (await findTest(ctxOf(event.locals), event.params.id)) !== undefined,
	form: openForm(event)
});

export const actions: Actions = {
	confirm: commandAction({
		form: testForm,
		run: (ctx, { once, event }: { once: string; event: RequestEvent }) =>
			confirmTest(ctx, { id: event.params.id }, once),
		refused: CONFIRM_REFUSALS,
		to: () => '/settings/alerts?done=alert_confirmed'
	})
};
