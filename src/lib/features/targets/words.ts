import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { groupWord, sexWord } from '#lib/features/people/words.ts';
import type { Dimension, Measure } from '#lib/platform/db/vocabularies.ts';
import { formatDate, formatList, formatNumber } from '#lib/platform/i18n/format.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn, textsJson } from '#lib/platform/i18n/texts.ts';
import type { PasteFault } from './paste.rules.ts';
import { dimensionsOf } from './rules.ts';
import type { ChangeState, GroupSum, PeopleGroup, TargetNumbers } from './types.ts';

/** The field a missing name is told at: that of the reader's language. */
export function nameField(): string {
	return `name_${getLocale()}`;
}

/** The field a missing definition is told at. */
export function definitionField(): string {
	return `definition_${getLocale()}`;
}

const MEASURE_WORDS: Record<Measure, readonly [name: () => string, rule: () => string]> = {
	reached: [m.indicator_measure_reached, m.indicator_rule_reached],
	children: [m.indicator_measure_children, m.indicator_rule_children],
	caregivers: [m.indicator_measure_caregivers, m.indicator_rule_caregivers],
	completed: [m.indicator_measure_completed, m.indicator_rule_completed]
};

export function measureWord(measure: Measure): string {
	return MEASURE_WORDS[measure][0]();
}

/** How a measure counts, in a sentence or two. */
export function ruleWords(measure: Measure): string {
	return MEASURE_WORDS[measure][1]();
}

const DIMENSION_WORDS: Record<Dimension, () => string> = {
	sex: m.target_dimension_sex,
	age: m.target_dimension_age,
	group: m.target_dimension_group
};

export function dimensionWord(dimension: Dimension): string {
	return DIMENSION_WORDS[dimension]();
}

const STATE_WORDS: Record<ChangeState, () => string> = {
	waiting: m.target_state_waiting,
	confirmed: m.target_state_confirmed,
	unconfirmed: m.target_state_unconfirmed,
	dropped: m.target_state_dropped
};

export function stateWord(state: ChangeState): string {
	return STATE_WORDS[state]();
}

/** Whom a part is for: `Female · 6–11 years · Lebanese`. */
export function groupWords(group: PeopleGroup, locale: Locale): string {
	const { sex, ageFrom, ageTo, populationGroup } = group;
	const number = (value: number) => formatNumber(value, locale);
	return dimensionsOf(group)
		.map((dimension) => {
			if (dimension === 'sex') return sexWord(sex!);
			if (dimension === 'group') return groupWord(populationGroup!);
			if (ageTo === null) return m.target_group_from_age({ from: number(ageFrom!) });
			if (ageFrom === null) return m.target_group_to_age({ to: number(ageTo) });
			return m.target_group_ages({ from: number(ageFrom), to: number(ageTo) });
		})
		.join(' · ');
}

/** What parts of one kind add up to, beside the whole. */
export function sumWords(
	{ dimensions, sum, difference }: GroupSum,
	target: number,
	locale: Locale
): string {
	const number = (value: number) => formatNumber(value, locale);
	const words = {
		dimensions: formatList(dimensions.map(dimensionWord), locale),
		sum: number(sum),
		difference: number(Math.abs(difference)),
		target: number(target)
	};
	if (difference === 0) return m.target_sum_equal(words);
	return difference > 0 ? m.target_sum_fewer(words) : m.target_sum_more(words);
}

/** The numbers of a target in a line: how many, from when to when, and what was before. */
export function numbersWords(
	{ startsOn, endsOn, amount, opening }: TargetNumbers,
	locale: Locale
): string {
	const now = m.target_numbers_words({
		people: m.people_count({ count: amount }),
		from: formatDate(startsOn, locale, 'full'),
		to: formatDate(endsOn, locale, 'full')
	});
	if (!opening) return now;
	const before = m.target_numbers_opening({
		people: m.people_count({ count: opening.amount }),
		source: textIn(textsJson(opening.source), locale),
		date: opening.asOf ? formatDate(opening.asOf, locale, 'full') : m.targets_opening_undated()
	});
	return `${now}; ${before}`;
}

const FAULT_WORDS: Record<PasteFault, () => string> = {
	centre_missing: m.target_fault_centre_missing,
	centre_unknown: m.target_fault_centre_unknown,
	centre_twice: m.target_fault_centre_twice,
	not_a_number: m.target_fault_not_a_number,
	cell_extra: m.paste_cell_extra,
	quote_open: m.paste_quote_open,
	too_many: m.paste_too_many,
	nothing: m.paste_nothing
};

/** What is wrong in a cell of a pasted table. */
export function faultWords(fault: PasteFault): string {
	return FAULT_WORDS[fault]();
}
