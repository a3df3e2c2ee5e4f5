import { mayOpen } from '#lib/features/sessions/queries.server.ts';
import { groupOf, titleOf, whereOf } from '#lib/features/sessions/words.ts';
import { within, type Context } from '#lib/platform/command/context.ts';
import { batchesOf } from '#lib/platform/db/batches.ts';
import { known, STRANDS } from '#lib/platform/db/vocabularies.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { openAccountName } from '#lib/platform/login/accounts.ts';
import { UNDO_MS } from '#lib/platform/undo/undo.ts';
import { noteOf } from './records.commands.server.ts';
import type { ChangedSession, PlanChange } from './types.ts';

/** A notice is shown for so long at most; the list of changes goes as far back. */
export const LISTED_DAYS = 60;
const LISTED_MS = LISTED_DAYS * 24 * 60 * 60_000;
const MOST_LISTED = 50;

/** The latest changes of sessions within reach, the last first; of one session, cycle or centre if asked. */
export async function listChanges(
	ctx: Context,
	{ sessionId, centreId }: { sessionId?: string | undefined; centreId?: string | undefined },
	locale: Locale
): Promise<PlanChange[]> {
	const rows = await changes(ctx)
		.where('change.made_at', '>', ctx.now - LISTED_MS)
		.where((eb) =>
			eb.exists(
				eb
					.selectFrom('changed_session as one')
					.innerJoin('session', 'session.id', 'one.session_id')
					.select('one.change_id')
					.whereRef('one.change_id', '=', 'change.id')
					.where(mayOpen(within(ctx, 'see sessions')))
					.$if(sessionId !== undefined, (some) => some.where('one.session_id', '=', sessionId!))
			)
		)
		.$if(centreId !== undefined, (query) => query.where('change.centre_id', '=', centreId!))
		.orderBy('change.made_at', 'desc')
		.limit(MOST_LISTED)
		.execute();
	return withSessions(ctx, rows, locale);
}

/** One change with the sessions of it the reader may open, or runs or ran; undefined where there is none. */
export async function findChange(
	ctx: Context,
	id: string,
	locale: Locale
): Promise<PlanChange | undefined> {
	const rows = await changes(ctx).where('change.id', '=', id).execute();
	const [change] = await withSessions(ctx, rows, locale);
	return change;
}

/** Changes of sessions the reader runs or ran that they have not said they have seen, the first first. */
export async function listNotices(ctx: Context, locale: Locale): Promise<PlanChange[]> {
	const rows = await changes(ctx)
		.innerJoin('change_notice as notice', 'notice.change_id', 'change.id')
		.where('notice.account_id', '=', ctx.scope.accountId)
		.where('notice.seen_at', 'is', null)
		.where('change.made_at', '>', ctx.now - LISTED_MS)
		.orderBy('change.made_at')
		.limit(MOST_LISTED)
		.execute();
	const { accountId } = ctx.scope;
	return withSessions(ctx, rows, locale, (staff) => staff.includes(accountId));
}

function changes(ctx: Context) {
	const { scope } = ctx;
	return ctx.db
		.selectFrom('plan_change as change')
		.innerJoin('account', 'account.id', 'change.made_by')
		.innerJoin('centre', 'centre.id', 'change.centre_id')
		.select(['change.id', 'change.kind', 'change.reason', 'change.note_sealed', 'change.made_at'])
		.select(['change.undo_id', 'change.undone_at', 'change.made_by', 'centre.zone'])
		.select(['account.id as account_id', 'account.name_sealed'])
		.where('change.section_id', '=', scope.sectionId)
		.$if(scope.centreIds !== null, (query) =>
			query.where('change.centre_id', 'in', scope.centreIds!)
		);
}

type ChangeRow = Awaited<ReturnType<ReturnType<typeof changes>['execute']>>[number];

/** Changes that have sessions the reader may see, with these. */
async function withSessions(
	ctx: Context,
	rows: readonly ChangeRow[],
	locale: Locale,
	isMeant: (staff: string[]) => boolean = () => true
): Promise<PlanChange[]> {
	const sessions = await sessionsOf(
		ctx,
		rows.map(({ id }) => id),
		locale,
		isMeant
	);
	return rows.flatMap((row) => {
		const own = sessions.get(row.id);
		return own ? [{ ...asChange(ctx, row), sessions: own }] : [];
	});
}

function asChange(ctx: Context, row: ChangeRow): Omit<PlanChange, 'sessions'> {
	const isOwn = row.made_by === ctx.scope.accountId;
	const mayUndo = isOwn && row.undone_at === null && row.made_at > ctx.now - UNDO_MS;
	return {
		id: row.id,
		kind: row.kind,
		reason: row.reason,
		note: noteOf(ctx, row),
		madeBy: openAccountName(ctx.ring, { id: row.account_id, name_sealed: row.name_sealed }),
		isOwn,
		madeAt: row.made_at,
		zone: row.zone,
		undo: mayUndo ? row.undo_id : null,
		isUndone: row.undone_at !== null
	};
}

