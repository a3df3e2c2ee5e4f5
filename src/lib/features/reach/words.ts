import { m } from '#lib/paraglide/messages.js';
import { formatDate, formatNumber } from '#lib/platform/i18n/format.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import type { CentrePace, Pace, PaceState } from './types.ts';

const STATE_WORDS: Record<PaceState, () => string> = {
	done: m.pace_state_done,
	green: m.pace_state_green,
	amber: m.pace_state_amber,
	red: m.pace_state_red,
	too_early: m.pace_state_too_early
};

export function paceWord(state: PaceState): string {
	return STATE_WORDS[state]();
}

/** A number in a sentence, with one decimal at most. */
function numberIn(locale: Locale): (value: number) => string {
	return (value) => formatNumber(Math.round(value * 10) / 10, locale);
}

/** How fast people came of late, and how fast they have to; null when there is no such week, or no week is left. */
export function rateWords({ newPerWeek, weekCount, neededPerWeek }: Pace, locale: Locale) {
	if (newPerWeek === null || neededPerWeek === null) return null;
	const number = numberIn(locale);
	const rate = number(newPerWeek);
	const weeks = number(weekCount);
	return m.pace_rate({ rate, weeks, needed: number(Math.ceil(neededPerWeek)) });
}

/** What to expect at the end, with its range. */
export function forecastWords({ forecast }: Pace, endsOn: string, locale: Locale): string {
	if (!forecast) return m.pace_forecast_too_early();
	const number = numberIn(locale);
	return m.pace_forecast({
		likely: number(forecast.likely),
		least: number(forecast.least),
		most: number(forecast.most),
		date: formatDate(endsOn, locale, 'full')
	});
}

/** Why a centre holds a target back, but for its missing registers, which have a link of their own. */
export function reasonWords(pace: CentrePace, locale: Locale): string[] {
	const number = numberIn(locale);
	return pace.reasons.flatMap((reason) => {
		if (reason === 'few_sessions')
			return m.pace_reason_few({
				held: number(pace.sessionCount),
				usual: number(pace.usualSessionCount)
			});
		if (reason === 'low_pace')
			return m.pace_reason_low({
				rate: number(pace.newPerWeek),
				needed: number(pace.neededPerWeek ?? 0)
			});
		return [];
	});
}
