/** Who came: marks and headcounts of the sessions that were held. */
import type { MarkCode, NewRow } from '../../platform/db/schema.ts';
import { PEOPLE, SECTIONS } from './cast.ts';
import { dice, type Dice } from './invent.ts';

const CAME: readonly MarkCode[] = ['present', 'late', 'left_early'];
/** Those who stand for a case come every time, so that the case is there on every day. */
const ALWAYS_THERE = new Set<string>([...PEOPLE.atTwoCentres, PEOPLE.inTwoCohorts]);

/** True for a mark of somebody who was there, if only for a part. */
export function came(code: MarkCode): boolean {
	return CAME.includes(code);
}

/** Writes the headcount into each held session and answers its marks. */
export function takeRegisters(
	sessions: NewRow<'session'>[],
	byCohort: Map<string, string[]>
): NewRow<'mark'>[] {
	return sessions
		.filter(({ status }) => status === 'held')
		.flatMap((session) => {
			const chance = dice(`register ${session.id}`);
			const marks = byCohort.get(session.cohort_id!)!.map((person_id) => ({
				session_id: session.id,
				person_id,
				section_id: SECTIONS.lebanon,
				code: ALWAYS_THERE.has(person_id) ? ('present' as const) : codeBy(chance)
			}));
			session.headcount = countedBy(chance, marks.filter(({ code }) => came(code)).length);
			return marks;
		});
}

function codeBy(chance: Dice): MarkCode {
	const roll = chance.roll();
	if (roll < 0.8) return 'present';
	if (roll < 0.86) return 'late';
	if (roll < 0.88) return 'left_early';
	if (roll < 0.93) return 'absent_notified';
	return roll < 0.98 ? 'absent' : 'excused_illness';
}

/** Counting children by eye goes wrong by one now and then. */
function countedBy(chance: Dice, present: number): number {
	const roll = chance.roll();
	return present + (roll < 0.07 ? -1 : roll < 0.13 ? 1 : 0);
}