async function sessionsOf(
	ctx: Context,
	changeIds: readonly string[],
	locale: Locale,
	isMeant: (staff: string[]) => boolean
): Promise<Map<string, ChangedSession[]>> {
	const rows = [];
	for (const batch of batchesOf(changeIds)) rows.push(...(await changedRows(ctx, batch)));
	const names = await namesOf(ctx, rows.flatMap(staffOf));
	const found = new Map<string, ChangedSession[]>();
	for (const row of rows) {
		const opens = Boolean(row.opens);
		const staff = staffOf(row);
		if (!isMeant(staff) || !(opens || staff.includes(ctx.scope.accountId))) continue;
		const sessions = found.get(row.change_id) ?? [];
		sessions.push(asChanged(row, { opens, names, locale }));
		found.set(row.change_id, sessions);
	}
	return found;
}

function changedRows(ctx: Context, changeIds: readonly string[]) {
	return ctx.db
		.selectFrom('changed_session as changed')
		.innerJoin('plan_change as change', 'change.id', 'changed.change_id')
		.innerJoin('session', 'session.id', 'changed.session_id')
		.leftJoin('cohort', 'cohort.id', 'session.cohort_id')
		.leftJoin('session_plan as plan', 'plan.id', 'session.session_plan_id')
		.leftJoin('room as before', 'before.id', 'changed.room_before')
		.leftJoin('room as after', 'after.id', 'changed.room_after')
		.selectAll('changed')
		.select(['change.kind', 'session.cohort_id', 'session.position', 'session.strand'])
		.select('cohort.member_count')
		.select(['session.title_texts as own_title_texts', 'cohort.name_texts as cohort_texts'])
		.select(['plan.title_texts', 'before.name_texts as room_before_texts'])
		.select('after.name_texts as room_after_texts')
		.select(mayOpen(within(ctx, 'see sessions')).as('opens'))
		.where('changed.change_id', 'in', changeIds)
		.orderBy('changed.date_before')
		.orderBy('changed.time_before')
		.orderBy('changed.session_id')
		.execute();
}

type ChangedRow = Awaited<ReturnType<typeof changedRows>>[number];

function asChanged(
	row: ChangedRow,
	{ opens, names, locale }: { opens: boolean; names: Map<string, string>; locale: Locale }
): ChangedSession {
	const staff = (ids: string) => listOf(ids).map((id) => names.get(id) ?? '');
	return {
		id: row.session_id,
		cohort: opens ? groupOf(row, locale) : '',
		cohortId: opens ? row.cohort_id : null,
		title: opens ? titleOf(row, locale) : '',
		position: opens ? row.position : null,
		strand: opens ? known(STRANDS, row.strand) : '',
		opens,
		expectedCount: opens ? (row.member_count ?? 0) : 0,
		before: {
			date: row.date_before,
			time: row.time_before,
			minutes: row.minutes_before,
			where: whereOf(
				{
					room_texts: row.room_before_texts,
					place_texts: row.place_before_texts,
					mode: row.mode_before
				},
				locale
			),
			staff: staff(row.staff_before),
			isCancelled: row.status_before === 'cancelled'
		},
		after: {
			date: row.date_after,
			time: row.time_after,
			minutes: row.minutes_after,
			where: whereOf(
				{
					room_texts: row.room_after_texts,
					place_texts: row.place_after_texts,
					mode: row.mode_after
				},
				locale
			),
			staff: staff(row.staff_after),
			isCancelled: row.kind === 'cancelled'
		},
		isTold: row.told_at !== null,
		stayed: row.stayed
	};
}

function staffOf(row: Pick<ChangedRow, 'staff_before' | 'staff_after'>): string[] {
	return [...listOf(row.staff_before), ...listOf(row.staff_after)];
}

function listOf(ids: string): string[] {
	return ids.split(',').filter((id) => id !== '');
}

async function namesOf(ctx: Context, ids: readonly string[]): Promise<Map<string, string>> {
	const names = new Map<string, string>();
	for (const batch of batchesOf([...new Set(ids)])) {
		const rows = await ctx.db
			.selectFrom('account')
			.select(['id', 'name_sealed'])
			.where('section_id', '=', ctx.scope.sectionId)
			.where('id', 'in', batch)
			.execute();
		for (const row of rows) names.set(row.id, openAccountName(ctx.ring, row));
	}
	return names;
}
