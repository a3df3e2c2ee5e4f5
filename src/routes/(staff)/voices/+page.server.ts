import { questionOf } from '#lib/features/asking/bank.rules.ts';
import { getSection, listCentres } from '#lib/features/centres/queries.server.ts';
import { listResults, MOST_LISTED } from '#lib/features/feedback/queries.server.ts';
import {
	afterTheWord,
	answersTo,
	formsOf,
	laddersOf,
	questionsAsked,
	shownOf,
	type SaidQuestion
} from '#lib/features/feedback/said.rules.ts';
import type { ShownResults, Whose } from '#lib/features/feedback/types.ts';
import { listWaiting } from '#lib/features/feedback/vouching.commands.server.ts';
import { itemTitle, itemWords } from '#lib/features/feedback/words.ts';
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
	const questions = questionsAsked(forms.flat());
	const question = shownOf(questions, wished);
	const answered = results.map(({ session, codeNumber }, at) => ({
		session: { id: session.id, codeNumber, cohort: session.cohort, date: session.date },
		answers: question === null ? [] : answersTo(question, forms[at]!)
	}));
	return {
		questions: questions.map(asTold),
		question: question && asTold(question),
		count: results.length,
		ladders: laddersOf(answered),
		results: results.slice(0, shown).map(({ forms: _, asked: __, ...one }, at) => ({
			...one,
			hasForms: forms[at]!.length > 0,
			centre: centreOf(one.session.centreId),
			answers: answered[at]!.answers
		}))
	};
}

function asTold({ key, item, form }: SaidQuestion) {
	const title = questionOf(item, form) ? itemWords(item, form.band, form.own) : itemTitle(item);
	return { key, title };
}
