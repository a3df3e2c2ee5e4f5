import {
	addCares,
	handOverGuardians,
	linkGuardians,
	removeCares
} from '#lib/features/people/rows.commands.server.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import { bothOf } from './rows.rules.ts';
import type { Both } from './rules.ts';
import type { Pair, TableRule } from './types.ts';

type Care = Row<'caregiver'>;

/** Contacts: all of both. */
export const guardians: TableRule = {
	async join(ctx, { keptId, mergedId }) {
		const rows = await ctx.db
			.selectFrom('guardian')
			.select('id')
			.where('person_id', '=', mergedId)
			.execute();
		await handOverGuardians(ctx, { from: mergedId, to: keptId });
		return rows.map((merged) => ({ kind: 'guardian', id: merged.id, row: { kept: null, merged } }));
	},
	async part(ctx, { keptId, mergedId }, rows) {
		const ids = bothOf<{ id: string }>(rows, 'guardian').map(({ merged }) => merged.id);
		await handOverGuardians(ctx, { from: keptId, to: mergedId, ids });
		return 'parted';
	}
};

/** Contacts of others that are this person: they are the kept one. */
export const linked: TableRule = {
	async join(ctx, { keptId, mergedId }) {
		const rows = await ctx.db
			.selectFrom('guardian')
			.select('id')
			.where('linked_person_id', '=', mergedId)
			.execute();
		const ids = rows.map(({ id }) => id);
		await linkGuardians(ctx, { from: mergedId, to: keptId, ids });
		return rows.map((merged) => ({ kind: 'linked', id: merged.id, row: { kept: null, merged } }));
	},
	async part(ctx, { keptId, mergedId }, rows) {
		const ids = bothOf<{ id: string }>(rows, 'linked').map(({ merged }) => merged.id);
		await linkGuardians(ctx, { from: keptId, to: mergedId, ids });
		return 'parted';
	}
};

/** Who is responsible for whom, on either side: once, and nobody for themselves. */
export const cares: TableRule = {
	async join(ctx, pair) {
		const rows = await ctx.db
			.selectFrom('caregiver')
			.selectAll()
			.where((eb) =>
				eb.or(
					[pair.keptId, pair.mergedId].flatMap((id) => [
						eb('child_id', '=', id),
						eb('caregiver_id', '=', id)
					])
				)
			)
			.execute();
		const merged = rows.filter((row) => namesMerged(row, pair));
		const both = merged.map((row): Both<Care> => {
			const same = asKept(row, pair);
			return { kept: rows.find((one) => keyOf(one) === keyOf(same)) ?? null, merged: row };
		});
		await removeCares(ctx, merged);
		await addCares(ctx, movedOf(both, pair));
		return both.map((row) => ({ kind: 'care', id: keyOf(row.merged), row }));
	},
	/** What somebody took out since stays out. */
	async part(ctx, pair, rows) {
		const both = bothOf<Care>(rows, 'care');
		if (both.length === 0) return 'parted';
		const standing = new Set(
			(
				await ctx.db
					.selectFrom('caregiver')
					.select(['child_id', 'caregiver_id'])
					.where((eb) =>
						eb.or([eb('child_id', '=', pair.keptId), eb('caregiver_id', '=', pair.keptId)])
					)
					.execute()
			).map(keyOf)
		);
		const back = both.filter(({ merged }) => {
			const same = asKept(merged, pair);
			return isOfThemselves(same) || standing.has(keyOf(same));
		});
		await removeCares(ctx, movedOf(back, pair));
		await addCares(
			ctx,
			back.map(({ merged }) => merged)
		);
		return 'parted';
	}
};

/** The rows a merge makes of the merged one's: none where the kept one has it, or would be their own caregiver. */
function movedOf(both: readonly Both<Care>[], pair: Pair): Care[] {
	return both
		.filter(({ kept }) => !kept)
		.map(({ merged }) => asKept(merged, pair))
		.filter((row) => !isOfThemselves(row));
}

function asKept(row: Care, { keptId, mergedId }: Pair): Care {
	const of = (id: string) => (id === mergedId ? keptId : id);
	return { ...row, child_id: of(row.child_id), caregiver_id: of(row.caregiver_id) };
}

function namesMerged({ child_id, caregiver_id }: Care, { mergedId }: Pair): boolean {
	return child_id === mergedId || caregiver_id === mergedId;
}

function isOfThemselves({ child_id, caregiver_id }: Care): boolean {
	return child_id === caregiver_id;
}

function keyOf({ child_id, caregiver_id }: Pick<Care, 'child_id' | 'caregiver_id'>): string {
	return `${child_id} ${caregiver_id}`;
}
