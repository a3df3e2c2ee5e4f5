import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestEvent } from '@sveltejs/kit';
import { baseLocale, overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { overwriteGetWording } from '#lib/features/wording/say.words.ts';
import type { Wording } from '#lib/features/wording/types.ts';
import { preferredLocale, type Locale } from '#lib/platform/i18n/locale.ts';

/** Holds the request's locals and not its language, so that a page which knows better may change it. */
const speaking = new AsyncLocalStorage<Speaking>();
overwriteGetLocale(() => speaking.getStore()?.locale ?? 'en');
overwriteGetWording(() => speaking.getStore()?.wording);

interface Speaking {
	locale: Locale;
	/** What a section made of the words its children read. */
	wording?: Wording | undefined;
}

/** Runs what speaks in the language of these locals, as it stands when a word is asked for. */
export function speakingIn<Result>(locals: Speaking, run: () => Result): Result {
	return speaking.run(locals, run);
}

/** The request's language, also when it failed before anybody was known. */
export function localeOf({ locals, request }: RequestEvent): Locale {
	return locals.locale ?? preferredLocale(request.headers.get('accept-language'));
}

const SCRIPT = /(\/_app\/immutable\/(?:entry|nodes|chunks)\/[\w.-]+?)\.js\b/g;

/** HTML or a header with the addresses of scripts that speak this language: the build makes some for each. */
export function withScriptsIn(locale: Locale, text: string): string {
	return locale === baseLocale ? text : text.replace(SCRIPT, `$1.${locale}.js`);
}
