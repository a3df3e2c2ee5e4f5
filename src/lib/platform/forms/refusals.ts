import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import type { Typed } from './kept.server.ts';

/** How a refusal is told on the form it came from. */
export interface Told {
	/** Above the form; without it the reader is asked to look at the fields. */
	message?: string;
	/** Beside the fields it is about. */
	errors?: Record<string, string>;
	/** In place of what was typed: with the version that stands now, sending again is meant. */
	values?: Typed;
	/** 422 where fields are wrong, else 409, unless said. */
	status?: 409 | 422;
}

/** Puts a refusal into words, as every message can: a text above the form, or what is told beside its fields. */
export type Words<Refusal> = (refusal: Refusal) => string | Told;

/** The words for each reason a command refuses with; that a key was used before the runner says itself. */
export type Refusals<Refusal extends { reason: string }> = {
	readonly [Reason in Exclude<Refusal['reason'], 'key_reused'>]: Words<RefusedFor<Refusal, Reason>>;
};

type RefusedFor<Refusal extends { reason: string }, Reason> = Refusal extends unknown
	? Reason extends Refusal['reason']
		? Refusal
		: never
	: never;

/** A refusal that is about one field. */
export function beside<Refusal>(field: string, words: (refusal: Refusal) => string) {
	return (refusal: Refusal): Told => ({ errors: { [field]: words(refusal) } });
}

/** For what does not exist, or not for who asks: answers 404. */
export function gone(): never {
	error(404, m.error_not_found());
}
