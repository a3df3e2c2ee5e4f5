import { dateIn, timeIn } from '#lib/platform/clock/zone.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { openAccountName } from '#lib/platform/login/accounts.ts';
import { cohortsInScope } from '#lib/features/cohorts/queries.server.ts';
import { listSessionsById, mayOpen } from './queries.server.ts';
import type { SessionCard } from './types.ts';

/** Sessions of a cohort within reach that are planned and have not begun, in order of time. `zone` is the centre's. */
export function listAhead(
	ctx: Context,
	{ cohortId, zone }: { cohortId: string; zone: string }
): Promise<{ id: string; date: string }[]> {
	const [today, time] = [dateIn(zone, ctx.now), timeIn(zone, ctx.now)];
	return ctx.db
		.selectFrom('session')
		.select(['id', 'on_date as date'])
		.where('cohort_id', '=', cohortId)
		.where('cohort_id', 'in', cohortsInScope(ctx).clearSelect().select('cohort.id'))
		.where('status', '=', 'planned')
		.where((eb) =>
			eb.or([
				eb('on_date', '>', today),
				eb.and([eb('on_date', '=', today), eb('start_time', '>', time)])
			])
		)
		.orderBy('on_date')
		.orderBy('start_time')
		.execute();
}

/** How many sessions of the section somebody is to run from a civil date on, and the date of the first. */
export async function countToRun(
	ctx: Context,
	{ accountId, from }: { accountId: string; from: string }
): Promise<{ count: number; firstDate: string } | null> {
	const { count, first } = await ctx.db
		.selectFrom('session')
		.innerJoin('session_facilitator as with', 'with.session_id', 'session.id')
		.select((eb) => [
			eb.fn.countAll<number>().as('count'),
			eb.fn.min('session.on_date').as('first')
		])
		.where('session.section_id', '=', ctx.scope.sectionId)
		.where('with.account_id', '=', accountId)
		.where('session.status', '=', 'planned')
		.where('session.on_date', '>=', from)
		.executeTakeFirstOrThrow();
	return first === null ? null : { count: Number(count), firstDate: first };
}

/** A session to come that somebody was to run whose account is switched off. */
export interface LeftSession {
	session: SessionCard;
	/** Who does not come. */
	absent: { id: string; name: string }[];
}

/** Sessions from a civil date on that need somebody, at the centres reached whole, in order of time. */
export async function listLeft(
	ctx: Context,
	{ from }: { from: string },
	locale: Locale
): Promise<LeftSession[]> {
	const { wholeCentreIds } = ctx.scope;
	const rows = await ctx.db
		.selectFrom('session_facilitator as with')
		.innerJoin('account', 'account.id', 'with.account_id')
		.innerJoin('session', 'session.id', 'with.session_id')
		.select(['session.id as session_id', 'account.id', 'account.name_sealed'])
		.where('with.section_id', '=', ctx.scope.sectionId)
		.where('account.disabled_at', 'is not', null)
		.where('session.status', '=', 'planned')
		.where('session.on_date', '>=', from)
		.where(mayOpen(ctx))
		.$if(wholeCentreIds !== null, (query) =>
			query.where('session.centre_id', 'in', wholeCentreIds!)
		)
		.execute();
	const bySession = Map.groupBy(rows, ({ session_id }) => session_id);
	const sessions = await listSessionsById(ctx, [...bySession.keys()], locale);
	return sessions.reverse().map((session) => ({
		session,
		absent: bySession
			.get(session.id)!
			.map((row) => ({ id: row.id, name: openAccountName(ctx.ring, row) }))
	}));
}
