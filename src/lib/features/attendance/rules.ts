import { ATTENDED } from '#lib/features/counts/rules.ts';
import type { MarkCode } from '#lib/platform/db/schema.ts';

export { ATTENDED };

/** The marks of a register, in the order they are offered. */
export const MARKS = [
	'present',
	'late',
	'left_early',
	'absent_notified',
	'absent',
	'excused_illness'
] as const satisfies readonly MarkCode[];

export function attended(code: MarkCode): boolean {
	return (ATTENDED as readonly MarkCode[]).includes(code);
}

/** Why a register cannot be taken, or null when it can. Dates are civil dates at the centre. */
export function registerRefusal(
	session: { status: string; date: string },
	today: string
): 'cancelled' | 'too_early' | null {
	if (session.status === 'cancelled') return 'cancelled';
	return session.date > today ? 'too_early' : null;
}

/**
 * The mark a register offers for a person: the saved one, else present. Once the register has been
 * saved, who joined the cohort since then is offered none: reach must not grow unasked.
 */
export function offeredMark(saved: MarkCode | null, isRecorded: boolean): MarkCode | null {
	return saved ?? (isRecorded ? null : 'present');
}

/** Whether so many were counted that one should say why: over twice the people the register names, if it names any. */
export function needsReason(headcount: number, expectedCount: number): boolean {
	return expectedCount > 0 && headcount > 2 * expectedCount;
}

/** How far the typed headcount is from the marks; 0 when they agree. Shown, never corrected. */
export function headcountDifference(headcount: number, marks: readonly MarkCode[]): number {
	return headcount - marks.filter(attended).length;
}
