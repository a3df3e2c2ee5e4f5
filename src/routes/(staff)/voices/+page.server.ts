import { getSection, listCentres } from '#lib/features/centres/queries.server.ts';
import { listResults, MOST_LISTED } from '#lib/features/feedback/queries.server.ts';
import { afterTheWord, formsOf, headlinesOf } from '#lib/features/feedback/said.rules.ts';
import type { ShownResults, Whose } from '#lib/features/feedback/types.ts';
import { listWaiting } from '#lib/features/feedback/vouching.commands.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const { locale, now } = locals;
	const ctx = ctxOf(locals);
	const results = (await listResults(ctx, locale)).map(afterTheWord);
	const centres = new Map((await listCentres(ctx, locale)).map(({ id, name }) => [id, name]));
	const today = dateIn((await getSection(ctx, locale)).zone, now);
	const centreOf = (centreId: string) =>
		centres.size > 1 ? (centres.get(centreId) ?? null) : null;
	const listOf = (whose: Whose) =>
		results.filter(({ asked }) => asked.includes(whose)).map((one) => asLine(one, whose));
	const asLine = (one: ShownResults, whose: Whose) => ({
		...one,
		centre: centreOf(one.session.centreId),
		forms: formsOf(one, whose).map((result) => ({ form: result.form, items: headlinesOf(result) }))
	});
	return {
		mostListed: results.length < MOST_LISTED ? null : MOST_LISTED,
		waiting: (await listWaiting(ctx, { today }, locale)).map((one) => ({
			...one,
			centre: centreOf(one.session.centreId),
			once: crypto.randomUUID()
		})),
		children: listOf('children'),
		adults: listOf('adults')
	};
};
