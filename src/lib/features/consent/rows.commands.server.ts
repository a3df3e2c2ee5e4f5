import type { Context } from '#lib/platform/command/context.ts';
import { seal, type Sealed } from '#lib/platform/crypto/sealed.ts';
import { batchesOf } from '#lib/platform/db/batches.ts';
import type { NewRow, Row } from '#lib/platform/db/schema.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import type { NewSaying } from './types.ts';

/** Rows of what was said for the commands of other features: on their transaction, by their rules. */

/**
 * Writes down what was said, each behind what its giver said before; answers the new rows' ids, or null when
 * somebody else wrote down the same giver's word meanwhile and the transaction is not to go on. `seenCount`: so many rows
 * about these people were read to decide by; null too when there are more by now, as a withdrawal just before.
 */
export async function addSayings(
	ctx: Context,
	sayings: readonly NewSaying[],
	seenCount?: number
): Promise<string[] | null> {
	const before = await countsOf(ctx, sayings);
	const rows = sayings.map((saying) => {
		const key = chainOf({ ...saying, person_id: saying.personId, giver_id: saying.id });
		const nth = (before.get(key) ?? 0) + 1;
		before.set(key, nth);
		return rowOf(ctx, saying, nth);
	});
	let written = 0n;
	for (const batch of batchesOf(rows)) {
		const { numInsertedOrUpdatedRows = 0n } = await ctx.db
			.insertInto('consent')
			.values(batch)
			.onConflict((conflict) => conflict.doNothing())
			.executeTakeFirstOrThrow();
		written += numInsertedOrUpdatedRows;
	}
	if (Number(written) !== rows.length) return null;
	if (seenCount !== undefined && (await countAbout(ctx, sayings)) !== seenCount + rows.length)
		return null;
	return rows.map(({ id }) => id);
}

/** Makes rows of what was said those of other people, about whom or by whom: in a merge, and out of one again. */
export async function placeSayings(
	{ db }: Context,
	rows: readonly Pick<Row<'consent'>, 'id' | 'person_id' | 'giver_id' | 'nth'>[]
): Promise<void> {
	for (const { id, person_id, giver_id, nth } of rows)
		await db
			.updateTable('consent')
			.set({ person_id, giver_id, nth })
			.where('id', '=', id)
			.execute();
}

/** Notes that children are without family here; who is noted already stays so. */
export async function addUnaccompanied(
	{ db }: Context,
	rows: readonly NewRow<'unaccompanied'>[]
): Promise<void> {
	if (rows.length === 0) return;
	await db
		.insertInto('unaccompanied')
		.values([...rows])
		.onConflict((conflict) => conflict.column('person_id').doNothing())
		.execute();
}

/** Takes that note off a person. */
export async function removeUnaccompanied({ db }: Context, personId: string): Promise<void> {
	await db.deleteFrom('unaccompanied').where('person_id', '=', personId).execute();
}

/** How often each giver said something for each purpose, of everybody these are about. */
async function countsOf({ db, scope }: Context, sayings: readonly NewSaying[]) {
	const personIds = [...new Set(sayings.map(({ personId }) => personId))];
	const counts = new Map<string, number>();
	for (const batch of batchesOf(personIds)) {
		const rows = await db
			.selectFrom('consent')
			.select(['person_id', 'purpose', 'giver', 'giver_id'])
			.select((eb) => eb.fn.max('nth').as('nth'))
			.where('section_id', '=', scope.sectionId)
			.where('person_id', 'in', batch)
			.groupBy(['person_id', 'purpose', 'giver', 'giver_id'])
			.execute();
		for (const row of rows) counts.set(chainOf(row), row.nth);
	}
	return counts;
}

async function countAbout({ db }: Context, sayings: readonly NewSaying[]): Promise<number> {
	const personIds = [...new Set(sayings.map(({ personId }) => personId))];
	let count = 0;
	for (const batch of batchesOf(personIds)) {
		const { rows } = await db
			.selectFrom('consent')
			.select((eb) => eb.fn.countAll<number>().as('rows'))
			.where('person_id', 'in', batch)
			.executeTakeFirstOrThrow();
		count += Number(rows);
	}
	return count;
}

function chainOf(
	row: Pick<Row<'consent'>, 'person_id' | 'purpose' | 'giver' | 'giver_id'>
): string {
	return [row.person_id, row.purpose, row.giver, row.giver_id].join(' ');
}

function rowOf(ctx: Context, saying: NewSaying, nth: number): NewRow<'consent'> & { id: string } {
	const id = newId();
	const sealed = (column: string, words: string | null | undefined): Sealed | null =>
		words ? seal(ctx.ring, { table: 'consent', column, row: id }, words) : null;
	return {
		id,
		section_id: ctx.scope.sectionId,
		person_id: saying.personId,
		purpose: saying.purpose,
		giver: saying.giver,
		giver_id: saying.id,
		nth,
		said: saying.said,
		said_on: saying.saidOn,
		relation: saying.relation ?? null,
		text_id: saying.textId ?? null,
		is_on_paper: saying.isOnPaper ? 1 : 0,
		spoken: saying.spoken ?? null,
		explained_sealed: sealed('explained_sealed', saying.explained),
		interpreter_sealed: sealed('interpreter_sealed', saying.interpreter),
		recorded_by: ctx.actor.accountId,
		recorded_at: ctx.now
	};
}
