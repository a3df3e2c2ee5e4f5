import { LOCALES, type Locale } from '#lib/platform/i18n/locale.ts';
import type { Texts } from '#lib/platform/i18n/texts.ts';
import type { FullPlan, Outdated, Said, Wording } from './types.ts';

/** Texts of a curriculum in several languages: what is shown, what is missing, what lags behind. */

/** The text in the reader's language, else in the first that has it; null where none has. */
export function saidIn(texts: Texts, locale: Locale): Said | null {
	const lang = [locale, ...LOCALES].find((one) => texts[one]);
	return lang ? { text: texts[lang]!, lang } : null;
}

/**
 * Which languages lag behind after a change: those that have a text, did not change, and stand beside one that did.
 * `isSame`: whoever changed it says that all languages say the same now.
 */
export function outdatedAfter(
	before: Readonly<Record<string, Texts>>,
	after: Readonly<Record<string, Texts>>,
	{ outdated, isSame }: { outdated: Outdated; isSame: boolean }
): Outdated {
	if (isSame) return {};
	return Object.fromEntries(
		Object.entries(after).flatMap(([field, texts]) => {
			const was = before[field] ?? {};
			const changed = LOCALES.filter((locale) => (texts[locale] ?? '') !== (was[locale] ?? ''));
			const lagging = LOCALES.filter(
				(locale) =>
					texts[locale] &&
					!changed.includes(locale) &&
					(outdated[field]?.includes(locale) || changed.some((one) => texts[one]))
			);
			return lagging.length > 0 ? [[field, lagging]] : [];
		})
	);
}

/** How many of some texts are missing in a language while another has them, and how many lag behind in it. */
export function translationState(
	wordings: readonly Wording[],
	locale: Locale
): { missing: number; outdated: number } {
	return {
		missing: wordings.filter(({ texts }) => saidIn(texts, locale) && !texts[locale]).length,
		outdated: wordings.filter(({ outdated }) => outdated.includes(locale)).length
	};
}

/** Every text of a session plan and its activities. */
export function wordingsOfPlan(plan: FullPlan): Wording[] {
	return [
		...[plan.title, plan.objectives, plan.materials, plan.variants, plan.notes],
		...plan.activities.flatMap(({ title, children, says, younger, older }) => [
			...[title, children, says, younger, older]
		])
	];
}

/** Whether a plan says more than its title. */
export function saysMore(plan: FullPlan): boolean {
	const [, ...rest] = wordingsOfPlan(plan);
	return rest.some(({ texts }) => saidIn(texts, 'en'));
}

/** The lines of a text that say something, without the marks of a list. */
export function linesOf(text: string): string[] {
	return text
		.split(/\r?\n/)
		.map((line) => line.replace(/^\s*[-*•]\s+/u, '').trim())
		.filter(Boolean);
}
