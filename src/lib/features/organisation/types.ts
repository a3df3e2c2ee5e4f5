import type { Locale } from '#lib/platform/i18n/locale.ts';
import type { Texts } from '#lib/platform/i18n/texts.ts';

/** How much of what a new organisation needs is there. */
export interface Progress {
	centres: number;
	/** Accounts that can log in, the administrator's own among them; not who was invited and has no password yet. */
	accounts: number;
	people: number;
	/** Registers taken. */
	registers: number;
	/** Targets of the country. */
	targets: number;
	/** Curricula with a published version, but for what registers of before are under. */
	curricula: number;
	/** Cycles that were planned, not brought in. */
	cycles: number;
}

/** What a new organisation needs before it asks children. */
export interface Listening {
	/** Enough focal points confirmed that an alert reaches them. */
	alerts: boolean;
	/** The words children read are checked in every language of the organisation. */
	words: boolean;
	/** Somebody may read what children write. */
	readers: boolean;
}

/** An organisation as its form shows it. */
export interface Organisation {
	names: Texts;
	country: string;
	zone: string;
	/** Its own first. */
	languages: Locale[];
	weekStartsOn: number;
	closedWeekdays: number[];
	isExample: boolean;
}
