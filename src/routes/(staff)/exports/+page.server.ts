import { fail, redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getSection } from '#lib/features/centres/queries.server.ts';
import { exportTable } from '#lib/features/exports/commands.server.ts';
import { monthChoice, wantedForm } from '#lib/features/exports/forms.ts';
import { listMissing } from '#lib/features/exports/queries.server.ts';
import {
	daysOfMonth,
	daysOfYear,
	lastFullMonth,
	monthsOffered,
	tablesFor,
	personsBy
} from '#lib/features/exports/rules.ts';
import { ticketFor } from '#lib/features/exports/ticket.queries.server.ts';
import { tableWord } from '#lib/features/exports/words.ts';
import { filesLeft } from '#lib/platform/access/rates.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { readForm, readQuery } from '#lib/platform/forms/form.server.ts';
import type { Actions, PageServerLoad } from './$types';

const MOST_MISSING = 10;

export const load: PageServerLoad = async ({ locals, url }) => {
	const { locale, now } = locals;
	const ctx = ctxOf(locals);
	const { zone } = await getSection(ctx, locale);
	const today = dateIn(zone, now);
	const asked = await readQuery(url, monthChoice);
	const month = asked.ok ? asked.data.month : lastFullMonth(today);
	const year = { ...daysOfYear(month), today };
	return {
		now,
		zone,
		month,
		months: [...new Set([...monthsOffered(today), month])],
		files: await filesLeft(ctx.actor.accountId),
		newlyReached: await locals.read('newly reached', { month }),
		ofMonth: await locals.read('period numbers', { ...daysOfMonth(month), today }),
		ofYear: await locals.read('period numbers', year),
		missing: await listMissing(ctx, { ...year, most: MOST_MISSING }, locale),
		personsBy: personsBy(ctx.actor),
		tables: tablesFor(ctx.actor).map((name) => ({ name, label: tableWord(name) }))
	};
};

export const actions: Actions = {
	take: async (event) => {
		const read = await readForm(event, wantedForm);
		if (!read.ok) return fail(422, { message: m.form_check_fields() });
		const ctx = ctxOf(event.locals);
		const outcome = await exportTable(ctx, read.data);
		if (!outcome.ok) return fail(422, { message: m.exports_not_found() });
		const ticket = ticketFor(ctx, read.data);
		redirect(303, `/exports/file?${new URLSearchParams({ ...read.data, ticket })}`);
	}
};
