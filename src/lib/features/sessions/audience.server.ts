import { sql, type SqlBool } from 'kysely';
import { TRAINED, type Audience } from '#lib/platform/db/vocabularies.ts';

/** Whom a session is for, in a query that joins `session` and, to its left, `cohort`: its own word, else its cohort's. */
export const audienceOfSession = sql<Audience>`coalesce(session.audience, cohort.audience)`;

/** Whether who came to it counts as reached: staff and professionals are trained, not reached. */
export const countsAsReach = sql<SqlBool>`${audienceOfSession} not in (${sql.join(
	TRAINED.map((audience) => sql.lit(audience))
)})`;
