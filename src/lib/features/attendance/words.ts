import { m } from '#lib/paraglide/messages.js';
import type { MarkCode } from '#lib/platform/db/schema.ts';

const WORDS: Record<MarkCode, () => string> = {
	present: m.mark_present,
	late: m.mark_late,
	left_early: m.mark_left_early,
	absent_notified: m.mark_absent_notified,
	absent: m.mark_absent,
	excused_illness: m.mark_excused_illness
};

/** A mark in the reader's language. */
export function markWord(code: MarkCode): string {
	return WORDS[code]();
}
