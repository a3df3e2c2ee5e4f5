import { error, redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { wordsForm, wordsHandoverForm } from '#lib/features/feedback/forms.ts';
import {
	clearWords,
	destroyWords,
	handOverWords,
	lookAtWords
} from '#lib/features/feedback/reading.commands.server.ts';
import { listHandovers, listWaitingWords } from '#lib/features/feedback/reading.queries.server.ts';
import { READ_REFUSALS } from '#lib/features/feedback/refusals.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** What waits under one code. That somebody looked is written down before anything is shown. */
export const load: PageServerLoad = async ({ locals, params }) => {
	const ctx = ctxOf(locals);
	const words = await lookAtWords(ctx, params.id);
	if (!words) error(404, m.error_not_found());
	if (words.length === 0) redirect(303, '/reading');
	const [of] = await listWaitingWords(ctx, locals.locale, params.id);
	return {
		of: of ?? null,
		handedOver: await listHandovers(ctx, params.id),
		words: words.map((one) => ({
			...one,
			form: { once: crypto.randomUUID(), values: { wordsId: one.id }, errors: {} }
		}))
	};
};

export const actions: Actions = {
	clear: commandAction({
		form: wordsForm,
		as: 'read',
		run: (ctx, { data, once, event }) =>
			clearWords(ctx, { ...data, codeId: event.params.id }, once),
		refused: READ_REFUSALS,
		to: ({ leftCount }, { event }) => next(event, leftCount, 'words_cleared')
	}),
	handOver: commandAction({
		form: wordsHandoverForm,
		as: 'read',
		run: (ctx, { data, once, event }) =>
			handOverWords(ctx, { ...data, codeId: event.params.id }, once),
		refused: READ_REFUSALS,
		to: ({ leftCount }, { event }) => next(event, leftCount, 'words_handed_over')
	}),
	destroy: commandAction({
		form: wordsForm,
		as: 'read',
		run: (ctx, { data, once, event }) =>
			destroyWords(ctx, { ...data, codeId: event.params.id }, once),
		refused: READ_REFUSALS,
		to: ({ leftCount }, { event }) => next(event, leftCount, 'words_destroyed')
	})
};

/** To the words that are left, or to the other sessions. */
function next({ params }: RequestEvent, leftCount: number, done: string): string {
	return `/reading${leftCount > 0 ? `/${params.id}` : ''}?done=${done}`;
}
