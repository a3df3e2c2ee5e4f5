import {
	addClosedDay,
	addPublicHolidays,
	confirmClosedDay,
	removeClosedDay
} from '#lib/features/centres/commands.server.ts';
import { closedDayChoice, closedDayForm, holidayYear } from '#lib/features/centres/forms.ts';
import { getSection, listCentres, listClosedDays } from '#lib/features/centres/queries.server.ts';
import { CLOSED_DAY_REFUSALS } from '#lib/features/centres/refusals.ts';
import { listPlannedOn } from '#lib/features/changes/closing.queries.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Later than any date a form takes. */
const FAR = '2200-01-01';

export const load: PageServerLoad = async (event) => {
	const { locale, now } = event.locals;
	const ctx = ctxOf(event.locals);
	const section = await getSection(ctx, locale);
	const today = dateIn(section.zone, now);
	const centres = await listCentres(ctx, locale);
	const days = await listClosedDays(ctx, { from: today, to: FAR }, locale);
	return {
		/** Sessions that were planned before the day was known to be closed. */
		planned: await listPlannedOn(ctx, days, centres),
		today,
		section: section.name,
		holidays: { year: Number(today.slice(0, 4)) + 1, once: crypto.randomUUID() },
		mayCloseCountry: ctx.scope.centreIds === null,
		centres: centres.map(({ id, name }) => ({ id, name })),
		days: days.map((day) => ({
			...day,
			once: crypto.randomUUID()
		})),
		form: openForm(event, { certainty: 'confirmed' })
	};
};

export const actions: Actions = {
	add: commandAction({
		form: closedDayForm,
		run: (ctx, { data, once, locale }) => addClosedDay(ctx, { ...data, locale }, once),
		refused: CLOSED_DAY_REFUSALS,
		to: ({ undo }) => back('added', undo)
	}),
	holidays: commandAction({
		form: holidayYear,
		as: 'change',
		run: (ctx, { data, once }) => addPublicHolidays(ctx, data, once),
		refused: CLOSED_DAY_REFUSALS,
		to: ({ count }) => `/settings/closed-days?done=${count > 0 ? 'holidays' : 'no_holidays'}`
	}),
	confirm: commandAction({
		form: closedDayChoice,
		as: 'change',
		run: (ctx, { data, once }) => confirmClosedDay(ctx, data, once),
		refused: CLOSED_DAY_REFUSALS,
		to: ({ undo }) => back('confirmed', undo)
	}),
	remove: commandAction({
		form: closedDayChoice,
		as: 'change',
		run: (ctx, { data, once }) => removeClosedDay(ctx, data, once),
		refused: CLOSED_DAY_REFUSALS,
		to: ({ undo }) => back('removed', undo)
	})
};

function back(done: string, undo: string): string {
	return `/settings/closed-days?done=${done}&undo=${undo}`;
}
