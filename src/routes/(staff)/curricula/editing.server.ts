import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getSection } from '#lib/features/centres/queries.server.ts';
import { isEditor } from '#lib/features/curricula/versions.queries.server.ts';
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

/** A page for editors is not there for anybody else. */
export function onlyForEditors(locals: App.Locals): void {
	if (!isEditor(ctxOf(locals))) error(404, m.error_not_found());
}

/** The values of the fields of a text, by language. */
export function typedOf(field: string, texts: Texts): Record<string, string> {
	return Object.fromEntries(LOCALES.map((locale) => [`${field}_${locale}`, texts[locale] ?? '']));
}
