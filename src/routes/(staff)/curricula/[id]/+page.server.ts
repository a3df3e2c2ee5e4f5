import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import {
	bringBack,
	editCurriculum,
	retire
} from '#lib/features/curricula/curriculum.commands.server.ts';
import { curriculumEditForm, goForm } from '#lib/features/curricula/forms.ts';
import { CURRICULUM_REFUSALS, NEXT_REFUSALS } from '#lib/features/curricula/refusals.ts';
import { draftNext } from '#lib/features/curricula/versions.commands.server.ts';
import { findCurriculum, isEditor } from '#lib/features/curricula/versions.queries.server.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { languagesOf, todayOf, typedOf } from '../editing.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locals, params } = event;
	const curriculum = await findCurriculum(ctxOf(locals), params.id, locals.locale);
	if (!curriculum) error(404, m.error_not_found());
	return {
		curriculum,
		isEditor: isEditor(ctxOf(locals)),
		languages: await languagesOf(locals),
		form: openForm(event, {
			...typedOf('name', curriculum.naming.texts),
			type: curriculum.type ?? '',
			layer: curriculum.layer ?? 'none',
			audience: curriculum.audience,
			version: String(curriculum.version)
		}),
		go: openForm(event)
	};
};

export const actions: Actions = {
	save: commandAction({
		form: curriculumEditForm,
		run: (ctx, { data, once, event }) =>
			editCurriculum(ctx, { ...data, id: event.params.id }, once),
		refused: CURRICULUM_REFUSALS,
		to: ({ id }) => `/curricula/${id}?done=curriculum_saved`
	}),
	draft: commandAction({
		form: goForm,
		as: 'go',
		run: (ctx, { once, event }) => draftNext(ctx, { curriculumId: event.params.id }, once),
		refused: NEXT_REFUSALS,
		to: ({ versionId }) => `/curricula/versions/${versionId}?done=draft_begun`
	}),
	retire: commandAction({
		form: goForm,
		as: 'go',
		run: async (ctx, { once, event }) =>
			retire(ctx, { id: event.params.id, on: await todayOf(event.locals) }, once),
		refused: CURRICULUM_REFUSALS,
		to: ({ id }) => `/curricula/${id}?done=curriculum_retired`
	}),
	bringBack: commandAction({
		form: goForm,
		as: 'go',
		run: (ctx, { once, event }) => bringBack(ctx, { id: event.params.id }, once),
		refused: CURRICULUM_REFUSALS,
		to: ({ id }) => `/curricula/${id}?done=curriculum_back`
	})
};
