import type { ExpressionBuilder } from 'kysely';
import { dateIn } from '#lib/platform/clock/zone.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Tables } from '#lib/platform/db/schema.ts';
import type { HandoverChannel } from '#lib/platform/db/vocabularies.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import { askedIn } from '#lib/features/asking/queries.server.ts';
import { findForm, type Band, type Form, type Item } from '#lib/features/asking/bank.rules.ts';
import { openWords } from './counting.commands.server.ts';
import { readersFor } from './readers.queries.server.ts';
import { readByDate } from './working-days.queries.server.ts';

/** Codes a list shows; the others come up as these are read. */
const MOST_LISTED = 30;

/** Words under one code that wait for a reader: how many, and nothing of them. */
export interface WaitingWords {
	codeId: string;
	centre: string | null;
	cohort: string;
	/** Civil date of the session. */
	date: string;
	count: number;
	/** Civil date by which they are to be read. */
	readBy: string;
	isLate: boolean;
}

/** A text as its reader sees it: cut loose from whoever wrote it. */
export interface WordsToRead {
	id: string;
	band: Band;
	/** The questions of the section's own in its form. */
	own: Form['own'];
	item: Item;
	text: string;
}

/** Of the codes whose words wait those the actor may read, who waits longest first. */
export async function listWaitingWords(
	ctx: Context,
	locale: Locale,
	codeId?: string
): Promise<WaitingWords[]> {
	const rows = await waitingCodes(ctx)
		.leftJoin('centre', 'centre.id', 'session.centre_id')
		.leftJoin('cohort', 'cohort.id', 'session.cohort_id')
		.select(['code.id', 'code.closed_at', 'session.on_date', 'session.zone', 'session.centre_id'])
		.select(['centre.name_texts as centre_texts', 'cohort.name_texts as cohort_texts'])
		.select('session.title_texts')
		.select((eb) =>
			eb
				.selectFrom('feedback_words as written')
				.select((one) => one.fn.countAll<number>().as('count'))
				.whereRef('written.code_id', '=', 'code.id')
				.where('written.state', '=', 'waiting')
				.as('count')
		)
		.where((eb) => mayRead(ctx, eb))
		.$if(codeId !== undefined, (query) => query.where('code.id', '=', codeId!))
		.orderBy('code.closed_at')
		.orderBy('code.id')
		.limit(MOST_LISTED)
		.execute();
	const listed: WaitingWords[] = [];
	for (const row of rows) {
		const place = { sectionId: ctx.scope.sectionId, centreId: row.centre_id, zone: row.zone };
		const by = await readByDate(ctx.db, place, row.closed_at!);
		const named = row.cohort_texts ?? row.title_texts;
		listed.push({
			...{ codeId: row.id, date: row.on_date, count: Number(row.count), readBy: by },
			centre: row.centre_texts === null ? null : textIn(row.centre_texts, locale),
			cohort: named === null ? '' : textIn(named, locale),
			isLate: dateIn(row.zone, ctx.now) > by
		});
	}
	return listed;
}

/** How many codes wait that the actor may read. */
export async function countToRead(ctx: Context): Promise<number> {
	const { count } = await waitingCodes(ctx)
		.select((eb) => eb.fn.countAll<number>().as('count'))
		.where((eb) => mayRead(ctx, eb))
		.executeTakeFirstOrThrow();
	return Number(count);
}

/** How many codes of the section wait that nobody may read: for who names readers. */
export async function countUnreadable(ctx: Context): Promise<number> {
	const { count } = await waitingCodes(ctx)
		.select((eb) => eb.fn.countAll<number>().as('count'))
		.where((eb) => eb.not(eb.exists(readersOfCode(eb))))
		.executeTakeFirstOrThrow();
	return Number(count);
}

/** What waits under a code, to somebody of whom it is written down before that they look; in the order of random ids. */
export async function listWordsToRead(ctx: Context, codeId: string): Promise<WordsToRead[]> {
	const rows = await ctx.db
		.selectFrom('feedback_words as words')
		.innerJoin('feedback_code as code', 'code.id', 'words.code_id')
		.leftJoin('asked_version as asked', 'asked.id', 'code.asked_version_id')
		.select(['words.id', 'words.form', 'words.item', 'words.words_sealed'])
		.select(['asked.id as asked_id', 'asked.number as asked_number', 'asked.content'])
		.where('words.code_id', '=', codeId)
		.where('words.section_id', '=', ctx.scope.sectionId)
		.where('words.state', '=', 'waiting')
		.orderBy('words.id')
		.execute();
	return rows.map((row) => {
		const form = findForm(row.form, askedIn(row));
		return {
			...{ id: row.id, item: row.item as Item, text: openWords(ctx.ring, row) },
			...{ band: form?.band ?? 'adult', own: form?.own ?? [] }
		};
	});
}

/** What was handed over of a code, for its readers alone. */
export async function listHandovers(
	{ db, scope }: Context,
	codeId: string
): Promise<{ channel: HandoverChannel; at: number }[]> {
	const rows = await db
		.selectFrom('word_handover')
		.select(['channel', 'handed_over_at as at'])
		.where('code_id', '=', codeId)
		.where('section_id', '=', scope.sectionId)
		.orderBy('id')
		.execute();
	return rows;
}

/** Whether the actor may read what waits under a code. */
export async function mayReadCode(ctx: Context, codeId: string): Promise<boolean> {
	const found = await closedCodes(ctx)
		.select('code.id')
		.where('code.id', '=', codeId)
		.where((eb) => mayRead(ctx, eb))
		.executeTakeFirst();
	return found !== undefined;
}

function closedCodes({ db, scope }: Context) {
	return db
		.selectFrom('feedback_code as code')
		.innerJoin('session', 'session.id', 'code.session_id')
		.where('code.section_id', '=', scope.sectionId)
		.where('code.closed_at', 'is not', null);
}

function waitingCodes(ctx: Context) {
	return closedCodes(ctx).where('code.id', 'in', (eb) =>
		eb
			.selectFrom('feedback_words')
			.select('code_id')
			.where('section_id', '=', ctx.scope.sectionId)
			.where('state', '=', 'waiting')
	);
}

type OfCode = ExpressionBuilder<Tables & { code: Tables['feedback_code'] }, 'code' | 'session'>;

function readersOfCode(eb: OfCode) {
	return readersFor({
		section: eb.ref('code.section_id'),
		session: eb.ref('session.id'),
		centre: eb.ref('session.centre_id')
	});
}

function mayRead({ actor }: Context, eb: OfCode) {
	return eb.exists(readersOfCode(eb).where('reader.id', '=', actor.accountId));
}
