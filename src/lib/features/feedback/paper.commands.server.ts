import { randomUUID } from 'node:crypto';
import { ATTENDED } from '#lib/features/attendance/rules.ts';
import type { Form } from '#lib/features/asking/bank.rules.ts';
import { findSession } from '#lib/features/sessions/queries.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { insertAll } from '#lib/platform/db/batches.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { lengthsOf } from './code-states.queries.server.ts';
import { decideWords, insertCode } from './commands.server.ts';
import { closeAndCount, membersOf, sealBallot } from './counting.commands.server.ts';
import { findPaperState, formOnPaper } from './paper.queries.server.ts';
import { offeredCount } from './rules.ts';
import { readSheets, type Sheet } from './sheets.rules.ts';

export type PaperRefusal = {
	/** `ran`: who ran a session sees no single sheet. `not_open`: there is no code to type them in under. */
	reason: 'not_found' | 'ran' | 'not_open';
};
export type OpenPaperRefusal = { reason: 'not_found' | 'ran' | 'not_now' | 'open_before' };
export type EnterRefusal =
	| PaperRefusal
	/** What is printed on the sheet is not of a form this session asks. */
	| { reason: 'other_version' }
	| { reason: 'nothing_typed' }
	/** Cells whose number the question does not have, `2.safe`. */
	| { reason: 'unreadable'; cells: string[] }
	/** More forms than people who took part. */
	| { reason: 'too_many' };

interface Asking {
	once: string;
	locale: Locale;
}

/** Opens a code for paper alone, for the rest of the day: where a session has none, and who opens it did not run it. */
export function openForPaper(
	ctx: Context,
	input: { sessionId: string },
	{ once, locale }: Asking
): Promise<Outcome<{ sessionId: string }, OpenPaperRefusal | KeyReused>> {
	return command<{ sessionId: string }, OpenPaperRefusal>(
		ctx,
		{ name: 'open for paper', once, input },
		async ({ ctx, refuse, audit }) => {
			const session = await findSession(ctx, input.sessionId, locale);
			if (!session) return refuse({ reason: 'not_found' });
			const { state } = await findPaperState(ctx, session);
			if (state === 'ran') refuse({ reason: 'ran' });
			if (state === 'open') refuse({ reason: 'open_before' });
			if (state !== 'can_open') refuse({ reason: 'not_now' });
			const { id, cycleId } = session;
			const lengths = await lengthsOf(ctx, cycleId ? [cycleId] : []);
			const paperOn = dateIn(session.zone, ctx.now);
			const length = lengths.get(id) ?? 'pulse';
			if (!(await insertCode(ctx, id, { length, paperOn }))) refuse({ reason: 'open_before' });
			await decideWords(ctx, id);
			// Not an entry of the session: those are how one knows who ran it.
			await audit({
				action: 'open for paper',
				objectType: 'feedback_code',
				objectId: await firstCodeOf(ctx, id),
				fields: ['code', 'fresh_on', 'is_paper']
			});
			return { sessionId: id };
		}
	);
}

/**
 * Types paper forms in: each becomes a sent ballot under an open code of the session, and is counted and destroyed with the
 * others. No more than took part, begun ones included. `cells` as `readSheets` takes them. Nothing of an answer is in
 * the key, the audit or an order.
 */
export function enterPaper(
	ctx: Context,
	{ sessionId, paper, cells }: { sessionId: string; paper: string; cells: Record<string, string> },
	{ once, locale }: Asking
): Promise<Outcome<{ sheetCount: number }, EnterRefusal | KeyReused>> {
	const input = { sessionId, paper };
	return command<{ sheetCount: number }, EnterRefusal>(
		ctx,
		{ name: 'type paper forms in', once, input },
		async ({ ctx, refuse, audit }) => {
			const session = await findSession(ctx, sessionId, locale);
			if (!session) return refuse({ reason: 'not_found' });
			const stands = await findPaperState(ctx, session);
			if (stands.state === 'ran') refuse({ reason: 'ran' });
			if (stands.state !== 'open') return refuse({ reason: 'not_open' });
			const found = formOnPaper(stands.codes, paper);
			if (!found) return refuse({ reason: 'other_version' });
			const { sheets, wrong } = readSheets(found.form, cells);
			if (wrong.length > 0) refuse({ reason: 'unreadable', cells: wrong });
			if (sheets.length === 0) refuse({ reason: 'nothing_typed' });
			const taken = await takeRoom(ctx, found.codeId, sheets.length);
			if (taken !== 'taken') refuse({ reason: taken });
			await insertBallots(ctx, found, sheets);
			const isFirst = await noteEntry(ctx, found.codeId, sheets.length);
			// Once for whoever types: an entry for each sheet would count them.
			if (isFirst)
				await audit({
					action: 'type paper forms in',
					objectType: 'feedback_code',
					objectId: found.codeId,
					fields: []
				});
			return { sheetCount: sheets.length };
		}
	);
}

