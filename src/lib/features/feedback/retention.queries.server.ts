import type { Db } from '#lib/platform/db/open.ts';

export interface Old {
	sectionId: string;
	/** UTC milliseconds. */
	before: number;
}

/** Codes of a section that closed before an instant. */
export function codesClosedBefore(db: Db, { sectionId, before }: Old) {
	return db
		.selectFrom('feedback_code')
		.where('section_id', '=', sectionId)
		.where('closed_at', '<', before)
		.orderBy('closed_at');
}
