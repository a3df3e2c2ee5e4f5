import {
	handOverMarks,
	removeMarks,
	writeMarks
} from '#lib/features/attendance/marks.commands.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import { bothOf, pair } from './rows.rules.ts';
import { mergedMark, type Both } from './rules.ts';
import type { Pair, TableRule } from './types.ts';

type Mark = Row<'mark'>;

/** Marks: of two in one session the kept one's stays, unless only the other attended. */
export const marks: TableRule = {
	async join(ctx, people) {
		const both = await ctx.db
			.selectFrom('mark')
			.selectAll()
			.where('person_id', 'in', [people.keptId, people.mergedId])
			.execute();
		const pairs = pair(both, people, ({ session_id }) => session_id);
		await joinMarks(ctx, people, pairs);
		return pairs.map((row) => ({ kind: 'mark', id: row.merged.session_id, row }));
	},
	async part(ctx, people, rows) {
		return (await partMarks(ctx, people, bothOf<Mark>(rows, 'mark'))) ? 'parted' : 'changed_since';
	}
};

async function joinMarks(
	ctx: Context,
	{ keptId, mergedId }: Pair,
	marks: readonly Both<Mark>[]
): Promise<void> {
	const shared = marks.filter(({ kept }) => kept).map(({ merged }) => merged.session_id);
	const widened = marks.flatMap(({ kept, merged }) => {
		const code = kept && mergedMark(kept.code, merged.code);
		return kept && code && code !== kept.code ? [{ ...kept, code }] : [];
	});
	await removeMarks(ctx, mergedId, shared);
	await writeMarks(ctx, widened);
	await handOverMarks(ctx, { from: mergedId, to: keptId });
}

/** False, and nothing done, when a mark is not what the merge made it. */
async function partMarks(
	ctx: Context,
	{ keptId, mergedId }: Pair,
	marks: readonly Both<Mark>[]
): Promise<boolean> {
	if (marks.length === 0) return true;
	const sessions = marks.map(({ merged }) => merged.session_id);
	const standing = await ctx.db
		.selectFrom('mark')
		.select(['session_id', 'code'])
		.where('person_id', '=', keptId)
		.where('session_id', 'in', sessions)
		.execute();
	const codes = new Map(standing.map(({ session_id, code }) => [session_id, code]));
	const isAsMade = ({ kept, merged }: Both<Mark>) =>
		codes.get(merged.session_id) === mergedMark(kept?.code ?? null, merged.code);
	if (!marks.every(isAsMade)) return false;
	await removeMarks(ctx, keptId, sessions);
	const before = marks.flatMap(({ kept, merged }) => [
		...(kept ? [{ ...kept, person_id: keptId }] : []),
		{ ...merged, person_id: mergedId }
	]);
	await writeMarks(ctx, before);
	return true;
}
