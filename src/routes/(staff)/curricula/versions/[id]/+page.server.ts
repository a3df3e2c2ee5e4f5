import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import {
	goForm,
	moduleChoice,
	moduleEditForm,
	moduleForm,
	moveForm,
	newPlanForm,
	planChoice,
	ruleForm
} from '#lib/features/curricula/forms.ts';
import {
	addModule,
	addPlan,
	editModule,
	moveInOutline,
	removeModule
} from '#lib/features/curricula/outline.commands.server.ts';
import { outlineOf } from '#lib/features/curricula/outline.rules.ts';
import {
	DRAFT_REFUSALS,
	OUTLINE_REFUSALS,
	PUBLISH_REFUSALS
} from '#lib/features/curricula/refusals.ts';
import { removePlan } from '#lib/features/curricula/removing.commands.server.ts';
import { publish, setRule } from '#lib/features/curricula/versions.commands.server.ts';
import { findVersion, isEditor } from '#lib/features/curricula/versions.queries.server.ts';
import { translationState, wordingsOfPlan } from '#lib/features/curricula/wording.rules.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { languagesOf, todayOf, typedOf } from '../../editing.server.ts';
import { goOnAction, loadCycles } from './cycles.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locals, params } = event;
	const version = await findVersion(ctxOf(locals), params.id, locals.locale);
	if (!version) error(404, m.error_not_found());
	const languages = await languagesOf(locals);
	const { modules, plans, ...head } = version;
	const { reachedCount, engagedCount, engagedPct, completedPct, droppedCount } = version.rule;
	return {
		version: head,
		outline: outlineOf(modules, plans).map((part) => {
			const module = modules.find(({ id }) => id === part.module);
			return {
				module: module && {
					...module,
					view: openForm(event, {
						...{ module: module.id, version: String(module.version) },
						...typedOf('name', module.name.texts)
					})
				},
				plans: part.plans.map((id) => {
					const plan = plans.find((one) => one.id === id)!;
					const wordings = wordingsOfPlan(plan);
					return {
						...{ id, position: plan.position, minutes: plan.minutes, title: plan.title },
						activityCount: plan.activities.length,
						states: languages.map((locale) => ({ locale, ...translationState(wordings, locale) }))
					};
				})
			};
		}),
		isEditor: isEditor(ctxOf(locals)),
		languages,
		cycles: head.publishedOn === null ? [] : await loadCycles(event, version),
		/** A key for each way of the page: what is sent from one is not what was sent from another. */
		order: openForm(event),
		newModule: openForm(event),
		newPlan: openForm(event, { minutes: '90', module: modules.at(-1)?.id ?? '' }),
		go: openForm(event),
		rule: openForm(event, {
			...{ reachedCount: String(reachedCount), engagedCount: String(engagedCount) },
			...{ engagedPct: String(engagedPct), completedPct: String(completedPct) },
			droppedCount: String(droppedCount)
		})
	};
};

export const actions: Actions = {
	addModule: commandAction({
		form: moduleForm,
		as: 'newModule',
		run: (ctx, { data, once, event }) =>
			addModule(ctx, { ...data, versionId: event.params.id }, once),
		refused: DRAFT_REFUSALS,
		to: ({ id }, { event }) => back(event, 'module_added', `module-${id}`)
	}),
	editModule: commandAction({
		form: moduleEditForm,
		as: 'module',
		run: (ctx, { data, once, event }) =>
			editModule(ctx, { ...data, versionId: event.params.id }, once),
		refused: OUTLINE_REFUSALS,
		to: ({ id }, { event }) => back(event, 'module_saved', `module-${id}`)
	}),
	removeModule: commandAction({
		form: moduleChoice,
		as: 'module',
		run: (ctx, { data, once, event }) =>
			removeModule(ctx, { ...data, versionId: event.params.id }, once),
		refused: OUTLINE_REFUSALS,
		to: (_, { event }) => back(event, 'module_removed', 'outline')
	}),
	addPlan: commandAction({
		form: newPlanForm,
		as: 'newPlan',
		run: (ctx, { data, once, event }) =>
			addPlan(ctx, { ...data, versionId: event.params.id }, once),
		refused: OUTLINE_REFUSALS,
		to: ({ id }) => `/curricula/plans/${id}?done=plan_added`
	}),
	removePlan: commandAction({
		form: planChoice,
		as: 'order',
		run: (ctx, { data, once, event }) =>
			removePlan(ctx, { ...data, versionId: event.params.id }, once),
		refused: OUTLINE_REFUSALS,
		to: ({ undo }, { event }) => back(event, `plan_removed&undo=${undo}`, 'outline')
	}),
	move: commandAction({
		form: moveForm,
		as: 'order',
		run: (ctx, { data: { move }, once, event }) =>
			moveInOutline(ctx, { move, versionId: event.params.id }, once),
		refused: OUTLINE_REFUSALS,
		to: (_, { data: { move }, event }) =>
			back(event, 'order_saved', 'module' in move ? `module-${move.module}` : `plan-${move.plan}`)
	}),
	rule: commandAction({
		form: ruleForm,
		as: 'rule',
		run: (ctx, { data, once, event }) =>
			setRule(ctx, { ...data, versionId: event.params.id }, once),
		refused: DRAFT_REFUSALS,
		to: (_, { event }) => back(event, 'rule_saved', 'rule')
	}),
	publish: commandAction({
		form: goForm,
		as: 'go',
		run: async (ctx, { once, event }) =>
			publish(ctx, { versionId: event.params.id, on: await todayOf(event.locals) }, once),
		refused: PUBLISH_REFUSALS,
		to: (_, { event }) => back(event, 'version_published', 'outline')
	}),
	goOn: goOnAction
};

function back({ params }: { params: { id: string } }, done: string, at: string): string {
	return `/curricula/versions/${params.id}?done=${done}#${at}`;
}
