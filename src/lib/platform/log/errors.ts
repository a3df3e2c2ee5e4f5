/** An unexpected error as the log keeps it. */
export interface DescribedError {
	/** Its class, or what was thrown in an error's place. */
	error: string;
	message?: string;
	code?: string;
	/** Where in the schema, when a database refused. */
	place?: string;
	/** Innermost frames first. */
	at?: string[];
	cause?: DescribedError;
	/** The parts of an error that gathers several. */
	errors?: DescribedError[];
}

const MOST_FRAMES = 12;
const MOST_CHARS = 300;
const DEEPEST = 4;

/**
 * The whole story of something thrown: class, message, code, frames and causes; never fails, whatever was
 * thrown. Of a message the first line stays, without what may be a value of somebody's: what stands in
 * quotes, a row's values as databases quote them, and e-mail addresses.
 */
export function describeError(thrown: unknown, depth = 0): DescribedError {
	try {
		return thrown instanceof Error ? describe(thrown, depth) : describeOther(thrown);
	} catch {
		return { error: 'something that cannot be described' };
	}
}

function describe(error: Error, depth: number): DescribedError {
	const { code, constraint, table, column } = error as Error & Record<string, unknown>;
	const place = [table, column, constraint].filter((name) => typeof name === 'string').join(' ');
	const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
	const goesOn = depth < DEEPEST;
	return {
		error: error.name,
		...(error.message && { message: withoutValues(error.message) }),
		...(typeof code === 'string' && { code }),
		...(place && { place }),
		at: frames.slice(0, MOST_FRAMES).map((line) => line.trim()),
		...(goesOn && error.cause !== undefined && { cause: describeError(error.cause, depth + 1) }),
		...(goesOn &&
			error instanceof AggregateError && {
				errors: error.errors.slice(0, MOST_FRAMES).map((part) => describeError(part, depth + 1))
			})
	};
}

/** What is no error and was thrown all the same: a text, an answer of the framework, anything. */
function describeOther(thrown: unknown): DescribedError {
	if (typeof thrown === 'string') return { error: 'thrown string', message: withoutValues(thrown) };
	if (typeof thrown !== 'object' || thrown === null)
		return { error: `thrown ${thrown === null ? 'null' : typeof thrown}` };
	const { constructor, message, code, status } = thrown as Record<string, unknown>;
	const kind = typeof constructor === 'function' && constructor.name ? constructor.name : 'Object';
	const keys = Object.keys(thrown).slice(0, MOST_FRAMES).join(', ');
	return {
		error: `thrown ${kind}`,
		message: typeof message === 'string' ? withoutValues(message) : `with ${keys || 'nothing'}`,
		...((typeof code === 'string' || typeof status === 'number') && {
			code: String(code ?? status)
		})
	};
}

function withoutValues(message: string): string {
	return message
		.split(/[\r\n]/, 1)[0]!
		.replace(/"[^"]*"?|`[^`]*`?|«[^»]*»?|“[^”]*”?|(?<!\p{L})'[^']*'?/gu, '"…"')
		.replace(/=\s*\([^)]*\)?/g, '=(…)')
		.replace(/[^\s<>()]+@[^\s<>()]+/g, '…@…')
		.slice(0, MOST_CHARS);
}
