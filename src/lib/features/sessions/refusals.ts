import { m } from '#lib/paraglide/messages.js';
import { beside, gone, type Refusals } from '#lib/platform/forms/refusals.ts';
import type { SessionsAhead } from './closing.commands.server.ts';
import type { PlanRefusal } from './commands.server.ts';
import type { PlanRequestRefusal } from './planning.queries.server.ts';
import type { GoOnRefusal } from './versions.commands.server.ts';
import type { Busy, SubstituteRefusal, TakeBackRefusal } from './substitutes.commands.server.ts';

const WISH_WORDS = { not_found: m.plan_not_found, cohort_closed: m.cohort_is_closed };

/** Why there is nothing to judge about what is wished. */
export function wishWords({ reason }: PlanRequestRefusal): string {
	return WISH_WORDS[reason]();
}

export const PLAN_REFUSALS: Refusals<PlanRefusal> = {
	...WISH_WORDS,
	clash: m.plan_clash_meanwhile,
	nothing_to_plan: m.plan_nothing,
	project_unknown: beside('project', m.form_choose),
	doubtful: beside('anyway', m.plan_doubtful_first)
};

/** Besides why a cohort cannot be changed. */
export const CLOSING_REFUSALS: Refusals<SessionsAhead> = {
	sessions_ahead: beside('cancel', ({ count }) => m.cohort_sessions_ahead({ count }))
};

export const GO_ON_REFUSALS: Refusals<GoOnRefusal> = {
	not_found: m.cycle_refused_not_found,
	not_published: m.cycle_refused_not_published,
	nothing_to_move: m.cycle_refused_nothing
};

export const SUBSTITUTE_REFUSALS: Refusals<SubstituteRefusal> = {
	not_found: gone,
	changed: m.substitute_changed,
	busy: beside('account', busyWords)
};

export const TAKE_BACK_REFUSALS: Refusals<TakeBackRefusal> = {
	not_found: gone,
	held: m.substitute_held,
	busy: busyWords
};

function busyWords({ time, cohort }: Busy): string {
	return m.substitute_busy({ time, who: cohort ?? m.clash_another_group() });
}
