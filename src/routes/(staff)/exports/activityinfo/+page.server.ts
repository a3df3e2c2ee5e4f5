import { getSection } from '#lib/features/centres/queries.server.ts';
import { monthChoice } from '#lib/features/exports/forms.ts';
import { lastFullMonth, monthsOffered } from '#lib/features/exports/rules.ts';
import { publishMonth, saveReportSetting } from '#lib/features/publishing/commands.server.ts';
import { publishForm, reportSettingForm } from '#lib/features/publishing/forms.ts';
import { suggestedOf } from '#lib/features/publishing/freezing.rules.ts';
import { whyNot } from '#lib/features/publishing/periods.rules.ts';
import {
	getReportSetting,
	latestPeriod,
	listSnapshots
} from '#lib/features/publishing/queries.server.ts';
import { PUBLISH_REFUSALS } from '#lib/features/publishing/refusals.ts';
import { filesLeft } from '#lib/platform/access/rates.ts';
import { can } from '#lib/platform/access/roles.ts';
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
	const setting = await getReportSetting(ctx.db, ctx.scope.sectionId);
	const why = whyNot(month, { latest: await latestPeriod(ctx.db, ctx.scope.sectionId), today });
	const publishes = can(ctx.actor, 'report outside') && why === null;
	const preview = publishes ? await event.locals.read('month to publish', { month, today }) : null;
	const layout = preview && suggestedOf(preview.layouts, preview.peopleCount);
	return {
		now,
		zone,
		month,
		months: [...new Set([...monthsOffered(today), month])],
		files: await filesLeft(ctx.actor.accountId),
		newly: await event.locals.read('newly reached', { month }),
		isSet: setting.activity !== '' && setting.indicator !== '',
		form: openForm(event, setting),
		published: (await listSnapshots(ctx, locale)).find(({ period }) => period === month) ?? null,
		why,
		preview,
		isEarly: month >= today.slice(0, 7),
		publishForm: openForm(event, { month, ...(layout && { layout }) })
	};
};

export const actions: Actions = {
	publish: commandAction({
		form: publishForm,
		as: 'publish',
		run: async (ctx, { data, once, locale, event }) => {
			const { zone } = await getSection(ctx, locale);
			return publishMonth(ctx, data, { once, today: dateIn(zone, event.locals.now) });
		},
		refused: PUBLISH_REFUSALS,
		to: (_, { data }) => `/exports/activityinfo?month=${data.month}&done=month_published`
	}),
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
