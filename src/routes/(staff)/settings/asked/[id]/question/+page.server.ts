import { error, redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { bandsAsked, questionWarnings } from '#lib/features/asking/checker.rules.ts';
import { BANDS } from '#lib/features/asking/bank.rules.ts';
import { removeQuestion, saveQuestion } from '#lib/features/asking/commands.server.ts';
import {
	questionForm,
	questionFrom,
	typedQuestion,
	removalForm
} from '#lib/features/asking/forms.ts';
import { isOwnItem } from '#lib/features/asking/paper.rules.ts';
import { findAsked, isAskingEditor } from '#lib/features/asking/queries.server.ts';
import { ASKING_REFUSALS, QUESTION_REFUSALS } from '#lib/features/asking/refusals.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { languagesOf } from '../../../../curricula/editing.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locals, params } = event;
	const ctx = ctxOf(locals);
	const found = await findAsked(ctx, params.id, locals.locale);
	const id = ownId(event);
	const question = found?.asked.questions.find((one) => one.id === id);
	const isDraft = found?.publishedOn === null && isAskingEditor(ctx);
	if (!found || (isDraft && id && !question)) error(404, m.error_not_found());
	// A published one never changes: it is there to be read.
	if (!isDraft) redirect(303, `/settings/asked/${params.id}`);
	const languages = await languagesOf(locals);
	const asked = question ? bandsAsked(found.asked, question.id) : [];
	const bands = BANDS.filter((band) => asked.includes(band) || question?.texts[band]);
	return {
		...{ versionId: params.id, languages, question: question ?? null },
		warnings: question ? questionWarnings(question, { bands, languages }) : [],
		form: openForm(event, question ? typedQuestion(question) : { kind: 'scale' }),
		removal: openForm(event)
	};
};

export const actions: Actions = {
	save: commandAction({
		form: questionForm,
		run: (ctx, { data, once, event }) => {
			const question = questionFrom(data, ownId(event));
			return saveQuestion(ctx, { versionId: event.params.id, question }, once);
		},
		refused: QUESTION_REFUSALS,
		to: ({ questionId }, { event }) =>
			`/settings/asked/${event.params.id}/question?id=${questionId}&done=questions_saved`
	}),
	remove: commandAction({
		form: removalForm,
		as: 'removal',
		run: (ctx, { data, once, event }) =>
			removeQuestion(ctx, { versionId: event.params.id, questionId: data.question }, once),
		refused: ASKING_REFUSALS,
		to: (_, { event }) => `/settings/asked/${event.params.id}?done=question_removed`
	})
};

/** The question the address names; null: a new one. */
function ownId({ url }: RequestEvent) {
	const id = url.searchParams.get('id') ?? '';
	return isOwnItem(id) ? id : null;
}
