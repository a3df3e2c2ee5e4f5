import type { CountingRule } from '#lib/features/curricula/types.ts';
import type { MarkCode } from '#lib/platform/db/schema.ts';
import type { Attendance, Differences, SessionCount, TotalChange } from './types.ts';

/** Marks of someone who was there: they count as reached and as one participation (`domain.md` 3.4). */
export const ATTENDED = ['present', 'late', 'left_early'] as const satisfies readonly MarkCode[];

/** What has to be written so that kept rows say what the registers say; `kept` and `counted` are about the same people and sessions. */
export function differencesOf(
	people: { kept: readonly Attendance[]; counted: readonly Attendance[] },
	sessions: { kept: readonly SessionCount[]; counted: readonly SessionCount[] }
): Differences {
	const totals = new Map<string, TotalChange>();
	const at = (row: Pick<Attendance, 'target_id' | 'centre_id'>) =>
		totals.getOrInsertComputed(`${row.target_id} ${row.centre_id}`, () => ({
			...{ target_id: row.target_id, centre_id: row.centre_id },
			...{ people_count: 0, participation_count: 0, session_count: 0 }
		}));
	for (const [rows, sign] of signed(people))
		for (const row of rows) {
			if (row.reached_on !== null) at(row).people_count += sign;
			at(row).participation_count += sign * row.times_count;
		}
	for (const [rows, sign] of signed(sessions))
		for (const row of rows) at(row).session_count += sign;
	return {
		people: {
			gone: without(people.kept, people.counted, keyOfAttendance),
			written: without(people.counted, people.kept, JSON.stringify)
		},
		sessions: {
			gone: without(sessions.kept, sessions.counted, JSON.stringify),
			written: without(sessions.counted, sessions.kept, JSON.stringify)
		},
		centres: [...totals.values()].filter(
			(total) => total.people_count || total.participation_count || total.session_count
		),
		targets: peopleOfTargets(people)
	};
}

/** Somebody at two centres is one person of the country. */
function peopleOfTargets(people: {
	kept: readonly Attendance[];
	counted: readonly Attendance[];
}): Differences['targets'] {
	const changes = new Map<string, number>();
	for (const [rows, sign] of signed(people)) {
		const reached = rows.filter(({ reached_on }) => reached_on !== null);
		const once = new Map(
			reached.map((row) => [`${row.target_id} ${row.person_id}`, row.target_id])
		);
		for (const target of once.values()) changes.set(target, (changes.get(target) ?? 0) + sign);
	}
	return [...changes]
		.filter(([, people_count]) => people_count !== 0)
		.map(([target_id, people_count]) => ({ target_id, people_count }));
}

function signed<T>({ kept, counted }: { kept: readonly T[]; counted: readonly T[] }) {
	return [
		[kept, -1],
		[counted, 1]
	] as const;
}

function keyOfAttendance({ person_id, target_id, centre_id }: Attendance): string {
	return [person_id, target_id, centre_id].join(' ');
}

function without<T>(rows: readonly T[], others: readonly T[], keyOf: (row: T) => string): T[] {
	const known = new Set(others.map(keyOf));
	return rows.filter((row) => !known.has(keyOf(row)));
}

/** How much of a cycle somebody took part in. */
export interface Part {
	attendedCount: number;
	/** Held since they joined, of their strand. */
	heldCount: number;
	/** Of the cycle, still to come or to be recorded. */
	plannedCount: number;
}

/** What somebody is by the rule of the version their cycle runs (`domain.md` 3.4); nobody has completed what goes on. */
export function standingBy(
	{ attendedCount, heldCount, plannedCount }: Part,
	rule: CountingRule
): { reached: boolean; engaged: boolean; completed: boolean } {
	const isPart = (pct: number) => attendedCount > 0 && attendedCount * 100 >= heldCount * pct;
	return {
		reached: attendedCount >= rule.reachedCount,
		engaged: attendedCount >= rule.engagedCount || isPart(rule.engagedPct),
		completed: plannedCount === 0 && isPart(rule.completedPct)
	};
}
