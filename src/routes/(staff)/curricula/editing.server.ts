import { getSection } from '#lib/features/centres/queries.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { LOCALES, type Locale } from '#lib/platform/i18n/locale.ts';
import type { Texts } from '#lib/platform/i18n/texts.ts';

/** The languages of the section, in which its texts stand side by side; its own first. */
export async function languagesOf(locals: App.Locals): Promise<Locale[]> {
	return (await getSection(ctxOf(locals), locals.locale)).languages;
}

/** Today where the section is. */
export async function todayOf(locals: App.Locals): Promise<string> {
	return dateIn((await getSection(ctxOf(locals), locals.locale)).zone, locals.now);
}

/** The values of the fields of a text, by language. */
export function typedOf(field: string, texts: Texts): Record<string, string> {
	return Object.fromEntries(LOCALES.map((locale) => [`${field}_${locale}`, texts[locale] ?? '']));
}
