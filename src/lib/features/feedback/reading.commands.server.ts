import { toFiveMinutes } from '#lib/platform/clock/coarse.ts';
import { writeAudit } from '#lib/platform/command/audit.ts';
import { command, type KeyReused, type Outcome, type Work } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { fromReserve } from '#lib/platform/db/full.ts';
import type { Db } from '#lib/platform/db/open.ts';
import type { HandoverChannel } from '#lib/platform/db/vocabularies.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { FEWEST_SHOWN } from './disclosure.rules.ts';
import { listWordsToRead, mayReadCode, type WordsToRead } from './reading.queries.server.ts';
import { stopWordClock } from './word-clocks.commands.server.ts';

/** `decided`: another reader was first. */
export type ReadRefusal = { reason: 'not_found' | 'decided' };
interface Words {
	codeId: string;
	wordsId: string;
}
type Decided = Outcome<{ leftCount: number }, ReadRefusal | KeyReused>;

/** What is left of words that were handed over is forgotten so long afterwards. */
const KEEP_HANDOVER_MS = 90 * 24 * 3_600_000;

/**
 * What waits under a code, to a reader of whom it is written down first that they looked: by whom and when, not what.
 * undefined for everybody who may not read it. Throws, and shows nothing, when that cannot be stored.
 */
export async function lookAtWords(
	ctx: Context,
	codeId: string
): Promise<WordsToRead[] | undefined> {
	if (!(await mayReadCode(ctx, codeId))) return undefined;
	const entry = { ...about(codeId), action: 'look at words', fields: [] };
	await fromReserve(ctx.db, () => writeAudit(ctx, entry));
	return listWordsToRead(ctx, codeId);
}

/** Others may read it, as far as the ladder ever shows it; what it never shows is destroyed. */
export function clearWords(ctx: Context, input: Words, once: string): Promise<Decided> {
	return decide(ctx, { name: 'clear words', input, once }, async ({ ctx }) => {
		await ctx.db
			.updateTable('feedback_words')
			.set({ state: 'cleared' })
			.where('code_id', '=', input.codeId)
			.where('id', '=', input.wordsId)
			.execute();
	});
}

/** It names somebody, or should not be read on for another reason: it is destroyed. */
export function destroyWords(ctx: Context, input: Words, once: string): Promise<Decided> {
	return decide(ctx, { name: 'destroy words', input, once }, ({ ctx }) => destroy(ctx.db, input));
}

/**
 * It tells of harm, and was handed over by person to who follows it up. The text is destroyed; that there was one, by
 * which way and when, is left to its readers, of no form and no question.
 */
export function handOverWords(
	ctx: Context,
	input: Words & { channel: HandoverChannel },
	once: string
): Promise<Decided> {
	return decide(ctx, { name: 'hand over words', input, once }, async ({ ctx }) => {
		await destroy(ctx.db, input);
		await ctx.db
			.insertInto('word_handover')
			.values({
				...{ id: newId(), section_id: ctx.scope.sectionId, code_id: input.codeId },
				...{ channel: input.channel, handed_over_by: ctx.actor.accountId },
				handed_over_at: toFiveMinutes(ctx.now)
			})
			.execute();
	});
}

/** Forgets that words were handed over, ninety days later. */
export async function forgetOldHandovers(db: Db, now: number): Promise<void> {
	await db
		.deleteFrom('word_handover')
		.where('handed_over_at', '<', now - KEEP_HANDOVER_MS)
		.execute();
}

/** One text is decided by one reader; then what its item no longer needs goes, and the clock ends with the last. */
function decide(
	ctx: Context,
	{ name, input, once }: { name: string; input: Words; once: string },
	work: (work: Work<ReadRefusal>) => Promise<void>
): Promise<Decided> {
	const { codeId } = input;
	return command<{ leftCount: number }, ReadRefusal>(ctx, { name, once, input }, async (given) => {
		const { ctx, refuse, audit } = given;
		if (!(await mayReadCode(ctx, codeId))) return refuse({ reason: 'not_found' });
		const waiting = await take(ctx, input);
		if (!waiting) return refuse({ reason: 'decided' });
		await work(given);
		await audit({ ...about(codeId), action: name, fields: ['state'] });
		await destroyUnshowable(ctx.db, { codeId, ...waiting });
		const leftCount = await countWaiting(ctx.db, codeId);
		if (leftCount === 0) await stopWordClock(ctx.db, codeId);
		return { leftCount };
	});
}

/** Takes the code's row first, so that two readers decide one after the other; undefined when the text does not wait. */
async function take({ db, scope }: Context, { codeId, wordsId }: Words) {
	await db
		.updateTable('feedback_code')
		.set((eb) => ({ asks_words: eb.ref('asks_words') }))
		.where('id', '=', codeId)
		.execute();
	return db
		.selectFrom('feedback_words')
		.select(['form', 'item'])
		.where('code_id', '=', codeId)
		.where('section_id', '=', scope.sectionId)
		.where('id', '=', wordsId)
		.where('state', '=', 'waiting')
		.executeTakeFirst();
}

async function destroy(db: Db, { codeId, wordsId }: Words): Promise<void> {
	await db
		.deleteFrom('feedback_words')
		.where('code_id', '=', codeId)
		.where('id', '=', wordsId)
		.execute();
}

/**
 * What is cleared and will never be shown: of fewer than five who wrote; of fewer than five that are left once all of
 * the item are decided; of a session that was cancelled since.
 */
async function destroyUnshowable(
	db: Db,
	{ codeId, form, item }: { codeId: string; form: string; item: string }
): Promise<void> {
	const ofItem = db
		.selectFrom('feedback_words')
		.where('code_id', '=', codeId)
		.where('form', '=', form)
		.where('item', '=', item);
	const count = async (state: 'waiting' | 'cleared') => {
		const row = await ofItem
			.select((eb) => eb.fn.countAll<number>().as('count'))
			.where('state', '=', state)
			.executeTakeFirstOrThrow();
		return Number(row.count);
	};
	const [waiting, cleared] = [await count('waiting'), await count('cleared')];
	const canBeShown = !(await isCancelled(db, codeId)) && waiting + cleared >= FEWEST_SHOWN;
	if (canBeShown) return;
	await db
		.deleteFrom('feedback_words')
		.where('code_id', '=', codeId)
		.where('form', '=', form)
		.where('item', '=', item)
		.where('state', '=', 'cleared')
		.execute();
}

async function isCancelled(db: Db, codeId: string): Promise<boolean> {
	const row = await db
		.selectFrom('feedback_code as code')
		.innerJoin('session', 'session.id', 'code.session_id')
		.select('session.status')
		.where('code.id', '=', codeId)
		.executeTakeFirst();
	return row?.status === 'cancelled';
}

async function countWaiting(db: Db, codeId: string): Promise<number> {
	const { count } = await db
		.selectFrom('feedback_words')
		.select((eb) => eb.fn.countAll<number>().as('count'))
		.where('code_id', '=', codeId)
		.where('state', '=', 'waiting')
		.executeTakeFirstOrThrow();
	return Number(count);
}

/** Not an entry of the session, since those are how one knows who ran it. */
function about(codeId: string) {
	return { objectType: 'feedback_code', objectId: codeId };
}
