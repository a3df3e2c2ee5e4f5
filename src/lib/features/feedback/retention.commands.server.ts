import type { Db } from '#lib/platform/db/open.ts';
import { codesClosedBefore, type Old } from './retention.queries.server.ts';

/** Forgets what children answered under so many codes that closed long ago; answers how many codes there were. On the transaction it is given. */
export async function forgetAnswers(
	db: Db,
	{ most, ...old }: Old & { most: number }
): Promise<number> {
	const codes = await codesClosedBefore(db, old).select('id').limit(most).execute();
	const ids = codes.map(({ id }) => id);
	if (ids.length === 0) return 0;
	for (const table of [
		'feedback_count',
		'feedback_words',
		'word_handover',
		'feedback_vouch',
		'feedback_ballot'
	] as const)
		await db.deleteFrom(table).where('code_id', 'in', ids).execute();
	await db.deleteFrom('feedback_code').where('id', 'in', ids).execute();
	return ids.length;
}
