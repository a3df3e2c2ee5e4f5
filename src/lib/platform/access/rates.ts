import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { RateClass } from './decide.ts';

const MINUTE = 60;
const HOUR = 3600;

/**
 * Requests in so many seconds. Per process and in memory: a centre's flood must not cost a write each.
 * Tries to log in and wrong codes are counted in the database besides (`tries.ts`). An hour's files are
 * few, so that a stolen login does not carry everything away unseen.
 */
const LIMITS: Record<RateClass | 'write', { points: number; duration: number }> = {
	read: { points: 600, duration: MINUTE },
	write: { points: 120, duration: MINUTE },
	login: { points: 600, duration: MINUTE },
	probe: { points: 600, duration: MINUTE },
	child: { points: 1200, duration: MINUTE },
	export: { points: 120, duration: HOUR }
};

const limiters = Object.fromEntries(
	Object.entries(LIMITS).map(([name, limit]) => [
		name,
		new RateLimiterMemory({ keyPrefix: name, ...limit })
	])
) as Record<RateClass | 'write', RateLimiterMemory>;

/**
 * Counts a request; false when this asker has used up the time's share. Posts have a limit of their own, but
 * for those of nobody yet: thirty tablets, or all colleagues, of a centre share one address.
 */
export async function withinRate(rate: RateClass, method: string, asker: string): Promise<boolean> {
	try {
		await limiters[limiterFor(rate, method)].consume(asker);
		return true;
	} catch (refusal) {
		if (refusal instanceof Error) throw refusal;
		return false;
	}
}

/** What is left of a limit, and in how many milliseconds all of it is again. */
export interface Allowance {
	left: number;
	most: number;
	wholeInMs: number;
}

/** What an asker has left of an hour's files. */
export async function filesLeft(asker: string): Promise<Allowance> {
	const used = await limiters.export.get(asker);
	const most = LIMITS.export.points;
	return { left: used?.remainingPoints ?? most, most, wholeInMs: used?.msBeforeNext ?? 0 };
}

function limiterFor(rate: RateClass, method: string): RateClass | 'write' {
	if (rate === 'export') return method === 'POST' ? 'export' : 'read';
	return method === 'POST' && rate !== 'child' && rate !== 'login' ? 'write' : rate;
}
