import { m } from '#lib/paraglide/messages.js';
import type {
	ActivityStatus,
	BodyKind,
	KindOfAction,
	MilestoneKind,
	UnplannedReason
} from '#lib/platform/db/vocabularies.ts';
import { formatPercent } from '#lib/platform/i18n/format.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { progressOf } from './rules.ts';
import type { Slip } from './slipping.rules.ts';
import type { MilestoneState, Standing } from './types.ts';

const STATE_WORDS: Record<MilestoneState, () => string> = {
	done: m.milestone_state_done,
	on_time: m.milestone_state_on_time,
	at_risk: m.milestone_state_at_risk,
	late: m.milestone_state_late,
	not_begun: m.milestone_state_not_begun
};

export function stateWord(state: MilestoneState): string {
	return STATE_WORDS[state]();
}

/** How far it is: the percent, that nothing is linked yet, or that it is a checkpoint. */
export function progressWords(milestone: Standing, locale: Locale): string {
	const percent = progressOf(milestone);
	if (percent !== null) return formatPercent(percent / 100, locale);
	if (milestone.kind === 'sessions') return m.milestone_no_sessions();
	return milestone.kind === 'target' ? m.milestone_kind_target() : m.milestone_checkpoint();
}

/** “Slipped twice, 41 days, because …”; without the reason where there is no room for it. */
export function slipWords({ count, days, reason }: Slip & { reason?: string }): string {
	const times = m.milestone_slipped({ count });
	const slipped = m.milestone_slip({ times, days: m.roadmap_days({ count: days }) });
	return reason === undefined ? slipped : m.milestone_slipped_because({ slipped, reason });
}

const KINDS: Partial<Record<MilestoneKind, () => string>> = {
	checkpoint: m.milestone_kind_checkpoint,
	sessions: m.milestone_kind_sessions,
	target: m.milestone_kind_target
};

export function kindWord(kind: MilestoneKind): string {
	return KINDS[kind]?.() ?? kind;
}

const ACTIONS: Record<KindOfAction, () => string> = {
	training: m.activity_action_training,
	advocacy: m.activity_action_advocacy,
	legal: m.activity_action_legal,
	research: m.activity_action_research
};

export function actionWord(action: KindOfAction): string {
	return ACTIONS[action]();
}

const STATUSES: Record<ActivityStatus, () => string> = {
	planned: m.activity_status_planned,
	under_way: m.activity_status_under_way,
	done: m.activity_status_done,
	dropped: m.activity_status_dropped
};

export function statusWord(status: ActivityStatus): string {
	return STATUSES[status]();
}

const BODIES: Record<BodyKind, () => string> = {
	partner: m.body_kind_partner,
	supporting: m.body_kind_supporting,
	host: m.body_kind_host,
	school: m.body_kind_school,
	funder: m.body_kind_funder
};

export function bodyKindWord(kind: BodyKind): string {
	return BODIES[kind]();
}

const UNPLANNED: Record<UnplannedReason, () => string> = {
	asked_by_children: m.unplanned_asked,
	emergency: m.unplanned_emergency,
	extra_funds: m.unplanned_funds,
	other: m.unplanned_other
};

export function unplannedWord(reason: UnplannedReason): string {
	return UNPLANNED[reason]();
}
