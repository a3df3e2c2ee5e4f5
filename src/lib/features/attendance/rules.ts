import { ATTENDED } from '#lib/features/counts/rules.ts';
import { instantOf } from '#lib/platform/clock/zone.ts';
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

/** So long before its planned time a session may have begun, if whoever takes the register says so. */
const EARLY_MS = 60 * 60_000;

/**
 * Why a register cannot be taken, or null when it can; `not_begun`: only by who says that the session has begun
 * before its time. One that is saved can be corrected at any time. `now` in UTC milliseconds.
 */
export function registerRefusal(
	session: { status: string; date: string; time: string; zone: string },
	now: number
): 'cancelled' | 'too_early' | 'not_begun' | null {
	if (session.status === 'cancelled') return 'cancelled';
	if (session.status === 'held') return null;
	const begins = instantOf(session.date, session.time, session.zone);
	if (now >= begins) return null;
	return now < begins - EARLY_MS ? 'too_early' : 'not_begun';
}

/**
 * The mark a register offers for a person: the saved one, else present. Once the register has been
 * saved, who joined the cohort since then is offered none: reach must not grow unasked.
 */
export function offeredMark(saved: MarkCode | null, isRecorded: boolean): MarkCode | null {
	return saved ?? (isRecorded ? null : 'present');
}

/** One line in which two registers of a session differ; null: no mark. */
export interface Difference {
	personId: string;
	mine: MarkCode | null;
	theirs: MarkCode | null;
}

/** Where the marks made here differ from those that are saved, in the order of the people. */
export function differences(
	personIds: readonly string[],
	mine: Readonly<Record<string, MarkCode | undefined>>,
	theirs: Readonly<Record<string, MarkCode | undefined>>
): Difference[] {
	return personIds
		.map((personId) => ({
			personId,
			mine: mine[personId] ?? null,
			theirs: theirs[personId] ?? null
		}))
		.filter((one) => one.mine !== one.theirs);
}

/** Whether so many were counted that one should say why: over twice the people the register names, if it names any. */
export function needsReason(headcount: number, expectedCount: number): boolean {
	return expectedCount > 0 && headcount > 2 * expectedCount;
}

/** How far the typed headcount is from the marks; 0 when they agree. Shown, never corrected. */
export function headcountDifference(headcount: number, marks: readonly MarkCode[]): number {
	return headcount - marks.filter(attended).length;
}
