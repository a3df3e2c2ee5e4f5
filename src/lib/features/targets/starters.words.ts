import { m } from '#lib/paraglide/messages.js';
import type { Measure } from '#lib/platform/db/vocabularies.ts';
import { LOCALES } from '#lib/platform/i18n/locale.ts';
import type { Texts } from '#lib/platform/i18n/texts.ts';
import type { StarterWords } from './indicators.commands.server.ts';

type Word = (
	inputs: Record<string, never>,
	options: { locale: (typeof LOCALES)[number] }
) => string;

/** Names and definitions of the few indicators to start from, in every language. For the server: pages carry one language. */
export function starterWords(): StarterWords {
	const inAll = (word: Word): Texts =>
		Object.fromEntries(LOCALES.map((locale) => [locale, word({}, { locale })]));
	const both = (name: Word, rule: Word) => ({ names: inAll(name), definitions: inAll(rule) });
	return {
		reached: both(m.indicator_measure_reached, m.indicator_rule_reached),
		children: both(m.indicator_measure_children, m.indicator_rule_children),
		caregivers: both(m.indicator_measure_caregivers, m.indicator_rule_caregivers),
		completed: both(m.indicator_measure_completed, m.indicator_rule_completed)
	} satisfies Record<Measure, unknown>;
}
