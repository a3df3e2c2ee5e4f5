import { minutesOf } from '#lib/platform/clock/days.ts';
import type { SessionCard } from './types.ts';

export interface Today {
	/** The session to act on: running, else the first without a register, else the last of today; null on a day without one. */
	now: SessionCard | null;
	/** What its card says: it runs, it is to come, its register is owed, or it is done. */
	moment: 'running' | 'next' | 'owed' | 'done' | null;
	/** Today's other sessions, in order of time. */
	others: SessionCard[];
	/** The first session of today that is planned and not over: someone else may still run it. */
	ahead: SessionCard | null;
	/** Sessions of today that are over and not recorded. */
	owedCount: number;
}

/** Today's sessions around the present moment. `time` is wall time `HH:MM` where the sessions are. */
export function todayOf(sessions: readonly SessionCard[], today: string, time: string): Today {
	const own = sessions.filter(({ date, status }) => date === today && status !== 'cancelled');
	const minute = minutesOf(time);
	const open = own.filter(({ status }) => status === 'planned');
	const running = open.find((session) => momentOf(session, minute) === 'running');
	const now = running ?? open[0] ?? own.at(-1) ?? null;
	return {
		now,
		moment: now && momentOf(now, minute),
		others: own.filter((session) => session !== now),
		ahead: open.find((session) => momentOf(session, minute) !== 'owed') ?? null,
		owedCount: own.filter((session) => momentOf(session, minute) === 'owed').length
	};
}

/** How a session of today stands at a minute of the day. */
export function momentOf(
	session: Pick<SessionCard, 'status' | 'time' | 'minutes'>,
	minute: number
): Exclude<Today['moment'], null> {
	if (session.status === 'held') return 'done';
	const start = minutesOf(session.time);
	if (minute < start) return 'next';
	return minute < start + session.minutes ? 'running' : 'owed';
}
