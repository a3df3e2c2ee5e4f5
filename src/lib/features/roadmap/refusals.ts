import { m } from '#lib/paraglide/messages.js';
import { beside, gone, type Refusals } from '#lib/platform/forms/refusals.ts';
import type { ActivityRefusal } from './activity.commands.server.ts';
import type { CloseRefusal, LinkRefusal } from './commands.server.ts';
import type { DatesRefusal } from './dates.commands.server.ts';
import type { EvidenceFileRefusal, EvidenceRefusal } from './evidence.commands.server.ts';
import type { MakeRefusal } from './making.commands.server.ts';
import type { MilestoneRefusal } from './milestone.commands.server.ts';
import type { PasteRefusal } from './paste.commands.server.ts';
import type { StandingRefusal } from './standing.commands.server.ts';
import type { DecideRefusal, SuggestRefusal } from './suggestion.commands.server.ts';
import type { UnplannedRefusal } from './unplanned.commands.server.ts';

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

export const MAKE_REFUSALS: Refusals<MakeRefusal> = {
	not_found: gone,
	in_use: m.roadmap_refused_in_use,
	changed_meanwhile: (refusal) => ({
		message: m.roadmap_refused_changed(),
		values: { version: String(refusal.version) }
	})
};

/** Of a lane's table: each milestone's fields end with its id. */
export const DATES_REFUSALS: Refusals<DatesRefusal> = {
	not_found: gone,
	closed: m.roadmap_refused_closed,
	reason_missing: beside('reason', m.roadmap_refused_reason),
	ends_first: ({ id }) => ({ errors: { [`ends.${id}`]: m.form_dates_order() } }),
	/** Those who follow are shown beside the form, with the choice. */
	followers: () => ({ status: 422, message: m.roadmap_followers_ask() }),
	changed_meanwhile: ({ versions }) => ({
		message: m.roadmap_refused_changed(),
		values: Object.fromEntries(
			Object.entries(versions).map(([id, version]) => [`version.${id}`, String(version)])
		)
	})
};

export const MILESTONE_REFUSALS: Refusals<MilestoneRefusal> = {
	...DATES_REFUSALS,
	ends_first: beside('ends', m.form_dates_order),
	changed_meanwhile: ({ versions }) => ({
		message: m.roadmap_refused_changed(),
		values: { version: String(Object.values(versions)[0]) }
	}),
	outcome_unknown: beside('outcome', m.form_choose),
	body_unknown: beside('body', m.form_choose),
	project_unknown: beside('project', m.form_choose),
	target_unknown: beside('target', m.form_choose),
	after_unknown: beside('after', m.form_choose),
	circle: beside('after', m.roadmap_refused_circle),
	linked: beside('kind', m.roadmap_refused_linked),
	in_use: m.roadmap_refused_hanging
};

export const ACTIVITY_REFUSALS: Refusals<ActivityRefusal> = {
	not_found: gone,
	body_unknown: beside('body', m.form_choose),
	reason_missing: beside('reason', m.roadmap_refused_reason),
	in_use: m.roadmap_refused_hanging,
	changed_meanwhile: (refusal) => ({
		message: m.roadmap_refused_changed(),
		values: { version: String(refusal.version) }
	})
};

export const PASTE_REFUSALS: Refusals<PasteRefusal> = {
	not_found: gone,
	/** They are shown in the table itself. */
	problems: () => ({ status: 422 })
};

export const STANDING_REFUSALS: Refusals<StandingRefusal> = {
	not_found: gone,
	closed: m.milestone_refused_closed,
	until: beside('until', m.milestone_refused_until)
};

export const EVIDENCE_REFUSALS: Refusals<EvidenceRefusal> = { not_found: gone };

export const EVIDENCE_FILE_REFUSALS: Refusals<EvidenceFileRefusal> = {
	...EVIDENCE_REFUSALS,
	share: beside('file', m.file_refused_share)
};

export const SUGGEST_REFUSALS: Refusals<SuggestRefusal> = {
	not_found: gone,
	waits: m.suggestion_refused_waits
};

export const DECIDE_REFUSALS: Refusals<DecideRefusal> = {
	...DATES_REFUSALS,
	decided: m.suggestion_refused_decided
};

export const UNPLANNED_REFUSALS: Refusals<UnplannedRefusal> = {
	unknown_cycle: m.milestone_refused_unknown_cycle
};
