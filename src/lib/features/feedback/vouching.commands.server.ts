import { ATTENDED } from '#lib/features/attendance/rules.ts';
import { findSession, listSessionsById, mayOpen } from '#lib/features/sessions/queries.server.ts';
import type { SessionCard } from '#lib/features/sessions/types.ts';
import { can } from '#lib/platform/access/roles.ts';
import { addDays } from '#lib/platform/clock/days.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import { within, type Context } from '#lib/platform/command/context.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { NO_PASSWORD } from '#lib/platform/login/passwords.ts';
import { keptBackFrom } from './ran-by.queries.server.ts';
import { isCounted, offeredCount } from './rules.ts';
import type { VouchState, Waiting } from './types.ts';

/** Sessions waiting for somebody's word that a list shows, latest first, and how many days it looks back. */
const MOST_WAITING = 12;
/** So long a session is asked about in lists. */
export const WAITING_DAYS = 14;
/** Whoever runs sessions at a centre could say of a colleague's how many answered. */
const WORK_AT_CENTRES = ['facilitator', 'coordinator'] as const;

export type VouchRefusal = {
	/** `not_open`: its code has not closed, or nothing of it counts. */
	reason: 'not_found' | 'ran_it' | 'alone' | 'not_open' | 'said_before';
};

/**
 * Says how many answered under a code of a session, the first when none is named, once: a word that could be changed would tell, by what is shown
 * after each change, how many ballots were begun. Refused to whoever ran it in any way, and where nobody
 * else works at its centre.
 */
export function vouch(
	ctx: Context,
	input: { sessionId: string; codeNumber?: number; answeredCount: number },
	{ once, locale }: { once: string; locale: Locale }
): Promise<Outcome<{ sessionId: string }, VouchRefusal | KeyReused>> {
	return command(ctx, { name: 'vouch for answers', once, input }, async (work) => {
		const { ctx, refuse, audit } = work;
		const session = await findSession(ctx, input.sessionId, locale);
		if (!session) return refuse({ reason: 'not_found' });
		const code = await ctx.db
			.selectFrom('feedback_code')
			.select(['id', 'started_count', 'member_count'])
			.where('session_id', '=', session.id)
			.where('number', '=', input.codeNumber ?? 1)
			.where('closed_at', 'is not', null)
			.executeTakeFirst();
		if ((await keptBackFrom(ctx, [session.id])).has(session.id)) refuse({ reason: 'ran_it' });
		const counts = code && isCounted(code.started_count, code.member_count);
		if (!counts || session.status === 'cancelled') return refuse({ reason: 'not_open' });
		if ((await centresOfOne(ctx, [session.centreId])).has(session.centreId))
			refuse({ reason: 'alone' });
		const { numInsertedOrUpdatedRows } = await ctx.db
			.insertInto('feedback_vouch')
			.values({
				code_id: code.id,
				section_id: ctx.scope.sectionId,
				answered_count: input.answeredCount,
				vouched_by: ctx.actor.accountId,
				vouched_on: dateIn(session.zone, ctx.now)
			})
			.onConflict((conflict) => conflict.column('code_id').doNothing())
			.executeTakeFirst();
		if (numInsertedOrUpdatedRows !== 1n) refuse({ reason: 'said_before' });
		// Not an entry of the session: those are how one knows who ran it.
		await audit({
			action: 'vouch for answers',
			objectType: 'feedback_vouch',
			objectId: code.id,
			fields: ['answered_count']
		});
		return { sessionId: session.id };
	});
}

