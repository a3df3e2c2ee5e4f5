import { relationWord } from '#lib/features/people/words.ts';
import { ADULT_AGE } from '#lib/features/people/rules.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Relation } from '#lib/platform/db/schema.ts';
import type {
	ConsentGiver,
	ConsentPurpose,
	ConsentReader,
	Said
} from '#lib/platform/db/vocabularies.ts';
import { formatDate, formatNumber, isolated } from '#lib/platform/i18n/format.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { countryAge } from './age.rules.ts';
import type { ConsentText, MayNot, Reason, StandingState } from './types.ts';

type In = { locale: Locale };

const PURPOSES: Record<ConsentPurpose, (inputs?: object, options?: In) => string> = {
	take_part: m.consent_purpose_take_part,
	photo: m.consent_purpose_photo,
	quote: m.consent_purpose_quote,
	drawing: m.consent_purpose_drawing,
	contact: m.consent_purpose_contact,
	online: m.consent_purpose_online,
	travel: m.consent_purpose_travel
};

const STATES: Record<StandingState, () => string> = {
	given: m.consent_state_given,
	missing: m.consent_state_missing,
	refused: m.consent_state_refused,
	conflict: m.consent_state_conflict,
	expired: m.consent_state_expired,
	asked_anew: m.consent_state_asked_anew
};

const REASONS: Record<Reason, () => string> = {
	self_missing: m.consent_reason_self_missing,
	self_no: m.consent_reason_self_no,
	self_expired: m.consent_reason_self_expired,
	turned_adult: m.consent_reason_turned_adult,
	guardian_missing: m.consent_reason_guardian_missing,
	guardian_no: m.consent_reason_guardian_no,
	guardian_expired: m.consent_reason_guardian_expired,
	guardians_differ: m.consent_reason_guardians_differ,
	former_no: m.consent_reason_former_no,
	guardian_no_noted: m.consent_reason_guardian_no_noted
};

const MAY_NOT: Record<MayNot, () => string> = {
	under_age: m.consent_may_not_under_age,
	unrelated: m.consent_may_not_unrelated,
	staff: m.consent_may_not_staff,
	alone: m.consent_may_not_alone
};

const SAID_WORDS: Record<Said, () => string> = {
	yes: m.consent_said_yes,
	no: m.consent_said_no,
	withdrawn: m.consent_said_withdrawn
};

const READERS: Record<ConsentReader, () => string> = {
	child: m.consent_reader_child,
	guardian: m.consent_reader_guardian,
	adult: m.consent_reader_adult
};

/** What is asked for; on a sheet in the sheet's language. */
export function purposeWord(purpose: ConsentPurpose, locale?: Locale): string {
	return PURPOSES[purpose]({}, locale && { locale });
}

export function stateWord(state: StandingState): string {
	return STATES[state]();
}

export function reasonWords(reason: Reason): string {
	return REASONS[reason]();
}

export function mayNotWords(why: MayNot): string {
	return MAY_NOT[why]();
}

export function saidWord(said: Said): string {
	return SAID_WORDS[said]();
}

export function readerWord(reader: ConsentReader): string {
	return READERS[reader]();
}

/** Who says something: `Mother · Fatima`, the child, somebody nobody named. `age`: of the person it is about. */
export function giverWords(
	{
		giver,
		name,
		relation
	}: { giver: ConsentGiver; name: string | null; relation: Relation | null },
	age: number
): string {
	if (giver === 'self') return age < ADULT_AGE ? m.consent_giver_child() : m.consent_giver_self();
	if (giver === 'unnamed') return m.consent_giver_unnamed();
	const who = relation ? relationWord(relation) : m.consent_papers_guardian();
	return `${who} · ${name ?? m.consent_giver_gone()}`;
}

/** What the age of own decision is where the section does not say, and after which law. */
export function countryAgeWords(country: string, locale: Locale): string {
	const law = countryAge(country);
	if (!law) return m.consent_settings_age_none();
	const age = isolated(formatNumber(law.age, locale), locale);
	const words = law.purposes ? m.consent_settings_age_law_online : m.consent_settings_age_law;
	return words({ age, source: isolated(law.source, locale) });
}

/** Version 2, since 3 May 2026. */
export function versionWords({ number, publishedOn }: ConsentText, locale: Locale): string {
	const since = publishedOn
		? m.consent_text_since({ date: isolated(formatDate(publishedOn, locale, 'full'), locale) })
		: m.consent_text_built_in();
	return `${m.consent_text_number({ number: isolated(formatNumber(number, locale), locale) })}, ${since}`;
}
