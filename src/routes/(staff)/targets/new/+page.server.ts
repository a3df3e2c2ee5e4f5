import { getSection } from '#lib/features/centres/queries.server.ts';
import { listChoices } from '#lib/features/projects/queries.server.ts';
import { addTarget } from '#lib/features/targets/commands.server.ts';
import { targetForm } from '#lib/features/targets/forms.ts';
import { listIndicators } from '#lib/features/targets/indicators.queries.server.ts';
import { TARGET_REFUSALS } from '#lib/features/targets/refusals.ts';
import { offeredPeriods } from '#lib/features/targets/rules.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { indicatorOptions } from '../fields.ts';
import type { Actions, PageServerLoad } from './$types';

/** `?period=quarter` fills in the dates of an offered period, `?project=` ticks one: links, so that it works without JavaScript. */
export const load: PageServerLoad = async (event) => {
	const ctx = ctxOf(event.locals);
	const { locale, now } = event.locals;
	const { zone } = await getSection(ctx, locale);
	const offers = Object.entries(offeredPeriods(dateIn(zone, now)));
	const asked = event.url.searchParams.get('period') ?? 'year';
	const [chosen, period] = offers.find(([name]) => name === asked) ?? offers[0]!;
	return {
		offers: offers.map(([name, dates]) => ({ name, ...dates })),
		chosen,
		indicators: indicatorOptions(await listIndicators(ctx, locale), locale),
		projects: await listChoices(ctx, locale),
		form: openForm(event, {
			...{ ...period, indicator: '' },
			project: event.url.searchParams.getAll('project')
		})
	};
};

export const actions: Actions = {
	add: commandAction({
		form: targetForm,
		run: (ctx, { data, once, locale }) => addTarget(ctx, { ...data, locale }, once),
		refused: TARGET_REFUSALS,
		to: ({ id }) => `/targets/${id}?done=target_added`
	})
};
