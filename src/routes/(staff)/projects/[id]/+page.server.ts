import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getSection } from '#lib/features/centres/queries.server.ts';
import {
	addCycle,
	addRoadmap,
	removeCycle,
	showInProject
} from '#lib/features/projects/belonging.commands.server.ts';
import { endProject, goOnWithProject } from '#lib/features/projects/commands.server.ts';
import { cycleForm, endForm, roadmapForm, showForm } from '#lib/features/projects/forms.ts';
import { findProject, listBelonging, listPromises } from '#lib/features/projects/queries.server.ts';
import { BELONGING_REFUSALS, END_REFUSALS } from '#lib/features/projects/refusals.ts';
import type { Project } from '#lib/features/projects/types.ts';
import { listProjectLanes } from '#lib/features/roadmap/project-lanes.queries.server.ts';
import { listRoadmaps } from '#lib/features/roadmap/queries.server.ts';
import { timelineOf } from '#lib/features/roadmap/timeline.rules.ts';
import { listCycles } from '#lib/features/sessions/queries.server.ts';
import { can } from '#lib/platform/access/roles.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { actorOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { readerOf } from '../../reader.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locals } = event;
	const { locale, ctx } = locals;
	const project = await projectHere(event);
	const zone = ctx ? (await getSection(ctx, locale)).zone : 'UTC';
	const today = dateIn(zone, locals.now);
	const keeps = ctx !== undefined && can(actorOf(locals), 'keep projects');
	const own = project.sections.find(({ sectionId }) => sectionId === ctx?.scope.sectionId);
	return {
		project,
		today,
		/** Puts things of the own section in, and says what is shown of them. */
		keeps,
		keepsWhole: keeps && project.isKept,
		...(await lanesOf(event, project, today)),
		...(await targetsOf(event, project, today)),
		...(ctx ? await cyclesOf(ctx, project, { keeps, locale }) : { cycles: [], freeCycles: [] }),
		cycleForm: openForm(event),
		decision: openForm(event),
		show: openForm(event, {
			roadmaps: own?.showsRoadmaps ? 'yes' : '',
			targets: own?.showsTargets ? 'yes' : ''
		})
	};
};

export const actions: Actions = {
	addCycle: commandAction({
		here: projectHere,
		form: cycleForm,
		as: 'cycle',
		run: (ctx, { data, here, once }) => addCycle(ctx, { ...data, projectId: here.id }, once),
		refused: BELONGING_REFUSALS,
		to: ({ id }) => back(id, 'project_filled', 'cycles')
	}),
	removeCycle: commandAction({
		here: projectHere,
		form: cycleForm,
		as: 'cycle',
		run: (ctx, { data, here, once }) => removeCycle(ctx, { ...data, projectId: here.id }, once),
		refused: BELONGING_REFUSALS,
		to: ({ id }) => back(id, 'project_cycle_out', 'cycles')
	}),
	addRoadmap: commandAction({
		here: projectHere,
		form: roadmapForm,
		as: 'roadmap',
		run: (ctx, { data, here, once }) => addRoadmap(ctx, { ...data, projectId: here.id }, once),
		refused: BELONGING_REFUSALS,
		to: ({ id }) => back(id, 'project_filled', 'roadmaps')
	}),
	show: commandAction({
		here: projectHere,
		form: showForm,
		as: 'show',
		run: (ctx, { data, here, once }) => showInProject(ctx, { ...data, projectId: here.id }, once),
		refused: BELONGING_REFUSALS,
		to: ({ id }) => back(id, 'project_shown')
	}),
	end: deciding(endProject, 'project_ended'),
	goOn: deciding(goOnWithProject, 'project_goes_on')
};

/** An action that asks for nothing but the decision. */
function deciding(decide: typeof endProject, done: string) {
	return commandAction({
		here: projectHere,
		form: endForm,
		as: 'decision',
		run: (ctx, { here, once }) => decide(ctx, { projectId: here.id }, once),
		refused: END_REFUSALS,
		to: ({ id }) => back(id, done)
	});
}

async function projectHere({ locals, params }: RequestEvent) {
	const project = await findProject(readerOf(locals), params.id, locals.locale);
	return project ?? error(404, m.error_not_found());
}

/** The roadmaps of the project as lanes of one timeline; for who keeps projects, the own roadmaps that can be put in. */
async function lanesOf(event: RequestEvent, project: Project, today: string) {
	const { locals } = event;
	const { ctx, locale } = locals;
	const reader = readerOf(locals);
	const lanes = can(actorOf(locals), 'see roadmaps')
		? await listProjectLanes(reader, project.id, locale)
		: [];
	const keeps = ctx !== undefined && can(actorOf(locals), 'keep projects');
	const roadmaps = keeps && project.endedOn === null ? await listRoadmaps(ctx, locale) : [];
	return {
		timeline:
			lanes.length === 0
				? null
				: timelineOf({
						...{ today, startsOn: project.startsOn, endsOn: project.endsOn },
						outcomes: lanes.map((lane) => ({ ...lane, id: lane.roadmapId }))
					}),
		marksExamples: lanes.some(({ milestones }) => milestones.some(({ source }) => source !== null)),
		opened: lanes
			.filter(({ opens }) => opens)
			.map(({ roadmapId, name }) => ({ id: roadmapId, name })),
		roadmaps: roadmaps.map(({ id, name }) => ({ id, name })),
		roadmapForm: openForm(event, { roadmap: roadmaps[0]?.id ?? '' })
	};
}

/** The own targets of the project with their people, and what other sections promise in it. */
async function targetsOf({ locals }: RequestEvent, project: Project, today: string) {
	const { ctx, locale, services } = locals;
	const promises = await listPromises(
		services.db,
		project.id,
		{ but: ctx?.scope.sectionId ?? null },
		locale
	);
	const sees = ctx !== undefined && can(actorOf(locals), 'see targets');
	const ids = sees ? await listBelonging(ctx, 'target', project.id) : [];
	const all = ids.length > 0 ? await locals.read('target reach', { today }) : [];
	return { sees, promises, targets: all.filter(({ id }) => ids.includes(id)) };
}

/** The cycles within reach that are in the project, and for who keeps projects those that can be put in. */
async function cyclesOf(
	ctx: Context,
	project: Project,
	{ keeps, locale }: { keeps: boolean; locale: Locale }
) {
	if (ctx.scope.totalsOnly) return { cycles: [], freeCycles: [] };
	const ids = await listBelonging(ctx, 'cycle', project.id);
	const all = ids.length > 0 || keeps ? await listCycles(ctx, { endsFrom: '' }, locale) : [];
	return {
		cycles: all
			.filter(({ id }) => ids.includes(id))
			.map((cycle) => ({ ...cycle, once: crypto.randomUUID() })),
		freeCycles:
			keeps && project.endedOn === null
				? all.filter(({ id, endsOn }) => !ids.includes(id) && endsOn >= project.startsOn)
				: []
	};
}

/** Its own fragment keeps the browser from opening that of the form again. */
function back(id: string, done: string, place = 'top'): string {
	return `/projects/${id}?done=${done}#${place}`;
}
