import { getSection } from '#lib/features/centres/queries.server.ts';
import { textForm } from '#lib/features/consent/forms.ts';
import { TEXT_REFUSALS } from '#lib/features/consent/refusals.ts';
import { publishText } from '#lib/features/consent/texts.commands.server.ts';
import { listTexts } from '#lib/features/consent/texts.queries.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { textAsked } from '../../../consent/which.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = ctxOf(event.locals);
	const { languages } = await getSection(ctx, event.locals.locale);
	const asked = textAsked(event.url.searchParams, languages);
	const versions = await listTexts(ctx, [asked.language], asked);
	return {
		asked,
		versions,
		form: openForm(event, {
			...asked,
			number: String(versions[0]!.number),
			body: versions[0]!.body
		})
	};
};

export const actions: Actions = {
	publish: commandAction({
		form: textForm,
		run: async (ctx, { data, once, locale, event }) => {
			const { zone } = await getSection(ctx, locale);
			return publishText(ctx, data, { once, today: dateIn(zone, event.locals.now) });
		},
		refused: TEXT_REFUSALS,
		to: (_, { data: { purpose, reader, language } }) =>
			`/settings/consent/text?purpose=${purpose}&reader=${reader}&language=${language}&done=consent_text`
	})
};
