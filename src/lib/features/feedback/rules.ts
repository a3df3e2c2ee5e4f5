import { ADULT_AGE } from '#lib/features/people/rules.ts';
import { dateIn, instantOf } from '#lib/platform/clock/zone.ts';
import type { Audience, FormLength } from '#lib/platform/db/schema.ts';
import type { StoredStatus } from '#lib/platform/db/vocabularies.ts';
import { BANDS, CHILD_BANDS, type Band } from '#lib/features/asking/bank.rules.ts';

const OLDEST = 120;

/**
 * The forms a session's code offers, by its members' ages on its date: children's, all of them, since a friend
 * or a sister may have come along; adults'; or both. And the one a ballot begins with: that of most members, the
 * younger of two that are equal, since an easy form excludes nobody. Where children and adults are in it, none:
 * who answers is asked first. A cohort without members goes by the ages it is for. No form when nobody is six or older.
 */
export function bandsFor(
	ages: readonly number[],
	{ ageFrom, ageTo }: { ageFrom: number; ageTo: number }
): { bands: Band[]; band: Band | null } {
	const weights = BANDS.map((band) => {
		const { from, to } = agesOf(band);
		return ages.length > 0
			? ages.filter((age) => age >= from && age <= to).length
			: Math.max(0, Math.min(to, ageTo) - Math.max(from, ageFrom) + 1);
	});
	const isFor = (band: Band) => weights[BANDS.indexOf(band)]! > 0;
	const bands = [
		...(CHILD_BANDS.some(isFor) ? CHILD_BANDS : []),
		...(isFor('adult') ? (['adult'] as const) : [])
	];
	if (bands.includes('adult') && bands.length > 1) return { bands, band: null };
	const most = weights.indexOf(Math.max(...weights));
	return { bands, band: bands.length > 0 ? BANDS[most]! : null };
}

/** Of the members' ages those a code is for: children's, adults', or all of them where it says nothing. */
export function agesFor(
	ages: readonly number[],
	audience: 'children' | 'caregivers' | null
): readonly number[] {
	if (audience === null) return ages;
	return ages.filter((age) => age >= ADULT_AGE === (audience === 'caregivers'));
}

/** The ages a session is for: its cohort's; without one, children's or adults' by whom it is for. */
export function agesMeant(row: {
	age_from: number | null;
	age_to: number | null;
	audience: Audience;
}): { ageFrom: number; ageTo: number } {
	const isForChildren = row.audience === 'children';
	return {
		ageFrom: row.age_from ?? (isForChildren ? 0 : ADULT_AGE),
		ageTo: row.age_to ?? (isForChildren ? ADULT_AGE - 1 : OLDEST)
	};
}

function agesOf(band: Band): { from: number; to: number } {
	if (band === 'adult') return { from: ADULT_AGE, to: OLDEST };
	const [from, to] = band.split('-').map(Number) as [number, number];
	return { from, to };
}

/** How many answered, to begin with: those marked as there, never more than the members; null while nobody is marked. */
export function offeredCount(markedCount: number, memberCount: number): number | null {
	return markedCount > 0 ? Math.min(markedCount, memberCount) : null;
}

/** False when more ballots were begun than the cohort has members: no number of them is worth anything. */
export function isCounted(startedCount: number, memberCount: number | null): boolean {
	return startedCount <= (memberCount ?? 0);
}

/** Days after a session within which a fresh code may take the place of one that took too many ballots. */
export const FRESH_DAYS = 7;

/** The full form in the middle and at the end of a cycle, else the pulse. `nth` is 1 for the first. */
export function lengthOf(nth: number, sessionCount: number): FormLength {
	return nth === sessionCount || nth === Math.ceil(sessionCount / 2) ? 'full' : 'pulse';
}

interface Meeting {
	status: StoredStatus;
	/** Civil date and wall time in `zone`. */
	date: string;
	time: string;
	zone: string;
	/** The civil date a fresh code is open. */
	freshOn?: string | null;
}

/**
 * Whether children may answer at `now`: from the session's start until its day ends where it is held;
 * under a fresh code until its own day ends.
 */
export function answeringTime(
	{ status, date, time, zone, freshOn }: Meeting,
	now: number
): 'now' | 'too_early' | 'over' | 'cancelled' {
	if (status === 'cancelled') return 'cancelled';
	if (status === 'draft') return 'too_early';
	if (freshOn) return dateIn(zone, now) > freshOn ? 'over' : 'now';
	if (now < instantOf(date, time, zone)) return 'too_early';
	return dateIn(zone, now) > date ? 'over' : 'now';
}
