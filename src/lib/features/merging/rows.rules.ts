import type { Row } from '#lib/platform/db/schema.ts';
import type { Both } from './rules.ts';
import type { Before, Pair } from './types.ts';

/** Each row of the merged person with the kept one's that stands for the same thing. */
export function pair<T extends { person_id: string }>(
	rows: readonly T[],
	{ keptId, mergedId }: Pair,
	of: (row: T) => string
): Both<T>[] {
	const kept = new Map(
		rows.filter(({ person_id }) => person_id === keptId).map((row) => [of(row), row])
	);
	return rows
		.filter(({ person_id }) => person_id === mergedId)
		.map((merged) => ({ kept: kept.get(of(merged)) ?? null, merged }));
}

/** The rows of one kind a merge wrote down, as they were. */
export function bothOf<T>(rows: readonly Row<'person_merge_row'>[], of: Before['kind']): Both<T>[] {
	return rows
		.filter(({ kind }) => kind === of)
		.map(({ kept_before, merged_before }) => ({
			kept: kept_before === null ? null : (JSON.parse(kept_before) as T),
			merged: JSON.parse(merged_before) as T
		}));
}
