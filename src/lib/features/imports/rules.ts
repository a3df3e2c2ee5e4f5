import type { Counts } from './types.ts';

/** Where every count begins. */
export const NOTHING_COUNTED: Counts = {
	verdicts: {},
	problems: [],
	sessions: 0,
	unrecorded: 0,
	marks: 0,
	marksChanged: 0,
	cohorts: 0,
	stayed: 0
};
