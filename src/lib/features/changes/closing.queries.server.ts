import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Centre, ClosedDay } from '#lib/features/centres/types.ts';
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

/** Sessions that are planned on a day a centre is closed. */
export interface PlannedOnClosed {
	dayId: string;
	date: string;
	name: string;
	centreId: string;
	centre: string;
	count: number;
}

/** Of confirmed closed days those on which centres within reach still have sessions planned, by date and centre; one statement for all. */
export async function listPlannedOn(
	ctx: Context,
	days: readonly ClosedDay[],
	centres: readonly Pick<Centre, 'id' | 'name'>[]
): Promise<PlannedOnClosed[]> {
	const closed = days.filter(({ certainty }) => certainty === 'confirmed');
	if (closed.length === 0 || centres.length === 0) return [];
	const dates = closed.map(({ date }) => date).sort();
	const rows = await ctx.db
		.selectFrom('session')
		.select(['centre_id', 'on_date'])
		.select((eb) => eb.fn.countAll<number>().as('count'))
		.where('section_id', '=', ctx.scope.sectionId)
		.where('status', '=', 'planned')
		.where('on_date', '>=', dates[0]!)
		.where('on_date', '<=', dates.at(-1)!)
		.groupBy(['centre_id', 'on_date'])
		.execute();
	return closed.flatMap(({ id, date, name, centreId }) =>
		centres.flatMap((centre) => {
			const row = rows.find((one) => one.centre_id === centre.id && one.on_date === date);
			if (!row || (centreId !== null && centreId !== centre.id)) return [];
			const place = { centreId: centre.id, centre: centre.name };
			return [{ dayId: id, date, name, ...place, count: Number(row.count) }];
		})
	);
}
