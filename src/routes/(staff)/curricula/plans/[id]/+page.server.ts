import {
	activityChoice,
	activityEditForm,
	activityForm,
	activityMoveForm,
	planForm
} from '#lib/features/curricula/forms.ts';
import {
	addActivity,
	editActivity,
	editPlan,
	moveActivity
} from '#lib/features/curricula/plans.commands.server.ts';
import { PLAN_REFUSALS } from '#lib/features/curricula/refusals.ts';
import { removeActivity } from '#lib/features/curricula/removing.commands.server.ts';
import { isEditor } from '#lib/features/curricula/versions.queries.server.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { languagesOf, planHere, typedOf } from '../../editing.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { plan, version } = await planHere(event);
	const isOpen = version.publishedOn === null && isEditor(ctxOf(event.locals));
	const ids = version.plans.map(({ id }) => id);
	return {
		plan,
		version: { id: version.id, number: version.number, curriculum: version.curriculum.name },
		next: ids[ids.indexOf(plan.id) + 1] ?? null,
		isOpen,
		languages: await languagesOf(event.locals),
		form: openForm(event, {
			...{ version: String(plan.version), minutes: String(plan.minutes) },
			...{ strand: plan.strand || 'all', picture: plan.picture ?? 'none' },
			...typedOf('title', plan.title.texts),
			...typedOf('objectives', plan.objectives.texts),
			...typedOf('materials', plan.materials.texts),
			...typedOf('variants', plan.variants.texts),
			...typedOf('notes', plan.notes.texts)
		}),
		newActivity: openForm(event, { minutes: '10' }),
		activities: plan.activities.map((activity) => ({
			...activity,
			view: openForm(event, {
				...{ activity: activity.id, version: String(activity.version) },
				minutes: String(activity.minutes),
				...typedOf('title', activity.title.texts),
				...typedOf('children', activity.children.texts),
				...typedOf('says', activity.says.texts),
				...typedOf('younger', activity.younger.texts),
				...typedOf('older', activity.older.texts)
			})
		}))
	};
};

export const actions: Actions = {
	save: commandAction({
		here: planHere,
		form: planForm,
		run: (ctx, { data, here, once }) => editPlan(ctx, { ...data, ...whereOf(here) }, once),
		refused: PLAN_REFUSALS,
		to: ({ id }) => `/curricula/plans/${id}?done=plan_saved`
	}),
	addActivity: commandAction({
		here: planHere,
		form: activityForm,
		as: 'newActivity',
		run: (ctx, { data, here, once }) => addActivity(ctx, { ...data, ...whereOf(here) }, once),
		refused: PLAN_REFUSALS,
		to: ({ id }, { here }) => back(here, 'activity_added', id)
	}),
	editActivity: commandAction({
		here: planHere,
		form: activityEditForm,
		as: 'activity',
		run: (ctx, { data, here, once }) => editActivity(ctx, { ...data, ...whereOf(here) }, once),
		refused: PLAN_REFUSALS,
		to: ({ id }, { here }) => back(here, 'activity_saved', id)
	}),
	moveActivity: commandAction({
		here: planHere,
		form: activityMoveForm,
		as: 'activity',
		run: (ctx, { data, here, once }) => moveActivity(ctx, { ...data, ...whereOf(here) }, once),
		refused: PLAN_REFUSALS,
		to: ({ id }, { here }) => back(here, 'order_saved', id)
	}),
	removeActivity: commandAction({
		here: planHere,
		form: activityChoice,
		as: 'activity',
		run: (ctx, { data, here, once }) => removeActivity(ctx, { ...data, ...whereOf(here) }, once),
		refused: PLAN_REFUSALS,
		to: ({ id, undo }, { here }) => back(here, `activity_removed&undo=${undo}`, id)
	})
};

type Here = Awaited<ReturnType<typeof planHere>>;

function whereOf({ plan }: Here) {
	return { planId: plan.id, versionId: plan.versionId };
}

function back({ plan }: Here, done: string, activity: string): string {
	return `/curricula/plans/${plan.id}?done=${done}#activity-${activity}`;
}
