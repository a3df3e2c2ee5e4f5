import type { Question } from './reads.ts';

/** What a reader's thread needs to open the database and the names in it. */
export interface ReaderSettings {
	databaseUrl: string;
	keyRingFile: string;
}

export interface ToReader {
	id: number;
	question: Question;
}

export type FromReader = { id: number; answer: unknown } | { id: number; error: ErrorStory };

/** What is left of an error on its way between threads: all that the log tells. */
export interface ErrorStory {
	name: string;
	stack: string;
	code: string | undefined;
}

/** Its message stays behind, as it does everywhere: databases quote the values of a row in it. */
export function storyOf(error: unknown): ErrorStory {
	if (!(error instanceof Error)) return { name: typeof error, stack: '', code: undefined };
	const { code } = error as { code?: unknown };
	const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
	return {
		name: error.name,
		stack: places.join('\n'),
		code: typeof code === 'string' ? code : undefined
	};
}

/** The error a story is of, with the places it came from. */
export function errorFrom({ name, stack, code }: ErrorStory): Error {
	return Object.assign(new Error(`A read failed: ${name}`), { name, stack, ...(code && { code }) });
}
