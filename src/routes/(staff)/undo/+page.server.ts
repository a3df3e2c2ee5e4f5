import { fail, redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { ownPath } from '#lib/platform/access/home.ts';
import { readForm } from '#lib/platform/forms/form.server.ts';
import { undoForm } from '#lib/platform/undo/forms.ts';
import { takeBack } from '#lib/platform/undo/undo.ts';
import type { Actions } from './$types';
import { WAYS } from './ways.server.ts';

export const actions: Actions = {
	/** Takes back what was just done and leads to the page it was done on; says here what stands in the way. */
	default: async (event) => {
		const { ctx } = event.locals;
		const read = await readForm(event, undoForm);
		if (!read.ok || !ctx) return fail(422, { refused: m.undo_gone(), back: null });
		const back = new URL(ownPath(event.url, read.data.back), event.url);
		back.searchParams.delete('done');
		back.searchParams.delete('undo');
		const outcome = await takeBack(ctx, read.data.undo, WAYS);
		if (outcome.ok) {
			back.searchParams.set('done', 'undone');
			redirect(303, back.pathname + back.search);
		}
		const { refusal } = outcome;
		const refused = refusal.reason === 'in_the_way' ? WAYS[refusal.action]!.inTheWay : m.undo_gone;
		return fail(409, { refused: refused(), back: back.pathname + back.search });
	}
};
