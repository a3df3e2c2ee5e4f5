import type { FormLength } from '#lib/platform/db/schema.ts';
import type { Asked } from '#lib/features/asking/types.ts';
import type { SessionCard } from '#lib/features/sessions/types.ts';
import type { WordingOf } from '#lib/features/wording/types.ts';
import type { Answer, Band, Form, Item, Option } from '#lib/features/asking/bank.rules.ts';

/**
 * How a session's code stands. It can be opened from the session's start until its day ends, once; a fresh
 * one, in place of one that took too many ballots, is open for the rest of its own day.
 */
export type CodeState =
	| { state: 'too_early' | 'cancelled' | 'over' | 'no_form' }
	| { state: 'can_open'; length: FormLength; asksWords: boolean; bands: readonly Band[] }
	| {
			state: 'open';
			code: string;
			length: FormLength;
			asksWords: boolean;
			sent: SentSoFar;
			openOn: string;
			/** Whether the reader may close it: an open fresh code may be another's to close. */
			mayClose: boolean;
	  }
	/** Its day is over; the answers are counted within the hour. */
	| { state: 'counting' }
	| { state: 'closed'; isCounted: boolean; fresh: FreshCode | null };

/** A code that may be opened in place of one that took too many ballots: until a civil date, by who did not open that. */
export interface FreshCode {
	until: string;
	isYours: boolean;
}

/**
 * At least so many have sent, in steps of five; null while they are fewer than five. An exact number
 * would tell, once results are shown, how many answered a form too few answered (`domain.md` 2.4).
 */
export type SentSoFar = number | null;

/** What a child's page knows of the session whose code it opened. */
export interface OpenSession {
	codeId: string;
	sessionId: string;
	sectionId: string;
	country: string;
	/** Civil date of the session, and whether it is today where the session is: a fresh code may open later. */
	date: string;
	isToday: boolean;
	code: string;
	length: FormLength;
	/** Somebody reads what is written; otherwise nothing is asked that is answered in words. */
	asksWords: boolean;
	/** What the section asks, in the version the code was opened with; null: the forms that come with Halqa. */
	asked: Asked | null;
	/** Where it is held; null: at no centre. */
	centreId: string | null;
	zone: string;
	/** The section's language as stored, `ar-LB`; a child may choose another. */
	language: string;
	/** Where the section's own words for children are read. */
	wording: WordingOf;
	/** The forms on offer, youngest first, by the ages of the cohort's members. */
	bands: readonly Band[];
	/** What a ballot begins with; null: children and adults are in it, and the first screen asks who answers. */
	band: Band | null;
	/** Name of a picture of what was done; null: none. */
	picture: string | null;
}

/** One child's answers on their way to being sent. Sealed at rest; never holds a time or a name. */
export interface Ballot {
	state: 'new' | 'open' | 'sent' | 'withdrawn';
	/** null: it was not said yet who answers. */
	band: Band | null;
	/** True from its first answer on, whatever became of that. */
	begun: boolean;
	/** Which question is shown: -1 the welcome, the number of questions: *Send*. */
	at: number;
	answers: Partial<Record<Item, Given>>;
}

/** What a child gave to an item. `words` only where the answer is `answered`. */
export interface Given {
	answer: Answer;
	words?: string;
}

/**
 * The step of a child's own page that leads to the next screen: on; to Stop; to the offer of somebody to
 * talk to; or to being told that a ballot was sent or deleted already.
 */
export type Step = 'on' | 'stop' | 'offer' | 'late';

/** What a child's page shows next. */
export type Screen =
	| { kind: 'neutral' | 'who' }
	| { kind: 'welcome' | 'send' | 'offer'; form: Form }
	| {
			kind: 'question';
			form: Form;
			item: Item;
			/** null where one writes. */
			options: readonly Option[] | null;
			/** 1 for the first. */
			position: number;
			count: number;
			given: Given | null;
	  }
	/** `form` is null when it was left without saying who answers. */
	| { kind: 'stop'; form: Form | null; hasAnswers: boolean }
	/** `isLate`: something was posted to it afterwards. */
	| { kind: 'sent' | 'withdrawn'; form: Form | null; isLate: boolean };

/**
 * What may be shown of an item, by the ladder of `domain.md` 2.4. `nobody`: five or more sent the form, none
 * answered; `too_few`: one to four answered, or nobody of as few;
 * `hidden`: kept from who ran the session; `split`: all they ever see of an item.
 */
export type ItemResult =
	| { item: Item; shown: 'nobody' | 'too_few' | 'hidden' }
	| {
			item: Item;
			shown: 'counts' | 'shares';
			/** Who answered; skips and *I don't know* apart. */
			answeredCount: number;
			skippedCount: number;
			dontKnowCount: number;
			/** Not reached by who stopped before. */
			notShownCount: number;
			/** Every option of the item in its order, zeros included. */
			options: { option: Option; count: number }[];
			/** Half answered this or less; null below ten answers and where options have no order. */
			median: Option | null;
	  }
	| {
			item: Item;
			shown: 'split';
			/** The options that speak well of the session; where options have no order, the one chosen most. */
			options: readonly Option[];
			chosenCount: number;
			/** Everybody else who sent the form: whatever they said, or that they said nothing. */
			restCount: number;
	  }
	| { item: Item; shown: 'words'; answeredCount: number; skippedCount: number; words: string[] };

/** The results of those who answered one form. */
export interface FormResult {
	form: Form;
	items: ItemResult[];
}

/** Whose answers a list, a page or a file holds: children's and adults' never stand in one. */
export type Whose = 'children' | 'adults';

/** What was answered under one code of a session, for a reader who may see it. */
export interface SessionResults {
	session: SessionCard;
	codeId: string;
	/** Which of the session's codes: 1 for the first. */
	codeNumber: number;
	/** True when the reader ran the session: of each item they see two groups at most, and no words. */
	ranBySelf: boolean;
	/** False: more ballots were begun than the cohort has members. Nothing of it is shown, to anybody. */
	isCounted: boolean;
	vouch: VouchState;
	/** Whose forms were answered; where none is shown, who are members of its cohort. */
	asked: readonly Whose[];
	/** Children's, youngest first, then adults'. */
	forms: FormResult[];
}

/**
 * Whether somebody who did not run a session has said how many answered. `alone`: nobody else works at its
 * centre, so nobody there can. `open`: the reader may say it now; `offered` is a number to begin with,
 * if there is one; `isAsked` while lists still ask for it.
 */
export type VouchState =
	| { state: 'waiting' | 'alone' }
	| { state: 'open'; offered: number | null; isAsked: boolean }
	/** null: not told to who ran it. */
	| { state: 'said'; answeredCount: number | null };

/** Results as a page or a file gives them. */
export interface ShownResults extends SessionResults {
	/** The reader is asked how many answered, and shown what they said only after that. */
	isFirst: boolean;
}

/** A session whose answers wait for somebody's word on how many answered. */
export interface Waiting {
	session: SessionCard;
	codeNumber: number;
	offered: number | null;
}
