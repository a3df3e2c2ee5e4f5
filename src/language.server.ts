import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestEvent } from '@sveltejs/kit';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
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
