import {
	BANDS,
	BANK_ITEMS,
	optionsOf,
	questionOf,
	type Band,
	type Form,
	type Item,
	type Option
} from '#lib/features/asking/bank.rules.ts';
import type { FormResult, ItemResult, SessionResults, ShownResults, Whose } from './types.ts';

/** What a list shows unless another question is chosen: every form asks it. */
const FIRST_SHOWN: Item = 'safe';
/** Above this share of skips an item, not who answered, needs work (`domain.md` 2.4). */
const MOST_SKIPPED = 0.3;

/**
 * Results as their reader gets them, in a list, on a page or in a file: who is asked how many answered could
 * read it off the answers, and says it before.
 */
export function afterTheWord(results: SessionResults): ShownResults {
	const { vouch, forms } = results;
	const isFirst = vouch.state === 'open' && vouch.isAsked && forms.length > 0;
	return { ...results, isFirst, forms: isFirst ? [] : forms };
}

/** The results of the children, or of the adults, who answered after a session. */
export function formsOf({ forms }: Pick<SessionResults, 'forms'>, whose: Whose): FormResult[] {
	return forms.filter(({ form }) => (form.band === 'adult') === (whose === 'adults'));
}

/** A question over many sessions, with a form that asks it. A section's own is one of a single version: others are never beside it. */
export interface SaidQuestion {
	key: string;
	item: Item;
	form: Form;
}

function keyOf(item: Item, form: Form): string {
	return questionOf(item, form) ? `${form.askedId} ${item}` : item;
}

/** The questions that any of these forms asked: of the bank in its order, then a section's own, newest first. */
export function questionsAsked(forms: readonly FormResult[]): SaidQuestion[] {
	const asked = forms.flatMap(({ form, items }) =>
		items.map(({ item }) => ({ key: keyOf(item, form), item, form }))
	);
	const each = [...new Map(asked.toReversed().map((one) => [one.key, one])).values()].reverse();
	const bank = BANK_ITEMS.flatMap((item) => each.filter(({ key }) => key === item));
	return [...bank, ...each.filter(({ form, item }) => questionOf(item, form))];
}

/** The question a list shows: the one wished for if it was asked, else the one every form asks; null where none was. */
export function shownOf(
	asked: readonly SaidQuestion[],
	wished: string | undefined
): SaidQuestion | null {
	return (
		asked.find(({ key }) => key === wished) ??
		asked.find(({ key }) => key === FIRST_SHOWN) ??
		asked[0] ??
		null
	);
}

/** Of each form the result of one question; forms that do not ask it are left out. */
export function answersTo(
	{ key }: Pick<SaidQuestion, 'key'>,
	forms: readonly FormResult[]
): OneAnswer[] {
	return forms.flatMap(({ form, items }) => {
		const result = items.find((one) => keyOf(one.item, form) === key);
		return result ? [{ form, result }] : [];
	});
}

/** One question of one form after one session. */
export interface OneAnswer {
	form: FormResult['form'];
	result: ItemResult;
}

/** A scale, and on each of its rungs the sessions whose middle answer it is, in the order given. */
export interface Ladder<Session> {
	bands: Band[];
	rungs: { option: Option; sessions: Session[] }[];
	/** Sessions that were asked and stand on no rung: too few answered for a middle answer to be told. */
	withoutCount: number;
}

/**
 * Sessions on the rungs of each scale their question has, youngest first: each stands by itself on the middle answer its own
 * results show, and on none where they show none. Nothing is added up over sessions.
 */
export function laddersOf<Session>(
	sessions: readonly { session: Session; answers: readonly OneAnswer[] }[]
): Ladder<Session>[] {
	const asked = sessions.flatMap(({ session, answers }) =>
		answers.map(({ form, result }) => ({
			session,
			band: form.band,
			options: optionsOf(result.item, form),
			result
		}))
	);
	const ordered = asked.filter(
		({ options, result }) => options && result.shown !== 'hidden' && result.shown !== 'split'
	);
	const scales = Map.groupBy(ordered, ({ options }) => [...options!].sort().join());
	return [...scales.values()]
		.map((of) => ({
			bands: [...new Set(of.map(({ band }) => band))],
			rungs: of[0]!.options!.map((option) => ({
				option,
				sessions: of
					.filter(({ result }) => middleOf(result) === option)
					.map(({ session }) => session)
			})),
			withoutCount: of.filter(({ result }) => middleOf(result) === null).length
		}))
		.filter(({ rungs }) => rungs.some((rung) => rung.sessions.length > 0))
		.sort((a, b) => BANDS.indexOf(a.bands[0]!) - BANDS.indexOf(b.bands[0]!));
}

function middleOf(result: ItemResult): Option | null {
	return result.shown === 'shares' ? result.median : null;
}

/** Whether so many skipped an item that its wording should be looked at; false where the counts are not shown. */
export function manySkipped(result: ItemResult): boolean {
	if (result.shown !== 'counts' && result.shown !== 'shares') return false;
	const { answeredCount, skippedCount, dontKnowCount } = result;
	return skippedCount > (answeredCount + skippedCount + dontKnowCount) * MOST_SKIPPED;
}
