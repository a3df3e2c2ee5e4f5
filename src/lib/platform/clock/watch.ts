import type { Clock } from './zone.ts';

/** So far apart the clocks of two machines may be, and so far one is corrected, without being called set back. */
export const TOLERANCE_MS = 60_000;

/**
 * Notices that a clock was set back while the process runs, by a clock that never is. The answer is by how many
 * milliseconds since it last said so, mostly 0; small steps add up.
 */
export function watchClock(clock: Clock, steady = () => performance.now()): () => number {
	let furthest = clock() - steady();
	return () => {
		const ahead = clock() - steady();
		const lostMs = Math.round(furthest - ahead);
		if (lostMs <= TOLERANCE_MS) {
			furthest = Math.max(furthest, ahead);
			return 0;
		}
		furthest = ahead;
		return lostMs;
	};
}

/** Whether something that lasts so long and ends at `until` has begun and is not over: it was not made later than now. */
export function isUnderWay(until: number, lastsMs: number, now: number): boolean {
	return until > now && until - lastsMs <= now + TOLERANCE_MS;
}
