import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getSection } from '#lib/features/centres/queries.server.ts';
import { readPlans } from '#lib/features/curricula/plans.queries.server.ts';
import { findVersion } from '#lib/features/curricula/versions.queries.server.ts';
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

/** The session plan an address names with its version, whole; 404 where the asker sees none. */
export async function planHere({ locals, params }: PlanEvent) {
	const ctx = ctxOf(locals);
	const [plan] = await readPlans(ctx, { planId: params.id ?? '' });
	const version = plan && (await findVersion(ctx, plan.versionId, locals.locale));
	return version ? { plan, version } : error(404, m.error_not_found());
}

interface PlanEvent {
	locals: App.Locals;
	params: { id?: string | undefined };
}
