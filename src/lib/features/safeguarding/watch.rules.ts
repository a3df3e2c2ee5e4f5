/** Below this many nothing is said of them: of a few, somebody knows who they were (`domain.md` 6.8). */
const FEWEST_TOLD = 5;

/** How wishes stand, for who manages and reads none of them. */
export interface Watch {
	/** Nobody goes to them, and should have. */
	late: number;
	/** Of the last ninety days; null: too few to say. */
	count: number | null;
	/** The share answered in time, 0 to 1, to a tenth so that no single one is told by it; null as above. */
	onTime: number | null;
}

/** How many there were and which share was on time; nothing of fewer than five. */
export function onTimeRate(wereOnTime: readonly boolean[]): Pick<Watch, 'count' | 'onTime'> {
	const count = wereOnTime.length;
	if (count < FEWEST_TOLD) return { count: null, onTime: null };
	const onTime = wereOnTime.filter(Boolean).length / count;
	return { count, onTime: Math.floor(onTime * 10) / 10 };
}
