import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { listBodies } from '#lib/features/organisation/body.queries.server.ts';
import {
	addActivity,
	removeActivity,
	saveActivity
} from '#lib/features/roadmap/activity.commands.server.ts';
import {
	findMilestoneSheet,
	findRoadmapSheet,
	listAims,
	type MilestoneSheet
} from '#lib/features/roadmap/editing.queries.server.ts';
import {
	activityChoice,
	activityEditForm,
	activityForm,
	milestoneEditForm,
	removeForm
} from '#lib/features/roadmap/forms.ts';
import { removeMilestone, saveMilestone } from '#lib/features/roadmap/milestone.commands.server.ts';
import { ACTIVITY_REFUSALS, MILESTONE_REFUSALS } from '#lib/features/roadmap/refusals.ts';
import { can } from '#lib/platform/access/roles.ts';
import { actorOf, ctxOf } from '#lib/platform/command/who.ts';
import { listChoices } from '#lib/features/projects/queries.server.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { nameFields } from '../../../name-fields.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const sheet = await sheetHere(event);
	const ctx = ctxOf(event.locals);
	const { locale } = event.locals;
	const roadmap = (await findRoadmapSheet(ctx, sheet.roadmapId, locale))!;
	return {
		sheet,
		outcomes: roadmap.outcomes.map(({ id, name }) => ({ id, name })),
		others: roadmap.outcomes
			.flatMap(({ milestones }) => milestones)
			.filter(({ id }) => id !== sheet.id),
		bodies: await listBodies(ctx, locale),
		aims: await listAims(ctx, locale),
		/** Whoever is held to one project leaves the others alone. */
		projects: ctx.scope.projectIds === null ? await listChoices(ctx, locale, sheet.projectIds) : [],
		removes: can(actorOf(event.locals), 'steer roadmaps'),
		now: fieldsOf(sheet),
		form: openForm(event, fieldsOf(sheet)),
		removal: openForm(event),
		newActivity: openForm(event, {
			...{ starts: sheet.startsOn, ends: sheet.dueOn, status: 'planned' },
			body: sheet.bodyId ?? ''
		}),
		activities: sheet.activities.map((activity) => ({
			activity,
			removeKey: crypto.randomUUID(),
			view: openForm(event, {
				...nameFields(activity.names),
				...{ activity: activity.id, version: String(activity.version) },
				...{ starts: activity.startsOn, ends: activity.endsOn, status: activity.status },
				...{ body: activity.bodyId ?? '', action: activity.action ?? '' }
			})
		}))
	};
};

export const actions: Actions = {
	save: commandAction({
		here: sheetHere,
		form: milestoneEditForm,
		run: (ctx, { data, here, once, locale }) =>
			saveMilestone(ctx, { ...data, milestoneId: here.id, locale }, once),
		refused: MILESTONE_REFUSALS,
		showing: async (refusal) => (refusal.reason === 'followers' ? { followers: refusal } : {}),
		to: (_, { here }) => `/roadmaps/milestones/${here.id}?done=saved`
	}),
	remove: commandAction({
		here: sheetHere,
		form: removeForm,
		as: 'removal',
		run: (ctx, { here, once }) => removeMilestone(ctx, { milestoneId: here.id }, once),
		refused: MILESTONE_REFUSALS,
		to: ({ roadmapId, undo }) => `/roadmaps/${roadmapId}/edit?done=roadmap_removed&undo=${undo}`
	}),
	addActivity: commandAction({
		here: sheetHere,
		form: activityForm,
		as: 'newActivity',
		run: (ctx, { data, here, once }) => addActivity(ctx, { ...data, milestoneId: here.id }, once),
		refused: ACTIVITY_REFUSALS,
		to: (_, { here }) => back(here)
	}),
	saveActivity: commandAction({
		here: sheetHere,
		form: activityEditForm,
		as: 'activity',
		run: (ctx, { data, once, locale }) => saveActivity(ctx, { ...data, locale }, once),
		refused: ACTIVITY_REFUSALS,
		to: (_, { here }) => back(here)
	}),
	removeActivity: commandAction({
		here: sheetHere,
		form: activityChoice,
		as: 'activity',
		run: (ctx, { data, once }) => removeActivity(ctx, data, once),
		refused: ACTIVITY_REFUSALS,
		to: ({ undo }, { here }) => back(here, `roadmap_removed&undo=${undo}`)
	})
};

async function sheetHere({ locals, params }: RequestEvent) {
	const sheet = await findMilestoneSheet(ctxOf(locals), params.id, locals.locale);
	return sheet ?? error(404, m.error_not_found());
}

/** A milestone as the fields of its form start. */
function fieldsOf(sheet: MilestoneSheet) {
	return {
		version: String(sheet.version),
		...nameFields(sheet.names),
		...{ outcome: sheet.outcomeId, kind: sheet.kind, target: sheet.targetId ?? '' },
		...{ starts: sheet.startsOn, ends: sheet.dueOn, body: sheet.bodyId ?? '' },
		fromChildren: sheet.fromChildren ? 'yes' : '',
		after: sheet.after,
		project: sheet.projectIds
	};
}

/** Its own fragment: without one the browser keeps that of the dialog, and opens it again. */
function back({ id }: { id: string }, done = 'saved'): string {
	return `/roadmaps/milestones/${id}/edit?done=${done}#top`;
}
