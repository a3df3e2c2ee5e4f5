import { planOf } from '#lib/features/alerts/clock.rules.ts';
import { restartClocks } from '#lib/features/alerts/clocks.commands.server.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import type { HandoverChannel } from '#lib/platform/db/vocabularies.ts';
import { coarse, type ConcernRefusal } from './commands.server.ts';
import { isReadable } from './queries.server.ts';
import { MOST_TRIES } from './rules.ts';

type Ended = Outcome<{ count: number }, ConcernRefusal | KeyReused>;
interface Chosen {
	concernIds: readonly string[];
}

/** The children were talked to. Their nicknames are destroyed; that somebody asked is all that stays. */
export function closeConcerns(
	ctx: Context,
	input: Chosen,
	{ once }: { once: string }
): Promise<Ended> {
	return end(ctx, { name: 'close concerns', once, input }, { outcome: 'talked' });
}

/** Somebody else goes on with it, outside Halqa: by which way and when stays, the nicknames do not. */
export function handOverConcerns(
	ctx: Context,
	input: Chosen & { channel: HandoverChannel },
	{ once }: { once: string }
): Promise<Ended> {
	const { now } = coarse(ctx);
	return end(
		ctx,
		{ name: 'hand over concerns', once, input },
		{ outcome: 'handed_over', handover_channel: input.channel, handed_over_at: now }
	);
}

/**
 * Nobody found the children. The first time they wait again, under their names, and everybody is told once more from now on;
 * after as many tries as `MOST_TRIES` the wish ends as not found.
 */
export function missConcerns(
	ctx: Context,
	input: Chosen,
	{ once }: { once: string }
): Promise<Ended> {
	return command(
		coarse(ctx),
		{ name: 'miss concerns', once, input },
		async ({ ctx, refuse, audit }) => {
			const last = await endable(ctx, input)
				.set({ ...ending(ctx, { outcome: 'not_found' }), missed_count: MOST_TRIES })
				.where('missed_count', '>=', MOST_TRIES - 1)
				.returning('id')
				.execute();
			const again = await endable(ctx, input)
				.set((eb) => ({
					...{ taken_by: null, taken_at: null },
					missed_count: eb('missed_count', '+', 1)
				}))
				.returning(['id', 'section_id', 'kind', 'urgency', 'missed_count'])
				.execute();
			const count = last.length + again.length;
			if (count === 0) refuse({ reason: 'not_found' });
			if (again.length > 0)
				await restartClocks(ctx.db, 'concern', again.map(waitingAgain), ctx.now);
			for (const { id } of [...last, ...again])
				await audit({
					action: 'miss concern',
					objectType: 'concern',
					objectId: id,
					fields: ['missed_count']
				});
			return { count };
		}
	);
}

function waitingAgain(
	concern: Pick<Row<'concern'>, 'id' | 'section_id' | 'kind' | 'urgency' | 'missed_count'>
) {
	const { id, section_id: sectionId, missed_count } = concern;
	return { id, sectionId, plan: planOf(concern), round: missed_count + 1 };
}

function end(
	ctx: Context,
	key: { name: string; once: string; input: Chosen },
	change: Ending
): Promise<Ended> {
	return command(coarse(ctx), key, async ({ ctx, refuse, audit }) => {
		const closed = await endable(ctx, key.input).set(ending(ctx, change)).returning('id').execute();
		if (closed.length === 0) refuse({ reason: 'not_found' });
		for (const { id } of closed)
			await audit({
				action: 'close concern',
				objectType: 'concern',
				objectId: id,
				fields: ['outcome', 'closed_at', 'nickname_sealed']
			});
		return { count: closed.length };
	});
}

type Ending = Pick<Row<'concern'>, 'outcome'> &
	Partial<Pick<Row<'concern'>, 'handover_channel' | 'handed_over_at'>>;

function ending(ctx: Context, change: Ending) {
	return { ...change, closed_at: ctx.now, nickname_sealed: null };
}

/** Of those chosen what somebody goes to, is open and may be read by the actor. */
function endable(ctx: Context, { concernIds }: Chosen) {
	return ctx.db
		.updateTable('concern')
		.where('id', 'in', concernIds)
		.where('section_id', '=', ctx.scope.sectionId)
		.where('taken_by', 'is not', null)
		.where('closed_at', 'is', null)
		.where((eb) => isReadable(eb.ref('concern.session_id'), eb.val(ctx.actor.accountId)));
}
