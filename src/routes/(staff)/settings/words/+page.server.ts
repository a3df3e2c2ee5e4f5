import { checkLanguage, correctText, restoreText } from '#lib/features/wording/commands.server.ts';
import { checkForm, correctForm, restoreForm } from '#lib/features/wording/forms.ts';
import { listWords } from '#lib/features/wording/queries.server.ts';
import { CHECK_REFUSALS, CORRECT_REFUSALS } from '#lib/features/wording/refusals.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { isLocale, type Locale } from '#lib/platform/i18n/locale.ts';
import type { Actions, PageServerLoad } from './$types';

/** One language beside the English, a text open to be corrected at a time: no script is needed, and the page stays small. */
export const load: PageServerLoad = async (event) => {
	const ctx = ctxOf(event.locals);
	const language = languageOf(event.url, event.locals.locale);
	const words = await listWords(ctx, language);
	const texts = words.groups.flatMap((group) => group.texts);
	const open = texts.find(({ id }) => id === event.url.searchParams.get('text'));
	return {
		language,
		words,
		mayChange: ctx.scope.centreIds === null,
		open: open?.id ?? null,
		form: openForm(event, { language, key: open?.id ?? '', text: open?.text ?? '' }),
		checking: openForm(event, { language, fingerprint: words.fingerprint })
	};
};

export const actions: Actions = {
	correct: commandAction({
		form: correctForm,
		run: (ctx, { data, once }) => correctText(ctx, data, once),
		refused: CORRECT_REFUSALS,
		to: ({ key }, { data }) => back(data.language, 'text_corrected', key)
	}),
	restore: commandAction({
		form: restoreForm,
		run: (ctx, { data, once }) => restoreText(ctx, data, once),
		refused: CORRECT_REFUSALS,
		to: ({ key }, { data }) => back(data.language, 'text_restored', key)
	}),
	check: commandAction({
		form: checkForm,
		as: 'checking',
		run: (ctx, { data, once }) => checkLanguage(ctx, data, once),
		refused: CHECK_REFUSALS,
		to: ({ language }) => back(language, 'language_checked')
	})
};

function back(language: Locale, done: string, key?: string): string {
	return `/settings/words?language=${language}&done=${done}${key ? `#${key}` : ''}`;
}

/** The language in the address; else the reader's own, or the one most need to have checked. */
function languageOf(url: URL, locale: Locale): Locale {
	const asked = url.searchParams.get('language');
	if (isLocale(asked)) return asked;
	return locale === 'en' ? 'ar' : locale;
}
