import { expressionBuilder } from 'kysely';
import { listCentres } from '#lib/features/centres/queries.server.ts';
import { ADULT_AGE } from '#lib/features/people/rules.ts';
import { listSessionsById, mayOpen } from '#lib/features/sessions/queries.server.ts';
import { addDays } from '#lib/platform/clock/days.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Row, Tables } from '#lib/platform/db/schema.ts';
import { collatorIn } from '#lib/platform/i18n/collation.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import type { Table } from '#lib/platform/sheets/table.ts';
import { asAsked, findForm } from '#lib/features/asking/bank.rules.ts';
import { listAsked } from '#lib/features/asking/queries.server.ts';
import type { Asked } from '#lib/features/asking/types.ts';
import { openWords } from './counting.commands.server.ts';
import { onLadder, readerOf, type LadderReader } from './disclosure.rules.ts';
import { memberAges } from './members.queries.server.ts';
import { keptBackFrom } from './ran-by.queries.server.ts';
import { resultsTable } from './results-table.words.ts';
import { agesFor, isCounted } from './rules.ts';
import { afterTheWord } from './said.rules.ts';
import type { FormResult, SessionResults, Whose } from './types.ts';
import { vouchStates, WAITING_DAYS } from './vouching.commands.server.ts';

/** Results a list shows, newest first. */
export const MOST_LISTED = 60;

/** Results a file holds. */
const MOST_TAKEN = 1000;

/** Which sessions' results: those of a centre, between two civil dates, both included; the newest `most` of them. */
export interface ResultsFilter {
	centreId?: string | undefined;
	from?: string;
	to?: string;
	most?: number;
}

/**
 * The results of closed codes within reach, newest session first; of open items how many wrote, not what. Where there are more
 * than `most`, those that still wait for somebody's word on how many answered are left out first.
 */
export async function listResults(
	ctx: Context,
	{ centreId, from, to, most = MOST_LISTED }: ResultsFilter,
	locale: Locale
): Promise<SessionResults[]> {
	const closed = await closedCodes(ctx)
		.$if(centreId !== undefined, (query) => query.where('session.centre_id', '=', centreId!))
		.$if(from !== undefined, (query) => query.where('session.on_date', '>=', from!))
		.$if(to !== undefined, (query) => query.where('session.on_date', '<=', to!))
		.orderBy((eb) => eb.case().when(waits(ctx)).then(1).else(0).end())
		.orderBy('session.on_date', 'desc')
		.orderBy('session.start_time', 'desc')
		.orderBy('code.session_id')
		.orderBy('code.number')
		.limit(most)
		.execute();
	return resultsOf(ctx, closed, { isWithWords: false }, locale);
}

/** The list of results as rows to take away, an option of an item each: children's or adults'. Their words are left out. */
export async function tabulateResults(
	ctx: Context,
	{ whose, ...filter }: { whose: Whose } & ResultsFilter,
	locale: Locale
): Promise<Omit<Table, 'name'>> {
	const centres = new Map((await listCentres(ctx, locale)).map(({ id, name }) => [id, name]));
	const results = await listResults(ctx, { most: MOST_TAKEN, ...filter }, locale);
	return resultsTable(results.map(afterTheWord), whose, centres);
}

/** The results of one code of a session, the first if none is named, or undefined when it is out of reach or has not closed. */
export async function findResults(
	ctx: Context,
	sessionId: string,
	locale: Locale,
	codeNumber = 1
): Promise<SessionResults | undefined> {
	const closed = await closedCodes(ctx)
		.where('code.session_id', '=', sessionId)
		.where('code.number', '=', codeNumber)
		.execute();
	return (await resultsOf(ctx, closed, { isWithWords: true }, locale))[0];
}

/** Whether nobody has said how many answered, and lists still ask for it; with more forms than people nobody is asked. */
function waits({ now }: Context) {
	const eb = expressionBuilder<Tables & { code: Row<'feedback_code'> }, 'session' | 'code'>();
	const vouches = eb.selectFrom('feedback_vouch').select('feedback_vouch.code_id');
	return eb.and([
		eb('session.on_date', '>=', addDays(dateIn('UTC', now), -WAITING_DAYS)),
		eb('code.id', 'not in', vouches),
		eb('code.started_count', '<=', eb.fn.coalesce('code.member_count', eb.lit(0)))
	]);
}

/** Closed codes of sessions within reach. */
function closedCodes(ctx: Context) {
	return ctx.db
		.selectFrom('feedback_code as code')
		.innerJoin('session', 'session.id', 'code.session_id')
		.select(['code.id', 'code.session_id', 'code.number', 'code.audience'])
		.select(['code.started_count', 'code.member_count', 'code.asks_words'])
		.select('code.asked_version_id')
		.where('code.section_id', '=', ctx.scope.sectionId)
		.where('code.closed_at', 'is not', null)
		.where('session.status', '<>', 'cancelled')
		.where(mayOpen(ctx));
}

