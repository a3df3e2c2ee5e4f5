import type { SessionStatus } from '#lib/platform/db/schema.ts';
import type { SessionMode, Strand } from '#lib/platform/db/vocabularies.ts';
import { momentOf } from './today.rules.ts';
import type { Clash, PlanDoubt, SessionCard } from './types.ts';
import { strandWord } from '#lib/features/curricula/words.ts';
import { minutesOf } from '#lib/platform/clock/days.ts';
import { m } from '#lib/paraglide/messages.js';
import { audienceWord } from '#lib/features/cohorts/words.ts';
import { formatDate, formatList } from '#lib/platform/i18n/format.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';

/** A clash as a sentence: what collides with whom, and when. */
export function clashWords({ kind, who, time }: Clash, locale: Locale): string {
	const names = who.length > 0 ? formatList(who, locale) : m.clash_another_group();
	const at = time ?? '';
	switch (kind) {
		case 'room':
			return m.clash_room({ who: names, time: at });
		case 'half':
			return m.clash_half({ time: at });
		case 'facilitator':
			return m.clash_facilitator({ who: names, time: at });
		case 'cohort':
			return m.clash_cohort({ time: at });
		case 'person':
			return m.clash_person({ who: names, time: at });
		case 'hours':
			return m.clash_hours({ from: who[0] ?? '', to: who[1] ?? '' });
		case 'crowded':
			return m.clash_crowded({ room: names });
		case 'alone':
			return m.clash_alone();
		case 'closed':
			return m.clash_closed();
		case 'holiday':
			return m.clash_holiday({ name: names });
		case 'past':
			return m.clash_past();
	}
}

/** What is asked before a plan is confirmed. */
export function doubtWords(doubt: PlanDoubt, locale: Locale): string {
	return doubt.kind === 'audience'
		? m.plan_other_audience({ audience: audienceWord(doubt.audience) })
		: m.plan_had_already({ date: formatDate(doubt.until, locale, 'full') });
}

/** How a session looks on the thread: held, cancelled, planned, or its register missing. */
export function beadStateOf(
	session: { status: SessionStatus; date: string },
	today: string
): 'held' | 'cancelled' | 'planned' | 'missing' {
	if (session.status !== 'planned') return session.status;
	return session.date < today ? 'missing' : 'planned';
}

/** The same with the time of day: a session is on now, or its register is missing from its end on. */
export function beadStateAt(
	session: { status: SessionStatus; date: string; time: string; minutes: number },
	{ today, time }: { today: string; time: string }
): ReturnType<typeof beadStateOf> | 'now' {
	const state = beadStateOf(session, today);
	if (state !== 'planned' || session.date !== today) return state;
	const moment = momentOf(session, minutesOf(time));
	return moment === 'running' ? 'now' : moment === 'owed' ? 'missing' : 'planned';
}

/** Which one of its cycle a session is, what it is about and whose half: `3. I am lovable`. */
export function nthWords({
	position,
	title,
	strand
}: Pick<SessionCard, 'position' | 'title' | 'strand'>): string {
	const about = withStrand(title, strand);
	return position === null ? about : m.session_nth({ position, title: about });
}

/** A cohort, or what a session is about, with whose half it is: `Jasmine · Mothers`. */
export function withStrand(text: string, strand: Strand): string {
	return strand === '' ? text : `${text} · ${strandWord(strand)}`;
}

/** Under which name a session is known: its cohort's; without one, what it says itself. */
export function groupOf(
	row: { cohort_texts: string | null; own_title_texts: string | null },
	locale: Locale
): string {
	const texts = row.cohort_texts ?? row.own_title_texts;
	return texts === null ? '' : textIn(texts, locale);
}

/** What a session is about: its own words, else its plan's; an open one has said them as its name. */
export function titleOf(
	row: { cohort_texts: string | null; own_title_texts: string | null; title_texts: string | null },
	locale: Locale
): string {
	if (row.cohort_texts === null) return m.session_open({}, { locale });
	const texts = row.own_title_texts ?? row.title_texts;
	return texts === null ? '' : textIn(texts, locale);
}

/** Where a session is: its room, else the place it names, else that it is online; empty where nothing says so. */
export function whereOf(
	row: { room_texts: string | null; place_texts: string | null; mode: SessionMode },
	locale: Locale
): string {
	const texts = row.room_texts ?? row.place_texts;
	if (texts !== null) return textIn(texts, locale);
	return row.mode === 'online' ? m.session_online({}, { locale }) : '';
}
