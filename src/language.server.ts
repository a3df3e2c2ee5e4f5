import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestEvent } from '@sveltejs/kit';
import { baseLocale, overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { preferredLocale, type Locale } from '#lib/platform/i18n/locale.ts';

/** Holds the request's locals and not its language, so that a page which knows better may change it. */
const speaking = new AsyncLocalStorage<{ locale: Locale }>();
overwriteGetLocale(() => speaking.getStore()?.locale ?? 'en');

/** Runs what speaks in the language of these locals, as it stands when a word is asked for. */
export function speakingIn<Result>(locals: { locale: Locale }, run: () => Result): Result {
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