/** Counted sessions of the last two weeks that wait for the reader's word, latest first. */
export async function listWaiting(
	reader: Context,
	{ today }: { today: string },
	locale: Locale
): Promise<Waiting[]> {
	if (!can(reader.actor, 'vouch for answers')) return [];
	const ctx = within(reader, 'vouch for answers');
	const rows = await ctx.db
		.selectFrom('feedback_code as code')
		.innerJoin('session', 'session.id', 'code.session_id')
		.leftJoin('feedback_vouch as said', 'said.code_id', 'code.id')
		.select(['code.id', 'code.session_id', 'code.number'])
		.where('said.code_id', 'is', null)
		// Its session says which section: asked for its own too, SQLite goes through every code of the section for each session.
		.where('code.closed_at', 'is not', null)
		.whereRef('code.started_count', '<=', 'code.member_count')
		.where('session.status', '<>', 'cancelled')
		.where('session.on_date', '>=', addDays(today, -WAITING_DAYS))
		.where(mayOpen(ctx))
		.where(({ exists, selectFrom }) =>
			exists(
				selectFrom('feedback_count as count')
					.select('count.code_id')
					.whereRef('count.code_id', '=', 'code.id')
			)
		)
		.execute();
	const ids = [...new Set(rows.map(({ session_id }) => session_id))];
	if (ids.length === 0) return [];
	const sessions = await listSessionsById(ctx, ids, locale);
	const states = await vouchStates(ctx, sessions, await keptBackFrom(ctx, ids));
	return sessions
		.flatMap((session) =>
			rows
				.filter(({ session_id }) => session_id === session.id)
				.flatMap(({ id, number }) => {
					const { shown } = states.get(id)!;
					return shown.state === 'open'
						? [{ session, codeNumber: number, offered: shown.offered }]
						: [];
				})
		)
		.slice(0, MOST_WAITING);
}

/** How each code of these sessions stands with that word, and the number itself, which who ran it is not shown. */
export async function vouchStates(
	ctx: Context,
	sessions: readonly SessionCard[],
	ranBySelf: ReadonlySet<string>
): Promise<ReadonlyMap<string, { shown: VouchState; vouchedCount: number | null }>> {
	const ids = sessions.map(({ id }) => id);
	if (ids.length === 0) return new Map();
	const rows = await ctx.db
		.selectFrom('feedback_code as code')
		.leftJoin('feedback_vouch as said', 'said.code_id', 'code.id')
		.leftJoin('mark', (join) =>
			join.onRef('mark.session_id', '=', 'code.session_id').on('mark.code', 'in', ATTENDED)
		)
		.select((eb) => [
			'code.id',
			'code.session_id',
			'code.started_count',
			'code.member_count',
			'said.answered_count',
			eb.fn.count<number>('mark.person_id').as('marked_count')
		])
		.where('code.session_id', 'in', ids)
		.groupBy(['code.id', 'code.session_id', 'code.started_count'])
		.groupBy(['code.member_count', 'said.answered_count'])
		.execute();
	const alone = await centresOfOne(
		ctx,
		sessions.map(({ centreId }) => centreId)
	);
	const { centreIds: vouching } = within(ctx, 'vouch for answers').scope;
	return new Map(
		rows.map((row) => {
			const session = sessions.find(({ id }) => id === row.session_id)!;
			const shown = shownOf(row, session, ranBySelf.has(session.id));
			return [row.id, { shown, vouchedCount: row.answered_count }];
		})
	);

	function shownOf(
		row: (typeof rows)[number],
		{ centreId, date, zone }: SessionCard,
		ran: boolean
	): VouchState {
		if (row.answered_count !== null)
			return { state: 'said', answeredCount: ran ? null : row.answered_count };
		if (alone.has(centreId)) return { state: 'alone' };
		const mayVouch = vouching === null || vouching.includes(centreId);
		const isOpen = mayVouch && !ran && isCounted(row.started_count, row.member_count);
		if (!isOpen) return { state: 'waiting' };
		return {
			state: 'open',
			offered: offeredCount(row.marked_count, row.member_count ?? 0),
			isAsked: date >= addDays(dateIn(zone, ctx.now), -WAITING_DAYS)
		};
	}
}

/** The centres among these where at most one person works who could run sessions, at that centre or at every one. */
async function centresOfOne(
	{ db, scope }: Context,
	centreIds: readonly string[]
): Promise<ReadonlySet<string>> {
	const rows = await db
		.selectFrom('account_role as at')
		.innerJoin('account', 'account.id', 'at.account_id')
		.select(['at.centre_id', 'at.account_id'])
		.distinct()
		.where('at.section_id', '=', scope.sectionId)
		.where((eb) =>
			eb.or([eb('at.centre_id', 'is', null), eb('at.centre_id', 'in', [...new Set(centreIds)])])
		)
		.where('at.role', 'in', WORK_AT_CENTRES)
		.where('account.disabled_at', 'is', null)
		// Whoever has not used the invitation yet was never there.
		.where('account.password_hash', '<>', NO_PASSWORD)
		.execute();
	const adultsAt = (centreId: string) =>
		rows.filter(({ centre_id }) => centre_id === null || centre_id === centreId);
	return new Set(
		centreIds.filter((id) => new Set(adultsAt(id).map(({ account_id }) => account_id)).size < 2)
	);
}
