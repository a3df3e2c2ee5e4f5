import { m } from '#lib/paraglide/messages.js';
import { ATTENDED } from '#lib/features/attendance/rules.ts';
import { markWord } from '#lib/features/attendance/words.ts';
import { audienceWord } from '#lib/features/cohorts/words.ts';
import { audienceOfSession } from '#lib/features/counts/queries.server.ts';
import { groupOf, titleOf } from '#lib/features/sessions/words.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Sealed } from '#lib/platform/crypto/sealed.ts';
import type { Audience } from '#lib/platform/db/schema.ts';
import { AUDIENCES, known, SESSION_STATUSES } from '#lib/platform/db/vocabularies.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import type { Column, Value } from '#lib/platform/sheets/table.ts';
import { date, number, text, type Asked, type Reader } from './columns.rules.ts';
import { withPersons } from './persons.queries.server.ts';
import { listMissing } from './queries.server.ts';
import { statusWord } from './words.ts';

/** Tables of a year's sessions. Staff training is in them, told apart by whom a session is for. */

export const sessions: Reader = async (ctx, asked) => {
	const rows = await sessionsOf(ctx, asked)
		.leftJoin('session_plan as plan', 'plan.id', 'session.session_plan_id')
		.select([
			'session.position',
			'plan.title_texts',
			'session.minutes',
			'session.status',
			'session.headcount',
			'session.headcount_reason_sealed',
			'session.id'
		])
		.select((eb) =>
			eb
				.selectFrom('mark')
				.select((count) => count.fn.countAll<number>().as('there'))
				.whereRef('mark.session_id', '=', 'session.id')
				.where('mark.code', 'in', ATTENDED)
				.as('there')
		)
		.execute();
	return {
		columns: [
			...sessionColumns(),
			number(m.exports_position()),
			text(m.voices_col_session()),
			number(m.exports_minutes()),
			text(m.exports_status()),
			number(m.exports_headcount()),
			text(m.exports_session_number()),
			text(m.voices_col_note())
		],
		rows: rows.map((row) => [
			...sessionValues(row, asked.locale),
			row.position,
			titleOf(row, asked.locale),
			row.minutes,
			statusWord(known(SESSION_STATUSES, row.status)),
			row.headcount,
			row.id,
			headcountNote(row)
		])
	};
};

/** What the session's page warns of: a headcount that is not that of the marks, or far above the members. */
function headcountNote(row: {
	headcount: number | null;
	there: number | null;
	headcount_reason_sealed: Sealed | null;
}): string | null {
	if (row.headcount_reason_sealed) return m.exports_headcount_far();
	return row.headcount !== null && row.headcount !== row.there ? m.register_difference() : null;
}

export const registers: Reader = async (ctx, asked) => {
	const rows = await sessionsOf(ctx, asked)
		.innerJoin('mark', 'mark.session_id', 'session.id')
		.select(['mark.person_id', 'mark.code', 'mark.session_id', 'session.centre_id'])
		.orderBy('mark.person_id')
		.execute();
	return {
		columns: [
			...sessionColumns(),
			text(m.exports_person()),
			text(m.exports_mark()),
			text(m.exports_mark_code())
		],
		rows: withPersons(ctx, rows, ({ session_id }) => session_id).map((row) => [
			...sessionValues(row, asked.locale),
			row.person,
			markWord(row.code),
			row.code
		])
	};
};

export const missing: Reader = async (ctx, asked) => ({
	columns: [
		date(m.closed_date()),
		text(m.exports_time()),
		text(m.word_centre()),
		text(m.word_cohort()),
		text(m.exports_session_number())
	],
	rows: (await listMissing(ctx, asked, asked.locale)).map((row) => [
		row.date,
		row.time,
		row.centre,
		row.cohort,
		row.sessionId
	])
});

function sessionsOf({ db, scope }: Context, { from, to }: Asked) {
	return db
		.selectFrom('session')
		.leftJoin('cohort', 'cohort.id', 'session.cohort_id')
		.innerJoin('centre', 'centre.id', 'session.centre_id')
		.where('session.section_id', '=', scope.sectionId)
		.where('session.status', '<>', 'draft')
		.$if(scope.centreIds !== null, (query) =>
			query.where('session.centre_id', 'in', scope.centreIds!)
		)
		.where('session.on_date', '>=', from)
		.where('session.on_date', '<=', to)
		.select([
			'session.on_date',
			'session.start_time',
			'centre.name_texts as centre',
			'session.title_texts as own_title_texts',
			'cohort.name_texts as cohort_texts',
			audienceOfSession.as('audience')
		])
		.orderBy('session.on_date')
		.orderBy('session.start_time')
		.orderBy('session.id');
}

function sessionColumns(): Column[] {
	return [
		date(m.closed_date()),
		text(m.exports_time()),
		text(m.word_centre()),
		text(m.word_cohort()),
		text(m.exports_audience())
	];
}

function sessionValues(
	row: {
		on_date: string;
		start_time: string;
		centre: string;
		cohort_texts: string | null;
		own_title_texts: string | null;
		audience: Audience;
	},
	locale: Locale
): Value[] {
	return [
		row.on_date,
		row.start_time,
		textIn(row.centre, locale),
		groupOf(row, locale),
		audienceWord(known(AUDIENCES, row.audience))
	];
}
