import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { BANDS, formFor } from '#lib/features/asking/bank.rules.ts';
import { bandsAsked, formWarnings, questionWarnings } from '#lib/features/asking/checker.rules.ts';
import { dropDraft, publishAsked, setForms } from '#lib/features/asking/commands.server.ts';
import { itemsFor, LENGTHS, placesIn } from '#lib/features/asking/draft.rules.ts';
import { placesForm, versionForm } from '#lib/features/asking/forms.ts';
import { findAsked, isAskingEditor } from '#lib/features/asking/queries.server.ts';
import {
	ASKING_PUBLISH_REFUSALS,
	ASKING_REFUSALS,
	FORM_REFUSALS
} from '#lib/features/asking/refusals.ts';
import { listNamedReaders } from '#lib/features/feedback/readers.queries.server.ts';
import { can } from '#lib/platform/access/roles.ts';
import { within } from '#lib/platform/command/context.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { languagesOf, todayOf } from '../../../curricula/editing.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locals, params } = event;
	const ctx = ctxOf(locals);
	const found = await findAsked(ctx, params.id, locals.locale);
	if (!found) error(404, m.error_not_found());
	const { asked, publishedOn, curriculum } = found;
	const languages = await languagesOf(locals);
	const mayEdit = can(ctx.actor, 'edit questions') && isAskingEditor(within(ctx, 'edit questions'));
	// Who only reads sees what children see: a draft is its editors'.
	if (publishedOn === null && !mayEdit) error(404, m.error_not_found());
	return {
		id: params.id,
		...{ number: asked.number, publishedOn, curriculum, questions: asked.questions },
		isEditor: mayEdit && publishedOn === null,
		hasReader: (await listNamedReaders(ctx, locals.locale)).length > 0,
		bands: BANDS.map((band) => {
			const forms = LENGTHS.map((length) => formFor(band, length, asked));
			const places = forms.map(({ items }) => placesIn(items));
			const items = itemsFor(band, asked);
			return {
				band,
				items,
				places: { pulse: places[0]!, full: places[1]! },
				warnings: forms.map((form) => ({ length: form.length, all: formWarnings(form) })),
				view: openForm(
					event,
					Object.fromEntries(
						LENGTHS.flatMap((length, at) =>
							items.map((item) => [`${length}.${item}`, String(places[at]![item] ?? '')])
						)
					)
				)
			};
		}),
		own: asked.questions.map((question) => {
			const bands = bandsAsked(asked, question.id);
			return { question, bands, warnings: questionWarnings(question, { bands, languages }) };
		}),
		go: openForm(event),
		drop: openForm(event)
	};
};

export const actions: Actions = {
	places: commandAction({
		form: placesForm,
		as: 'places',
		run: (ctx, { data, once, event }) =>
			setForms(ctx, { ...data, versionId: event.params.id }, once),
		refused: FORM_REFUSALS,
		to: (_, { data, event }) =>
			`/settings/asked/${event.params.id}?done=questions_saved#b${data.band}`
	}),
	publish: commandAction({
		form: versionForm,
		as: 'go',
		run: async (ctx, { once, event }) =>
			publishAsked(ctx, { versionId: event.params.id, on: await todayOf(event.locals) }, once),
		refused: ASKING_PUBLISH_REFUSALS,
		to: (_, { event }) => `/settings/asked/${event.params.id}?done=questions_published`
	}),
	drop: commandAction({
		form: versionForm,
		as: 'go',
		run: (ctx, { once, event }) => dropDraft(ctx, { versionId: event.params.id }, once),
		refused: ASKING_REFUSALS,
		to: () => '/settings/asked?done=questions_dropped'
	})
};
