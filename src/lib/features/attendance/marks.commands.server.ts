import type { Context } from '#lib/platform/command/context.ts';
import { inBatches } from '#lib/platform/db/batches.ts';
import type { NewRow, Row } from '#lib/platform/db/schema.ts';

/**
 * Marks, for every command that writes them: on its transaction, by its rules. Whoever calls these keeps the
 * counts afterwards.
 */

export type Marks = Pick<Row<'mark'>, 'person_id' | 'code'>[];

/** Lets a session have these marks and no others. */
export async function replaceMarks(ctx: Context, session_id: string, marks: Marks): Promise<void> {
	const section_id = ctx.scope.sectionId;
	await ctx.db.deleteFrom('mark').where('session_id', '=', session_id).execute();
	await writeMarks(
		ctx,
		marks.map((mark) => ({ ...mark, session_id, section_id }))
	);
}

/** Writes marks; where there is one of that person in that session it becomes this one. */
export async function writeMarks({ db }: Context, rows: readonly NewRow<'mark'>[]): Promise<void> {
	await inBatches(rows, (batch) =>
		db
			.insertInto('mark')
			.values(batch)
			.onConflict((conflict) =>
				conflict
					.columns(['session_id', 'person_id'])
					.doUpdateSet((eb) => ({ code: eb.ref('excluded.code') }))
			)
			.execute()
	);
}

/** Removes a person's marks in these sessions. */
export async function removeMarks(
	{ db }: Context,
	personId: string,
	sessionIds: readonly string[]
): Promise<void> {
	await inBatches(sessionIds, (batch) =>
		db
			.deleteFrom('mark')
			.where('person_id', '=', personId)
			.where('session_id', 'in', batch)
			.execute()
	);
}

/** Makes every mark of one person another's, who has none in those sessions. */
export async function handOverMarks(
	{ db }: Context,
	{ from, to }: { from: string; to: string }
): Promise<void> {
	await db.updateTable('mark').set({ person_id: to }).where('person_id', '=', from).execute();
}
