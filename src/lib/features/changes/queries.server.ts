import { listCentres, listClosedDays, listRooms } from '#lib/features/centres/queries.server.ts';
import { listBookings } from '#lib/features/sessions/bookings.queries.server.ts';
import { mayOpen } from '#lib/features/sessions/queries.server.ts';
import { groupOf, titleOf, whereOf } from '#lib/features/sessions/words.ts';
import type { Facilitator } from '#lib/features/staff/types.ts';
import { addDays } from '#lib/platform/clock/days.ts';
import { dateIn, timeIn } from '#lib/platform/clock/zone.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { batchesOf } from '#lib/platform/db/batches.ts';
import { isSqlite } from '#lib/platform/db/ddl.ts';
import type { Tables } from '#lib/platform/db/schema.ts';
import { byName } from '#lib/platform/i18n/collation.ts';
import { known, STRANDS } from '#lib/platform/db/vocabularies.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { openAccountName } from '#lib/platform/login/accounts.ts';
import type { ExpressionBuilder } from 'kysely';
import type { Changeable, ChangeRequest } from './types.ts';

/** Which sessions of those within reach: by id, of a cycle, or of a centre between two civil dates, both included. */
export type Which =
	| { ids: readonly string[] }
	| { cycleId: string }
	| { centreId: string; from: string; to: string; roomId?: string | undefined };

/** Of these sessions within reach the ones that are planned or cancelled, in order of time; with who runs each. */
export async function listChangeable(
	ctx: Context,
	which: Which,
	locale: Locale
): Promise<Changeable[]> {
	if ('ids' in which && which.ids.length === 0) return [];
	const rows = await changeable(ctx, which).execute();
	const facilitators = await facilitatorsOf(
		ctx,
		rows.map(({ id }) => id),
		locale
	);
	return rows.map((row) => ({
		id: row.id,
		version: row.version,
		status: row.status === 'cancelled' ? ('cancelled' as const) : ('planned' as const),
		centreId: row.centre_id,
		cohortId: row.cohort_id,
		cohort: groupOf(row, locale),
		memberCount: row.member_count ?? 0,
		cycleId: row.cycle_id,
		position: row.position,
		strand: known(STRANDS, row.strand),
		title: titleOf(row, locale),
		date: row.on_date,
		time: row.start_time,
		minutes: row.minutes,
		zone: row.zone,
		place: { mode: row.mode, roomId: row.room_id, texts: row.place_texts },
		where: whereOf(row, locale),
		facilitators: facilitators.get(row.id) ?? [],
		isAnswered: Boolean(row.is_answered)
	}));
}

/** Holds sessions for a change, in the same order for all, so that of two who change one the second sees the first's. */
export async function holdSessions({ db }: Context, ids: readonly string[]): Promise<void> {
	if (isSqlite(db)) return; // one writes at a time
	for (const batch of batchesOf(ids.toSorted()))
		await db
			.selectFrom('session')
			.select('id')
			.where('id', 'in', batch)
			.orderBy('id')
			.forUpdate()
			.execute();
}

/** Everything sessions of one centre are judged by when they go to dates between two, both included. */
export async function readChangeRequest(
	ctx: Context,
	{
		sessions,
		facilitatorIds,
		from,
		to
	}: {
		sessions: readonly Changeable[];
		facilitatorIds: readonly string[];
		from: string;
		to: string;
	},
	locale: Locale
): Promise<ChangeRequest | undefined> {
	const [first] = sessions;
	const centre = (await listCentres(ctx, locale)).find(({ id }) => id === first?.centreId);
	if (!first || !centre || sessions.some(({ centreId }) => centreId !== centre.id)) return;
	const dates = [from, to, ...sessions.map(({ date }) => date)].sort();
	const [start, end] = [addDays(dates.at(0)!, -1), addDays(dates.at(-1)!, 1)];
	return {
		centre,
		rooms: await listRooms(ctx, centre.id, locale),
		closedDays: await listClosedDays(ctx, { from: start, to: end }, locale),
		bookings: await listBookings(ctx, {
			centreId: centre.id,
			cohortIds: [...new Set(sessions.flatMap(({ cohortId }) => cohortId ?? []))],
			facilitatorIds,
			from: start,
			to: end,
			locale
		}),
		today: dateIn(centre.zone, ctx.now),
		now: timeIn(centre.zone, ctx.now)
	};
}

function changeable(ctx: Context, which: Which) {
	return ctx.db
		.selectFrom('session')
		.leftJoin('cohort', 'cohort.id', 'session.cohort_id')
		.leftJoin('session_plan as plan', 'plan.id', 'session.session_plan_id')
		.leftJoin('room', 'room.id', 'session.room_id')
		.select([
			'session.id',
			'session.version',
			'session.status',
			'session.centre_id',
			'session.cohort_id',
			'session.cycle_id',
			'session.position',
			'session.strand',
			'session.on_date',
			'session.start_time',
			'session.minutes',
			'session.zone',
			'session.mode',
			'session.room_id',
			'session.place_texts',
			'session.title_texts as own_title_texts',
			'cohort.name_texts as cohort_texts',
			'cohort.member_count',
			'plan.title_texts',
			'room.name_texts as room_texts'
		])
		.select((eb) => isAnswered(eb).as('is_answered'))
		.where('session.status', 'in', ['planned', 'cancelled'])
		.where(mayOpen(ctx))
		.$if('ids' in which, (query) =>
			query.where('session.id', 'in', (which as { ids: readonly string[] }).ids)
		)
		.$if('cycleId' in which, (query) =>
			query.where('session.cycle_id', '=', (which as { cycleId: string }).cycleId)
		)
		.$if('centreId' in which, (query) => {
			const { centreId, from, to, roomId } = which as Extract<Which, { centreId: string }>;
			return query
				.where('session.centre_id', '=', centreId)
				.where('session.on_date', '>=', from)
				.where('session.on_date', '<=', to)
				.$if(roomId !== undefined, (some) => some.where('session.room_id', '=', roomId!));
		})
		.orderBy('session.on_date')
		.orderBy('session.start_time')
		.orderBy('session.id');
}

/** Children's answers are tied to the day they were given on: it took place. */
function isAnswered(eb: ExpressionBuilder<Tables, 'session'>) {
	return eb.exists(
		eb
			.selectFrom('feedback_code as code')
			.leftJoin('feedback_ballot as ballot', 'ballot.code_id', 'code.id')
			.select('code.id')
			.whereRef('code.session_id', '=', 'session.id')
			.where((one) =>
				one.or([one('code.closed_at', 'is not', null), one('ballot.code_id', 'is not', null)])
			)
	);
}

/** Who runs each of these sessions, by name. */
async function facilitatorsOf(
	ctx: Context,
	ids: readonly string[],
	locale: Locale
): Promise<Map<string, Facilitator[]>> {
	const found = new Map<string, Facilitator[]>();
	for (const batch of batchesOf(ids)) {
		const rows = await ctx.db
			.selectFrom('session_facilitator as with')
			.innerJoin('account', 'account.id', 'with.account_id')
			.select(['with.session_id', 'account.id', 'account.name_sealed'])
			.where('with.section_id', '=', ctx.scope.sectionId)
			.where('with.session_id', 'in', batch)
			.execute();
		for (const row of rows)
			found.set(row.session_id, [
				...(found.get(row.session_id) ?? []),
				{ id: row.id, name: openAccountName(ctx.ring, row) }
			]);
	}
	for (const some of found.values()) some.sort(byName(locale));
	return found;
}
