import { listCentres } from '#lib/features/centres/queries.server.ts';
import { listSessionsById, mayOpen } from '#lib/features/sessions/queries.server.ts';
import type { SessionCard } from '#lib/features/sessions/types.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { FormLength } from '#lib/platform/db/schema.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import type { Table } from '#lib/platform/sheets/table.ts';
import { findForm, OPEN_ITEMS } from './bank.ts';
import { openWords } from './counting.server.ts';
import { FEWEST_SHOWN, onLadder, type LadderReader } from './ladder.ts';
import { resultsTable } from './results-table.ts';
import { answeringTime, bandOf, lengthOf } from './rules.ts';
import type { CodeState, FormResult, SessionResults } from './types.ts';

/** Results a list shows, newest first. */
export const MOST_LISTED = 60;

/** How the code of a session stands, or undefined when the session is out of reach. */
export async function findCodeState(
	ctx: Context,
	sessionId: string
): Promise<CodeState | undefined> {
	return (await codeStates(ctx, [sessionId])).get(sessionId);
}

/** How the codes of these sessions stand; those out of reach are left out. */
export async function codeStates(
	ctx: Context,
	sessionIds: readonly string[]
): Promise<Map<string, CodeState>> {
	if (sessionIds.length === 0) return new Map();
	const rows = await ctx.db
		.selectFrom('session')
		.innerJoin('cohort', 'cohort.id', 'session.cohort_id')
		.leftJoin('feedback_code as code', 'code.session_id', 'session.id')
		.select([
			'session.id',
			'session.cycle_id',
			'session.status',
			'session.on_date as date',
			'session.start_time as time',
			'session.zone',
			'cohort.age_from',
			'cohort.age_to',
			'code.code',
			'code.length',
			'code.closed_at',
			'code.more_than_present'
		])
		.where('session.id', 'in', sessionIds)
		.where(mayOpen(ctx))
		.execute();
	const ids = rows.map(({ id }) => id);
	const sentCounts = await countSent(ctx, ids);
	const lengths = await lengthsOf(ctx, [...new Set(rows.map((row) => row.cycle_id))]);
	return new Map(
		rows.map((row) => {
			const length = row.length ?? lengths.get(row.id) ?? 'pulse';
			return [row.id, stateOf({ ...row, length }, ctx.now)];
		})
	);

	function stateOf(row: (typeof rows)[number] & { length: FormLength }, now: number): CodeState {
		const time = answeringTime(row, now);
		if (row.code !== null && row.closed_at !== null)
			return { state: 'closed', moreThanPresent: row.more_than_present === 1 };
		if (row.code !== null && time === 'over') return { state: 'counting' };
		if (time !== 'now') return { state: time };
		if (!bandOf(row.age_from, row.age_to)) return { state: 'no_form' };
		if (row.code === null) return { state: 'can_open', length: row.length };
		const sent = sentCounts.get(row.id) ?? 0;
		return {
			state: 'open',
			code: row.code,
			length: row.length,
			sent: sent < FEWEST_SHOWN ? null : sent - (sent % FEWEST_SHOWN)
		};
	}
}

/** The results of closed codes within reach, newest session first; of open items how many wrote, not what. */
export async function listResults(ctx: Context, locale: Locale): Promise<SessionResults[]> {
	const closed = await closedCodes(ctx)
		.orderBy('session.on_date', 'desc')
		.orderBy('session.start_time', 'desc')
		.limit(MOST_LISTED)
		.execute();
	return resultsOf(ctx, closed, { isWithWords: false }, locale);
}

/** The list of results as rows to take away, an option of an item each; children's words are left out. */
export async function tabulateResults(ctx: Context, locale: Locale): Promise<Omit<Table, 'name'>> {
	const centres = new Map((await listCentres(ctx, locale)).map(({ id, name }) => [id, name]));
	return resultsTable(await listResults(ctx, locale), centres);
}

/** The results of one session, or undefined when it is out of reach or its code has not closed. */
export async function findResults(
	ctx: Context,
	sessionId: string,
	locale: Locale
): Promise<SessionResults | undefined> {
	const closed = await closedCodes(ctx).where('code.session_id', '=', sessionId).execute();
	return (await resultsOf(ctx, closed, { isWithWords: true }, locale))[0];
}

/** Closed codes of sessions within reach. */
function closedCodes(ctx: Context) {
	return ctx.db
		.selectFrom('feedback_code as code')
		.innerJoin('session', 'session.id', 'code.session_id')
		.select(['code.session_id', 'code.more_than_present'])
		.where('code.section_id', '=', ctx.scope.sectionId)
		.where('code.closed_at', 'is not', null)
		.where('session.status', '<>', 'cancelled')
		.where(mayOpen(ctx));
}

