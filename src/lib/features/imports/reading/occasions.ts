/**
 * A session of a register: its civil date, with ` 2` for the second of that day by its columns, or ` 15:00` where the
 * list says when it began. Sorted, sessions are in order.
 */
export type Occasion = string;

export function occasionOf(
	date: string,
	{ part = 1, time }: { part?: number; time?: string | null } = {}
): Occasion {
	if (time) return `${date} ${time}`;
	return part > 1 ? `${date} ${part}` : date;
}

/** The civil date of a session. */
export function dayOf(occasion: Occasion): string {
	return occasion.slice(0, 10);
}

/** When it began, `HH:MM`, where the list says so. */
export function timeOf(occasion: Occasion): string | null {
	return occasion.includes(':') ? occasion.slice(11) : null;
}

/** Which of that day's sessions it is, from 1. */
export function partOf(occasion: Occasion): number {
	return occasion.length > 10 && !occasion.includes(':') ? Number(occasion.slice(11)) : 1;
}
