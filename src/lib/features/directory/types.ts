import type { Texts } from '#lib/platform/i18n/texts.ts';
import type { HelpAudience, HelpKind } from '#lib/platform/db/vocabularies.ts';

/** Somebody to turn to, in the reader's language. Empty texts: nothing is known. */
export interface HelpLine {
	id: string;
	kind: HelpKind;
	audience: HelpAudience;
	name: string;
	/** What it is for. */
	purpose: string;
	hours: string;
	place: string;
	phone: string | null;
	/** An address on the web, or how to find them in an app. */
	chat: string | null;
	/** Codes of languages spoken. */
	languages: readonly string[];
	/** The centre's name; null: for the whole section. */
	centre: string | null;
	/** Where the entry is from; null: people of the section wrote it. */
	source: string | null;
	/** Civil date somebody last rang it or went there; null: nobody yet. */
	verifiedOn: string | null;
	/** Nobody tried it for so long that it may no longer answer. */
	isStale: boolean;
}

/** As those see it who keep the directory. */
export interface KeptHelpLine extends HelpLine {
	verifiedBy: string | null;
}

/** All of an entry, in every language, as it is edited. */
export interface HelpSheet {
	id: string;
	kind: HelpKind;
	audience: HelpAudience;
	centreId: string | null;
	names: Texts;
	purposes: Texts;
	hours: Texts;
	places: Texts;
	phone: string | null;
	chat: string | null;
	languages: string[];
	position: number;
}
