import type { z } from 'zod';
import { isBlocking } from '#lib/features/sessions/clashes.rules.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { listClosing, seenMark } from './closing.queries.server.ts';
import { cancelAll, judged, place, type Changed } from './commands.server.ts';
import type { closingForm } from './forms.ts';
import { holdSessions } from './queries.server.ts';
import { keepChange } from './records.commands.server.ts';
import { isChange, targetsOf } from './rules.ts';
import type { Against, Wish } from './types.ts';

/** More sessions than this are closed in several steps. */
const MOST_CLOSED = 1000;

export type ClosingRefusal =
	| { reason: 'nothing' | 'too_many' | 'changed_meanwhile' | 'days' | 'where' | 'clash_meanwhile' }
	| { reason: 'clash' | 'doubtful'; against: Against[] };

/**
 * A centre, or a room of it, closes for some days: every planned session of them is cancelled, moved by as many days, or
 * goes to another place, as one change; but for those that take place all the same.
 */
export function closeCentre(
	ctx: Context,
	input: z.output<typeof closingForm>,
	{ once, locale }: { once: string; locale: Locale }
): Promise<Outcome<Changed, ClosingRefusal | KeyReused>> {
	return command<Changed, ClosingRefusal>(
		ctx,
		{ name: 'close centre', once, input },
		async ({ ctx, refuse, audit }) => {
			const shown = await listClosing(ctx, input, locale);
			await holdSessions(
				ctx,
				shown.map(({ id }) => id)
			);
			const found = await listClosing(ctx, input, locale);
			if (seenMark(found) !== input.seen) refuse({ reason: 'changed_meanwhile' });
			const sessions = found.filter(({ id }) => !input.keep.includes(id));
			if (sessions.length === 0) refuse({ reason: 'nothing' });
			if (sessions.length > MOST_CLOSED) refuse({ reason: 'too_many' });
			if (input.what === 'cancel') return cancelAll({ ctx, audit }, sessions, input);
			const wish = wishOf(input, locale);
			if (typeof wish === 'string') return refuse({ reason: wish });
			const targets = targetsOf(sessions, wish).filter(isChange);
			const against = await judged(ctx, targets, locale);
			if (!against) return refuse({ reason: 'nothing' });
			if (against.some(({ clash }) => isBlocking(clash))) refuse({ reason: 'clash', against });
			if (against.length > 0 && !input.anyway) refuse({ reason: 'doubtful', against });
			if (!(await place(ctx, targets))) refuse({ reason: 'clash_meanwhile' });
			return keepChange({ ctx, audit }, { ...input, kind: 'moved' }, targets);
		}
	);
}

/** What is wished of all of them alike; or what is missing. */
function wishOf(input: z.output<typeof closingForm>, locale: Locale): Wish | 'days' | 'where' {
	const same = { minutesLater: 0, minutes: null, swap: null };
	if (input.what === 'move')
		return input.days ? { ...same, days: input.days, place: null } : 'days';
	if (!input.where) return 'where';
	const texts = JSON.stringify({ [locale]: input.where });
	return { ...same, days: 0, place: { mode: 'elsewhere', roomId: null, texts } };
}