async function resultsOf(
	ctx: Context,
	closed: readonly ClosedCode[],
	{ isWithWords }: { isWithWords: boolean },
	locale: Locale
): Promise<SessionResults[]> {
	const sessionIds = [...new Set(closed.map(({ session_id }) => session_id))];
	if (sessionIds.length === 0) return [];
	const sessions = await listSessionsById(ctx, sessionIds, locale);
	const ranBySelf = await keptBackFrom(ctx, sessionIds);
	const vouches = await vouchStates(ctx, sessions, ranBySelf);
	const codeIds = closed.map(({ id }) => id);
	const counts = Map.groupBy(
		await ctx.db.selectFrom('feedback_count').selectAll().where('code_id', 'in', codeIds).execute(),
		({ code_id }) => code_id
	);
	const asked = await listAsked(
		ctx.db,
		closed.map(({ asked_version_id }) => asked_version_id)
	);
	const isRead = (code: ClosedCode) => isOfWorth(code) && !ranBySelf.has(code.session_id);
	const words = await wordsOf(
		ctx,
		closed.filter(isRead).map(({ id }) => id),
		{ isWithWords }
	);
	const isSilent = (code: ClosedCode) =>
		ranBySelf.has(code.session_id) || !isOfWorth(code) || !counts.has(code.id);
	const silent = closed.filter(isSilent).map(({ session_id }) => session_id);
	const ages = await memberAges(ctx.db, [...new Set(silent)]);
	const codes = Map.groupBy(closed, ({ session_id }) => session_id);
	return sessions.flatMap((session) =>
		(codes.get(session.id) ?? []).map((code): SessionResults => {
			const { shown, vouchedCount } = vouches.get(code.id)!;
			const ran = ranBySelf.has(session.id);
			const reader = readerOf(ran, { startedCount: code.started_count, vouchedCount });
			const given = isOfWorth(code) ? (counts.get(code.id) ?? []) : [];
			const version = asked.get(code.asked_version_id ?? '') ?? null;
			const forms = formResults(code, { given, words, asked: version }, reader);
			const members = agesFor(ages.get(session.id) ?? [], code.audience);
			return {
				...{ session, codeId: code.id, codeNumber: code.number },
				...{ ranBySelf: ran, isCounted: isOfWorth(code), vouch: shown },
				...{ asked: askedOf(ran ? [] : forms, members), forms }
			};
		})
	);
}

type ClosedCode = Pick<
	Row<'feedback_code'>,
	| ('id' | 'session_id' | 'number' | 'audience' | 'started_count' | 'member_count')
	| ('asks_words' | 'asked_version_id')
>;

function isOfWorth({ started_count, member_count }: ClosedCode): boolean {
	return isCounted(started_count, member_count);
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
	code: ClosedCode,
	{
		given: counts,
		words,
		asked
	}: {
		given: { form: string; item: string; answer: string; ballot_count: number }[];
		words: ReadonlyMap<string, readonly string[]>;
		/** The version the code was opened with: a form of another is none of it. */
		asked: Asked | null;
	},
	reader: LadderReader
): FormResult[] {
	const byForm = Map.groupBy(counts, ({ form }) => form);
	return [...byForm.keys()].sort(byBand).flatMap((id) => {
		const known = findForm(id, asked);
		if (!known) return [];
		const form = asAsked(known, code.asks_words === 1);
		const items = form.items.map((item) => {
			const ofItem = byForm.get(id)!.filter((row) => row.item === item);
			const byAnswer = new Map(ofItem.map(({ answer, ballot_count }) => [answer, ballot_count]));
			const written = words.get(wordsKey({ code_id: code.id, form: id, item })) ?? [];
			return onLadder(form, item, { byAnswer, words: written }, reader);
		});
		const isKeptBack = reader !== 'other' && items.every(({ shown }) => shown === 'hidden');
		return isKeptBack ? [] : [{ form, items }];
	});
}

/** `pulse 6-9 1` before `pulse 10-13 1`, `pulse adult 1` last. */
function byBand(a: string, b: string): number {
	return collatorIn('en').compare(a, b);
}

/**
 * What was written and others may read, by code, form and item, in the order of random ids; without words as many empty
 * texts. Of an item one text of which waits to be read, nothing.
 */
async function wordsOf(
	ctx: Context,
	codeIds: string[],
	{ isWithWords }: { isWithWords: boolean }
): Promise<ReadonlyMap<string, readonly string[]>> {
	if (codeIds.length === 0) return new Map();
	const rows = await ctx.db
		.selectFrom('feedback_words')
		.selectAll()
		.where('code_id', 'in', codeIds)
		.orderBy('id')
		.execute();
	const text = (row: Row<'feedback_words'>) => (isWithWords ? openWords(ctx.ring, row) : '');
	return new Map(
		[...Map.groupBy(rows, wordsKey)].map(([key, of]) => {
			const cleared = of.filter(({ state }) => state === 'cleared');
			const waitingCount = of.length - cleared.length;
			return [key, waitingCount > 0 ? [] : cleared.map(text)];
		})
	);
}

function wordsKey(row: { code_id: string; form: string; item: string }): string {
	return [row.code_id, row.form, row.item].join('|');
}
