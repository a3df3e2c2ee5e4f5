import { getSection } from '#lib/features/centres/queries.server.ts';
import { exportTable } from '#lib/features/exports/commands.server.ts';
import { monthChoice, rangeChoice, wantedForm } from '#lib/features/exports/forms.ts';
import { listMissing } from '#lib/features/exports/queries.server.ts';
import { EXPORT_REFUSALS } from '#lib/features/exports/refusals.ts';
import { lastFullMonth, monthsOffered, tablesFor, personsBy } from '#lib/features/exports/rules.ts';
import { daysOfMonth, daysOfYear } from '#lib/features/publishing/periods.rules.ts';
import { ticketFor } from '#lib/features/exports/ticket.queries.server.ts';
import { tableWord } from '#lib/features/exports/words.ts';
import { filesLeft } from '#lib/platform/access/rates.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { readQuery } from '#lib/platform/forms/form.server.ts';
import type { Actions, PageServerLoad } from './$types';

const MOST_MISSING = 10;

export const load: PageServerLoad = async ({ locals, url }) => {
	const { locale, now } = locals;
	const ctx = ctxOf(locals);
	const { zone } = await getSection(ctx, locale);
	const today = dateIn(zone, now);
	const asked = await readQuery(url, monthChoice);
	const range = await readQuery(url, rangeChoice);
	const days = range.ok ? range.data : null;
	const month = days?.to.slice(0, 7) ?? (asked.ok ? asked.data.month : lastFullMonth(today));
	const year = { ...daysOfYear(month), today };
	return {
		now,
		zone,
		month,
		months: [...new Set([...monthsOffered(today), month])],
		files: await filesLeft(ctx.actor.accountId),
		/** The days asked for; null while a month and its year are. */
		days,
		typed: range.values,
		daysWrong: !range.ok && 'from' in range.values ? range.errors : {},
		daysOfMonth: daysOfMonth(month),
		daysOfYear: daysOfYear(month),
		/** Of a month alone: who was newly reached in any days is no number months add up to. */
		newly: days ? null : await locals.read('newly reached', { month }),
		numbers: days
			? [await locals.read('period numbers', { ...days, today })]
			: [
					await locals.read('period numbers', { ...daysOfMonth(month), today }),
					await locals.read('period numbers', year)
				],
		missing: await listMissing(ctx, { ...year, ...days, most: MOST_MISSING }, locale),
		personsBy: personsBy(ctx.actor),
		tables: tablesFor(ctx.actor).map((name) => ({ name, label: tableWord(name) }))
	};
};

export const actions: Actions = {
	take: commandAction({
		form: wantedForm,
		run: (ctx, { data }) => exportTable(ctx, data),
		refused: EXPORT_REFUSALS,
		to: (_, { data, event }) => {
			const ticket = ticketFor(ctxOf(event.locals), data);
			const { from, to, ...wanted } = data;
			const query = new URLSearchParams({ ...wanted, ...(from && to && { from, to }), ticket });
			return `/exports/file?${query}`;
		}
	})
};
