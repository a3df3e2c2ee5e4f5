import { setImmediate as nextTurn } from 'node:timers/promises';

let last: Promise<void> = Promise.resolve();

/**
 * Waits for a turn of the event loop that no one else who asks here has. Between two pages that take their time
 * to be drawn, whoever asks for little (a child, a probe) is served.
 */
export function ownTurn(): Promise<void> {
	return (last = last.then(() => nextTurn()));
}
