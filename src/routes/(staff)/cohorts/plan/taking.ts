import { moveText } from '#lib/features/sessions/move.ts';
import type { FreeSlot } from '#lib/features/sessions/types.ts';

/** The planner's address with sessions taken to free slots; whatever they were moved to before is dropped. */
export function taking(url: URL, slots: readonly FreeSlot[]): string {
	const moved = (value: string) => slots.some(({ position }) => value.startsWith(`${position}~`));
	const query = new URLSearchParams(
		[...url.searchParams].filter(
			([name, value]) => !name.startsWith('/') && !(name === 'move' && moved(value))
		)
	);
	for (const slot of slots) query.append('move', moveText(slot));
	return `/cohorts/plan?${query}`;
}
