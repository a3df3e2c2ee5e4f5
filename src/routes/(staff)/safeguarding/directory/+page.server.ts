import { listCentres } from '#lib/features/centres/queries.server.ts';
import { addHelpEntry, verifyHelpEntry } from '#lib/features/directory/commands.server.ts';
import { helpChoice, helpForm } from '#lib/features/directory/forms.ts';
import { listHelp } from '#lib/features/directory/queries.server.ts';
import { HELP_REFUSALS } from '#lib/features/directory/refusals.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locale } = event.locals;
	const ctx = ctxOf(event.locals);
	return {
		lines: (await listHelp(ctx, locale)).map((line) => ({ ...line, form: openForm(event) })),
		centres: (await listCentres(ctx, locale)).map(({ id, name }) => ({ id, name })),
		form: openForm(event, { position: '1', kind: 'child_line', audience: 'everyone' })
	};
};

export const actions: Actions = {
	add: commandAction({
		form: helpForm,
		run: (ctx, { data, once }) => addHelpEntry(ctx, data, once),
		refused: HELP_REFUSALS,
		to: () => '/safeguarding/directory?done=help_added'
	}),
	/** Somebody rang it today. */
	tried: commandAction({
		form: helpChoice,
		as: 'tried',
		run: (ctx, { data, once }) => verifyHelpEntry(ctx, data, once),
		refused: HELP_REFUSALS,
		to: () => '/safeguarding/directory?done=help_tried'
	})
};
