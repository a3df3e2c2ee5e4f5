import {
	addUnaccompanied,
	placeSayings,
	removeUnaccompanied
} from '#lib/features/consent/rows.commands.server.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import { bothOf } from './rows.rules.ts';
import type { Both } from './rules.ts';
import type { Pair, TableRule } from './types.ts';

type Saying = Pick<Row<'consent'>, 'id' | 'person_id' | 'purpose' | 'giver' | 'giver_id' | 'nth'>;
type Alone = Row<'unaccompanied'>;

/**
 * What was said about either, and by either: all of both, the merged one's behind the kept one's. Which of them
 * counts is told by the days they were said on.
 */
export const sayings: TableRule = {
	async join(ctx, pair) {
		const rows = await ctx.db
			.selectFrom('consent')
			.select(['id', 'person_id', 'purpose', 'giver', 'giver_id', 'nth'])
			.where((eb) =>
				eb.or(
					[pair.keptId, pair.mergedId].flatMap((id) => [
						eb('person_id', '=', id),
						eb('giver_id', '=', id)
					])
				)
			)
			.orderBy('nth')
			.execute();
		const both = movedOf(rows, pair);
		await placeSayings(
			ctx,
			both.flatMap(({ kept }) => kept ?? [])
		);
		return both.map((row) => ({ kind: 'saying', id: row.merged.id, row }));
	},
	/** What a giver said since is of the kept one: a withdrawal would not reach what goes back. */
	async part(ctx, { keptId }, rows) {
		const both = bothOf<Saying>(rows, 'saying');
		if (both.length === 0) return 'parted';
		const standing = await ctx.db
			.selectFrom('consent')
			.select(['id', 'person_id', 'purpose', 'giver', 'giver_id', 'nth'])
			.where((eb) => eb.or([eb('person_id', '=', keptId), eb('giver_id', '=', keptId)]))
			.execute();
		const moved = new Set(both.map(({ merged }) => merged.id));
		const isSince = (one: Saying) =>
			!moved.has(one.id) &&
			both.some(({ kept }) => chainOf(kept!) === chainOf(one) && kept!.nth < one.nth);
		if (standing.some(isSince)) return 'changed_since';
		await placeSayings(
			ctx,
			both.map(({ merged }) => merged)
		);
		return 'parted';
	}
};

/** Without family are both where one is. */
export const unaccompanied: TableRule = {
	async join(ctx, { keptId, mergedId }) {
		const rows = await ctx.db
			.selectFrom('unaccompanied')
			.selectAll()
			.where('person_id', 'in', [keptId, mergedId])
			.execute();
		const merged = rows.find(({ person_id }) => person_id === mergedId);
		if (!merged) return [];
		const kept = rows.find(({ person_id }) => person_id === keptId) ?? null;
		await removeUnaccompanied(ctx, mergedId);
		await addUnaccompanied(ctx, [{ ...merged, person_id: keptId }]);
		return [{ kind: 'unaccompanied', id: mergedId, row: { kept, merged } }];
	},
	async part(ctx, { keptId }, rows) {
		for (const { kept, merged } of bothOf<Alone>(rows, 'unaccompanied')) {
			if (!kept) await removeUnaccompanied(ctx, keptId);
			await addUnaccompanied(ctx, [merged]);
		}
		return 'parted';
	}
};

/** Each row that names the merged one, beside itself as the kept one's: last in that one's chain. */
function movedOf(rows: readonly Saying[], pair: Pair): Both<Saying>[] {
	const longest = new Map<string, number>();
	const follow = (row: Saying) => {
		const nth = (longest.get(chainOf(row)) ?? 0) + 1;
		longest.set(chainOf(row), nth);
		return nth;
	};
	const namesMerged = ({ person_id, giver_id }: Saying) =>
		person_id === pair.mergedId || giver_id === pair.mergedId;
	for (const row of rows.filter((one) => !namesMerged(one)))
		longest.set(chainOf(row), Math.max(longest.get(chainOf(row)) ?? 0, row.nth));
	return rows.filter(namesMerged).map((merged) => {
		const kept = asKept(merged, pair);
		return { kept: { ...kept, nth: follow(kept) }, merged };
	});
}

function asKept(row: Saying, { keptId, mergedId }: Pair): Saying {
	const of = (id: string) => (id === mergedId ? keptId : id);
	return { ...row, person_id: of(row.person_id), giver_id: of(row.giver_id) };
}

function chainOf({ person_id, purpose, giver, giver_id }: Saying): string {
	return [person_id, purpose, giver, giver_id].join(' ');
}
