import { sql } from 'kysely';
import { ATTENDED } from '#lib/features/attendance/rules.ts';
import { countsAsReach, reachesBy } from '#lib/features/counts/queries.server.ts';
import { isAdultOn } from '#lib/features/people/queries.server.ts';
import { groupOf } from '#lib/features/sessions/words.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import type { MissingSession, PeriodNumbers } from './types.ts';

interface Period {
	from: string;
	to: string;
}

/**
 * What the registers of the centres within reach say of a period, both dates included; staff training
 * is left out. Sessions before `today` that nobody recorded are missing registers.
 */
export async function countPeriod(
	ctx: Context,
	{ from, to, today }: Period & { today: string }
): Promise<PeriodNumbers> {
	const sessions = countedSessions(ctx)
		.where('session.on_date', '>=', from)
		.where('session.on_date', '<=', to);
	const attended = sessions
		.leftJoin('cycle', 'cycle.id', 'session.cycle_id')
		.leftJoin('curriculum_version as version', 'version.id', 'cycle.version_id')
		.innerJoin('mark', 'mark.session_id', 'session.id')
		.where('session.status', '=', 'held')
		.where('mark.code', 'in', ATTENDED)
		.select(['mark.person_id', 'session.on_date', reachesBy().as('reaches')]);
	const marks = await ctx.db
		.selectFrom(attended.as('attended'))
		.select((eb) => [
			eb.fn
				.count<number>(sql`case when reaches then person_id end`)
				.distinct()
				.as('people'),
			eb.fn.countAll<number>().as('participations')
		])
		.executeTakeFirstOrThrow();
	const firsts = ctx.db
		.selectFrom(attended.as('attended'))
		.select(({ fn }) => ['attended.person_id', fn.min<string>('attended.on_date').as('first_on')])
		.where(sql<boolean>`reaches`)
		.groupBy('attended.person_id');
	const { adults } = await ctx.db
		.selectFrom(firsts.as('firsts'))
		.innerJoin('person', 'person.id', 'firsts.person_id')
		.where(({ ref }) => isAdultOn(ref('firsts.first_on')))
		.select(({ fn }) => fn.countAll<number>().as('adults'))
		.executeTakeFirstOrThrow();
	const { held } = await sessions
		.where('session.status', '=', 'held')
		.select((eb) => eb.fn.countAll<number>().as('held'))
		.executeTakeFirstOrThrow();
	const { missing } = await sessions
		.where('session.status', '=', 'planned')
		.where('session.on_date', '<', today)
		.select((eb) => eb.fn.countAll<number>().as('missing'))
		.executeTakeFirstOrThrow();
	return { ...marks, adults, sessionsHeld: held, missing };
}

/** Sessions of a period within reach that should have a register and have none, oldest first. */
export async function listMissing(
	ctx: Context,
	{ from, to, today, most }: Period & { today: string; most?: number },
	locale: Locale
): Promise<MissingSession[]> {
	const rows = await countedSessions(ctx)
		.innerJoin('centre', 'centre.id', 'session.centre_id')
		.select([
			'session.id',
			'session.on_date',
			'session.start_time',
			'session.minutes',
			'centre.name_texts as centre',
			'session.title_texts as own_title_texts',
			'cohort.name_texts as cohort_texts'
		])
		.where('session.status', '=', 'planned')
		.where('session.on_date', '>=', from)
		.where('session.on_date', '<=', to)
		.where('session.on_date', '<', today)
		.orderBy('session.on_date')
		.orderBy('session.start_time')
		.orderBy('session.id')
		.$if(most !== undefined, (query) => query.limit(most!))
		.execute();
	return rows.map((row) => ({
		sessionId: row.id,
		date: row.on_date,
		time: row.start_time,
		minutes: row.minutes,
		centre: textIn(row.centre, locale),
		cohort: groupOf(row, locale)
	}));
}

/** Sessions within reach with their cohorts, but for staff training: what the numbers are made of. */
function countedSessions({ db, scope }: Context) {
	return db
		.selectFrom('session')
		.leftJoin('cohort', 'cohort.id', 'session.cohort_id')
		.where('session.section_id', '=', scope.sectionId)
		.$if(scope.centreIds !== null, (query) =>
			query.where('session.centre_id', 'in', scope.centreIds!)
		)
		.where(countsAsReach);
}
