import type { FormLength } from '#lib/platform/db/schema.ts';
import { PICTURES } from '#lib/features/curricula/types.ts';
import type { Texts } from '#lib/platform/i18n/texts.ts';
import type { Band, Item, OwnItem } from './bank.rules.ts';

/** How a question of one's own is answered. `yes_no`: *not sure* is the *I don't know* that every question has. */
export const QUESTION_KINDS = ['scale', 'yes_no', 'pick', 'words'] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

/** The pictures there are for a question, and for what one picks from. */
export const QUESTION_PICTURES = [...PICTURES, 'safe', 'listening'] as const;
export type QuestionPicture = (typeof QUESTION_PICTURES)[number];

/** A question a section worded itself. */
export interface OwnQuestion {
	id: OwnItem;
	kind: QuestionKind;
	/** Shown above it to the youngest; null: the session's own. */
	picture: QuestionPicture | null;
	/** By band, worded in each language. */
	texts: Partial<Record<Band, Texts>>;
	/** What one picks from, two to four; empty for every other kind. */
	options: readonly PickedFrom[];
}

export interface PickedFrom {
	picture: QuestionPicture | null;
	texts: Texts;
}

/** Which items a form asks: by length and band, `pulse 6-9`. A form that is missing is the one Halqa comes with. */
export type FormKey = `${FormLength} ${Band}`;

/** A version of what children are asked. A published one never changes; answers point to it. */
export interface Asked {
	id: string;
	/** 1 for the first of its curriculum, or of the section. */
	number: number;
	questions: readonly OwnQuestion[];
	forms: Readonly<Partial<Record<FormKey, readonly Item[]>>>;
}
