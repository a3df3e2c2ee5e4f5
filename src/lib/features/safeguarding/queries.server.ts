import type { Context } from '#lib/platform/command/context.ts';
import { open } from '#lib/platform/crypto/sealed.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import { openAccountName } from '#lib/platform/login/accounts.ts';
import type { Concern } from './types.ts';

/** Children of the section who want to talk and were not talked to yet, who waits longest first. */
export async function listConcerns(ctx: Context, locale: Locale): Promise<Concern[]> {
	const rows = await ctx.db
		.selectFrom('concern')
		.innerJoin('session', 'session.id', 'concern.session_id')
		.innerJoin('centre', 'centre.id', 'session.centre_id')
		.innerJoin('cohort', 'cohort.id', 'session.cohort_id')
		.innerJoin('room', 'room.id', 'session.room_id')
		.leftJoin('account as taker', 'taker.id', 'concern.taken_by')
		.select([
			'concern.id',
			'concern.session_id',
			'concern.nickname_sealed',
			'concern.raised_at',
			'concern.taken_by',
			'concern.taken_at',
			'taker.name_sealed as taker_sealed',
			'session.on_date',
			'session.start_time',
			'session.zone',
			'centre.name_texts as centre_texts',
			'cohort.name_texts as cohort_texts',
			'room.name_texts as room_texts'
		])
		.where('concern.section_id', '=', ctx.scope.sectionId)
		.where('concern.closed_at', 'is', null)
		.orderBy('concern.raised_at')
		.orderBy('concern.id')
		.execute();
	return rows.map((row) => ({
		id: row.id,
		sessionId: row.session_id,
		nickname: row.nickname_sealed && open(ctx.ring, nicknamePlace(row.id), row.nickname_sealed),
		centre: textIn(row.centre_texts, locale),
		cohort: textIn(row.cohort_texts, locale),
		room: textIn(row.room_texts, locale),
		date: row.on_date,
		time: row.start_time,
		zone: row.zone,
		raisedAt: row.raised_at,
		takenBy:
			row.taken_by && row.taker_sealed
				? openAccountName(ctx.ring, { id: row.taken_by, name_sealed: row.taker_sealed })
				: null,
		takenAt: row.taken_at
	}));
}

/** Where a child's nickname is sealed. */
export function nicknamePlace(id: string) {
	return { table: 'concern', column: 'nickname_sealed', row: id };
}
