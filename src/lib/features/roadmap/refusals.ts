import { m } from '#lib/paraglide/messages.js';
import { beside, gone, type Refusals } from '#lib/platform/forms/refusals.ts';
import type { CloseRefusal, LinkRefusal } from './commands.server.ts';

export const LINK_REFUSALS: Refusals<LinkRefusal> = {
	not_found: gone,
	closed: m.milestone_refused_closed,
	no_sessions: m.milestone_refused_no_sessions,
	unknown_cycle: m.milestone_refused_unknown_cycle,
	already_linked: m.milestone_refused_already_linked,
	not_linked: m.milestone_refused_not_linked
};

export const CLOSE_REFUSALS: Refusals<CloseRefusal> = {
	not_found: gone,
	closed: m.milestone_refused_closed_meanwhile,
	not_closed: m.milestone_refused_not_closed,
	in_future: beside('reached', m.milestone_refused_future),
	/** Sending again, having been told, closes the milestone as it stands now. */
	changed_meanwhile: (refusal) => ({
		message: m.milestone_refused_changed(),
		values: { version: String(refusal.version) }
	})
};

export const REOPEN_REFUSALS: Refusals<CloseRefusal> = {
	...CLOSE_REFUSALS,
	closed: m.milestone_refused_closed,
	in_future: m.milestone_refused_future,
	changed_meanwhile: m.milestone_refused_changed
};
