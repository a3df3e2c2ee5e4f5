import type { Permission } from '../access/roles.ts';
import { can } from '../access/roles.ts';
import { command, type KeyReused, type Outcome, type Work } from '../command/command.ts';
import { within, type Context } from '../command/context.ts';
import { open, seal } from '../crypto/sealed.ts';
import { inBatches } from '../db/batches.ts';
import type { Db } from '../db/open.ts';

/** How long a change can be taken back, in milliseconds. */
export const UNDO_MS = 24 * 60 * 60_000;

export type UndoRefusal =
	/** Not there for this account, taken back already, or too old. */
	| { reason: 'gone' }
	/** Something else has changed since; `action` names what was to be taken back. */
	| { reason: 'in_the_way'; action: string };

/** Restores what was before, on the transaction it is given, or calls `inTheWay` and restores nothing. */
export type Restore<Back> = (
	work: Pick<Work<never>, 'ctx' | 'audit'> & { inTheWay(): never },
	back: Back
) => Promise<void>;

/** How an action is taken back, and which permission that needs. */
export interface Way {
	needs: Permission;
	restore: Restore<never>;
}

/**
 * Keeps, sealed, what it takes to go back behind an action. Part of a command: runs on its transaction.
 * Answers the id to go back by, which is worth nothing to another account.
 */
export async function keepUndo<Back>(ctx: Context, action: string, back: Back): Promise<string> {
	const id = crypto.randomUUID();
	await ctx.db
		.insertInto('undo')
		.values({
			id,
			section_id: ctx.scope.sectionId,
			account_id: ctx.actor.accountId,
			action,
			back_sealed: seal(ctx.ring, placeOf(id), JSON.stringify(back)),
			made_at: ctx.now,
			used_at: null
		})
		.execute();
	return id;
}

/**
 * Takes an action back, once, for the account that did it: the way of the action restores what was
 * before. Asked a second time it answers as the first time and changes nothing.
 */
export function takeBack(
	ctx: Context,
	id: string,
	ways: Readonly<Record<string, Way>>
): Promise<Outcome<null, UndoRefusal | KeyReused>> {
	return command<null, UndoRefusal>(
		ctx,
		{ name: 'undo', once: id, input: { id } },
		async ({ ctx, refuse, audit }) => {
			const row = await ctx.db
				.updateTable('undo')
				.set({ used_at: ctx.now })
				.where('id', '=', id)
				.where('account_id', '=', ctx.actor.accountId)
				.where('section_id', '=', ctx.scope.sectionId)
				.where('used_at', 'is', null)
				.where('made_at', '>', ctx.now - UNDO_MS)
				.returning(['action', 'back_sealed'])
				.executeTakeFirst();
			if (!row) return refuse({ reason: 'gone' });
			const { action } = row;
			const way = Object.hasOwn(ways, action) ? ways[action] : undefined;
			if (!way || !can(ctx.actor, way.needs)) return refuse({ reason: 'gone' });
			const back = JSON.parse(open(ctx.ring, placeOf(id), row.back_sealed)) as never;
			const inTheWay = () => refuse({ reason: 'in_the_way', action });
			await way.restore({ ctx: within(ctx, way.needs), audit, inTheWay }, back);
			return null;
		}
	);
}

/** Forgets what can no longer be taken back. `now` in UTC milliseconds. */
export async function forgetOldUndos(db: Db, now: number): Promise<void> {
	await db
		.deleteFrom('undo')
		.where('made_at', '<=', now - UNDO_MS)
		.execute();
}

/** Forgets changes of a section whose way back names one of these ids; answers how many. On the transaction it is given. */
export async function forgetUndosAbout(
	{ db, ring, scope }: Pick<Context, 'db' | 'ring' | 'scope'>,
	ids: readonly string[]
): Promise<number> {
	const rows = await db
		.selectFrom('undo')
		.select(['id', 'back_sealed'])
		.where('section_id', '=', scope.sectionId)
		.execute();
	const about = rows
		.filter(({ id, back_sealed }) => {
			const back = open(ring, placeOf(id), back_sealed);
			return ids.some((named) => back.includes(named));
		})
		.map(({ id }) => id);
	await inBatches(about, (batch) => db.deleteFrom('undo').where('id', 'in', batch).execute());
	return about.length;
}

function placeOf(id: string) {
	return { table: 'undo', column: 'back_sealed', row: id };
}
