import { askedForSession } from '#lib/features/asking/queries.server.ts';
import { findSession } from '#lib/features/sessions/queries.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { FormLength } from '#lib/platform/db/schema.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { newCode } from './codes.queries.server.ts';
import { closeAndCount } from './counting.commands.server.ts';
import { findCodeState, freshToClose } from './code-states.queries.server.ts';
import { sessionsWithReader } from './readers.queries.server.ts';

export type OpenRefusal =
	| { reason: 'not_found' | 'too_early' | 'over' | 'cancelled' | 'no_form' | 'closed' }
	/** A colleague was first. */
	| { reason: 'already_open' };
export type FreshRefusal = {
	/** `no_fresh`: there is nothing to take the place of, or it is too late, or there was one before. */
	reason: 'not_found' | 'no_fresh' | 'opened_first';
};
export type CloseRefusal = {
	/** `not_yours`: an open fresh code is another's to close. */
	reason: 'not_found' | 'not_open' | 'not_yours';
};

/** A code that is taken is drawn again. */
const DRAWS = 3;

/** Opens a session's feedback code for the children. A closed one is not opened again: its results are seen. */
export function openFeedback(
	ctx: Context,
	input: { sessionId: string },
	{ once, locale }: { once: string; locale: Locale }
): Promise<Outcome<{ sessionId: string }, OpenRefusal | KeyReused>> {
	return command(ctx, { name: 'open feedback', once, input }, async ({ ctx, refuse, audit }) => {
		const session = await findSession(ctx, input.sessionId, locale);
		const stands = session && (await findCodeState(ctx, session.id));
		if (!stands) return refuse({ reason: 'not_found' });
		if (stands.state === 'open') return refuse({ reason: 'already_open' });
		if (stands.state === 'closed' || stands.state === 'counting')
			return refuse({ reason: 'closed' });
		if (stands.state !== 'can_open') return refuse({ reason: stands.state });
		if (!(await insertCode(ctx, session.id, { length: stands.length })))
			refuse({ reason: 'already_open' });
		await decideWords(ctx, session.id);
		await audit({
			action: 'open feedback',
			objectType: 'session',
			objectId: session.id,
			fields: ['code', 'length', 'asks_words', 'asked_version_id']
		});
		return { sessionId: session.id };
	});
}

/**
 * Opens one fresh code, for the rest of its day, in place of a closed one that took more ballots than the
 * cohort has members. What was counted under that is destroyed; by whom it was opened may not open this one.
 */
export function openFreshCode(
	ctx: Context,
	input: { sessionId: string },
	{ once, locale }: { once: string; locale: Locale }
): Promise<Outcome<{ sessionId: string }, FreshRefusal | KeyReused>> {
	return command(ctx, { name: 'open fresh code', once, input }, async ({ ctx, refuse, audit }) => {
		const session = await findSession(ctx, input.sessionId, locale);
		const stands = session && (await findCodeState(ctx, session.id));
		if (!stands) return refuse({ reason: 'not_found' });
		if (stands.state !== 'closed' || !stands.fresh) return refuse({ reason: 'no_fresh' });
		if (!stands.fresh.isYours) refuse({ reason: 'opened_first' });
		const codeId = await replaceCode(ctx, session);
		if (!codeId) return refuse({ reason: 'no_fresh' });
		await decideWords(ctx, session.id);
		for (const table of ['feedback_count', 'feedback_words'] as const)
			await ctx.db.deleteFrom(table).where('code_id', '=', codeId).execute();
		await audit({
			action: 'open fresh code',
			objectType: 'session',
			objectId: session.id,
			fields: ['code', 'fresh_on', 'feedback_count', 'feedback_words']
		});
		return { sessionId: session.id };
	});
}

/**
 * Writes down with the code whether it asks for words, now that it is known who opened it: that is one who ran the
 * session. A reader named later does not change what the children under this code are asked.
 */
