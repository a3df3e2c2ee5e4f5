import { m } from '#lib/paraglide/messages.js';
import { formatPercent } from '#lib/platform/i18n/format.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { percentOf } from './rules.ts';
import type { MilestoneState, Standing } from './types.ts';

const STATE_WORDS: Record<MilestoneState, () => string> = {
	done: m.milestone_state_done,
	on_time: m.milestone_state_on_time,
	at_risk: m.milestone_state_at_risk,
	late: m.milestone_state_late,
	not_begun: m.milestone_state_not_begun
};

export function stateWord(state: MilestoneState): string {
	return STATE_WORDS[state]();
}

/** How far it is: the percent, that nothing is linked yet, or that it is a checkpoint. */
export function progressWords({ kind, tally }: Standing, locale: Locale): string {
	if (kind !== 'sessions') return m.milestone_checkpoint(); // others are not computed yet
	const percent = percentOf(tally);
	return percent === null ? m.milestone_no_sessions() : formatPercent(percent / 100, locale);
}
