import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestEvent } from '@sveltejs/kit';
import { Slowing } from '#lib/features/feedback/slowing.commands.server.ts';
import { askerOf } from '#lib/platform/access/asker.ts';

const slowing = new Slowing();

type Visit = Pick<RequestEvent, 'getClientAddress' | 'locals'> & { params: { code: string } };

export function waitForBallot(visit: Visit, ballotId: string): Promise<void> {
	return pause(slowing.ballot(placeOf(visit), ballotId, visit.locals.now));
}

export function waitToSend(visit: Visit, ballotId: string): Promise<void> {
	return pause(slowing.sending(placeOf(visit), ballotId, visit.locals.now));
}

export function waitForWish(visit: Visit): Promise<void> {
	return pause(slowing.wish(placeOf(visit), visit.locals.now));
}

/** A code at an address: by the code alone one device would slow the children of all others. */
function placeOf(visit: Visit): string {
	return `${visit.params.code} ${askerOf(visit)}`;
}

async function pause(ms: number): Promise<void> {
	if (ms > 0) await sleep(ms);
}
