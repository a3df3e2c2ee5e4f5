import { m } from '#lib/paraglide/messages.js';
import { leaveExample } from '#lib/features/example/leaving.server.ts';
import { saveOrganisation } from '#lib/features/organisation/commands.server.ts';
import { leaveForm, organisationForm } from '#lib/features/organisation/forms.ts';
import { getOrganisation, hasExample } from '#lib/features/organisation/queries.server.ts';
import { ORGANISATION_REFUSALS } from '#lib/features/organisation/refusals.ts';
import { habitFields } from '#lib/features/organisation/rules.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { zonesOf } from '#lib/platform/i18n/countries.ts';
import { loadProgress } from './progress.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = ctxOf(event.locals);
	const organisation = await getOrganisation(ctx);
	return {
		organisation: { isExample: organisation.isExample },
		progress: await loadProgress(ctx, event.locals.locale),
		mayLeaveExample: !organisation.isExample && (await hasExample(ctx)),
		leaveOnce: crypto.randomUUID(),
		zones: zonesOf(organisation.country),
		form: openForm(event, habitFields(organisation))
	};
};

export const actions: Actions = {
	save: commandAction({
		form: organisationForm,
		run: (ctx, { data, once }) => saveOrganisation(ctx, data, once),
		refused: ORGANISATION_REFUSALS,
		to: () => '/settings/organisation?done=organisation'
	}),
	leave: commandAction({
		form: leaveForm,
		as: 'leaving',
		run: (ctx, { once }) => leaveExample(ctx, once),
		refused: { example_itself: m.leaving_not_from_inside },
		to: () => '/settings/organisation?done=example_left'
	})
};
