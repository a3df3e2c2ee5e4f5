import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { editIndicator } from '#lib/features/targets/indicators.commands.server.ts';
import { indicatorForm } from '#lib/features/targets/forms.ts';
import { listIndicators } from '#lib/features/targets/indicators.queries.server.ts';
import { INDICATOR_REFUSALS } from '#lib/features/targets/refusals.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { textIn, textsJson } from '#lib/platform/i18n/texts.ts';
import { textFields } from '../../fields.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const indicator = await indicatorHere(event);
	return {
		name: textIn(textsJson(indicator.names), event.locals.locale),
		ruleVersion: indicator.ruleVersion,
		targetCount: indicator.targetCount,
		form: openForm(event, {
			version: String(indicator.version),
			...textFields('name', indicator.names),
			...textFields('definition', indicator.definitions),
			measure: indicator.measure,
			disaggregation: indicator.disaggregation,
			activityinfo: indicator.codes.activityinfo ?? '',
			iati: indicator.codes.iati ?? '',
			dhis2: indicator.codes.dhis2 ?? ''
		})
	};
};

export const actions: Actions = {
	save: commandAction({
		here: indicatorHere,
		form: indicatorForm,
		run: (ctx, { data, here, once }) => editIndicator(ctx, { ...data, indicatorId: here.id }, once),
		refused: INDICATOR_REFUSALS,
		to: ({ id }) => `/targets/indicators/${id}?done=indicator_saved`
	})
};

async function indicatorHere({ locals, params }: RequestEvent) {
	const [indicator] = await listIndicators(ctxOf(locals), locals.locale, params.id);
	return indicator ?? error(404, m.error_not_found());
}
