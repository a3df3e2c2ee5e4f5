import { restoreRegister } from '#lib/features/attendance/commands.server.ts';
import {
	putBackClosedDay,
	takeOutClosedDay,
	unconfirmClosedDay
} from '#lib/features/centres/commands.server.ts';
import { restoreChange } from '#lib/features/changes/restoring.commands.server.ts';
import { unenrol } from '#lib/features/cohorts/commands.server.ts';
import { unchangeCohort, unleave } from '#lib/features/cohorts/leaving.commands.server.ts';
import { unenrolKnown } from '#lib/features/cohorts/membership.commands.server.ts';
import { moveBack } from '#lib/features/cohorts/moving.commands.server.ts';
import {
	putBackOnList,
	putBackToWait,
	unwait
} from '#lib/features/cohorts/waiting.commands.server.ts';
import { putBackHelpEntry } from '#lib/features/directory/commands.server.ts';
import {
	putBackPlan,
	putBackPlanActivity
} from '#lib/features/curricula/removing.commands.server.ts';
import { putBackGuardian } from '#lib/features/people/guardian.commands.server.ts';
import { putBackActivity } from '#lib/features/roadmap/activity.commands.server.ts';
import { putBackEvidence } from '#lib/features/roadmap/evidence.commands.server.ts';
import { putBackLink, takeOffLink, unclose } from '#lib/features/roadmap/commands.server.ts';
import { putBackOutcome, putBackRoadmap } from '#lib/features/roadmap/making.commands.server.ts';
import { putBackMilestone } from '#lib/features/roadmap/milestone.commands.server.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Way } from '#lib/platform/undo/undo.ts';

/** Every action that can be taken back: how, who may, and what is said when something stands in the way. */
export const WAYS: Readonly<Record<string, Way & { inTheWay: () => string }>> = {
	'add closed day': day(takeOutClosedDay),
	'confirm closed day': day(unconfirmClosedDay),
	'remove closed day': day(putBackClosedDay),
	enrol: { needs: 'enrol people', restore: unenrol, inTheWay: m.undo_enrolled_used },
	'enrol known': { needs: 'enrol people', restore: unenrolKnown, inTheWay: m.undo_enrolled_used },
	'leave cohort': membership(unleave),
	'change cohort': membership(unchangeCohort),
	'wait for place': membership(unwait),
	'take off waiting list': membership(putBackOnList),
	'take in': membership(putBackToWait),
	'move person': { needs: 'keep people', restore: moveBack, inTheWay: m.undo_person_changed },
	'remove guardian': {
		needs: 'edit people',
		restore: putBackGuardian,
		inTheWay: m.undo_person_changed
	},
	'remove help entry': {
		needs: 'keep help directory',
		restore: putBackHelpEntry,
		inTheWay: m.undo_help_changed
	},
	'record register': {
		needs: 'take registers',
		restore: restoreRegister,
		inTheWay: m.undo_register_changed
	},
	'change plan': {
		needs: 'change plans',
		restore: restoreChange,
		inTheWay: m.undo_plan_changed
	},
	'remove session plan': draft(putBackPlan),
	'remove plan activity': draft(putBackPlanActivity),
	'link cycle': milestone(takeOffLink),
	'unlink cycle': milestone(putBackLink),
	'close milestone': milestone(unclose),
	'remove roadmap': roadmap(putBackRoadmap),
	'remove outcome': roadmap(putBackOutcome),
	'remove milestone': roadmap(putBackMilestone),
	'remove activity': { ...roadmap(putBackActivity), needs: 'steer milestones' },
	'remove evidence': { ...roadmap(putBackEvidence), needs: 'steer milestones' }
};

function day(restore: Way['restore']) {
	return { needs: 'edit closed days' as const, restore, inTheWay: m.undo_day_changed };
}

function milestone(restore: Way['restore']) {
	return { needs: 'steer milestones' as const, restore, inTheWay: m.undo_milestone_changed };
}

function roadmap(restore: Way['restore']) {
	return { needs: 'steer roadmaps' as const, restore, inTheWay: m.undo_roadmap_changed };
}

function draft(restore: Way['restore']) {
	return { needs: 'edit curricula' as const, restore, inTheWay: m.undo_draft_changed };
}

function membership(restore: Way['restore']) {
	return { needs: 'enrol people' as const, restore, inTheWay: m.undo_membership_changed };
}
