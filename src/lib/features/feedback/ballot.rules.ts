import {
	asAsked,
	formFor,
	isOpen,
	optionsOf,
	type Band,
	type Form
} from '#lib/features/asking/bank.rules.ts';
import type { Item } from '#lib/features/asking/bank.rules.ts';
import type { Ballot, Given, OpenSession, Screen, Step } from './types.ts';

/** Longest open answer kept, in characters. */
export const MOST_WORDS = 1000;

/** A ballot nobody has touched: for the band most of its cohort are in, if it is one. */
export function newBallot({ band }: Pick<OpenSession, 'band'>): Ballot {
	return { state: 'new', band, begun: false, at: firstOf(band), answers: {} };
}

/** Sent or deleted: it cannot be changed any more. */
export function isFinal({ state }: Ballot): boolean {
	return state === 'sent' || state === 'withdrawn';
}

/** Whether it says something of the child who had it, if only that there was one. */
export function isTouched(ballot: Ballot): boolean {
	return ballot.begun || isFinal(ballot);
}

/**
 * What to show, by the step that led here. Without one nobody knows who is looking: of a ballot somebody
 * has touched nothing is shown, not even how far it is.
 */
export function screenOf(
	open: Pick<OpenSession, 'length' | 'asksWords' | 'asked'>,
	ballot: Ballot,
	step: Step | null
): Screen {
	if (!step && isTouched(ballot)) return { kind: 'neutral' };
	const form = ballot.band && formOf(open, ballot.band);
	if (ballot.state === 'sent' || ballot.state === 'withdrawn')
		return { kind: ballot.state, form, isLate: step === 'late' };
	if (step === 'stop')
		return { kind: 'stop', form, hasAnswers: Object.keys(ballot.answers).length > 0 };
	if (!form) return { kind: 'who' };
	if (step === 'offer') return { kind: 'offer', form };
	if (ballot.at < 0) return { kind: 'welcome', form };
	const item = form.items[ballot.at];
	if (!item) return { kind: 'send', form };
	return {
		kind: 'question',
		form,
		item,
		options: optionsOf(item, form),
		position: ballot.at + 1,
		count: form.items.length,
		given: ballot.answers[item] ?? null
	};
}

/** The form of a band as a session asks it. */
export function formOf(
	{ length, asksWords, asked }: Pick<OpenSession, 'length' | 'asksWords' | 'asked'>,
	band: Band
): Form {
	return asAsked(formFor(band, length, asked), asksWords);
}

/** Takes an answer and goes to the question after it. What the form does not offer leaves the ballot as it is. */
export function withAnswer(form: Form, ballot: Ballot, item: Item, given: Given): Ballot {
	if (!isOffered(form, item, given)) return ballot;
	return {
		...ballot,
		begun: true,
		at: form.items.indexOf(item) + 1,
		answers: { ...ballot.answers, [item]: given }
	};
}

/** From the welcome to the first question. */
export function started(ballot: Ballot): Ballot {
	return { ...ballot, at: Math.max(ballot.at, 0) };
}

/** To the screen before, the first one at most. */
export function back(ballot: Ballot): Ballot {
	return { ...ballot, at: Math.max(ballot.at - 1, firstOf(ballot.band)) };
}

/** Another band has other questions and begins again. */
export function withBand(ballot: Ballot, band: Band): Ballot {
	return band === ballot.band ? ballot : { ...ballot, band, at: firstOf(band), answers: {} };
}

function isOffered(form: Form, item: Item, { answer, words }: Given): boolean {
	if (!form.items.includes(item)) return false;
	if (answer === 'skipped' || answer === 'dont_know') return words === undefined;
	if (isOpen(item, form)) return answer === 'answered' && !!words && words.length <= MOST_WORDS;
	return words === undefined && (optionsOf(item, form) as string[]).includes(answer);
}

/** The oldest read first what it is about; the others are asked at once. */
function firstOf(band: Band | null): number {
	return band === '14-17' || band === 'adult' ? -1 : 0;
}
