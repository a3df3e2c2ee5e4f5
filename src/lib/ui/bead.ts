import { m } from '#lib/paraglide/messages.js';

/** What a bead says about its session; each state has its own shape, word and colour. */
export type BeadState = 'planned' | 'held' | 'cancelled' | 'now' | 'missing' | 'clash' | 'skipped';

/** One session or step on the thread. `label` names it in full; `caption` is the short visible text. */
export interface BeadItem {
	state: BeadState;
	label: string;
	caption?: string;
	href?: string;
	childLed?: boolean;
}

const words: Record<BeadState, () => string> = {
	planned: m.ui_bead_planned,
	held: m.ui_bead_held,
	cancelled: m.ui_bead_cancelled,
	now: m.ui_bead_now,
	missing: m.ui_bead_missing,
	clash: m.ui_bead_clash,
	skipped: m.ui_bead_skipped
};

/** The state in the reader's language. */
export function beadWord(state: BeadState): string {
	return words[state]();
}

/** Name for screen readers: label, state, and that it comes from the children. */
export function beadName(bead: BeadItem): string {
	const parts = [bead.label, beadWord(bead.state)];
	if (bead.childLed) parts.push(m.ui_bead_child_led());
	return parts.join(', ');
}
