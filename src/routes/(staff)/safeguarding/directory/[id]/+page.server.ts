import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { listCentres } from '#lib/features/centres/queries.server.ts';
import { removeHelpEntry, saveHelpEntry } from '#lib/features/directory/commands.server.ts';
import { helpChoice, helpForm } from '#lib/features/directory/forms.ts';
import { findHelpSheet } from '#lib/features/directory/queries.server.ts';
import { HELP_REFUSALS } from '#lib/features/directory/refusals.ts';
import type { HelpSheet } from '#lib/features/directory/types.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { LOCALES } from '#lib/platform/i18n/locale.ts';
import { textIn, textsJson } from '#lib/platform/i18n/texts.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locale } = event.locals;
	const ctx = ctxOf(event.locals);
	const sheet = await sheetHere(event);
	return {
		id: sheet.id,
		name: textIn(textsJson(sheet.names), locale),
		centres: (await listCentres(ctx, locale)).map(({ id, name }) => ({ id, name })),
		form: openForm(event, typedFrom(sheet)),
		removing: openForm(event)
	};
};

export const actions: Actions = {
	save: commandAction({
		here: sheetHere,
		form: helpForm,
		run: (ctx, { data, here, once }) => saveHelpEntry(ctx, { ...data, id: here.id }, once),
		refused: HELP_REFUSALS,
		to: () => '/safeguarding/directory?done=help_saved'
	}),
	remove: commandAction({
		form: helpChoice,
		as: 'removing',
		run: (ctx, { data, once }) => removeHelpEntry(ctx, data, once),
		refused: HELP_REFUSALS,
		to: ({ undo }) => `/safeguarding/directory?done=help_removed&undo=${undo}`
	})
};

async function sheetHere({ locals, params }: RequestEvent): Promise<HelpSheet> {
	return (await findHelpSheet(ctxOf(locals), params.id)) ?? error(404, m.error_not_found());
}

/** An entry as the fields of its form. */
function typedFrom(sheet: HelpSheet) {
	const texts = LOCALES.flatMap((locale) => [
		[`name_${locale}`, sheet.names[locale] ?? ''],
		[`purpose_${locale}`, sheet.purposes[locale] ?? ''],
		[`hours_${locale}`, sheet.hours[locale] ?? ''],
		[`place_${locale}`, sheet.places[locale] ?? '']
	]);
	return {
		...(Object.fromEntries(texts) as Record<string, string>),
		...{ kind: sheet.kind, audience: sheet.audience, centre: sheet.centreId ?? '' },
		...{ phone: sheet.phone ?? '', chat: sheet.chat ?? '', position: String(sheet.position) },
		languages: sheet.languages
	};
}
