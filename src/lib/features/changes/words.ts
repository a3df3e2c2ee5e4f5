import { m } from '#lib/paraglide/messages.js';
import { clashWords, nthWords } from '#lib/features/sessions/words.ts';
import { timesOf } from '#lib/platform/clock/days.ts';
import type { ChangeKind, ChangeReason, Stayed } from '#lib/platform/db/vocabularies.ts';
import { formatDate, formatInstant, isolated } from '#lib/platform/i18n/format.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import type { Against, Changeable, ChangedSession, PlanChange, Standing } from './types.ts';

const REASONS: Record<ChangeReason, () => string> = {
	insecurity: m.change_reason_insecurity,
	weather: m.change_reason_weather,
	strike: m.change_reason_strike,
	closed_day: m.change_reason_closed_day,
	room: m.change_reason_room,
	staff: m.change_reason_staff,
	group: m.change_reason_group,
	school: m.change_reason_school,
	mistake: m.change_reason_mistake,
	other: m.change_reason_other
};

const KINDS: Record<ChangeKind, (inputs: { count: number }) => string> = {
	moved: m.change_moved,
	cancelled: m.change_cancelled,
	again: m.change_planned_again
};

const STAYED: Record<Stayed, () => string> = {
	taken: m.change_stayed_taken,
	told: m.change_stayed_told,
	changed: m.change_stayed_changed
};

export function reasonWord(reason: ChangeReason): string {
	return REASONS[reason]();
}

/** What became of how many sessions. */
export function changeWords({ kind, sessions }: Pick<PlanChange, 'kind' | 'sessions'>): string {
	return KINDS[kind]({ count: sessions.length });
}

/** Who changed a plan, and when at the centre. */
export function byWords({ madeBy, madeAt, zone }: PlanChange, locale: Locale): string {
	return m.change_by({
		name: `\u2068${madeBy}\u2069`,
		time: isolated(formatInstant(madeAt, zone, locale), locale)
	});
}

/** Why a plan changed, with what was written about it. */
export function becauseWords({ reason, note }: Pick<PlanChange, 'reason' | 'note'>): string {
	return note === null
		? reasonWord(reason)
		: m.change_because({ reason: reasonWord(reason), note: `\u2068${note}\u2069` });
}

export function stayedWords(stayed: Stayed): string {
	return STAYED[stayed]();
}

/** Which session it was; of one the reader only stands in for, that it is one. */
export function sessionWords(session: ChangedSession): string {
	if (!session.opens) return m.change_someones();
	return `${session.cohort} · ${nthWords(session)}`;
}

/** When and where a session was or is. */
export function standingWords(standing: Standing, locale: Locale): string {
	if (standing.isCancelled) return m.change_is_cancelled();
	return m.change_standing({
		date: formatDate(standing.date, locale, 'day'),
		time: isolated(timesOf(standing), locale),
		where: standing.where
	});
}

/** A session to choose among others: which one, and when it is now. */
export function choiceWords(session: Changeable, locale: Locale): string {
	return `${nthWords(session)} · ${formatDate(session.date, locale, 'day')} ${isolated(timesOf(session), locale)}`;
}

/** What stands in the way of one session, or is to be thought of. */
export function againstWords({ clash, target }: Against, locale: Locale): string {
	return m.change_against({
		session: target.position === null ? target.title : nthWords({ ...target, title: target.title }),
		date: formatDate(target.date, locale, 'day'),
		time: isolated(target.time, locale),
		clash: clashWords(clash, locale)
	});
}
