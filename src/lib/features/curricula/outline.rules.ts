/** The order of a version: modules, and the session plans in each. */

export interface OutlinePart {
	/** null: plans that belong to no module; they come first. */
	module: string | null;
	plans: readonly string[];
}
export type Outline = readonly OutlinePart[];

export type Move =
	| { plan: string; to: 'up' | 'down' }
	/** `before` null: to the end of the module. */
	| { plan: string; into: string | null; before: string | null }
	| { module: string; to: 'up' | 'down' };

/** A move as a button or a drop says it: `plan:ID:up`, `module:ID:down`, `plan:ID:MODULE:BEFORE`. */
export function moveOf(text: string): Move {
	const [what, id = '', third = '', before] = text.split(':');
	const to = third === 'up' ? 'up' : 'down';
	if (what === 'module') return { module: id, to };
	return before === undefined
		? { plan: id, to }
		: { plan: id, into: third || null, before: before || null };
}

/** Plans by their modules; the first part is of none and may be empty. */
export function outlineOf(
	modules: readonly { id: string; position: number }[],
	plans: readonly { id: string; position: number; moduleId: string | null }[]
): Outline {
	const sorted = plans.toSorted((a, b) => a.position - b.position);
	const ids = modules.toSorted((a, b) => a.position - b.position).map(({ id }) => id);
	return [null, ...ids].map((module) => ({
		module,
		plans: sorted.filter(({ moduleId }) => moduleId === module).map(({ id }) => id)
	}));
}

/** The order after a move; null when there is nowhere to go, or what moves or its place is not there. */
export function moved(outline: Outline, move: Move): Outline | null {
	if ('module' in move) return moduleMoved(outline, move);
	const at = outline.findIndex(({ plans }) => plans.includes(move.plan));
	if (at < 0) return null;
	const place = 'into' in move ? move : placeOf(outline, at, move);
	if (!place || place.before === move.plan) return null;
	const without = outline.map(({ module, plans }) => ({
		module,
		plans: plans.filter((id) => id !== move.plan)
	}));
	const target = without.find(({ module }) => module === place.into);
	if (!target) return null;
	const index = place.before === null ? target.plans.length : target.plans.indexOf(place.before);
	if (index < 0) return null;
	target.plans.splice(index, 0, move.plan);
	return without;
}

/** Over its neighbour; at the edge of a module into the next one. */
function placeOf(
	outline: Outline,
	at: number,
	{ plan, to }: { plan: string; to: 'up' | 'down' }
): { into: string | null; before: string | null } | null {
	const { module, plans } = outline[at]!;
	const index = plans.indexOf(plan);
	const beside = outline[at + (to === 'up' ? -1 : 1)];
	if (to === 'up') {
		if (index > 0) return { into: module, before: plans[index - 1]! };
		return beside ? { into: beside.module, before: null } : null;
	}
	if (index < plans.length - 1) return { into: module, before: plans[index + 2] ?? null };
	return beside ? { into: beside.module, before: beside.plans[0] ?? null } : null;
}

function moduleMoved(
	outline: Outline,
	{ module, to }: { module: string; to: 'up' | 'down' }
): Outline | null {
	const at = outline.findIndex((part) => part.module === module);
	const other = to === 'up' ? at - 1 : at + 1;
	if (at < 1 || other < 1 || other >= outline.length) return null;
	return outline.with(at, outline[other]!).with(other, outline[at]!);
}

/** Some ids with one of them a place further up or down; null when it has nowhere to go. */
export function shifted(ids: readonly string[], id: string, to: 'up' | 'down'): string[] | null {
	const at = ids.indexOf(id);
	const other = to === 'up' ? at - 1 : at + 1;
	if (at < 0 || other < 0 || other >= ids.length) return null;
	return ids.with(at, ids[other]!).with(other, id);
}
