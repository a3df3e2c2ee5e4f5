import { isOwnCohortsOnly } from '#lib/platform/access/actor.ts';
import { cohortsInScope } from '#lib/features/cohorts/queries.server.ts';
import { within, type Context } from '#lib/platform/command/context.ts';
import type { KeyRing } from '#lib/platform/crypto/keyring.ts';
import { open, seal, type Sealed } from '#lib/platform/crypto/sealed.ts';
import type { Tables } from '#lib/platform/db/schema.ts';
import { known, SESSION_STATUSES, STRANDS } from '#lib/platform/db/vocabularies.ts';
import { collatorIn } from '#lib/platform/i18n/collation.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import { openAccountName } from '#lib/platform/login/accounts.ts';
import { expressionBuilder, sql, type ExpressionWrapper, type SqlBool } from 'kysely';
import type { SessionCard, StandIn } from './types.ts';
import { groupOf, titleOf, whereOf } from './words.ts';

export interface SessionFilter {
	/** Civil dates, both included. */
	from: string;
	to: string;
	centre?: string;
	room?: string;
	facilitator?: string;
}

/**
 * Sessions at the centres within reach between two dates, in order of time. A facilitator sees other
 * cohorts' sessions as busy: time and room, no names.
 */
export async function listSessions(
	ctx: Context,
	{ from, to, centre, room, facilitator }: SessionFilter,
	locale: Locale
): Promise<SessionCard[]> {
	const rows = await cards(ctx)
		.where('session.on_date', '>=', from)
		.where('session.on_date', '<=', to)
		.$if(centre !== undefined, (query) => query.where('session.centre_id', '=', centre!))
		.$if(room !== undefined, (query) => query.where('session.room_id', '=', room!))
		.$if(facilitator !== undefined, (query) =>
			query.where('session.id', 'in', (eb) =>
				eb
					.selectFrom('session_facilitator')
					.select('session_id')
					.where('account_id', '=', facilitator!)
			)
		)
		.execute();
	return withFacilitators(
		ctx,
		rows.map((row) => asCard(ctx, row, locale)),
		locale
	);
}

/** Own planned sessions before a date: their registers are missing, oldest first. */
export async function listUnrecorded(
	ctx: Context,
	{ before }: { before: string },
	locale: Locale
): Promise<SessionCard[]> {
	const rows = await ownCards(ctx)
		.where('session.status', '=', 'planned')
		.where('session.on_date', '<', before)
		.execute();
	return rows.map((row) => asCard(ctx, row, locale));
}

/** The sessions of a cohort within reach, in order of time. */
export async function listSessionsOf(
	ctx: Context,
	cohortId: string,
	locale: Locale
): Promise<SessionCard[]> {
	const rows = await ownCards(ctx).where('session.cohort_id', '=', cohortId).execute();
	return rows.map((row) => asCard(ctx, row, locale));
}

/** The next planned sessions of a cohort within reach, from a civil date on, with who runs them. */
export async function listNextOf(
	ctx: Context,
	{ cohortId, from, count }: { cohortId: string; from: string; count: number },
	locale: Locale
): Promise<SessionCard[]> {
	const rows = await ownCards(ctx)
		.where('session.cohort_id', '=', cohortId)
		.where('session.status', '=', 'planned')
		.where('session.on_date', '>=', from)
		.limit(count)
		.execute();
	return withFacilitators(
		ctx,
		rows.map((row) => asCard(ctx, row, locale)),
		locale
	);
}

/** Of these sessions the ones the actor may open, with who runs them; latest first. */
export async function listSessionsById(
	ctx: Context,
	ids: readonly string[],
	locale: Locale
): Promise<SessionCard[]> {
	if (ids.length === 0) return [];
	const rows = await ownCards(ctx, 'by id').where('session.id', 'in', ids).execute();
	return withFacilitators(ctx, rows.map((row) => asCard(ctx, row, locale)).reverse(), locale);
}

/** One session the actor may open, or undefined when it is out of reach. */
export async function findSession(
	ctx: Context,
	id: string,
	locale: Locale
): Promise<
	| (SessionCard & {
			version: number;
			headcount: number | null;
			/** Why many more were counted than are members; null where nobody had to say. */
			headcountReason: string | null;
			recordedAt: number | null;
			/** Of its cohort, in years; null where it is open. */
			ages: { from: number; to: number } | null;
	  })
	| undefined
> {
	const row = await ownCards(ctx, 'by id').where('session.id', '=', id).executeTakeFirst();
	if (!row) return undefined;
	const [card] = await withFacilitators(ctx, [asCard(ctx, row, locale)], locale);
	const { version, headcount, headcount_reason_sealed: reason, recorded_at: recordedAt } = row;
	const headcountReason = reason && open(ctx.ring, reasonPlace(row.id), reason);
	const { age_from: from, age_to: to } = row;
	const ages = from === null || to === null ? null : { from, to };
	return { ...card!, version, headcount, headcountReason, recordedAt, ages };
}

/** Seals why so many were counted, for the session's own row. */
export function sealReason(ring: KeyRing, sessionId: string, reason: string): Sealed {
	return seal(ring, reasonPlace(sessionId), reason);
}

