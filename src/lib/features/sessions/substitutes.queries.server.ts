import { isOwnCohortsOnly } from '#lib/platform/access/actor.ts';
import { listFacilitators } from '#lib/features/staff/queries.server.ts';
import type { Facilitator } from '#lib/features/staff/types.ts';
import { addDays } from '#lib/platform/clock/days.ts';
import { dateIn, instantOf } from '#lib/platform/clock/zone.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { byName } from '#lib/platform/i18n/collation.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { openAccountName } from '#lib/platform/login/accounts.ts';
import { findSession, listSessionsById } from './queries.server.ts';
import type { ComingStandIn, SessionCard } from './types.ts';
import { whereOf } from './words.ts';

/** What a substitute may be named for, read within reach. */
export interface Substitution {
	session: SessionCard;
	/** Of those who run the session the ones the actor may find a substitute for. */
	replaceable: Facilitator[];
	/** The one who is away: as asked, else the only one, else the actor. */
	absent: Facilitator | null;
	/** The absent one's sessions at the centre on that day that can change hands, in order of time. */
	sessions: SessionCard[];
	/** Who works at the centre and does not run the session. */
	colleagues: Facilitator[];
}

/**
 * What may change hands at a session: undefined when it is out of reach. A facilitator finds substitutes
 * for themselves only, a coordinator for anyone of the centre; who stands in already is not replaced
 * again, and of a day that is over or a session that is not planned nothing changes hands.
 */
export async function findSubstitution(
	ctx: Context,
	{ sessionId, absentId }: { sessionId: string; absentId?: string },
	locale: Locale
): Promise<Substitution | undefined> {
	const session = await findSession(ctx, sessionId, locale);
	if (!session) return undefined;
	const running = await ctx.db
		.selectFrom('session_facilitator as with')
		.innerJoin('account', 'account.id', 'with.account_id')
		.select(['account.id', 'account.name_sealed'])
		.where('with.section_id', '=', ctx.scope.sectionId)
		.where('with.session_id', '=', session.id)
		.execute();
	const replaceable = running
		.filter(({ id }) => session.standIns.every(({ accountId }) => accountId !== id))
		.filter(
			({ id }) => !isOwnCohortsOnly(ctx.scope, session.centreId) || id === ctx.scope.accountId
		)
		.map((row) => ({ id: row.id, name: openAccountName(ctx.ring, row) }))
		.sort(byName(locale));
	const absent =
		replaceable.find(({ id }) => id === (absentId ?? ctx.scope.accountId)) ??
		(absentId === undefined && replaceable.length === 1 ? replaceable[0]! : null);
	const colleagues = (await listFacilitators(ctx, session.centreId, locale)).filter(
		({ id }) => id !== absent?.id && running.every((one) => one.id !== id)
	);
	const sessions = absent ? await listReplaceable(ctx, session, absent.id, locale) : [];
	return { session, replaceable, absent, sessions, colleagues };
}

/** Planned sessions of one person at the centre and on the date of a session, unless that day is over. */
async function listReplaceable(
	ctx: Context,
	{ centreId, date, zone }: SessionCard,
	accountId: string,
	locale: Locale
): Promise<SessionCard[]> {
	if (date < dateIn(zone, ctx.now)) return [];
	const rows = await ctx.db
		.selectFrom('session')
		.innerJoin('session_facilitator as with', 'with.session_id', 'session.id')
		.leftJoin('substitute', (join) =>
			join
				.onRef('substitute.session_id', '=', 'session.id')
				.onRef('substitute.account_id', '=', 'with.account_id')
				.on('substitute.ended_at', 'is', null)
		)
		.select('session.id')
		.where('session.section_id', '=', ctx.scope.sectionId)
		.where('session.centre_id', '=', centreId)
		.where('session.on_date', '=', date)
		.where('session.status', '=', 'planned')
		.where('with.account_id', '=', accountId)
		.where('substitute.id', 'is', null)
		.execute();
	const ids = rows.map(({ id }) => id);
	return (await listSessionsById(ctx, ids, locale)).reverse();
}

/** From when until when a session is open to who stands in: its day at the centre and the day after, for a late register. */
export function openingOf({ date, zone }: { date: string; zone: string }) {
	return {
		opensAt: instantOf(date, '00:00', zone),
		closesAt: instantOf(addDays(date, 2), '00:00', zone)
	};
}

/** Sessions the actor will run in a colleague's place on a later day: when and where, not whose. */
export async function listComingStandIns(ctx: Context, locale: Locale): Promise<ComingStandIn[]> {
	const rows = await ctx.db
		.selectFrom('substitute')
		.innerJoin('session', 'session.id', 'substitute.session_id')
		.leftJoin('room', 'room.id', 'session.room_id')
		.innerJoin('account', 'account.id', 'substitute.for_account_id')
		.select(['session.on_date', 'session.start_time', 'session.minutes', 'session.mode'])
		.select(['room.name_texts as room_texts', 'session.place_texts'])
		.select(['account.id', 'account.name_sealed'])
		.where('substitute.section_id', '=', ctx.scope.sectionId)
		.where('substitute.account_id', '=', ctx.scope.accountId)
		.where('substitute.ended_at', 'is', null)
		.where('substitute.opens_at', '>', ctx.now)
		.where('session.status', '=', 'planned')
		.orderBy('session.on_date')
		.orderBy('session.start_time')
		.execute();
	return rows.map((row) => ({
		date: row.on_date,
		time: row.start_time,
		minutes: row.minutes,
		room: whereOf(row, locale),
		forName: openAccountName(ctx.ring, row)
	}));
}
