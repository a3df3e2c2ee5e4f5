import fc from 'fast-check';
import { expect, it } from 'vitest';
import { groupConcerns, mayStandIn, MOST_GROUPED, STAND_IN_MS } from './rules.ts';
import type { Concern } from './types.ts';

const MINUTE = 60_000;
let nth = 0;
const wish = (sessionId: string, minute: number, more: Partial<Concern> = {}): Concern => ({
	...{ id: String((nth += 1)), sessionId, nickname: 'Nour', centre: '', cohort: '', room: '' },
	...{ date: '2026-05-05', time: '15:00', zone: 'UTC', raisedAt: minute * MINUTE },
	...{ noticedAt: minute * MINUTE, lateAt: (minute + 60) * MINUTE, missedCount: 0 },
	...{ takenBy: null, takenAt: null, isMine: false, worry: null },
	...more
});
const sizes = (concerns: Concern[]) => groupConcerns(concerns).map((group) => group.length);

it('makes one group of a flood from one session, and leaves few wishes as they are', () => {
	const flood = Array.from({ length: 23 }, (_, minute) => wish('a', minute));
	expect(sizes(flood)).toEqual([23]);
	expect(sizes(flood.slice(0, 3))).toEqual([1, 1, 1]);
});

it('keeps another session’s wish, a later one and a taken one out of the group', () => {
	const flood = Array.from({ length: 6 }, (_, minute) => wish('a', minute));
	const groups = groupConcerns([
		...flood.slice(0, 3),
		wish('b', 2),
		...flood.slice(3),
		wish('a', 60),
		wish('a', 61, { takenBy: 'Maya', takenAt: 1 })
	]);
	expect(groups.map((group) => group.length)).toEqual([6, 1, 1, 1]);
	expect(groups[1]![0]!.sessionId).toBe('b');
});

it('makes no group of wishes that came from no session', () => {
	const alone = Array.from({ length: 6 }, (_, minute) => wish('a', minute, { sessionId: null }));
	expect(sizes(alone)).toEqual([1, 1, 1, 1, 1, 1]);
});

it('puts those who wait before those somebody goes to already, each by time', () => {
	const taken = { takenBy: 'Maya', takenAt: 1 };
	const groups = groupConcerns([
		wish('a', 1, taken),
		wish('b', 2),
		wish('c', 3, taken),
		wish('d', 4)
	]);
	expect(groups.map(([first]) => first!.sessionId)).toEqual(['b', 'd', 'a', 'c']);
});

it('puts a child in danger now before every other that waits', () => {
	const worry = { consent: 'yes', isWishAsked: true, isAboutStaff: false, raisedBy: null } as const;
	const groups = groupConcerns([
		wish('a', 1),
		wish('b', 30, { worry: { ...worry, urgency: 'imminent' } }),
		wish('c', 2, { worry: { ...worry, urgency: 'routine' } })
	]);
	expect(groups.map(([first]) => first!.sessionId)).toEqual(['b', 'a', 'c']);
});

it('lets somebody go in place of a colleague after an hour, and of nobody else', () => {
	const taken = { takenBy: 'Maya', takenAt: 0 };
	expect(mayStandIn(wish('a', 0, taken), STAND_IN_MS - 1)).toBe(false);
	expect(mayStandIn(wish('a', 0, taken), STAND_IN_MS)).toBe(true);
	expect(mayStandIn(wish('a', 0, { ...taken, isMine: true }), STAND_IN_MS)).toBe(false);
	expect(mayStandIn(wish('a', 0), STAND_IN_MS)).toBe(false);
});

it('leaves nobody out, and no group larger than one form answers', () => {
	fc.assert(
		fc.property(
			fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.nat(90), fc.boolean()), { maxLength: 300 }),
			(made) => {
				const concerns = made
					.map(([session, minute, isTaken]) =>
						wish(session, minute, isTaken ? { takenBy: 'Maya', takenAt: 1 } : {})
					)
					.sort((a, b) => a.raisedAt - b.raisedAt);
				const groups = groupConcerns(concerns);
				expect(groups.flat().sort(byId)).toEqual([...concerns].sort(byId));
				for (const group of groups) expect(group.length).toBeLessThanOrEqual(MOST_GROUPED);
			}
		)
	);
});

function byId(a: Concern, b: Concern): number {
	return Number(a.id) - Number(b.id);
}
