import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { RateClass } from './decide.ts';

/**
 * Requests per minute. Per process and in memory: a centre's flood must not cost a write each. Tries to
 * log in and wrong codes are counted in the database besides (`tries.ts`).
 */
const PER_MINUTE: Record<RateClass | 'write', number> = {
	read: 600,
	write: 120,
	login: 120,
	probe: 600,
	child: 1200
};

const limiters = Object.fromEntries(
	Object.entries(PER_MINUTE).map(([name, points]) => [
		name,
		new RateLimiterMemory({ keyPrefix: name, points, duration: 60 })
	])
) as Record<RateClass | 'write', RateLimiterMemory>;

/**
 * Counts a request; false when this asker has used up the minute. Posts have a limit of their own, but
 * for children's: thirty tablets of a centre share one address and send a post with every screen.
 */
export async function withinRate(rate: RateClass, method: string, asker: string): Promise<boolean> {
	const limiter = limiters[method === 'POST' && rate !== 'child' ? 'write' : rate];
	try {
		await limiter.consume(asker);
		return true;
	} catch (refusal) {
		if (refusal instanceof Error) throw refusal;
		return false;
	}
}
