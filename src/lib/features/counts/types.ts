import type { Row } from '#lib/platform/db/schema.ts';

/** What a command changed that counts are made of, by id; what is gone or new by now is named as well. */
export interface Touched {
	/** Whose marks were written, changed or removed. */
	people?: readonly string[];
	/** Sessions that were held, moved, cancelled or removed; everybody with a mark there is counted again. */
	sessions?: readonly string[];
	/** Cohorts that became or ceased to be staff training. */
	cohorts?: readonly string[];
	/** Cycles that go on with another version: by its rule all of it counts. */
	cycles?: readonly string[];
}

export type Attendance = Omit<Row<'reached_person'>, 'section_id'>;
export type SessionCount = Omit<Row<'reached_session'>, 'section_id'>;

/** What a total changes by. */
export type TotalChange = Omit<Row<'reached_centre'>, 'section_id'>;

/** What makes kept rows equal to the registers. */
export interface Differences {
	people: { gone: Attendance[]; written: Attendance[] };
	sessions: { gone: SessionCount[]; written: SessionCount[] };
	centres: TotalChange[];
	targets: { target_id: string; people_count: number }[];
}
