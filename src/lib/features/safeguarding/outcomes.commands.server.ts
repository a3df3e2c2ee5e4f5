import { planOf } from '#lib/features/alerts/clock.rules.ts';
import { restartClocks } from '#lib/features/alerts/clocks.commands.server.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import type { HandoverChannel } from '#lib/platform/db/vocabularies.ts';
import { coarse, openConcerns, type ConcernRefusal } from './commands.server.ts';
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
	return command(
		coarse(ctx),
		{ name: 'close concerns', once, input },
		async ({ ctx, refuse, audit }) => {
			const ids = await closeAs(ctx, input, { outcome: 'talked' });
			if (ids.length === 0) refuse({ reason: 'not_found' });
			for (const id of ids) await audit(closing(id, ENDED));
			return { count: ids.length };
		}
	);
}

/**
 * Somebody else goes on with it, outside Halqa: by which way and when stays, the nicknames do not. What a child did not
 * agree to is not handed on, unless it is said to be overridden since they are in imminent danger; that stays too.
 */
export function handOverConcerns(
	ctx: Context,
	input: Chosen & { channel: HandoverChannel; isOverridden?: boolean },
	{ once }: { once: string }
): Promise<Ended> {
	return command(
		coarse(ctx),
		{ name: 'hand over concerns', once, input },
		async ({ ctx, refuse, audit }) => {
			const overridden = input.isOverridden
				? await endable(ctx, input)
						.set({ consent: 'overridden' })
						.where('consent', '=', 'no')
						.returning('id')
						.execute()
				: [];
			const refused = await openConcerns(ctx, input.concernIds)
				.where('concern.consent', '=', 'no')
				.executeTakeFirst();
			if (refused) refuse({ reason: 'no_consent' });
			const ids = await closeAs(ctx, input, {
				outcome: 'handed_over',
				handover_channel: input.channel,
				handed_over_at: ctx.now
			});
			if (ids.length === 0) refuse({ reason: 'not_found' });
			for (const id of ids)
				await audit(
					closing(id, overridden.some((one) => one.id === id) ? [...ENDED, 'consent'] : ENDED)
				);
			return { count: ids.length };
		}
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

function closing(id: string, fields: readonly string[]) {
	return { action: 'close concern', objectType: 'concern', objectId: id, fields };
}

const ENDED = ['outcome', 'closed_at', 'nickname_sealed'];

async function closeAs(ctx: Context, chosen: Chosen, change: Ending): Promise<string[]> {
	const closed = await endable(ctx, chosen).set(ending(ctx, change)).returning('id').execute();
	return closed.map(({ id }) => id);
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
		.where((eb) => isReadable(eb.val(ctx.actor.accountId)));
}
