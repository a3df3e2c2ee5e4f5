import { ownQuery } from '#lib/platform/forms/address.ts';
import { MOST_MOVES, moveText } from '#lib/features/sessions/move.rules.ts';
import { isMothers } from '#lib/features/sessions/strands.rules.ts';
import type { FreeSlot } from '#lib/features/sessions/types.ts';

/**
 * The planner's address with sessions taken to free slots; whatever they were moved to before is
 * dropped. At most as many as an address carries: the rest keep their clash and are offered again.
 */
export function taking(url: URL, slots: readonly FreeSlot[]): string {
	const query = new URLSearchParams(ownQuery(url));
	const kept = query
		.getAll('move')
		.filter((move) => !slots.some(({ key }) => move.startsWith(`${key}.`)));
	query.delete('move');
	const room = query.get('room') ?? '';
	const mothersRoom = query.get('mothersRoom') || room;
	const taken = slots.map((slot) => moveText(slot, isMothers(slot.key) ? mothersRoom : room));
	for (const move of [...kept, ...taken].slice(0, MOST_MOVES)) query.append('move', move);
	return `/cohorts/plan?${query}`;
}
