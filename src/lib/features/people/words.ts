import { m } from '#lib/paraglide/messages.js';
import type { ContactWay, Relation, Sex } from '#lib/platform/db/schema.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { languageName } from '#lib/platform/i18n/languages.ts';
import { isolated } from '#lib/platform/i18n/format.ts';
import { kindsOf } from './rules.ts';
import type { PersonKind } from './types.ts';

const SEXES: Record<Sex, () => string> = { f: m.sex_f, m: m.sex_m, other: m.sex_other };

const KINDS: Record<PersonKind, () => string> = {
	child: m.people_kind_child,
	adult: m.people_kind_adult,
	caregiver: m.people_kind_caregiver,
	staff: m.people_kind_staff
};

const GROUPS: Record<string, () => string> = {
	SYR: m.people_group_syr,
	LEB: m.people_group_leb,
	PRS: m.people_group_prs,
	PRL: m.people_group_prl,
	OTH: m.people_group_oth
};

export function sexWord(sex: Sex): string {
	return SEXES[sex]();
}

export function kindWord(kind: PersonKind): string {
	return KINDS[kind]();
}

/** All that somebody is, `Staff · Caregiver`. */
export function kindWords(person: Parameters<typeof kindsOf>[0]): string {
	return kindsOf(person).map(kindWord).join(' · ');
}

/** Child, female, 11 years old. */
export function whoWords(person: Parameters<typeof kindsOf>[0] & { sex: Sex }): string {
	return m.people_one_lead({
		kind: kindWords(person),
		sex: sexWord(person.sex),
		age: m.people_years({ count: person.age })
	});
}

/** A population group of Lebanon's data sheets in words; a code that is none of them as it is. */
export function groupWord(code: string): string {
	return GROUPS[code]?.() ?? code;
}

/** The name of a language in the reader's own. */
export function languageWord(code: string, locale: Locale): string {
	if (code === 'other') return m.people_language_other();
	return languageName(code, locale);
}

const RELATION_WORDS: Record<Relation, () => string> = {
	mother: m.guardian_relation_mother,
	father: m.guardian_relation_father,
	grandparent: m.guardian_relation_grandparent,
	sibling: m.guardian_relation_sibling,
	relative: m.guardian_relation_relative,
	guardian: m.guardian_relation_guardian,
	other: m.guardian_relation_other
};

const WAYS: Record<ContactWay, () => string> = {
	call: m.guardian_way_call,
	message: m.guardian_way_message,
	visit: m.guardian_way_visit,
	none: m.guardian_way_none
};

export function relationWord(relation: Relation): string {
	return RELATION_WORDS[relation]();
}

/** How it is safe to reach someone, as a choice. */
export function wayWord(way: ContactWay): string {
	return WAYS[way]();
}

/** "451 children and 49 adults" of a number of people; null where they are all of one kind, or nobody knows. */
export function bothWords(
	peopleCount: number,
	adultCount: number | null,
	locale: Locale
): string | null {
	if (adultCount === null || adultCount === 0 || adultCount >= peopleCount) return null;
	return m.count_both({
		children: isolated(m.count_children({ count: peopleCount - adultCount }), locale),
		adults: isolated(m.count_adults({ count: adultCount }), locale)
	});
}
