import type { Move } from './types.ts';

/** A session taken elsewhere, as the planner's address carries it; `planForm` reads it back. */
export function moveText({ position, date, time, roomId }: Move): string {
	return `${position}~${date}~${time}~${roomId}`;
}
