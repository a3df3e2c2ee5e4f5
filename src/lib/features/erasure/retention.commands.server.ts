import type { z } from 'zod';
import { forgetAnswers } from '#lib/features/feedback/retention.commands.server.ts';
import { isListMoving } from '#lib/features/imports/forgetting.commands.server.ts';
import { forgetContacts } from '#lib/features/people/rows.commands.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { forgetAudit } from '#lib/platform/command/audit.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { KeyRing } from '#lib/platform/crypto/keyring.ts';
import type { Db } from '#lib/platform/db/open.ts';
import { RETENTION_KINDS, type RetentionKind } from '#lib/platform/db/vocabularies.ts';
import { rememberErased } from './commands.server.ts';
import { listRowsOf } from './family.queries.server.ts';
import type { periodsForm } from './forms.ts';
import { jobContext } from './ledger.commands.server.ts';
import { endOf, oldContacts, oldPeople, type Old } from './retention.queries.server.ts';
import { lastDayOf } from './retention.rules.ts';
import { eraseRows } from './tables.commands.server.ts';

/** So much goes in one transaction: whoever serves somebody meanwhile waits for no more. */
const AT_ONCE: Readonly<Record<RetentionKind, number>> = {
	contacts: 200,
	attendance: 20,
	answers: 50,
	audit: 1000
};

/** Says how long the section keeps what, and what goes by itself when it is older. */
export function keepPeriods(
	ctx: Context,
	input: z.output<typeof periodsForm>,
	once: string
): Promise<Outcome<null, KeyReused>> {
	return command<null, never>(
		ctx,
		{ name: 'keep periods', once, input },
		async ({ ctx, audit }) => {
			const { db, scope, actor, now } = ctx;
			for (const kind of RETENTION_KINDS)
				await db
					.insertInto('retention_period')
					.values({
						...{ section_id: scope.sectionId, kind, months: input[kind] },
						is_on: input.on.includes(kind) ? 1 : 0,
						...{ changed_by: actor.accountId, changed_at: now }
					})
					.onConflict((conflict) =>
						conflict.columns(['section_id', 'kind']).doUpdateSet((eb) => ({
							months: eb.ref('excluded.months'),
							is_on: eb.ref('excluded.is_on'),
							changed_by: eb.ref('excluded.changed_by'),
							changed_at: eb.ref('excluded.changed_at')
						}))
					)
					.execute();
			await audit({
				action: 'keep retention periods',
				objectType: 'section',
				objectId: scope.sectionId,
				fields: RETENTION_KINDS
			});
			return null;
		}
	);
}

/**
 * Removes, section by section, what is older than the section keeps and has switched on; attendance keeps its numbers and
 * no longer says whose it was. Step by step, each with its report in one transaction, so that a run that is
 * cut short goes on where it was. Ends soon after `stop`.
 */
export async function endPeriods(
	db: Db,
	ring: KeyRing,
	{ now, stop }: { now: number; stop: AbortSignal }
): Promise<void> {
	const periods = await db
		.selectFrom('retention_period as period')
		.innerJoin('section', 'section.id', 'period.section_id')
		.select(['period.section_id', 'period.kind', 'period.months', 'section.zone'])
		.where('period.is_on', '=', 1)
		.orderBy('period.kind', 'desc') // contacts first, so that they are told as such
		.execute();
	for (const { section_id: sectionId, kind, months, zone } of periods) {
		const today = dateIn(zone, now);
		const old = { sectionId, zone, today, lastDay: lastDayOf(kind, months, today) };
		while (!stop.aborted && (await step(db, ring, { kind, old, now })) === AT_ONCE[kind]);
	}
}

/** Answers how much went. */
function step(
	db: Db,
	ring: KeyRing,
	{ kind, old, now }: { kind: RetentionKind; old: Old; now: number }
): Promise<number> {
	return db.transaction().execute(async (trx) => {
		const ctx = jobContext(trx, ring, { sectionId: old.sectionId, now });
		const count = await REMOVE[kind](ctx, old, AT_ONCE[kind]);
		if (count > 0)
			await trx
				.insertInto('retention_run')
				.values({ section_id: old.sectionId, ran_on: old.today, kind, row_count: count })
				.onConflict((conflict) =>
					conflict.columns(['section_id', 'ran_on', 'kind']).doUpdateSet((eb) => ({
						row_count: eb('retention_run.row_count', '+', eb.ref('excluded.row_count'))
					}))
				)
				.execute();
		return count;
	});
}

const REMOVE: Readonly<
	Record<RetentionKind, (ctx: Context, old: Old, most: number) => Promise<number>>
> = {
	async contacts(ctx, old, most) {
		const rows = await oldContacts(ctx.db, old).select('guardian.id').limit(most).execute();
		await forgetContacts(
			ctx,
			rows.map(({ id }) => id)
		);
		return rows.length;
	},
	async attendance(ctx, old, most) {
		const people = await oldPeople(ctx.db, old).select('person.id').limit(most).execute();
		const ids: string[] = [];
		for (const { id } of people) ids.push(...(await listRowsOf(ctx.db, id)));
		// a list on its way names them: another day
		if (ids.length === 0 || (await isListMoving(ctx, ids))) return 0;
		await eraseRows(ctx, ids, old.today);
		await rememberErased(ctx, ids, null);
		return people.length;
	},
	answers: ({ db }, old, most) =>
		forgetAnswers(db, { sectionId: old.sectionId, before: endOf(old), most }),
	audit: ({ db }, old, most) =>
		forgetAudit(db, { sectionId: old.sectionId, before: endOf(old), most })
};
