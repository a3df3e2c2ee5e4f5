import { expressionBuilder, type Expression, type SqlBool } from 'kysely';
import { lateAt, planOf } from '#lib/features/alerts/clock.rules.ts';
import { ran } from '#lib/features/staff/queries.server.ts';
import { hasWorkedAt } from '#lib/features/staff/workplaces.queries.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { open, type Sealed } from '#lib/platform/crypto/sealed.ts';
import type { Tables } from '#lib/platform/db/schema.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import { openAccountName } from '#lib/platform/login/accounts.ts';
import { NO_PASSWORD } from '#lib/platform/login/passwords.ts';
import type { Concern } from './types.ts';

/**
 * Children of the section who want to talk and were not talked to yet, and those colleagues are worried about, who waits
 * longest first; none of a session the reader ran, and no complaint about those they work with.
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
		.leftJoin('account as raiser', 'raiser.id', 'concern.raised_by')
		.select([
			'concern.id',
			'concern.session_id',
			'concern.nickname_sealed',
			'concern.raised_at',
			'concern.noticed_at',
			'concern.kind',
			'concern.urgency',
			'concern.is_wish_asked',
			'concern.consent',
			'concern.is_about_staff',
			'concern.raised_by',
			'concern.missed_count',
			'concern.taken_by',
			'concern.taken_at',
			'taker.name_sealed as taker_sealed',
			'raiser.name_sealed as raiser_sealed',
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
		.where((eb) => isReadable(eb.val(ctx.actor.accountId)))
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
		takenBy: nameOf(ctx, row.taken_by, row.taker_sealed),
		takenAt: row.taken_at,
		isMine: row.taken_by === ctx.actor.accountId,
		worry:
			row.kind === 'child'
				? null
				: {
						...{ urgency: row.urgency, consent: row.consent ?? 'no' },
						...{ isWishAsked: row.is_wish_asked === 1, isAboutStaff: row.is_about_staff === 1 },
						raisedBy: nameOf(ctx, row.raised_by, row.raiser_sealed)
					}
	}));
}

function nameOf(ctx: Context, id: string | null, name_sealed: Sealed | null): string | null {
	return id === null || name_sealed === null
		? null
		: openAccountName(ctx.ring, { id, name_sealed });
}

/** The first of these that is there; empty when none is. */
function firstText(texts: readonly (string | null)[], locale: Locale): string {
	const found = texts.find((one) => one !== null);
	return found ? textIn(found, locale) : '';
}

/**
 * Whether a focal point may read a row of `concern` in the query around: not one who ran its session, and of a complaint
 * about staff nobody who works at its centre or ran sessions there, as any of them may be meant.
 */
export function isReadable(focalPoint: Expression<string>): Expression<SqlBool> {
	const eb = expressionBuilder<Tables, 'concern'>();
	return eb.and([
		eb.not(ran(eb.ref('concern.session_id'), focalPoint)),
		eb.not(isAboutColleagueOf(focalPoint))
	]);
}

/** Whether a row of `concern` is a complaint about somebody an account works or worked with, or about that account. */
export function isAboutColleagueOf(account: Expression<string>): Expression<SqlBool> {
	const eb = expressionBuilder<Tables, 'concern'>();
	return eb.and([
		eb('concern.is_about_staff', '=', 1),
		hasWorkedAt(eb.ref('concern.centre_id'), account)
	]);
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

/** How many open concerns of the section no focal point may read: for who names another. None of them is about who asks. */
export async function countUnread(ctx: Context): Promise<number> {
	const rows = await waiting(ctx)
		.where((eb) => eb.not(isAboutColleagueOf(eb.val(ctx.actor.accountId))))
		.execute();
	return rows.filter(({ is_read }) => !is_read).length;
}

/** Whether any focal point who can log in may read an open concern of the section. */
export async function isReadByAnybody(ctx: Context, id: string): Promise<boolean> {
	const concern = await waiting(ctx).where('concern.id', '=', id).executeTakeFirst();
	return Boolean(concern?.is_read);
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
						.where((one) => isReadable(one.ref('reader.id')))
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
