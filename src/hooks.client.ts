import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { isLocale } from '#lib/platform/i18n/locale.ts';

overwriteGetLocale(() => {
	const language = document.documentElement.lang;
	return isLocale(language) ? language : 'en';
});