function reasonPlace(sessionId: string) {
	return { table: 'session', column: 'headcount_reason_sealed', row: sessionId };
}

/** A cycle as it is chosen among others. */
export interface CycleCard {
	id: string;
	cohort: string;
	centre: string;
	curriculum: string;
	/** Civil dates of its first and last session. */
	startsOn: string;
	endsOn: string;
	/** Cancelled ones left out, two halves counted once. */
	sessionCount: number;
}

/** Of a cycle's `session`: its position, which two halves share; its own id where it stands beside them. */
export const ofPosition = sql<string>`coalesce(cast(session.position as text), session.id)`;

/** The cycles within reach that end on a date or later, by centre, then the latest first. */
export async function listCycles(
	ctx: Context,
	{ endsFrom }: { endsFrom: string },
	locale: Locale
): Promise<CycleCard[]> {
	const rows = await ctx.db
		.selectFrom('cycle')
		.innerJoin('cohort', 'cohort.id', 'cycle.cohort_id')
		.innerJoin('centre', 'centre.id', 'cycle.centre_id')
		.innerJoin('curriculum_version as version', 'version.id', 'cycle.version_id')
		.innerJoin('curriculum', 'curriculum.id', 'version.curriculum_id')
		.select([
			'cycle.id',
			'cycle.starts_on',
			'cycle.ends_on',
			'cohort.name_texts as cohort_texts',
			'centre.name_texts as centre_texts',
			'curriculum.name_texts as curriculum_texts'
		])
		.select((eb) =>
			eb
				.selectFrom('session')
				.whereRef('session.cycle_id', '=', 'cycle.id')
				.where('session.status', 'not in', ['draft', 'cancelled'])
				.select((meeting) => meeting.fn.count<number>(ofPosition).distinct().as('session_count'))
				.as('session_count')
		)
		.where('cycle.cohort_id', 'in', cohortsInScope(ctx).clearSelect().select('cohort.id'))
		.where('cycle.ends_on', '>=', endsFrom)
		.orderBy('cycle.starts_on', 'desc')
		.orderBy('cycle.id')
		.execute();
	const { compare } = collatorIn(locale);
	return rows
		.map((row) => ({
			id: row.id,
			cohort: textIn(row.cohort_texts, locale),
			centre: textIn(row.centre_texts, locale),
			curriculum: textIn(row.curriculum_texts, locale),
			startsOn: row.starts_on,
			endsOn: row.ends_on,
			sessionCount: row.session_count ?? 0
		}))
		.sort((a, b) => compare(a.centre, b.centre));
}

type CardRow = Awaited<ReturnType<ReturnType<typeof cards>['execute']>>[number];

/** Sessions at centres within reach, found through an index of their section or centre, or by the ids a query goes on to name. */
function cards(ctx: Context, found: 'in section' | 'by id' = 'in section') {
	const { scope } = ctx;
	const column = found === 'by id' ? unindexed : (name: SessionColumn) => sql.ref<string>(name);
	return ctx.db
		.selectFrom('session')
		.leftJoin('cohort', 'cohort.id', 'session.cohort_id')
		.leftJoin('session_plan as plan', 'plan.id', 'session.session_plan_id')
		.leftJoin('room', 'room.id', 'session.room_id')
		.select([
			'session.id',
			'session.cohort_id',
			'session.cycle_id',
			'session.session_plan_id',
			'session.centre_id',
			'session.position',
			'session.strand',
			'session.on_date',
			'session.start_time',
			'session.minutes',
			'session.zone',
			'session.status',
			'session.version',
			'session.headcount',
			'session.headcount_reason_sealed',
			'session.recorded_at',
			'session.title_texts as own_title_texts',
			'session.mode',
			'session.place_texts',
			'cohort.name_texts as cohort_texts',
			'cohort.member_count',
			'cohort.age_from',
			'cohort.age_to',
			'plan.title_texts',
			'room.name_texts as room_texts'
		])
		.select([mayOpen(within(ctx, 'see sessions')).as('opens'), mayOpen(ctx).as('reached')])
		.where(column('session.section_id'), '=', scope.sectionId)
		.where('session.status', '<>', 'draft')
		.$if(scope.centreIds !== null, (query) =>
			query.where(column('session.centre_id'), 'in', scope.centreIds!)
		)
		.orderBy('session.on_date')
		.orderBy('session.start_time')
		.orderBy('session.id');
}

/** Narrows to sessions whose register and names the actor may see. */
function ownCards(ctx: Context, found: 'in section' | 'by id' = 'in section') {
	return cards(ctx, found).where(mayOpen(ctx));
}

/**
 * Whether the `session` of a query is one the actor may open: those of cohorts within reach; open ones at centres
 * within reach, for facilitators those they run; and those these run in a colleague's place. Of the cohort of such a
 * session nothing else opens. A draft is nobody's. It is said of the row itself and finds none: as a list of ids, or
 * through an index of the section, SQLite would look through all its sessions first.
 */
