import { addCurriculum } from '#lib/features/curricula/curriculum.commands.server.ts';
import { curriculumForm } from '#lib/features/curricula/forms.ts';
import { CURRICULUM_REFUSALS } from '#lib/features/curricula/refusals.ts';
import { TEMPLATE, TEMPLATE_NAME } from '#lib/features/curricula/template.rules.ts';
import { isEditor } from '#lib/features/curricula/versions.queries.server.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { languagesOf, typedOf } from '../editing.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const from = event.url.searchParams.get('from') === 'template' ? 'template' : 'blank';
	return {
		isEditor: isEditor(ctxOf(event.locals)),
		languages: await languagesOf(event.locals),
		form: openForm(event, {
			from,
			...(from === 'template' && { ...typedOf('name', TEMPLATE_NAME), type: 'community_pss' }),
			layer: 'community',
			audience: 'children'
		})
	};
};

export const actions: Actions = {
	add: commandAction({
		form: curriculumForm,
		run: (ctx, { data: { from, ...about }, once }) =>
			addCurriculum(ctx, { ...about, content: from === 'template' ? TEMPLATE : [] }, once),
		refused: CURRICULUM_REFUSALS,
		to: ({ versionId }) => `/curricula/versions/${versionId}?done=curriculum_added`
	})
};
