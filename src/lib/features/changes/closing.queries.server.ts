import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Context } from '#lib/platform/command/context.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { seenText, type closingQuery } from './forms.ts';
import { listChangeable } from './queries.server.ts';
import type { Changeable } from './types.ts';

/** Planned sessions of a centre within reach, or of one of its rooms, between two dates: those children answered about took place. */
export async function listClosing(
	ctx: Context,
	{ centre, from, to, room }: z.output<typeof closingQuery>,
	locale: Locale
): Promise<Changeable[]> {
	const which = { centreId: centre, from, to, roomId: room };
	const sessions = await listChangeable(ctx, which, locale);
	return sessions.filter(({ status, isAnswered }) => status === 'planned' && !isAnswered);
}

/** Tells whether sessions are the same ones, as they stood, without naming each of hundreds in a form. */
export function seenMark(sessions: readonly Changeable[]): string {
	const all = sessions.map(seenText).toSorted().join();
	return createHash('sha256').update(all).digest('base64url');
}
