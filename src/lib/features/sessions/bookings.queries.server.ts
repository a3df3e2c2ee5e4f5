import { openName } from '#lib/features/people/queries.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { known, STRANDS } from '#lib/platform/db/vocabularies.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { mayOpen } from './queries.server.ts';
import type { Booking } from './types.ts';
import { groupOf } from './words.ts';

/** What is booked between two dates, as each of the cohorts sees it. */
export interface Bookings {
	/** With the members a cohort shares with each session's; null: a session without a cohort shares none. */
	for(cohortId: string | null): Booking[];
}

/** Sessions at the centre, with the facilitators, or with members of the cohorts, between two civil dates. */
export async function listBookings(
	ctx: Context,
	{
		centreId,
		cohortIds,
		facilitatorIds,
		from,
		to,
		locale
	}: {
		centreId: string;
		cohortIds: readonly string[];
		facilitatorIds: readonly string[];
		from: string;
		to: string;
		locale: Locale;
	}
): Promise<Bookings> {
	const shared = await sharedMembers(ctx, cohortIds);
	const withMembers = [...shared.values()].flatMap((others) => [...others.keys()]);
	const rows = await ctx.db
		.selectFrom('session')
		.leftJoin('cohort', 'cohort.id', 'session.cohort_id')
		.leftJoin('session_facilitator as with', 'with.session_id', 'session.id')
		.select([
			'session.id',
			'session.cohort_id',
			'session.room_id',
			'session.on_date',
			'session.start_time',
			'session.minutes',
			'session.strand',
			'session.title_texts as own_title_texts',
			'cohort.name_texts as cohort_texts',
			'with.account_id'
		])
		.select(mayOpen(ctx).as('in_reach'))
		.where('session.section_id', '=', ctx.scope.sectionId)
		.where('session.status', 'not in', ['draft', 'cancelled'])
		.where((eb) =>
			// what a closed cohort still has planned takes no room
			eb.or([
				eb('cohort.status', 'is', null),
				eb('cohort.status', '=', 'open'),
				eb('session.status', '=', 'held')
			])
		)
		.where('session.on_date', '>=', from)
		.where('session.on_date', '<=', to)
		.where((eb) =>
			eb.or([
				eb('session.centre_id', '=', centreId),
				...(cohortIds.length + withMembers.length > 0
					? [eb('session.cohort_id', 'in', [...new Set([...cohortIds, ...withMembers])])]
					: []),
				...(facilitatorIds.length > 0
					? [
							eb(
								'session.id',
								'in',
								eb
									.selectFrom('session_facilitator')
									.select('session_id')
									.where('account_id', 'in', facilitatorIds)
							)
						]
					: [])
			])
		)
		.execute();
	const bookings = new Map<string, Booking>();
	for (const row of rows) {
		const booking = bookings.get(row.id) ?? {
			sessionId: row.id,
			cohort: row.in_reach ? groupOf(row, locale) : null,
			cohortId: row.cohort_id,
			strand: known(STRANDS, row.strand),
			roomId: row.room_id,
			facilitatorIds: [],
			sharedNames: [],
			date: row.on_date,
			time: row.start_time,
			minutes: row.minutes
		};
		if (row.account_id) booking.facilitatorIds.push(row.account_id);
		bookings.set(row.id, booking);
	}
	const all = [...bookings.values()];
	return {
		for(cohortId) {
			const others = cohortId === null ? undefined : shared.get(cohortId);
			if (!others) return all;
			return all.map((one) => {
				const sharedNames = others.get(one.cohortId ?? '');
				return sharedNames ? { ...one, sharedNames } : one;
			});
		}
	};
}

/** Of each cohort the others that share members with it → the names of those members, who are the planner's own. */
async function sharedMembers(
	ctx: Context,
	cohortIds: readonly string[]
): Promise<Map<string, Map<string, string[]>>> {
	const shared = new Map<string, Map<string, string[]>>();
	if (cohortIds.length === 0) return shared;
	const rows = await ctx.db
		.selectFrom('cohort_member as mine')
		.innerJoin('cohort_member as theirs', 'theirs.person_id', 'mine.person_id')
		.innerJoin('person', 'person.id', 'mine.person_id')
		.select(['mine.cohort_id as own_id', 'theirs.cohort_id', 'person.id', 'person.name_sealed'])
		.where('mine.section_id', '=', ctx.scope.sectionId)
		.where('mine.cohort_id', 'in', cohortIds)
		.whereRef('theirs.cohort_id', '<>', 'mine.cohort_id')
		.where('mine.left_on', 'is', null)
		.where('theirs.left_on', 'is', null)
		.execute();
	for (const row of rows) {
		const others = shared.get(row.own_id) ?? new Map<string, string[]>();
		const names = others.get(row.cohort_id) ?? [];
		names.push(openName(ctx.ring, row.id, row.name_sealed));
		shared.set(row.own_id, others.set(row.cohort_id, names));
	}
	return shared;
}
