import type { z } from 'zod';
import { findSession } from '#lib/features/sessions/queries.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import type { registerForm } from './forms.ts';
import { listRegister } from './queries.server.ts';
import { registerRefusal } from './rules.ts';

export type RegisterRefusal =
	| { reason: 'not_found' | 'cancelled' | 'too_early' | 'members_changed' }
	/** Someone saved it since it was opened: the version that stands now. */
	| { reason: 'changed_meanwhile'; version: number }
	/** People of the register without a mark. */
	| { reason: 'unmarked'; personIds: string[] };

/**
 * Saves a session's register: every person's mark and the typed headcount. A saved register makes the
 * session held. Refused when someone saved it since it was opened, when it marks someone who is no longer
 * expected, or leaves someone unmarked who is.
 */
export function recordRegister(
	ctx: Context,
	input: z.output<typeof registerForm> & { sessionId: string },
	{ once, locale }: { once: string; locale: Locale }
): Promise<Outcome<{ sessionId: string }, RegisterRefusal | KeyReused>> {
	return command(ctx, { name: 'record register', once, input }, async ({ ctx, refuse, audit }) => {
		const session = await findSession(ctx, input.sessionId, locale);
		if (!session) return refuse({ reason: 'not_found' });
		const reason = registerRefusal(session, dateIn(session.zone, ctx.now));
		if (reason) refuse({ reason });
		if (session.version !== input.version)
			refuse({ reason: 'changed_meanwhile', version: session.version });
		const expected = (await listRegister(ctx, session, locale)).map(({ personId }) => personId);
		const marked = Object.keys(input.mark);
		if (!marked.every((id) => expected.includes(id))) refuse({ reason: 'members_changed' });
		const unmarked = expected.filter((id) => !marked.includes(id));
		if (unmarked.length > 0) refuse({ reason: 'unmarked', personIds: unmarked });
		const saved = await ctx.db
			.updateTable('session')
			.set({
				status: 'held',
				headcount: input.headcount,
				recorded_by: ctx.actor.accountId,
				recorded_at: ctx.now,
				version: input.version + 1
			})
			.where('id', '=', session.id)
			.where('version', '=', input.version)
			.executeTakeFirst();
		if (!saved.numUpdatedRows)
			refuse({ reason: 'changed_meanwhile', version: session.version + 1 });
		await ctx.db.deleteFrom('mark').where('session_id', '=', session.id).execute();
		if (marked.length > 0)
			await ctx.db
				.insertInto('mark')
				.values(
					Object.entries(input.mark).map(([person_id, code]) => ({
						session_id: session.id,
						person_id,
						section_id: ctx.scope.sectionId,
						code
					}))
				)
				.execute();
		await audit({
			action: 'record register',
			objectType: 'session',
			objectId: session.id,
			fields: ['status', 'headcount', 'mark']
		});
		return { sessionId: session.id };
	});
}
