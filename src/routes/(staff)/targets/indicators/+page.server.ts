import { addIndicator, addStarters } from '#lib/features/targets/indicators.commands.server.ts';
import { indicatorForm, starterForm } from '#lib/features/targets/forms.ts';
import { listIndicators } from '#lib/features/targets/indicators.queries.server.ts';
import { INDICATOR_REFUSALS } from '#lib/features/targets/refusals.ts';
import { starterWords } from '#lib/features/targets/starters.words.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { textIn, textsJson } from '#lib/platform/i18n/texts.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locale } = event.locals;
	return {
		indicators: (await listIndicators(ctxOf(event.locals), locale)).map((indicator) => ({
			...indicator,
			name: textIn(textsJson(indicator.names), locale),
			definition: textIn(textsJson(indicator.definitions), locale)
		})),
		form: openForm(event, { measure: 'reached' }),
		starters: openForm(event)
	};
};

export const actions: Actions = {
	add: commandAction({
		form: indicatorForm,
		run: (ctx, { data, once }) => addIndicator(ctx, data, once),
		refused: INDICATOR_REFUSALS,
		to: () => '/targets/indicators?done=indicator_saved'
	}),
	starters: commandAction({
		form: starterForm,
		as: 'starters',
		run: (ctx, { once }) => addStarters(ctx, starterWords(), once),
		refused: {},
		to: () => '/targets/indicators?done=indicators_added'
	})
};
