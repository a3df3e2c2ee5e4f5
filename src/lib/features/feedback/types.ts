import type { FormLength } from '#lib/platform/db/schema.ts';
import type { SessionCard } from '#lib/features/sessions/types.ts';
import type { Answer, Band, Form, Item, Option } from './bank.ts';

/** How a session's code stands. It can be opened from the session's start until its day ends. */
export type CodeState =
	| { state: 'too_early' | 'cancelled' | 'over' | 'no_form' }
	| { state: 'can_open'; length: FormLength }
	| { state: 'open'; code: string; length: FormLength; sent: SentSoFar }
	/** Its day is over; the answers are counted within the hour. */
	| { state: 'counting' }
	| { state: 'closed'; moreThanPresent: boolean };

/**
 * At least so many have sent, in steps of five; null while they are fewer than five. An exact number
 * would tell, once results are shown, how many answered a form too few answered (`domain.md` 2.4).
 */
export type SentSoFar = number | null;

/** What a child's page knows of the session whose code it opened. */
export interface OpenSession {
	sessionId: string;
	sectionId: string;
	country: string;
	code: string;
	length: FormLength;
	/** The section's language as stored, `ar-LB`; a child may choose another. */
	language: string;
	/** By the ages of the cohort: what a ballot begins with. */
	band: Band;
	/** Name of a picture of what was done; null: none. */
	picture: string | null;
	/** Who ran it, by name: they do not see the answers. */
	adults: string[];
}

/** One child's answers on their way to being sent. Sealed at rest; never holds a time or a name. */
export interface Ballot {
	state: 'new' | 'open' | 'sent' | 'withdrawn';
	band: Band;
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
	| { kind: 'neutral' }
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
	| { kind: 'stop'; form: Form; hasAnswers: boolean }
	/** `isLate`: something was posted to it afterwards. */
	| { kind: 'sent' | 'withdrawn'; form: Form; isLate: boolean };

/**
 * What may be shown of an item, by the ladder of `domain.md` 2.4. `too_few`: one to four answered;
 * `hidden`: kept from who ran the session, because too few answered or all the same.
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
	| { item: Item; shown: 'words'; answeredCount: number; skippedCount: number; words: string[] };

/** The results of the children who answered one form. */
export interface FormResult {
	form: Form;
	items: ItemResult[];
}

/** A session's results, for a reader who may see them. */
export interface SessionResults {
	session: SessionCard;
	/** True when the reader ran the session: unanimous items and open words are left out. */
	ranBySelf: boolean;
	/** More ballots were begun than people were there, judged once; false while no register says how many. */
	moreThanPresent: boolean;
	forms: FormResult[];
}
