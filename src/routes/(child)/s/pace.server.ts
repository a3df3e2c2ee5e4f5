import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestEvent } from '@sveltejs/kit';
import { askerOf } from '#lib/platform/access/asker.ts';
import { Pace } from '#lib/platform/access/pace.ts';

/** Nobody is kept longer than this, and nobody is refused. */
const MOST_MS = 4000;
/** Thirty tablets of a centre open a code at the same moment; the next ones come two a second. */
const ballots = new Pace({ atOnce: 30, stepMs: 500, mostMs: MOST_MS });
const sendings = new Pace({ atOnce: 8, stepMs: 2000, mostMs: MOST_MS });
const wishes = new Pace({ atOnce: 10, stepMs: 1000, mostMs: MOST_MS });
/** When the latest ballots were given out, the oldest first: a child needs longer than this to answer. */
const givenAt = new Map<string, number>();

type Visit = Pick<RequestEvent, 'getClientAddress' | 'locals'> & { params: { code: string } };

/** Waits for the turn of a new ballot, which may be sent once it is a few seconds old. */
export async function waitForBallot(visit: Visit, ballotId: string): Promise<void> {
	await pause(ballots.take(placeOf(visit), visit.locals.now));
	const now = visit.locals.house.clock();
	givenAt.set(ballotId, now);
	for (const [id, at] of givenAt) {
		if (now - at < MOST_MS) break;
		givenAt.delete(id);
	}
}

/** Where many are sent, waits until a ballot is old enough to have been answered by a child. */
export async function waitToSend(visit: Visit, ballotId: string): Promise<void> {
	const { now } = visit.locals;
	const wait = sendings.take(placeOf(visit), now);
	const isYoungFor = (givenAt.get(ballotId) ?? -Infinity) + MOST_MS - now;
	await pause(Math.min(wait, isYoungFor));
}

export async function waitForWish(visit: Visit): Promise<void> {
	await pause(wishes.take(placeOf(visit), visit.locals.now));
}

/** A code at an address. A code alone would let one device slow the children of all others. */
function placeOf(visit: Visit): string {
	return `${visit.params.code} ${askerOf(visit)}`;
}

async function pause(ms: number): Promise<void> {
	if (ms > 0) await sleep(ms);
}
