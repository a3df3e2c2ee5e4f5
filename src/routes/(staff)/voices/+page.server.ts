import { getSection, listCentres } from '#lib/features/centres/queries.server.ts';
import { listResults, MOST_LISTED } from '#lib/features/feedback/queries.server.ts';
import {
	afterTheWord,
	answersTo,
	formsOf,
	itemsAsked,
	laddersOf,
	shownOf
} from '#lib/features/feedback/said.rules.ts';
import type { ShownResults, Whose } from '#lib/features/feedback/types.ts';
import { listWaiting } from '#lib/features/feedback/vouching.commands.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import type { PageServerLoad } from './$types';

/** Sessions shown before somebody asks for more, and with every *more*. */
const STEP = 8;

/** One question over the sessions of a centre or of all, each session for itself. */
export const load: PageServerLoad = async ({ locals, url }) => {
	const { locale, now } = locals;
	const ctx = ctxOf(locals);
	const asked = (name: string) => url.searchParams.get(name) ?? undefined;
	const centres = (await listCentres(ctx, locale)).map(({ id, name }) => ({ id, name }));
	const centre = centres.find(({ id }) => id === asked('centre'))?.id;
	const results = (await listResults(ctx, { centreId: centre }, locale)).map(afterTheWord);
	const today = dateIn((await getSection(ctx, locale)).zone, now);
	const centreOf = (centreId: string) =>
		centres.length > 1 ? (centres.find(({ id }) => id === centreId)?.name ?? null) : null;
	const shown = Number(asked('shown')) || STEP;
	const listOf = (whose: Whose) => {
		const of = results.filter(({ asked }) => asked.includes(whose));
		/** They stand above, to say how many answered first. */
		const waitingCount = of.filter(({ isFirst }) => isFirst).length;
		const open = of.filter(({ isFirst }) => !isFirst);
		const list = oneQuestion(open, whose, { wished: asked('question'), shown, centreOf });
		return { ...list, whose, waitingCount };
	};
	return {
		centres,
		centre,
		shown,
		step: STEP,
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

/** One question of the children, or of the adults: the ladder of all sessions, and the newest of them. */
function oneQuestion(
	results: readonly ShownResults[],
	whose: Whose,
	{
		wished,
		shown,
		centreOf
	}: { wished: string | undefined; shown: number; centreOf: (id: string) => string | null }
) {
	const forms = results.map((one) => formsOf(one, whose));
	const items = itemsAsked(forms.flat());
	const item = shownOf(items, wished);
	const answered = results.map(({ session, codeNumber }, at) => ({
		session: { id: session.id, codeNumber, cohort: session.cohort, date: session.date },
		answers: item === null ? [] : answersTo(item, forms[at]!)
	}));
	return {
		items,
		item,
		count: results.length,
		ladders: item === null ? [] : laddersOf(answered, item),
		results: results.slice(0, shown).map(({ forms: _, asked: __, ...one }, at) => ({
			...one,
			hasForms: forms[at]!.length > 0,
			centre: centreOf(one.session.centreId),
			answers: answered[at]!.answers
		}))
	};
}
