import { expressionBuilder, type Expression, type SqlBool } from 'kysely';
import { lateAt, planOf } from '#lib/features/alerts/clock.rules.ts';
import { ran } from '#lib/features/staff/queries.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { open } from '#lib/platform/crypto/sealed.ts';
import type { Tables } from '#lib/platform/db/schema.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import { openAccountName } from '#lib/platform/login/accounts.ts';
import { NO_PASSWORD } from '#lib/platform/login/passwords.ts';
import type { Concern } from './types.ts';

/**
 * Children of the section who want to talk and were not talked to yet, who waits longest first; none of a session
 * the reader ran.
 */
export async function listConcerns(ctx: Context, locale: Locale): Promise<Concern[]> {
	const rows = await ctx.db
		.selectFrom('concern')
		.innerJoin('section', 'section.id', 'concern.section_id')
		.leftJoin('session', 'session.id', 'concern.session_id')
		.leftJoin('centre', (join) =>
			join.on('centre.id', '=', (eb) => eb.fn.coalesce('session.centre_id', 'concern.centre_id'))
		)
		.leftJoin('cohort', 'cohort.id', 'session.cohort_id')
		.leftJoin('room', 'room.id', 'session.room_id')
		.leftJoin('account as taker', 'taker.id', 'concern.taken_by')
		.select([
			'concern.id',
			'concern.session_id',
			'concern.nickname_sealed',
			'concern.raised_at',
			'concern.noticed_at',
			'concern.kind',
			'concern.urgency',
			'concern.missed_count',
			'concern.taken_by',
			'concern.taken_at',
			'taker.name_sealed as taker_sealed',
			'session.on_date',
			'session.start_time',
			'session.zone',
			'session.title_texts',
			'session.place_texts',
			'centre.name_texts as centre_texts',
			'centre.zone as centre_zone',
			'section.zone as section_zone',
			'cohort.name_texts as cohort_texts',
			'room.name_texts as room_texts'
		])
		.where('concern.section_id', '=', ctx.scope.sectionId)
		.where('concern.closed_at', 'is', null)
		.where((eb) => isReadable(eb.ref('concern.session_id'), eb.val(ctx.actor.accountId)))
		.orderBy('concern.raised_at')
		.orderBy('concern.id')
		.execute();
	return rows.map((row) => ({
		id: row.id,
		nickname: row.nickname_sealed && open(ctx.ring, nicknamePlace(row.id), row.nickname_sealed),
		sessionId: row.session_id,
		centre: row.centre_texts === null ? null : textIn(row.centre_texts, locale),
		cohort: firstText([row.cohort_texts, row.title_texts], locale),
		room: firstText([row.room_texts, row.place_texts], locale),
		date: row.on_date,
		time: row.start_time,
		zone: row.zone ?? row.centre_zone ?? row.section_zone,
		raisedAt: row.raised_at,
		noticedAt: row.noticed_at,
		lateAt: lateAt(planOf(row), row.noticed_at),
		missedCount: row.missed_count,
		takenBy:
			row.taken_by && row.taker_sealed
				? openAccountName(ctx.ring, { id: row.taken_by, name_sealed: row.taker_sealed })
				: null,
		takenAt: row.taken_at
	}));
}

/** The first of these that is there; empty when none is. */
function firstText(texts: readonly (string | null)[], locale: Locale): string {
	const found = texts.find((one) => one !== null);
	return found ? textIn(found, locale) : '';
}

/** Whether what concerns a session may be read by a focal point: not by one who ran it; of no session by all. */
export function isReadable(
	session: Expression<string | null>,
	focalPoint: Expression<string>
): Expression<SqlBool> {
	return expressionBuilder<Tables, never>().not(ran(session, focalPoint));
}

/** Open wishes of sessions the reader ran, by number alone: those another focal point reads, and those nobody does. */
export async function countElsewhere(ctx: Context): Promise<{ read: number; unread: number }> {
	const me = ctx.actor.accountId;
	const rows = await waiting(ctx)
		.where((eb) => ran(eb.ref('concern.session_id'), eb.val(me)))
		.execute();
	const unread = rows.filter(({ is_read }) => !is_read).length;
	return { read: rows.length - unread, unread };
}

/** How many open wishes of the section no focal point may read: for who names another. */
export async function countUnread(ctx: Context): Promise<number> {
	const rows = await waiting(ctx).execute();
	return rows.filter(({ is_read }) => !is_read).length;
}

/** Open wishes of the section, each with whether a focal point who can log in may read it. */
function waiting({ db, scope }: Context) {
	return db
		.selectFrom('concern')
		.select((eb) =>
			eb
				.exists(
					eb
						.selectFrom('account as reader')
						.innerJoin('account_role as held', 'held.account_id', 'reader.id')
						.select('reader.id')
						.where('held.section_id', '=', scope.sectionId)
						.where('held.role', '=', 'focal_point')
						.where('reader.disabled_at', 'is', null)
						.where('reader.password_hash', '<>', NO_PASSWORD)
						.where((one) => isReadable(one.ref('concern.session_id'), one.ref('reader.id')))
				)
				.as('is_read')
		)
		.where('concern.section_id', '=', scope.sectionId)
		.where('concern.closed_at', 'is', null);
}

/** Where a child's nickname is sealed. */
export function nicknamePlace(id: string) {
	return { table: 'concern', column: 'nickname_sealed', row: id };
}
