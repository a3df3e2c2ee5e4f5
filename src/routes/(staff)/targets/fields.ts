import type { Indicator, TargetNumbers } from '#lib/features/targets/types.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn, textsJson, type Texts } from '#lib/platform/i18n/texts.ts';

/** The fields of a text in each language: `name_en`, `name_fr`, `name_ar`. */
export function textFields(prefix: 'name' | 'definition', texts: Texts): Record<string, string> {
	return Object.fromEntries(
		Object.entries(texts).map(([locale, text]) => [`${prefix}_${locale}`, text ?? ''])
	);
}

/** The fields of a target's numbers as they stand. */
export function numberFields(
	{ startsOn, endsOn, amount, opening }: TargetNumbers,
	locale: Locale
): Record<string, string> {
	return {
		startsOn,
		endsOn,
		amount: String(amount),
		...(opening && {
			openingAmount: String(opening.amount),
			openingAsOf: opening.asOf ?? '',
			openingSource: textIn(textsJson(opening.source), locale)
		})
	};
}

/** Indicators to choose from. */
export function indicatorOptions(
	indicators: readonly Indicator[],
	locale: Locale
): { value: string; label: string }[] {
	return indicators.map(({ id, names }) => ({
		value: id,
		label: textIn(textsJson(names), locale)
	}));
}
