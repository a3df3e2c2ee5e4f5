import { mergePeople } from '#lib/features/merging/commands.server.ts';
import { getSection } from '#lib/features/centres/queries.server.ts';
import { mergeForm, pairForm } from '#lib/features/merging/forms.ts';
import { tellApart } from '#lib/features/merging/pairs.commands.server.ts';
import { listPairs } from '#lib/features/merging/pairs.queries.server.ts';
import { MERGE_REFUSALS, PAIR_REFUSALS } from '#lib/features/merging/refusals.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { asRows } from '../rows.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locals } = event;
	const { locale, now } = locals;
	const ctx = ctxOf(locals);
	const today = dateIn((await getSection(ctx, locale)).zone, now);
	const { pairs, more } = await listPairs(ctx, locale);
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
	merge: commandAction({
		form: mergeForm,
		run: (ctx, { data: { first, second, keep }, once }) =>
			mergePeople(ctx, { keptId: keep, mergedId: keep === first ? second : first }, once),
		refused: MERGE_REFUSALS,
		to: (_, { data }) => `/people/${data.keep}?done=people_merged`
	}),
	different: commandAction({
		form: pairForm,
		run: (ctx, { data, once }) => tellApart(ctx, data, once),
		refused: PAIR_REFUSALS,
		to: () => '/people/duplicates?done=people_told_apart'
	})
};
