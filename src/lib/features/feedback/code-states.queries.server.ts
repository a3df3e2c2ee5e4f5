import { audienceOfSession } from '#lib/features/counts/queries.server.ts';
import { mayOpen } from '#lib/features/sessions/queries.server.ts';
import { addDays } from '#lib/platform/clock/days.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { within, type Context } from '#lib/platform/command/context.ts';
import type { FormLength } from '#lib/platform/db/schema.ts';
import { FEWEST_SHOWN } from './disclosure.rules.ts';
import { memberAges } from './members.queries.server.ts';
import { ranBy } from './ran-by.queries.server.ts';
import { sessionsWithReader } from './readers.queries.server.ts';
import {
	agesFor,
	agesMeant,
	answeringTime,
	bandsFor,
	FRESH_DAYS,
	isCounted,
	lengthOf
} from './rules.ts';
import type { CodeState, FreshCode } from './types.ts';

/** How the first code of a session stands, or undefined when the session is out of reach. */
export async function findCodeState(
	ctx: Context,
	sessionId: string
): Promise<CodeState | undefined> {
	return (await codeStates(ctx, [sessionId])).get(sessionId);
}

/** How the first codes of these sessions stand; those out of reach are left out. */
export async function codeStates(
	ctx: Context,
	sessionIds: readonly string[]
): Promise<Map<string, CodeState>> {
	if (sessionIds.length === 0) return new Map();
	const rows = await ctx.db
		.selectFrom('session')
		.leftJoin('cohort', 'cohort.id', 'session.cohort_id')
		.leftJoin('feedback_code as code', (join) =>
			join.onRef('code.session_id', '=', 'session.id').on('code.number', '=', 1)
		)
		.select([
			'session.id',
			'session.cycle_id',
			'session.status',
			'session.on_date as date',
			'session.start_time as time',
			'session.zone',
			'cohort.age_from',
			'cohort.age_to',
			audienceOfSession.as('audience'),
			'code.id as code_id',
			'code.audience as code_audience',
			'code.code',
			'code.length',
			'code.asks_words',
			'code.closed_at',
			'code.opened_by',
			'code.started_count',
			'code.member_count',
			'code.fresh_on as freshOn',
			'code.is_paper'
		])
		.where('session.id', 'in', sessionIds)
		.where(mayOpen(ctx))
		.execute();
	const ids = rows.map(({ id }) => id);
	const sentCounts = await countSent(
		ctx,
		rows.flatMap(({ code_id }) => code_id ?? [])
	);
	const ages = await memberAges(ctx.db, ids);
	const lengths = await lengthsOf(ctx, [...new Set(rows.flatMap((row) => row.cycle_id ?? []))]);
	const read = await sessionsWithReader(
		ctx.db,
		rows.filter(({ code_id }) => code_id === null).map(({ id }) => id),
		ctx.actor.accountId
	);
	const fresh = rows.filter((row) => row.freshOn !== null && row.closed_at === null);
	const closable = await freshToClose(
		ctx,
		fresh.map(({ id }) => id)
	);
	return new Map(rows.map((row) => [row.id, stateOf(row)]));

	function stateOf(row: (typeof rows)[number]): CodeState {
		const time = answeringTime(row, ctx.now);
		if (row.code !== null && row.closed_at !== null) {
			const counted = isCounted(row.started_count!, row.member_count);
			return { state: 'closed', isCounted: counted, fresh: counted ? null : freshFor(ctx, row) };
		}
		// Under one for paper nobody answers on a device.
		if (row.code !== null && (time === 'over' || row.is_paper === 1)) return { state: 'counting' };
		if (time !== 'now') return { state: time };
		const length = row.length ?? lengths.get(row.id) ?? 'pulse';
		const { bands } = bandsFor(agesFor(ages.get(row.id) ?? [], row.code_audience), agesMeant(row));
		if (row.code !== null) {
			const sent = sentCounts.get(row.code_id!) ?? 0;
			return {
				state: 'open',
				code: row.code,
				length,
				asksWords: row.asks_words === 1,
				sent: sent < FEWEST_SHOWN ? null : sent - (sent % FEWEST_SHOWN),
				openOn: row.freshOn ?? row.date,
				mayClose:
					row.freshOn === null || row.opened_by === ctx.actor.accountId || closable.has(row.id)
			};
		}
		return bands.length > 0
			? { state: 'can_open', length, asksWords: read.has(row.id), bands }
			: { state: 'no_form' };
	}
}

/** Of these sessions those whose open fresh code the actor may close though somebody else opened it. */
export async function freshToClose(
	ctx: Context,
	sessionIds: readonly string[]
): Promise<ReadonlySet<string>> {
	if (sessionIds.length === 0) return new Set();
	const rows = await ctx.db
		.selectFrom('session')
		.select('session.id')
		.where('session.id', 'in', sessionIds)
		.where(mayOpen(within(ctx, "close others' feedback")))
		.execute();
	const ran = await ranBy(ctx, sessionIds);
	return new Set(rows.map(({ id }) => id).filter((id) => !ran.has(id)));
}

/** The one fresh code that may take the place of one that took too many ballots; null once there was one, or too late. */
function freshFor(
	ctx: Context,
	row: {
		status: string;
		date: string;
		zone: string;
		freshOn: string | null;
		opened_by: string | null;
	}
): FreshCode | null {
	const until = addDays(row.date, FRESH_DAYS);
	const isOver = row.freshOn !== null || dateIn(row.zone, ctx.now) > until;
	if (isOver || row.status === 'cancelled') return null;
	return { until, isYours: row.opened_by !== ctx.actor.accountId };
}

async function countSent(ctx: Context, codeIds: string[]): Promise<ReadonlyMap<string, number>> {
	if (codeIds.length === 0) return new Map();
	const rows = await ctx.db
		.selectFrom('feedback_ballot')
		.select((eb) => ['code_id', eb.fn.countAll<number>().as('ballots')])
		.where('code_id', 'in', codeIds)
		.where('state', '=', 'sent')
		.groupBy('code_id')
		.execute();
	return new Map(rows.map(({ code_id, ballots }) => [code_id, ballots]));
}

/** Which form each session of these cycles gets; a cancelled one is not counted in its cycle. */
export async function lengthsOf(
	ctx: Context,
	cycleIds: string[]
): Promise<ReadonlyMap<string, FormLength>> {
	if (cycleIds.length === 0) return new Map();
	const rows = await ctx.db
		.selectFrom('session')
		.select(['id', 'cycle_id'])
		.where('cycle_id', 'in', cycleIds)
		.where('status', 'not in', ['draft', 'cancelled'])
		.where('position', 'is not', null)
		.orderBy('position')
		.execute();
	const byCycle = Map.groupBy(rows, ({ cycle_id }) => cycle_id);
	return new Map(
		[...byCycle.values()].flatMap((sessions) =>
			sessions.map(({ id }, index) => [id, lengthOf(index + 1, sessions.length)] as const)
		)
	);
}
