import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { dateIn } from '#lib/platform/clock/zone.ts';

/**
 * Whether a `cohort_facilitator` still runs the cohort, by its column `until_on`: to the end of the day after the
 * last, as one who stands in does, for a late register. `now` in UTC milliseconds.
 */
export function stillRuns(untilOn: string, now: number): RawBuilder<SqlBool> {
	const until = sql.ref(untilOn);
	return sql<SqlBool>`(${until} is null or ${until} >= ${dateIn('UTC', now)})`;
}