export async function decideWords({ db }: Context, sessionId: string): Promise<void> {
	const isRead = (await sessionsWithReader(db, [sessionId])).has(sessionId);
	await db
		.updateTable('feedback_code')
		.set({ asks_words: isRead ? 1 : 0 })
		.where('session_id', '=', sessionId)
		.where('number', '=', 1)
		.execute();
}

/** The id of the session's first code; undefined when somebody else did so at the same moment. */
async function replaceCode(
	ctx: Context,
	session: { id: string; zone: string }
): Promise<string | undefined> {
	const replaced = await ctx.db
		.updateTable('feedback_code')
		.set((eb) => ({
			first_code: eb.ref('code'),
			code: newCode(),
			opened_by: ctx.actor.accountId,
			opened_at: ctx.now,
			closed_at: null,
			started_count: 0,
			member_count: null,
			fresh_on: dateIn(session.zone, ctx.now)
		}))
		.where('session_id', '=', session.id)
		.where('number', '=', 1)
		.where('closed_at', 'is not', null)
		.where('fresh_on', 'is', null)
		.returning('id')
		.executeTakeFirst();
	return replaced?.id;
}

/**
 * Closes one of a session's codes, the first when none is named, and counts what was sent under it; what was not sent is destroyed uncounted. A fresh code is
 * closed by who opened it, or by a coordinator who did not run the session: nobody else may cut it short.
 */
export function closeFeedback(
	ctx: Context,
	input: { sessionId: string; codeNumber?: number },
	{ once, locale }: { once: string; locale: Locale }
): Promise<Outcome<{ sessionId: string }, CloseRefusal | KeyReused>> {
	return command(ctx, { name: 'close feedback', once, input }, async ({ ctx, refuse, audit }) => {
		const session = await findSession(ctx, input.sessionId, locale);
		if (!session) return refuse({ reason: 'not_found' });
		const code = await openCode(ctx, session.id, input.codeNumber ?? 1);
		if (!code) return refuse({ reason: 'not_open' });
		const isAnothers = code.fresh_on !== null && code.opened_by !== ctx.actor.accountId;
		if (isAnothers && !(await freshToClose(ctx, [session.id])).has(session.id))
			refuse({ reason: 'not_yours' });
		const closing = { codeId: code.id, now: ctx.now };
		if (!(await closeAndCount(ctx.db, ctx.ring, closing))) refuse({ reason: 'not_open' });
		await audit({
			action: 'close feedback',
			objectType: 'session',
			objectId: session.id,
			fields: ['closed_at']
		});
		return { sessionId: session.id };
	});
}

function openCode({ db }: Context, sessionId: string, number: number) {
	return db
		.selectFrom('feedback_code')
		.select(['id', 'opened_by', 'fresh_on'])
		.where('session_id', '=', sessionId)
		.where('number', '=', number)
		.where('closed_at', 'is', null)
		.executeTakeFirst();
}

/** False when somebody else opened one at the same moment. `paperOn`: the civil date a code for paper alone is open. */
export async function insertCode(
	ctx: Context,
	sessionId: string,
	{ length, paperOn }: { length: FormLength; paperOn?: string }
): Promise<boolean> {
	for (let draw = 0; draw < DRAWS; draw += 1) {
		const { numInsertedOrUpdatedRows } = await ctx.db
			.insertInto('feedback_code')
			.values({
				id: newId(),
				session_id: sessionId,
				section_id: ctx.scope.sectionId,
				code: newCode(),
				length,
				opened_by: ctx.actor.accountId,
				opened_at: ctx.now,
				closed_at: null,
				started_count: 0,
				...(paperOn && { is_paper: 1, fresh_on: paperOn }),
				asked_version_id: await askedForSession(ctx, sessionId)
			})
			.onConflict((conflict) => conflict.doNothing())
			.executeTakeFirst();
		if (numInsertedOrUpdatedRows === 1n) return true;
		const taken = await ctx.db
			.selectFrom('feedback_code')
			.select('session_id')
			.where('session_id', '=', sessionId)
			.where('number', '=', 1)
			.executeTakeFirst();
		if (taken) return false;
	}
	throw new Error('every code drawn was taken');
}