/** Counts what is under a code for paper: all is typed in. */
export function closePaper(
	ctx: Context,
	input: { sessionId: string },
	{ once, locale }: Asking
): Promise<Outcome<{ sessionId: string }, PaperRefusal | KeyReused>> {
	return command<{ sessionId: string }, PaperRefusal>(
		ctx,
		{ name: 'close paper', once, input },
		async ({ ctx, refuse, audit }) => {
			const session = await findSession(ctx, input.sessionId, locale);
			if (!session) return refuse({ reason: 'not_found' });
			const stands = await findPaperState(ctx, session);
			if (stands.state === 'ran') refuse({ reason: 'ran' });
			const codeId = stands.state === 'open' && stands.isPaper && stands.codes[0]?.codeId;
			if (!codeId || !(await closeAndCount(ctx.db, ctx.ring, { codeId, now: ctx.now })))
				return refuse({ reason: 'not_open' });
			await audit({
				action: 'close paper',
				objectType: 'feedback_code',
				objectId: codeId,
				fields: ['closed_at']
			});
			return input;
		}
	);
}

async function firstCodeOf({ db }: Context, sessionId: string): Promise<string> {
	const { id } = await db
		.selectFrom('feedback_code')
		.select('id')
		.where('session_id', '=', sessionId)
		.where('number', '=', 1)
		.executeTakeFirstOrThrow();
	return id;
}

/** Room for so many more ballots, as long as all of them are no more than took part. */
async function takeRoom(
	{ db }: Context,
	codeId: string,
	sheetCount: number
): Promise<'taken' | 'too_many' | 'not_open'> {
	const code = await db
		.selectFrom('feedback_code as code')
		.leftJoin('mark', (join) =>
			join.onRef('mark.session_id', '=', 'code.session_id').on('mark.code', 'in', ATTENDED)
		)
		.select(['code.session_id', 'code.audience'])
		.select((eb) => eb.fn.count<number>('mark.person_id').as('marked_count'))
		.where('code.id', '=', codeId)
		.groupBy(['code.session_id', 'code.audience'])
		.executeTakeFirstOrThrow();
	const { memberCount } = await membersOf(db, code);
	const most = offeredCount(Number(code.marked_count), memberCount) ?? memberCount;
	const taken = await db
		.updateTable('feedback_code')
		.set((eb) => ({ started_count: eb('started_count', '+', sheetCount) }))
		.where('id', '=', codeId)
		.where('closed_at', 'is', null)
		.where('started_count', '<=', most - sheetCount)
		.executeTakeFirst();
	if (taken.numUpdatedRows === 1n) return 'taken';
	const open = await db
		.selectFrom('feedback_code')
		.select('id')
		.where('id', '=', codeId)
		.where('closed_at', 'is', null)
		.executeTakeFirst();
	return open ? 'too_many' : 'not_open';
}

/** In the order of their random ids. */
async function insertBallots(
	ctx: Context,
	{ codeId, form }: { codeId: string; form: Form },
	sheets: readonly Sheet[]
): Promise<void> {
	const rows = sheets
		.map((answers) => {
			const id = randomUUID();
			const ballot = { band: form.band, begun: true, at: form.items.length, answers };
			return {
				...{ id, code_id: codeId, section_id: ctx.scope.sectionId, state: 'sent' as const },
				...{ answers_sealed: sealBallot(ctx.ring, id, ballot), version: 1 }
			};
		})
		.sort((a, b) => (a.id < b.id ? -1 : 1));
	await insertAll(ctx.db, 'feedback_ballot', rows);
}

/** Writes down who saw single sheets of a code, and how many. True for the first of them. */
async function noteEntry({ db, actor, scope }: Context, codeId: string, sheetCount: number) {
	const row = await db
		.insertInto('paper_entry')
		.values({
			...{ code_id: codeId, account_id: actor.accountId },
			...{ section_id: scope.sectionId, sheet_count: sheetCount }
		})
		.onConflict((conflict) =>
			conflict.columns(['code_id', 'account_id']).doUpdateSet((eb) => ({
				sheet_count: eb('paper_entry.sheet_count', '+', eb.ref('excluded.sheet_count'))
			}))
		)
		.returning('sheet_count')
		.executeTakeFirstOrThrow();
	return row.sheet_count === sheetCount;
}
