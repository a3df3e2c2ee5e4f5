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

/** Where a child's nickname is sealed. */
export function nicknamePlace(id: string) {
	return { table: 'concern', column: 'nickname_sealed', row: id };
}
