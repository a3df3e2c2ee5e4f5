import { fail, redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { mergePeople } from '#lib/features/merging/commands.server.ts';
import { getSection } from '#lib/features/centres/queries.server.ts';
import { mergeForm, pairForm } from '#lib/features/merging/forms.ts';
import { tellApart } from '#lib/features/merging/pairs.commands.server.ts';
import { listPairs } from '#lib/features/merging/pairs.queries.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { openForm, readForm } from '#lib/platform/forms/form.server.ts';
import { asRows } from '../rows.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locals } = event;
	const { ctx, locale, now } = locals;
	const today = dateIn((await getSection(ctx!, locale)).zone, now);
	const { pairs, more } = await listPairs(ctx!, locale);
	const rows = await asRows(locals, pairs.flat(), today);
	return {
		more,
		pairs: pairs.map((pair, at) => ({
			people: [rows[at * 2]!, rows[at * 2 + 1]!],
			born: pair.map(({ birthYear }) => birthYear),
			form: openForm(event, { first: pair[0].id, second: pair[1].id })
		}))
	};
};

export const actions: Actions = {
	merge: async (event) => {
		const read = await readForm(event, mergeForm);
		if (!read.ok) return fail(422, { form: read.form });
		const { first, second, keep } = read.data;
		if (keep !== first && keep !== second)
			return fail(422, { form: read.again({}, m.pairs_gone()) });
		const input = { keptId: keep, mergedId: keep === first ? second : first };
		const outcome = await mergePeople(ctxOf(event.locals), input, read.once);
		if (outcome.ok) redirect(303, `/people/${input.keptId}?done=people_merged`);
		return fail(409, { form: read.again({}, refusedWords(outcome.refusal.reason)) });
	},
	different: async (event) => {
		const read = await readForm(event, pairForm);
		if (!read.ok) return fail(422, { form: read.form });
		const outcome = await tellApart(ctxOf(event.locals), read.data, read.once);
		if (outcome.ok) redirect(303, '/people/duplicates?done=people_told_apart');
		return fail(409, { form: read.again({}, refusedWords(outcome.refusal.reason)) });
	}
};

function refusedWords(reason: 'not_found' | 'key_reused'): string {
	return { not_found: m.pairs_gone, key_reused: m.form_key_reused }[reason]();
}
