import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { addEvidenceFile } from '#lib/features/roadmap/evidence.commands.server.ts';
import { evidenceFileForm } from '#lib/features/roadmap/forms.ts';
import { findReceipt } from '#lib/features/roadmap/receipt.queries.server.ts';
import { EVIDENCE_FILE_REFUSALS } from '#lib/features/roadmap/refusals.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { fileAction } from '#lib/platform/files/action.server.ts';
import { FILE_TYPES } from '#lib/platform/files/types.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locals, params } = event;
	const receipt = await findReceipt(ctxOf(locals), params.id, locals.locale);
	if (!receipt) error(404, m.error_not_found());
	return {
		milestone: receipt.name,
		activities: receipt.activities.map(({ id, name }) => ({ id, name })),
		form: openForm(event)
	};
};

export const actions: Actions = {
	add: fileAction({
		form: evidenceFileForm,
		accepted: FILE_TYPES,
		run: (ctx, { data, file, once, locale, event }) =>
			addEvidenceFile(ctx, { ...data, file, locale, milestoneId: event.params.id }, once),
		refused: EVIDENCE_FILE_REFUSALS,
		to: (_, { params }) => `/roadmaps/milestones/${params.id}?done=saved`
	})
};
