import type { Move } from './types.ts';

/** An address of 2 kB carries the sentence and this many moves. */
export const MOST_MOVES = 60;

/** `3.20260512.1630`, with `g` or `m` behind the 3 of a half, and the room's id at the end where it is not the sentence's. */
export const MOVE =
	/^(\d{1,3}[gm]?)\.(\d{4})(\d{2})(\d{2})\.(\d{2})(\d{2})(?:\.([0-9a-z-]{1,64}))?$/;

/** A session taken elsewhere, as the planner's address carries it; `planForm` reads it back. */
export function moveText({ key, date, time, roomId }: Move, sentenceRoomId: string): string {
	const place = roomId === sentenceRoomId ? [] : [roomId];
	return [key, date.replaceAll('-', ''), time.replace(':', ''), ...place].join('.');
}
