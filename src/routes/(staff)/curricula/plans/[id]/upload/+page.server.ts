import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { goForm, pictureForm } from '#lib/features/curricula/forms.ts';
import { removePicture, setPicture } from '#lib/features/curricula/pictures.commands.server.ts';
import { readPlans } from '#lib/features/curricula/plans.queries.server.ts';
import { PICTURE_REFUSALS } from '#lib/features/curricula/refusals.ts';
import { findVersion } from '#lib/features/curricula/versions.queries.server.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { fileAction } from '#lib/platform/files/action.server.ts';
import { PICTURE_TYPES } from '#lib/platform/files/types.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const { plan } = await draftHere(event);
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
	const { plan } = await draftHere(event);
	return { planId: plan.id, versionId: plan.versionId };
}

/** The plan, of a draft its editors see; what is published has the picture it has. */
async function draftHere({ locals, params }: RequestEvent) {
	const ctx = ctxOf(locals);
	const [plan] = await readPlans(ctx, { planId: params.id });
	const version = plan && (await findVersion(ctx, plan.versionId, locals.locale));
	return version?.publishedOn === null ? { plan: plan! } : error(404, m.error_not_found());
}
