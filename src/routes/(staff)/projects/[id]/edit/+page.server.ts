import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { saveProject } from '#lib/features/projects/commands.server.ts';
import { projectEditForm } from '#lib/features/projects/forms.ts';
import { findProjectSheet } from '#lib/features/projects/queries.server.ts';
import { PROJECT_REFUSALS } from '#lib/features/projects/refusals.ts';
import type { ProjectSheet } from '#lib/features/projects/types.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { countryName } from '#lib/platform/i18n/countries.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn, textsJson } from '#lib/platform/i18n/texts.ts';
import { nameFields } from '../../../roadmaps/name-fields.ts';
import { offeredFor } from '../../offered.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const sheet = await sheetHere(event);
	const { locale } = event.locals;
	return {
		...(await offeredFor(event.locals)),
		id: sheet.id,
		name: textIn(textsJson(sheet.names), locale),
		form: openForm(event, fieldsOf(sheet, locale))
	};
};

export const actions: Actions = {
	save: commandAction({
		here: sheetHere,
		form: projectEditForm,
		run: (ctx, { data, here, once, locale }) =>
			saveProject(ctx, { ...data, projectId: here.id, locale }, once),
		refused: PROJECT_REFUSALS,
		to: ({ id }) => `/projects/${id}?done=project_saved`
	})
};

async function sheetHere({ locals, params }: RequestEvent) {
	const sheet = await findProjectSheet(ctxOf(locals), params.id);
	return sheet ?? error(404, m.error_not_found());
}

function fieldsOf(sheet: ProjectSheet, locale: Locale) {
	const comma = locale === 'ar' ? '، ' : ', ';
	return {
		version: String(sheet.version),
		...nameFields(sheet.names),
		...{ starts: sheet.startsOn, ends: sheet.endsOn },
		countries: sheet.countryCodes.map((code) => countryName(code, locale)).join(comma),
		...{ funder: sheet.funderIds, partner: sheet.partnerIds, section: sheet.sectionIds },
		advisory: sheet.advisory[locale] ?? ''
	};
}
