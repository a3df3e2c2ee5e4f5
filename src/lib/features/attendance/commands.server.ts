import type { z } from 'zod';
import { keepCounts } from '#lib/features/counts/commands.server.ts';
import { findSession, sealReason } from '#lib/features/sessions/queries.server.ts';
import { setRecord, type SessionRecord } from '#lib/features/sessions/rows.commands.server.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { keepUndo, type Restore } from '#lib/platform/undo/undo.ts';
import type { registerForm } from './forms.ts';
import { replaceMarks, type Marks } from './marks.commands.server.ts';
import { listRegister } from './queries.server.ts';
import { needsReason, registerRefusal } from './rules.ts';

export type RegisterRefusal =
	/** `reason_needed`: the headcount is over twice the people expected. */
	| {
			reason:
				'not_found' | 'cancelled' | 'too_early' | 'not_begun' | 'members_changed' | 'reason_needed';
	  }
	/** Someone saved it since it was opened: the version that stands now. */
	| { reason: 'changed_meanwhile'; version: number }
	/** People of the register without a mark. */
	| { reason: 'unmarked'; personIds: string[] };

/** A register as it was before it was saved, and what was saved. */
interface RegisterBefore {
	sessionId: string;
	session: SessionRecord;
	marks: Marks;
	saved: { version: number; marks: Marks };
}

/**
 * Saves a session's register: every person's mark and the typed headcount. A saved register makes the
 * session held. Refused long before the session begins and, unless that is said, shortly before; when someone saved
 * it since it was opened; when it marks someone who is no longer expected, or leaves someone unmarked who is. Who
 * joined after it was saved may stay unmarked when it is corrected.
 */
export function recordRegister(
	ctx: Context,
	input: z.output<typeof registerForm> & { sessionId: string },
	{ once, locale }: { once: string; locale: Locale }
): Promise<Outcome<{ sessionId: string; undo: string }, RegisterRefusal | KeyReused>> {
	return command(ctx, { name: 'record register', once, input }, async ({ ctx, refuse, audit }) => {
		const session = await findSession(ctx, input.sessionId, locale);
		if (!session) return refuse({ reason: 'not_found' });
		const reason = registerRefusal(session, ctx.now);
		if (reason && !(reason === 'not_begun' && input.early)) refuse({ reason });
		if (session.version !== input.version)
			refuse({ reason: 'changed_meanwhile', version: session.version });
		const register = await listRegister(ctx, session, locale);
		const expected = register.map(({ personId }) => personId);
		const marked = Object.keys(input.mark);
		if (!marked.every((id) => expected.includes(id))) refuse({ reason: 'members_changed' });
		const isRecorded = session.recordedAt !== null;
		const unmarked = register
			.filter(({ code }) => code !== null || !isRecorded)
			.map(({ personId }) => personId)
			.filter((id) => !marked.includes(id));
		if (unmarked.length > 0) refuse({ reason: 'unmarked', personIds: unmarked });
		if (needsReason(input.headcount, expected.length) && !input.headcountReason)
			refuse({ reason: 'reason_needed' });
		const before = await ctx.db
			.selectFrom('session')
			.select(['status', 'headcount', 'headcount_reason_sealed', 'recorded_by', 'recorded_at'])
			.where('id', '=', session.id)
			.executeTakeFirstOrThrow();
		const isSaved = await setRecord(ctx, session, {
			status: 'held',
			headcount: input.headcount,
			headcount_reason_sealed: needsReason(input.headcount, expected.length)
				? sealReason(ctx.ring, session.id, input.headcountReason!)
				: null,
			recorded_by: ctx.actor.accountId,
			recorded_at: ctx.now
		});
		if (!isSaved) refuse({ reason: 'changed_meanwhile', version: session.version + 1 });
		const marks = Object.entries(input.mark).map(([person_id, code]) => ({ person_id, code }));
		await replaceMarks(ctx, session.id, marks);
		await keepCounts(ctx.db, ctx.scope.sectionId, {
			people: marked,
			sessions: before.status === 'held' ? [] : [session.id]
		});
		await audit({
			action: 'record register',
			objectType: 'session',
			objectId: session.id,
			fields: ['status', 'headcount', 'mark']
		});
		const undo = await keepUndo<RegisterBefore>(ctx, 'record register', {
			sessionId: session.id,
			session: before,
			marks: register.flatMap(({ personId, code }) =>
				code === null ? [] : { person_id: personId, code }
			),
			saved: { version: input.version + 1, marks }
		});
		return { sessionId: session.id, undo };
	});
}

/**
 * Puts back the marks, headcount and status that stood before a register was saved. The version goes on,
 * so that a register opened in between is not taken for the one that stands.
 */
export const restoreRegister: Restore<RegisterBefore> = async (
	{ ctx, audit, inTheWay },
	{ sessionId, session, marks, saved }
) => {
	const isRestored = await setRecord(ctx, { id: sessionId, version: saved.version }, session);
	if (!isRestored) inTheWay();
	const standing = await ctx.db
		.selectFrom('mark')
		.select(['person_id', 'code'])
		.where('session_id', '=', sessionId)
		.execute();
	if (!sameMarks(standing, saved.marks)) inTheWay();
	await replaceMarks(ctx, sessionId, marks);
	await keepCounts(ctx.db, ctx.scope.sectionId, {
		people: standing.map(({ person_id }) => person_id),
		sessions: session.status === 'held' ? [] : [sessionId]
	});
	await audit({
		action: 'undo record register',
		objectType: 'session',
		objectId: sessionId,
		fields: ['status', 'headcount', 'mark']
	});
};

function sameMarks(a: Marks, b: Marks): boolean {
	const codes = new Map(a.map(({ person_id, code }) => [person_id, code]));
	return a.length === b.length && b.every(({ person_id, code }) => codes.get(person_id) === code);
}
