import { fail } from '@sveltejs/kit';
import { addCurriculum } from '#lib/features/curricula/curriculum.commands.server.ts';
import { pasteForm } from '#lib/features/curricula/forms.ts';
import { readPastedPlans } from '#lib/features/curricula/paste.rules.ts';
import { PASTE_REFUSALS } from '#lib/features/curricula/refusals.ts';
import { isEditor } from '#lib/features/curricula/versions.queries.server.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction, formAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { languagesOf } from '../editing.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	return {
		isEditor: isEditor(ctxOf(event.locals)),
		languages: await languagesOf(event.locals),
		form: openForm(event, { layer: 'community', audience: 'children' })
	};
};

export const actions: Actions = {
	preview: formAction({ form: pasteForm }, async ({ data, again, locale }) => {
		const preview = readPastedPlans(data.table, locale);
		return preview.ok ? { form: again(), preview } : fail(422, { form: again(), preview });
	}),
	add: commandAction({
		form: pasteForm,
		run: async (ctx, { data: { table, ...about }, once, locale }) => {
			const read = readPastedPlans(table, locale);
			return read.ok
				? addCurriculum(ctx, { ...about, content: read.modules }, once)
				: { ok: false, refusal: { reason: 'problems' as const } };
		},
		refused: PASTE_REFUSALS,
		showing: async (_, { data, locale }) => ({ preview: readPastedPlans(data.table, locale) }),
		to: ({ versionId }) => `/curricula/versions/${versionId}?done=curriculum_added`
	})
};
