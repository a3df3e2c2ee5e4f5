import { redirect } from '@sveltejs/kit';
import { goForm, pictureForm } from '#lib/features/curricula/forms.ts';
import { removePicture, setPicture } from '#lib/features/curricula/pictures.commands.server.ts';
import { PICTURE_REFUSALS } from '#lib/features/curricula/refusals.ts';
import { fileAction } from '#lib/platform/files/action.server.ts';
import { PICTURE_TYPES } from '#lib/platform/files/types.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { planHere } from '../../../editing.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** The own picture of a plan of a draft; what is published has the one it has. */
export const load: PageServerLoad = async (event) => {
	const { plan, version } = await planHere(event);
	if (version.publishedOn !== null) redirect(303, `/curricula/plans/${plan.id}`);
	return { plan, form: openForm(event), removeForm: openForm(event) };
};

export const actions: Actions = {
	add: fileAction({
		here: whereHere,
		form: pictureForm,
		accepted: PICTURE_TYPES,
		run: (ctx, { data, file, here, once, locale }) =>
			setPicture(ctx, { ...data, ...here, file, locale }, once),
		refused: PICTURE_REFUSALS,
		to: (_, { params }) => `/curricula/plans/${params.id}?done=plan_saved`
	}),
	remove: commandAction({
		here: whereHere,
		form: goForm,
		run: (ctx, { here, once }) => removePicture(ctx, here, once),
		refused: PICTURE_REFUSALS,
		to: (_, { event }) => `/curricula/plans/${event.params.id}?done=plan_saved`
	})
};

async function whereHere(event: RequestEvent) {
	const { plan } = await planHere(event);
	return { planId: plan.id, versionId: plan.versionId };
}
