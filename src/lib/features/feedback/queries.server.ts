import { listCentres } from '#lib/features/centres/queries.server.ts';
import { ADULT_AGE } from '#lib/features/people/rules.ts';
import { listSessionsById, mayOpen } from '#lib/features/sessions/queries.server.ts';
import type { SessionCard } from '#lib/features/sessions/types.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import type { Table } from '#lib/platform/sheets/table.ts';
import { findForm, OPEN_ITEMS } from './bank.ts';
import { openWords } from './counting.server.ts';
import { onLadder, readerOf, type LadderReader } from './ladder.ts';
import { memberAges } from './members.server.ts';
import { ranBy } from './ran-by.server.ts';
import { resultsTable } from './results-table.ts';
import { isCounted } from './rules.ts';
import { afterTheWord } from './said.ts';
import type { FormResult, SessionResults, Whose } from './types.ts';
import { vouchStates } from './vouching.server.ts';

/** Results a list shows, newest first. */
export const MOST_LISTED = 60;

/** The results of closed codes within reach, newest session first; of open items how many wrote, not what. */
export async function listResults(ctx: Context, locale: Locale): Promise<SessionResults[]> {
	const closed = await closedCodes(ctx)
		.orderBy('session.on_date', 'desc')
		.orderBy('session.start_time', 'desc')
		.limit(MOST_LISTED)
		.execute();
	return resultsOf(ctx, closed, { isWithWords: false }, locale);
}

/** The list of results as rows to take away, an option of an item each: children's or adults'. Their words are left out. */
export async function tabulateResults(
	ctx: Context,
	whose: Whose,
	locale: Locale
): Promise<Omit<Table, 'name'>> {
	const centres = new Map((await listCentres(ctx, locale)).map(({ id, name }) => [id, name]));
	return resultsTable((await listResults(ctx, locale)).map(afterTheWord), whose, centres);
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
		.select(['code.session_id', 'code.started_count', 'code.member_count'])
		.where('code.section_id', '=', ctx.scope.sectionId)
		.where('code.closed_at', 'is not', null)
		.where('session.status', '<>', 'cancelled')
		.where(mayOpen(ctx));
}

async function resultsOf(
	ctx: Context,
	closed: { session_id: string; started_count: number; member_count: number | null }[],
	{ isWithWords }: { isWithWords: boolean },
	locale: Locale
): Promise<SessionResults[]> {
	const ids = closed.map(({ session_id }) => session_id);
	if (ids.length === 0) return [];
	const sessions = await listSessionsById(ctx, ids, locale);
	const ranBySelf = await ranBy(ctx, ids);
	const vouches = await vouchStates(ctx, sessions, ranBySelf);
	const countedIds = new Set(
		closed
			.filter(({ started_count, member_count }) => isCounted(started_count, member_count))
			.map(({ session_id }) => session_id)
	);
	const counts = Map.groupBy(
		await ctx.db.selectFrom('feedback_count').selectAll().where('session_id', 'in', ids).execute(),
		({ session_id }) => session_id
	);
	const read = ids.filter((id) => isWithWords && countedIds.has(id) && !ranBySelf.has(id));
	const words = await wordsOf(ctx, read);
	const silent = (id: string) => ranBySelf.has(id) || !countedIds.has(id) || !counts.has(id);
	const ages = await memberAges(ctx.db, ids.filter(silent));
	return sessions.map((session) => {
		const { started_count } = closed.find(({ session_id }) => session_id === session.id)!;
		const { shown, vouchedCount } = vouches.get(session.id)!;
		const ran = ranBySelf.has(session.id);
		const reader = readerOf(ran, { startedCount: started_count, vouchedCount });
		const counted = countedIds.has(session.id);
		const given = counted ? (counts.get(session.id) ?? []) : [];
		const forms = formResults(session, given, words, reader);
		const asked = askedOf(ran ? [] : forms, ages.get(session.id) ?? []);
		return { session, ranBySelf: ran, isCounted: counted, vouch: shown, asked, forms };
	});
}

/** By the forms shown, where there are any; else by the ages of the cohort's members. */
function askedOf(forms: readonly FormResult[], ages: readonly number[]): Whose[] {
	const isAdult =
		forms.length > 0
			? forms.map(({ form }) => form.band === 'adult')
			: ages.map((age) => age >= ADULT_AGE);
	const children = isAdult.includes(false) || isAdult.length === 0;
	return [
		...(children ? (['children'] as const) : []),
		...(isAdult.includes(true) ? (['adults'] as const) : [])
	];
}

/**
 * The forms answered after a session, children's first, youngest first, each item as far as the ladder lets it
 * be seen. Whoever ran it is not even told that a form was answered of which they see nothing.
 */
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
		const isKeptBack = reader !== 'other' && items.every(({ shown }) => shown === 'hidden');
		return isKeptBack ? [] : [{ form, items }];
	});
}

/** `pulse 6-9 1` before `pulse 10-13 1`, `pulse adult 1` last. */
function byBand(a: string, b: string): number {
	return a.localeCompare(b, 'en', { numeric: true });
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
