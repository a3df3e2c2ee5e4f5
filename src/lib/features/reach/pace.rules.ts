import { addDays, daysBetween } from '#lib/platform/clock/days.ts';
import type { Forecast, Pace, PaceState } from './types.ts';

/** What a pace is judged by. */
export interface Paced {
	startsOn: string;
	endsOn: string;
	/** What is to be reached in registers: the target without its opening balance. */
	amount: number;
	/** People in registers, each once. */
	peopleCount: number;
	/** The opening balance, as far as it says when counting here began; null where there is none. */
	opening: { asOf: string | null } | null;
	/** How many people came for the first time on a day, in order. */
	firsts: readonly { on: string; count: number }[];
}

/** At least and at most so many full weeks of the past a forecast is made from. */
const FEWEST_WEEKS = 4;
export const MOST_WEEKS = 8;
/** Student's t for eight of ten, by degrees of freedom from 3: so wide is the range of a few weeks. */
const EIGHT_OF_TEN = [1.638, 1.533, 1.476, 1.44, 1.415];
const MOST_POINTS = 60;

/**
 * How a target stands against an even pace (`domain.md` 7) and what to expect at its end. `today` is a civil date of
 * the section. Method and limits: decision 49.
 */
export function paceOf(target: Paced, today: string): Pace {
	const { amount, peopleCount, endsOn } = target;
	const from = countingFrom(target, today);
	const due = Math.round(amount * elapsed(from, endsOn, today));
	const weeks = weeklyNew(target.firsts, from, today);
	const weeksLeft = Math.max(0, daysBetween(today, endsOn) + 1) / 7;
	return {
		from,
		dueCount: due,
		state: stateOf(peopleCount, due, amount),
		newPerWeek: weeks.length === 0 ? null : mean(weeks),
		weekCount: weeks.length,
		neededPerWeek: weeksLeft > 0 ? Math.max(0, amount - peopleCount) / weeksLeft : null,
		forecast: weeksLeft > 0 ? forecastOf(peopleCount, weeks, weeksLeft) : null,
		points: pointsOf(target.firsts, from, today < endsOn ? today : endsOn)
	};
}

/**
 * What is due of a number of people, by an even pace from when counting began: an opening balance without a date
 * ends where the registers begin.
 */
export function dueOf(amount: number, from: string, endsOn: string, today: string): number {
	return Math.round(amount * elapsed(from, endsOn, today));
}

/** Green from nine tenths of what is due, amber from seven; done when all is there, and nothing said before a person is due. */
export function stateOf(peopleCount: number, due: number, amount: number): PaceState {
	if (peopleCount >= amount) return 'done';
	if (due < 1) return 'too_early';
	const ratio = peopleCount / due;
	if (ratio >= 0.9) return 'green';
	return ratio >= 0.7 ? 'amber' : 'red';
}

function countingFrom({ startsOn, opening, firsts }: Paced, today: string): string {
	if (!opening) return startsOn;
	const after = opening.asOf ? addDays(opening.asOf, 1) : (firsts[0]?.on ?? today);
	return after > startsOn ? after : startsOn;
}

/** The share of the days from `from` to `endsOn`, both in it, that lie before today. */
function elapsed(from: string, endsOn: string, today: string): number {
	const days = daysBetween(from, endsOn) + 1;
	if (days <= 0) return today > endsOn ? 1 : 0;
	return Math.min(1, Math.max(0, daysBetween(from, today) / days));
}

/** New people in each of the last full weeks before today that lie after `from`, latest first. */
export function weeklyNew(
	firsts: readonly { on: string; count: number }[],
	from: string,
	today: string
): number[] {
	const full = Math.min(MOST_WEEKS, Math.floor(Math.max(0, daysBetween(from, today)) / 7));
	const weeks = Array.from({ length: full }, () => 0);
	for (const { on, count } of firsts) {
		const week = Math.ceil(daysBetween(on, today) / 7) - 1;
		if (week >= 0 && week < full) weeks[week]! += count;
	}
	return weeks;
}

/** Each week to come is taken to be one of the past: their mean, and eight times of ten within the range. */
function forecastOf(peopleCount: number, weeks: number[], weeksLeft: number): Forecast | null {
	if (weeks.length < FEWEST_WEEKS) return null;
	const average = mean(weeks);
	const variance = weeks.reduce((sum, week) => sum + (week - average) ** 2, 0) / (weeks.length - 1);
	const likely = average * weeksLeft;
	const spread =
		EIGHT_OF_TEN[weeks.length - FEWEST_WEEKS]! *
		Math.sqrt(variance * weeksLeft + (variance * weeksLeft ** 2) / weeks.length);
	return {
		least: peopleCount + Math.round(Math.max(0, likely - spread)),
		likely: peopleCount + Math.round(likely),
		most: peopleCount + Math.round(likely + spread)
	};
}

/** People reached by the end of each day that a picture shows: so many that it stays light. */
function pointsOf(
	firsts: readonly { on: string; count: number }[],
	from: string,
	until: string
): { on: string; people: number }[] {
	const days = Math.max(0, daysBetween(from, until));
	const step = Math.max(7, Math.ceil(days / MOST_POINTS));
	const ends = Array.from({ length: Math.floor(days / step) + 1 }, (_, i) =>
		addDays(from, i * step)
	);
	if (ends.at(-1) !== until && days > 0) ends.push(until);
	let people = 0;
	let next = 0;
	return ends.map((on) => {
		while (next < firsts.length && firsts[next]!.on <= on) people += firsts[next++]!.count;
		return { on, people };
	});
}

function mean(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Why a centre holds a target back: what it lacks, most tellable first. */
export function reasonsOf(centre: {
	missingCount: number;
	sessionCount: number;
	/** Sessions held in the same weeks at the centre in the middle. */
	usualSessionCount: number;
	newPerWeek: number;
	neededPerWeek: number | null;
}): ('missing_registers' | 'few_sessions' | 'low_pace')[] {
	const { missingCount, sessionCount, usualSessionCount, newPerWeek, neededPerWeek } = centre;
	return [
		...(missingCount > 0 ? (['missing_registers'] as const) : []),
		...(sessionCount * 2 < usualSessionCount ? (['few_sessions'] as const) : []),
		...(neededPerWeek !== null && newPerWeek < neededPerWeek ? (['low_pace'] as const) : [])
	];
}

/** The value in the middle; of two the lower. 0 of none. */
export function middleOf(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0;
}