export function mayOpen(ctx: Context): ExpressionWrapper<Tables, 'session', SqlBool> {
	const eb = expressionBuilder<Tables, 'session'>();
	const { sectionId, centreIds, wholeCentreIds } = ctx.scope;
	const ofCohorts = cohortsInScope(ctx).clearSelect().select('cohort.id');
	const openOne = eb.and([
		eb('session.cohort_id', 'is', null),
		...(centreIds === null ? [] : [eb('session.centre_id', 'in', centreIds)]),
		...(wholeCentreIds === null
			? []
			: [
					eb.or([
						eb('session.centre_id', 'in', wholeCentreIds),
						eb('session.id', 'in', running(ctx))
					])
				])
	]);
	return eb.and([
		eb(unindexed('session.section_id'), '=', sectionId),
		eb('session.status', '<>', 'draft'),
		eb.or([
			eb('session.cohort_id', 'in', ofCohorts),
			openOne,
			...(wholeCentreIds !== null ? [eb('session.id', 'in', standingIn(ctx))] : [])
		])
	]);
}

type SessionColumn = 'session.section_id' | 'session.centre_id';

/** The same text, which no index is for. Without statistics SQLite takes any index over a list of ids. */
function unindexed(column: SessionColumn) {
	return sql<string>`${sql.ref(column)} || ''`;
}

/** Ids of the sessions the actor is to run. */
function running({ db, scope }: Context) {
	return db
		.selectFrom('session_facilitator')
		.select('session_id')
		.where('section_id', '=', scope.sectionId)
		.where('account_id', '=', scope.accountId);
}

/** Ids of the sessions the actor runs in a colleague's place, from midnight of their day to the end of the next. */
function standingIn({ db, scope, now }: Context) {
	return db
		.selectFrom('substitute')
		.innerJoin('session', 'session.id', 'substitute.session_id')
		.select('substitute.session_id')
		.where('substitute.section_id', '=', scope.sectionId)
		.where('substitute.account_id', '=', scope.accountId)
		.where('substitute.ended_at', 'is', null)
		.where('substitute.opens_at', '<=', now)
		.where('substitute.closes_at', '>', now)
		.$if(scope.centreIds !== null, (query) =>
			query.where('session.centre_id', 'in', scope.centreIds!)
		);
}

function asCard(ctx: Context, row: CardRow, locale: Locale): SessionCard {
	const isOwn = !isOwnCohortsOnly(ctx.scope, row.centre_id) || Boolean(row.reached);
	return {
		id: isOwn ? row.id : '',
		cohortId: isOwn ? row.cohort_id : null,
		cycleId: isOwn ? row.cycle_id : null,
		planId: isOwn ? row.session_plan_id : null,
		cohort: isOwn ? groupOf(row, locale) : '',
		title: isOwn ? titleOf(row, locale) : '',
		position: row.position,
		strand: isOwn ? known(STRANDS, row.strand) : '',
		room: whereOf(row, locale),
		centreId: row.centre_id,
		date: row.on_date,
		time: row.start_time,
		minutes: row.minutes,
		zone: row.zone,
		status: known(SESSION_STATUSES, row.status),
		expectedCount: isOwn ? (row.member_count ?? 0) : 0,
		own: isOwn,
		opens: Boolean(row.opens),
		facilitators: [],
		standIns: []
	};
}

/** Fills in who runs each session, and in whose place, in one statement for all of them. */
async function withFacilitators(
	ctx: Context,
	sessions: SessionCard[],
	locale: Locale
): Promise<SessionCard[]> {
	const ids = sessions.filter((session) => session.own).map(({ id }) => id);
	if (ids.length === 0) return sessions;
	const rows = await ctx.db
		.selectFrom('session_facilitator as with')
		.innerJoin('account', 'account.id', 'with.account_id')
		.leftJoin('substitute', (join) =>
			join
				.onRef('substitute.session_id', '=', 'with.session_id')
				.onRef('substitute.account_id', '=', 'with.account_id')
				.on('substitute.ended_at', 'is', null)
		)
		.leftJoin('account as absent', 'absent.id', 'substitute.for_account_id')
		.select(['with.session_id', 'account.id', 'account.name_sealed'])
		.select(['substitute.id as substitute_id'])
		.select(['absent.id as absent_id', 'absent.name_sealed as absent_sealed'])
		.where('with.section_id', '=', ctx.scope.sectionId)
		.where('with.session_id', 'in', ids)
		.execute();
	const { compare } = collatorIn(locale);
	const bySession = Map.groupBy(rows, ({ session_id }) => session_id);
	return sessions.map((session) => {
		const ofSession = bySession.get(session.id) ?? [];
		return {
			...session,
			facilitators: ofSession.map((row) => openAccountName(ctx.ring, row)).sort(compare),
			standIns: ofSession.flatMap(({ id, name_sealed, substitute_id, absent_id, absent_sealed }) =>
				substitute_id && absent_id && absent_sealed
					? [
							{
								substituteId: substitute_id,
								accountId: id,
								name: openAccountName(ctx.ring, { id, name_sealed }),
								forAccountId: absent_id,
								forName: openAccountName(ctx.ring, { id: absent_id, name_sealed: absent_sealed })
							} satisfies StandIn
						]
					: []
			)
		};
	});
}
