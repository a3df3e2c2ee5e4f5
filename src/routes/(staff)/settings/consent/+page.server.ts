import { getSection } from '#lib/features/centres/queries.server.ts';
import { termsForm } from '#lib/features/consent/forms.ts';
import { getTerms } from '#lib/features/consent/queries.server.ts';
import { TERMS_REFUSALS } from '#lib/features/consent/refusals.ts';
import { setTerms } from '#lib/features/consent/terms.commands.server.ts';
import { listTexts } from '#lib/features/consent/texts.queries.server.ts';
import { CONSENT_READERS } from '#lib/platform/db/vocabularies.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = ctxOf(event.locals);
	const terms = await getTerms(ctx);
	const { languages } = await getSection(ctx, event.locals.locale);
	const texts = await listTexts(ctx, languages);
	return {
		country: terms.country,
		/** How many versions there are of each text in use, and in which languages. */
		texts: terms.purposes.map((purpose) => ({
			purpose,
			readers: CONSENT_READERS.map((reader) => ({
				reader,
				languages: languages.map((language) => ({
					language,
					number: Math.max(
						...texts
							.filter((one) => one.purpose === purpose && one.reader === reader)
							.filter((one) => one.language === language)
							.map(({ number }) => number)
					)
				}))
			}))
		})),
		form: openForm(event, {
			version: String(terms.version),
			purposes: terms.purposes,
			onMissing: terms.onMissing,
			ownAge: terms.ownAge === null ? '' : String(terms.ownAge),
			validMonths: String(terms.validMonths)
		})
	};
};

export const actions: Actions = {
	save: commandAction({
		form: termsForm,
		run: (ctx, { data, once }) => setTerms(ctx, data, once),
		refused: TERMS_REFUSALS,
		to: () => '/settings/consent?done=consent_terms'
	})
};
