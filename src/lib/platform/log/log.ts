import { destination, pino } from 'pino';
import { describeError } from './errors.ts';

const MOST_UNWRITTEN_BYTES = 1024 * 1024;

/** Standard output. Lines that cannot be written, on a full disk or into a closed pipe, are lost and end nothing. */
const out = destination({ fd: 1, sync: true, maxLength: MOST_UNWRITTEN_BYTES });
out.on('error', () => undefined);

/**
 * JSON lines on standard output. Never a body, cookie, name, query string or network address; an error
 * logged as `err` is reduced to what `describeError` leaves of it. The start sets the level once it has
 * read the settings.
 */
export const log = pino(
	{
		base: null,
		timestamp: pino.stdTimeFunctions.isoTime,
		serializers: { err: describeError }
	},
	out
);

/** Begins work that nobody waits for. What goes wrong in it stands in the log, with what it was. */
export function inBackground(what: string, work: () => Promise<unknown>): void {
	new Promise((done) => done(work())).catch((error: unknown) =>
		log.error({ err: error, work: what }, 'work in the background was not done')
	);
}
