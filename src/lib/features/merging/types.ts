import type { Context } from '#lib/platform/command/context.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import type { Both } from './rules.ts';

/** Two people who are to be one: who stays, and who is counted as them. */
export interface Pair {
	keptId: string;
	mergedId: string;
}

/** A row of the merged person that was moved or taken in, with the kept one's beside it, as both were. */
export interface Before {
	kind: Row<'person_merge_row'>['kind'];
	id: string;
	row: Both<unknown>;
}

/** What becomes of one table's rows. Both run on the transaction of the merge or of the parting. */
export interface TableRule {
	/** Makes the merged person's rows the kept one's; answers what they were. */
	join(ctx: Context, pair: Pair): Promise<Before[]>;
	/** Gives back exactly what was taken, or says why that cannot be; the parting is then rolled back. */
	part(ctx: Context, pair: Pair, rows: readonly Row<'person_merge_row'>[]): Promise<Parted>;
}

export type Parted = 'parted' | 'changed_since' | 'cohort_full';
