import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { listBodies } from '#lib/features/organisation/body.queries.server.ts';
import { listChoices } from '#lib/features/projects/queries.server.ts';
import { addBody } from '#lib/features/roadmap/body.commands.server.ts';
import { saveDates } from '#lib/features/roadmap/dates.commands.server.ts';
import {
	findRoadmapSheet,
	listAims,
	type OutcomeSheet
} from '#lib/features/roadmap/editing.queries.server.ts';
import {
	bodyForm,
	datesForm,
	milestoneForm,
	outcomeChoice,
	outcomeEditForm,
	outcomeForm,
	outcomeMove,
	removeForm,
	roadmapEditForm
} from '#lib/features/roadmap/forms.ts';
import {
	addOutcome,
	moveOutcome,
	removeOutcome,
	removeRoadmap,
	saveOutcome,
	saveRoadmap
} from '#lib/features/roadmap/making.commands.server.ts';
import { addMilestone } from '#lib/features/roadmap/milestone.commands.server.ts';
import {
	DATES_REFUSALS,
	MAKE_REFUSALS,
	MILESTONE_REFUSALS
} from '#lib/features/roadmap/refusals.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { nameFields } from '../../name-fields.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const sheet = await sheetHere(event);
	const ctx = ctxOf(event.locals);
	const { locale } = event.locals;
	const projects = await listChoices(ctx, locale);
	return {
		sheet,
		bodies: await listBodies(ctx, locale),
		aims: await listAims(ctx, locale),
		projects,
		form: openForm(event, {
			version: String(sheet.version),
			...nameFields(sheet.names),
			...{ starts: sheet.startsOn, ends: sheet.endsOn }
		}),
		newOutcome: openForm(event),
		newBody: openForm(event, { kind: 'partner' }),
		removal: openForm(event),
		lanes: sheet.outcomes.map((outcome) => ({
			outcome,
			edit: openForm(event, {
				outcome: outcome.id,
				version: String(outcome.version),
				...nameFields(outcome.names)
			}),
			newMilestone: openForm(event, {
				...{ outcome: outcome.id, kind: 'sessions' },
				...{ starts: sheet.startsOn, ends: sheet.endsOn },
				project: sheet.projectIds
			}),
			dates: openForm(event, datesOf(outcome)),
			once: {
				up: crypto.randomUUID(),
				down: crypto.randomUUID(),
				remove: crypto.randomUUID()
			}
		}))
	};
};

export const actions: Actions = {
	save: commandAction({
		here: sheetHere,
		form: roadmapEditForm,
		run: (ctx, { data, here, once }) => saveRoadmap(ctx, { ...data, roadmapId: here.id }, once),
		refused: MAKE_REFUSALS,
		to: (_, { here }) => back(here)
	}),
	remove: commandAction({
		here: sheetHere,
		form: removeForm,
		as: 'removal',
		run: (ctx, { here, once }) => removeRoadmap(ctx, { roadmapId: here.id }, once),
		refused: MAKE_REFUSALS,
		to: ({ undo }) => `/roadmaps?done=roadmap_removed&undo=${undo}`
	}),
	addOutcome: commandAction({
		here: sheetHere,
		form: outcomeForm,
		as: 'newOutcome',
		run: (ctx, { data, here, once }) => addOutcome(ctx, { ...data, roadmapId: here.id }, once),
		refused: MAKE_REFUSALS,
		to: (_, { here }) => back(here)
	}),
	saveOutcome: commandAction({
		here: sheetHere,
		form: outcomeEditForm,
		as: 'outcome',
		run: (ctx, { data, once }) => saveOutcome(ctx, data, once),
		refused: MAKE_REFUSALS,
		to: (_, { here }) => back(here)
	}),
	moveOutcome: commandAction({
		here: sheetHere,
		form: outcomeMove,
		as: 'outcome',
		run: (ctx, { data, once }) => moveOutcome(ctx, data, once),
		refused: MAKE_REFUSALS,
		to: (_, { here }) => back(here)
	}),
	removeOutcome: commandAction({
		here: sheetHere,
		form: outcomeChoice,
		as: 'outcome',
		run: (ctx, { data, once }) => removeOutcome(ctx, data, once),
		refused: MAKE_REFUSALS,
		to: ({ undo }, { here }) => back(here, `roadmap_removed&undo=${undo}`)
	}),
	addMilestone: commandAction({
		here: sheetHere,
		form: milestoneForm,
		as: 'newMilestone',
		run: (ctx, { data, once }) => addMilestone(ctx, data, once),
		refused: MILESTONE_REFUSALS,
		to: (_, { here }) => back(here)
	}),
	dates: commandAction({
		here: sheetHere,
		form: datesForm,
		as: 'dates',
		run: (ctx, { data, once, locale }) => saveDates(ctx, { ...data, locale }, once),
		refused: DATES_REFUSALS,
		showing: async (refusal) => (refusal.reason === 'followers' ? { followers: refusal } : {}),
		to: (_, { here }) => back(here, 'dates_saved')
	}),
	addBody: commandAction({
		here: sheetHere,
		form: bodyForm,
		as: 'newBody',
		run: (ctx, { data, once }) => addBody(ctx, data, once),
		refused: {},
		to: (_, { here }) => back(here)
	})
};

async function sheetHere({ locals, params }: RequestEvent) {
	const sheet = await findRoadmapSheet(ctxOf(locals), params.id, locals.locale);
	return sheet ?? error(404, m.error_not_found());
}

function datesOf({ id, milestones }: OutcomeSheet) {
	const byId = (field: string, pick: (one: OutcomeSheet['milestones'][number]) => string) =>
		Object.fromEntries(milestones.map((one) => [`${field}.${one.id}`, pick(one)]));
	return {
		outcome: id,
		...byId('version', ({ version }) => String(version)),
		...byId('starts', ({ startsOn }) => startsOn),
		...byId('ends', ({ dueOn }) => dueOn)
	};
}

/** Its own fragment: without one the browser keeps that of the dialog, and opens it again. */
function back({ id }: { id: string }, done = 'saved'): string {
	return `/roadmaps/${id}/edit?done=${done}#top`;
}
