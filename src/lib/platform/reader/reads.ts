import { scopeOf, type StaffActor } from '../access/actor.ts';
import type { Permission } from '../access/roles.ts';
import type { Context } from '../command/context.ts';
import type { Locale } from '../i18n/locale.ts';

/** Whoever asks: what a query takes but for the scope, which follows from what a read needs. */
export type Asker = Omit<Context, 'scope' | 'actor'> & { readonly actor: StaffActor };

/**
 * A heavy read: figures of many rows, computed beside the thread that serves everybody. What it takes and
 * gives is plain data, since both cross a thread. It writes nothing.
 */
export type Read<Args, Answer> = (asker: Asker, args: Args, locale: Locale) => Promise<Answer>;

/** The heavy reads there are, by name. */
export type Reads = Readonly<Record<string, Read<never, unknown>>>;
export type ReadName<R extends Reads> = keyof R & string;
export type ArgsOf<Of> = Of extends Read<infer Args, unknown> ? Args : never;
export type AnswerOf<Of> = Of extends Read<never, infer Answer> ? Answer : never;

/** What is asked, by whom, in which language: plain data. The scope is made anew where it is answered. */
export interface Question {
	name: string;
	args: unknown;
	actor: StaffActor;
	locale: Locale;
	/** UTC milliseconds. */
	now: number;
}

/** Answers a question out of a database; fails for a name that is not among the reads. */
export async function answer(
	reads: Reads,
	{ db, ring }: Pick<Context, 'db' | 'ring'>,
	{ name, args, actor, locale, now }: Question
): Promise<unknown> {
	const read = Object.hasOwn(reads, name) ? reads[name] : undefined;
	if (!read) throw new Error(`There is no read ${name}`);
	return read({ db, ring, actor, now }, args as never, locale);
}

/** A query of a section as a heavy read of the rows a permission reaches; fails for an asker of no section. */
export function inSection<Args, Answer>(
	permission: Permission,
	query: (ctx: Context, args: Args, locale: Locale) => Promise<Answer>
): Read<Args, Answer> {
	return async (asker, args, locale) => {
		const scope = scopeOf(asker.actor, permission);
		if (!scope) throw new Error('This read is of a section, and the asker belongs to none');
		return query({ ...asker, scope }, args, locale);
	};
}

/**
 * Questions with one key have one answer: the same figures of the same rows in the same language. Whoever
 * may see other rows, or is somebody else, has another key.
 */
export function keyOf({ name, args, actor, locale }: Question): string {
	const { accountId, roles, sectionId } = actor;
	return JSON.stringify([name, args, locale, accountId, roles, sectionId]);
}
