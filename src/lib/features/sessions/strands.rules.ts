import type { SessionPlan } from '#lib/features/curricula/types.ts';
import type { Strand } from '#lib/platform/db/vocabularies.ts';

/** Strands that meet apart, each in its half of a session, with the letter it has in an address. */
const HALVES = { girls: 'g', mothers: 'm' } as const;

export function isHalf(strand: Strand): strand is keyof typeof HALVES {
	return strand in HALVES;
}

/** Whether two sessions of a cohort are halves, which may go on at once in two rooms. */
export function areHalves(a: Strand, b: Strand): boolean {
	return isHalf(a) && isHalf(b) && a !== b;
}

/** Names a session among those of its cycle: `3`, and `3g` or `3m` where it is a half. */
export function keyOf({ position, strand }: { position: number; strand: Strand }): string {
	return `${position}${isHalf(strand) ? HALVES[strand] : ''}`;
}

/** Whether a session of this key is the mothers' half. */
export function isMothers(key: string): boolean {
	return key.endsWith(HALVES.mothers);
}

/**
 * The plans of a curriculum as its cohort meets for them: one, or two halves at once, which are a plan for girls and one
 * for mothers, one after the other.
 */
export function meetingsOf(plans: readonly SessionPlan[]): SessionPlan[][] {
	const meetings: SessionPlan[][] = [];
	for (const plan of plans) {
		const last = meetings.at(-1);
		if (last?.length === 1 && areHalves(last[0]!.strand, plan.strand)) last.push(plan);
		else meetings.push([plan]);
	}
	return meetings;
}

/** Whether somebody meets apart in a curriculum. */
export function hasHalves(plans: readonly Pick<SessionPlan, 'strand'>[]): boolean {
	return plans.some(({ strand }) => isHalf(strand));
}

/**
 * Sessions of a cycle with the halves of a position as one: planned while one of them is, on its day; else held if one
 * is. Those beside a position stand for themselves.
 */
export function withHalvesOnce<
	Session extends { cycleId: string | null; position: number | null; status: string }
>(sessions: readonly Session[]): Session[] {
	const groups = new Map<unknown, Session[]>(); // in the browser too, where `Map.groupBy` is young
	for (const session of sessions) {
		const { cycleId, position } = session;
		const of = position === null ? session : `${cycleId} ${position}`;
		groups.set(of, [...(groups.get(of) ?? []), session]);
	}
	return [...groups.values()].map(
		(halves) =>
			halves.find(({ status }) => status === 'planned') ??
			halves.find(({ status }) => status === 'held') ??
			halves[0]!
	);
}
