import type { SessionStatus } from '#lib/platform/db/schema.ts';
import type { Clash } from './types.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatList } from '#lib/platform/i18n/format.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';

/** A clash as a sentence: what collides with whom, and when. */
export function clashWords({ kind, who, time }: Clash, locale: Locale): string {
	const names = who.length > 0 ? formatList(who, locale) : m.clash_another_group();
	const at = time ?? '';
	switch (kind) {
		case 'room':
			return m.clash_room({ who: names, time: at });
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
		case 'past':
			return m.clash_past();
	}
}

/** How a session looks on the thread: held, cancelled, planned, or its register missing. */
export function beadStateOf(
	session: { status: SessionStatus; date: string },
	today: string
): 'held' | 'cancelled' | 'planned' | 'missing' {
	if (session.status !== 'planned') return session.status;
	return session.date < today ? 'missing' : 'planned';
}
