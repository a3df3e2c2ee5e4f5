import { fail, redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getSection } from '#lib/features/centres/queries.server.ts';
import { saveReportSetting } from '#lib/features/exports/commands.server.ts';
import { monthChoice, reportSettingForm } from '#lib/features/exports/forms.ts';
import { getReportSetting } from '#lib/features/exports/report.queries.server.ts';
import { lastFullMonth, monthsOffered } from '#lib/features/exports/rules.ts';
import { filesLeft } from '#lib/platform/access/rates.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { openForm, readForm, readQuery } from '#lib/platform/forms/form.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locale, now } = event.locals;
	const ctx = ctxOf(event.locals);
	const { zone } = await getSection(ctx, locale);
	const today = dateIn(zone, now);
	const asked = await readQuery(event.url, monthChoice);
	const month = asked.ok ? asked.data.month : lastFullMonth(today);
	const setting = await getReportSetting(ctx);
	return {
		now,
		zone,
		month,
		months: [...new Set([...monthsOffered(today), month])],
		files: await filesLeft(ctx.actor.accountId),
		newlyReached: await event.locals.read('newly reached', { month }),
		isSet: setting.activity !== '' && setting.indicator !== '',
		form: openForm(event, setting)
	};
};

export const actions: Actions = {
	save: async (event) => {
		const read = await readForm(event, reportSettingForm);
		if (!read.ok) return fail(422, { form: read.form });
		const outcome = await saveReportSetting(ctxOf(event.locals), read.data, read.once);
		if (outcome.ok) {
			const asked = await readQuery(event.url, monthChoice);
			const done = new URLSearchParams({ ...(asked.ok && asked.data), done: 'report_setting' });
			redirect(303, `/exports/activityinfo?${done}`);
		}
		return fail(409, { form: read.again({}, m.form_key_reused()) });
	}
};