async function resultsOf(
	ctx: Context,
	closed: { session_id: string; more_than_present: number | null }[],
	{ isWithWords }: { isWithWords: boolean },
	locale: Locale
): Promise<SessionResults[]> {
	const ids = closed.map(({ session_id }) => session_id);
	if (ids.length === 0) return [];
	const sessions = await listSessionsById(ctx, ids, locale);
	const ranBySelf = await ranBy(ctx, ids);
	const counts = Map.groupBy(
		await ctx.db.selectFrom('feedback_count').selectAll().where('session_id', 'in', ids).execute(),
		({ session_id }) => session_id
	);
	const read = isWithWords ? ids.filter((id) => !ranBySelf.has(id)) : [];
	const words = await wordsOf(ctx, read);
	return sessions.map((session) => {
		const code = closed.find(({ session_id }) => session_id === session.id)!;
		const ran = ranBySelf.has(session.id);
		const reader = !ran ? 'other' : code.more_than_present === 0 ? 'ran' : 'ran, unvouched';
		return {
			session,
			ranBySelf: ran,
			moreThanPresent: code.more_than_present === 1,
			forms: formResults(session, counts.get(session.id) ?? [], words, reader)
		};
	});
}

/** The forms children of a session answered, youngest first, each item as far as the ladder lets it be seen. */
function formResults(
	session: SessionCard,
	counts: { form: string; item: string; answer: string; ballot_count: number }[],
	words: ReadonlyMap<string, string[]>,
	reader: LadderReader
): FormResult[] {
	const byForm = Map.groupBy(counts, ({ form }) => form);
	return [...byForm.keys()].sort(byBand).flatMap((id) => {
		const form = findForm(id);
		if (!form) return [];
		const items = form.items.map((item) => {
			const ofItem = byForm.get(id)!.filter((row) => row.item === item);
			const byAnswer = new Map(ofItem.map(({ answer, ballot_count }) => [answer, ballot_count]));
			const written = words.get(wordsKey({ session_id: session.id, form: id, item })) ?? [];
			return onLadder(form, item, { byAnswer, words: written }, reader);
		});
		return [{ form, items }];
	});
}

/** `pulse 6-9 1` before `pulse 10-13 1`. */
function byBand(a: string, b: string): number {
	return a.localeCompare(b, 'en', { numeric: true });
}

/**
 * The sessions among these the actor ran, stood in for a colleague at, opened the code of, ever wrote the
 * register of, or whose cohort is theirs to run.
 */
async function ranBy(ctx: Context, ids: string[]): Promise<ReadonlySet<string>> {
	const me = ctx.actor.accountId;
	const rows = await ctx.db
		.selectFrom('session')
		.select('session.id')
		.where('session.id', 'in', ids)
		.where((eb) =>
			eb.or([
				eb('session.recorded_by', '=', me),
				eb(
					'session.id',
					'in',
					eb.selectFrom('feedback_code').select('session_id').where('opened_by', '=', me)
				),
				eb(
					'session.id',
					'in',
					eb
						.selectFrom('audit')
						.select('object_id')
						.where('object_type', '=', 'session')
						.where('object_id', 'in', ids)
						.where('actor_id', '=', me)
				),
				eb(
					'session.id',
					'in',
					eb.selectFrom('session_facilitator').select('session_id').where('account_id', '=', me)
				),
				eb(
					'session.id',
					'in',
					eb
						.selectFrom('substitute')
						.select('session_id')
						.where('account_id', '=', me)
						.where((sub) =>
							sub.or([sub('ended_at', 'is', null), sub('ended_at', '>', sub.ref('opens_at'))])
						)
				),
				eb(
					'session.cohort_id',
					'in',
					eb.selectFrom('cohort_facilitator').select('cohort_id').where('account_id', '=', me)
				)
			])
		)
		.execute();
	return new Set(rows.map(({ id }) => id));
}

/** What was written, by session, form and item, in the order of random ids. */
async function wordsOf(ctx: Context, ids: string[]): Promise<ReadonlyMap<string, string[]>> {
	if (ids.length === 0) return new Map();
	const rows = await ctx.db
		.selectFrom('feedback_words')
		.selectAll()
		.where('session_id', 'in', ids)
		.where('item', 'in', OPEN_ITEMS)
		.orderBy('id')
		.execute();
	const grouped = Map.groupBy(rows, wordsKey);
	return new Map([...grouped].map(([key, of]) => [key, of.map((row) => openWords(ctx.ring, row))]));
}

function wordsKey(row: { session_id: string; form: string; item: string }): string {
	return [row.session_id, row.form, row.item].join('|');
}

async function countSent(ctx: Context, ids: string[]): Promise<ReadonlyMap<string, number>> {
	if (ids.length === 0) return new Map();
	const rows = await ctx.db
		.selectFrom('feedback_ballot')
		.select((eb) => ['session_id', eb.fn.countAll<number>().as('ballots')])
		.where('session_id', 'in', ids)
		.where('state', '=', 'sent')
		.groupBy('session_id')
		.execute();
	return new Map(rows.map(({ session_id, ballots }) => [session_id, ballots]));
}

/** Which form each session of these cycles gets; a cancelled one is not counted in its cycle. */
async function lengthsOf(
	ctx: Context,
	cycleIds: string[]
): Promise<ReadonlyMap<string, FormLength>> {
	if (cycleIds.length === 0) return new Map();
	const rows = await ctx.db
		.selectFrom('session')
		.select(['id', 'cycle_id'])
		.where('cycle_id', 'in', cycleIds)
		.where('status', '<>', 'cancelled')
		.orderBy('position')
		.execute();
	const byCycle = Map.groupBy(rows, ({ cycle_id }) => cycle_id);
	return new Map(
		[...byCycle.values()].flatMap((sessions) =>
			sessions.map(({ id }, index) => [id, lengthOf(index + 1, sessions.length)] as const)
		)
	);
}
