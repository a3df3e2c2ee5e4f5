import { pino } from 'pino';

/**
 * JSON lines on standard output. Never a body, cookie, name, query string or network address; an error
 * logged as `err` is reduced to what `describeError` leaves of it. The start sets the level once it has
 * read the settings.
 */
export const log = pino({
	base: null,
	timestamp: pino.stdTimeFunctions.isoTime,
	serializers: { err: describeError }
});

/**
 * What may be logged about an unexpected error: its kind, its code and where it happened.
 * Its message stays out, because databases quote the values of a row in it.
 */
export function describeError(error: unknown): { error: string; code?: string; at?: string[] } {
	if (!(error instanceof Error)) return { error: typeof error };
	const code = (error as { code?: unknown }).code;
	const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
	return {
		error: error.name,
		...(typeof code === 'string' && { code }),
		at: frames.slice(0, 12).map((line) => line.trim())
	};
}
