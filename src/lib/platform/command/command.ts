import { createHmac } from 'node:crypto';
import { writeAudit, type AuditEntry } from './audit.ts';
import type { Context } from './context.ts';

/** What a command answers: done, or a refusal that the edge translates. Anything else is thrown. */
export type Outcome<Done, Refusal extends { reason: string }> =
	{ ok: true; done: Done } | { ok: false; refusal: Refusal };

/** The same key was used before with other input: a form sent from two places, or tampered with. */
export type KeyReused = { reason: 'key_reused' };

/** Inside a command: the context on its transaction, and the two ways to end. */
export interface Work<Refusal> {
	ctx: Context;
	refuse(refusal: Refusal): never;
	audit(entry: AuditEntry): Promise<void>;
}

class Refused<Refusal> extends Error {
	readonly refusal: Refusal;

	constructor(refusal: Refusal) {
		super('refused');
		this.refusal = refusal;
	}
}

/**
 * Runs a command: one transaction with idempotency key, rule, write and audit row. The same key with
 * the same input answers what the first answered and changes nothing; with other input it is refused.
 * A refusal rolls everything back, so that the key is free for the corrected form. `done` is stored
 * with the key: ids and counts only, never a name.
 */
export async function command<Done, Refusal extends { reason: string }>(
	ctx: Context,
	{ name, once, input }: { name: string; once: string; input: unknown },
	work: (work: Work<Refusal>) => Promise<Done>
): Promise<Outcome<Done, Refusal | KeyReused>> {
	const mac = createHmac('sha256', ctx.ring.derive(ctx.ring.current, 'once'))
		.update(JSON.stringify([name, input]))
		.digest('base64url');
	try {
		const done = await ctx.db.transaction().execute(async (trx) => {
			const earlier = await claim(ctx, trx, { name, once, mac });
			if (earlier) {
				if (earlier.input_mac !== mac) throw new Refused({ reason: 'key_reused' });
				return JSON.parse(earlier.outcome) as Done;
			}
			const done = await work({
				ctx: { ...ctx, db: trx },
				refuse: (refusal) => {
					throw new Refused(refusal);
				},
				audit: (entry) => writeAudit({ ...ctx, db: trx }, entry)
			});
			await trx
				.updateTable('once')
				.set({ outcome: JSON.stringify(done) })
				.where('actor_kind', '=', ctx.actor.kind)
				.where('actor_id', '=', ctx.actor.accountId)
				.where('key', '=', once)
				.execute();
			return done;
		});
		return { ok: true, done };
	} catch (error) {
		if (error instanceof Refused) return { ok: false, refusal: error.refusal };
		throw error;
	}
}

/** Takes the key, waiting for a transaction that holds it; answers the row of an earlier delivery if there is one. */
async function claim(
	ctx: Context,
	trx: Context['db'],
	{ name, once, mac }: { name: string; once: string; mac: string }
) {
	const { numInsertedOrUpdatedRows } = await trx
		.insertInto('once')
		.values({
			actor_kind: ctx.actor.kind,
			actor_id: ctx.actor.accountId,
			key: once,
			command: name,
			input_mac: mac,
			outcome: 'null',
			at: ctx.now
		})
		.onConflict((conflict) => conflict.columns(['actor_kind', 'actor_id', 'key']).doNothing())
		.executeTakeFirst();
	if (numInsertedOrUpdatedRows) return undefined;
	return trx
		.selectFrom('once')
		.select(['input_mac', 'outcome'])
		.where('actor_kind', '=', ctx.actor.kind)
		.where('actor_id', '=', ctx.actor.accountId)
		.where('key', '=', once)
		.executeTakeFirst();
}
