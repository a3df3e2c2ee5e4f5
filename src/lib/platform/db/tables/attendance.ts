import type { MarkCode } from '../columns.ts';

/** Tables whose rows attendance writes. */
export interface AttendanceTables {
	mark: { session_id: string; person_id: string; section_id: string; code: MarkCode };
}
