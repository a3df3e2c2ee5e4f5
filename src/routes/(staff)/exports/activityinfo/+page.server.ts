import { getSection } from '#lib/features/centres/queries.server.ts';
import { saveReportSetting } from '#lib/features/exports/commands.server.ts';
import { monthChoice, reportSettingForm } from '#lib/features/exports/forms.ts';
import { getReportSetting } from '#lib/features/exports/report.queries.server.ts';
import { lastFullMonth, monthsOffered } from '#lib/features/exports/rules.ts';
import { filesLeft } from '#lib/platform/access/rates.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm, readQuery } from '#lib/platform/forms/form.server.ts';
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
	save: commandAction({
		form: reportSettingForm,
		run: (ctx, { data, once }) => saveReportSetting(ctx, data, once),
		refused: {},
		to: async (_, { event }) => {
			const asked = await readQuery(event.url, monthChoice);
			const done = new URLSearchParams({ ...(asked.ok && asked.data), done: 'report_setting' });
			return `/exports/activityinfo?${done}`;
		}
	})
};
