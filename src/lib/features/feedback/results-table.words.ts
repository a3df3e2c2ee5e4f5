import { m } from '#lib/paraglide/messages.js';
import { nthWords } from '#lib/features/sessions/words.ts';
import type { Column, Table, Value } from '#lib/platform/sheets/table.ts';
import type { Form } from '#lib/features/asking/bank.rules.ts';
import { formsOf, manySkipped } from './said.rules.ts';
import type { ItemResult, ShownResults, Whose } from './types.ts';
import { emptyWords, formWords, itemWords, optionWords, silence, splitWords } from './words.ts';

/** One line of the table: an option of an item, or an item that has no numbers to show. */
interface Line {
	date: string;
	centre: string;
	cohort: string;
	session: string;
	form: string;
	question: string;
	answer?: string;
	/** How many gave this answer. */
	count?: number;
	/** 0 to 100, one decimal; only where shares may be shown. */
	percent?: number;
	answered?: number;
	skipped?: number;
	dontKnow?: number;
	notShown?: number;
	/** Whether somebody who did not run the session has said how many answered. */
	vouched?: string;
	note?: string;
}

/** Columns in order with their headings. */
const COLUMNS: readonly (readonly [keyof Line, () => string])[] = [
	['date', m.voices_col_date],
	['centre', m.word_centre],
	['cohort', m.word_cohort],
	['session', m.voices_col_session],
	['form', m.voices_col_form],
	['question', m.voices_col_question],
	['answer', m.voices_col_answer],
	['count', m.voices_col_children],
	['percent', m.voices_col_percent],
	['answered', m.voices_col_answered],
	['skipped', m.voices_col_skipped],
	['dontKnow', m.voices_col_dont_know],
	['notShown', m.voices_col_not_shown],
	['vouched', m.voices_col_vouched],
	['note', m.voices_col_note]
];

const KINDS: Partial<Record<keyof Line, Column['kind']>> = {
	date: 'date',
	count: 'number',
	percent: 'percent',
	answered: 'number',
	skipped: 'number',
	dontKnow: 'number',
	notShown: 'number'
};

/** Results as a table, an option of an item per row; `centres`: names by id. What people wrote is left out. */
export function resultsTable(
	results: readonly ShownResults[],
	whose: Whose,
	centres: ReadonlyMap<string, string>
): Omit<Table, 'name'> {
	const lines = results.flatMap((one) =>
		linesOf(one, whose, centres.get(one.session.centreId) ?? '')
	);
	const people = whose === 'children' ? m.voices_col_children : m.voices_col_people;
	return {
		columns: COLUMNS.map(([key, header]) => ({
			header: key === 'count' ? people() : header(),
			kind: KINDS[key] ?? 'text'
		})),
		rows: lines.map((line) => COLUMNS.map(([key]): Value => line[key] ?? null))
	};
}

/**
 * A session's results, item by item as the forms ask them. Items below the ladder are one line without a
 * number, and so is a session of which nothing is shown.
 */
function linesOf(results: ShownResults, whose: Whose, centre: string): Line[] {
	const { session, vouch, asked } = results;
	const about = {
		date: session.date,
		centre,
		cohort: session.cohort,
		session: nthWords(session)
	};
	const forms = formsOf(results, whose);
	if (forms.length === 0)
		return asked.includes(whose)
			? [{ ...about, form: '', question: '', note: emptyWords(results) }]
			: [];
	const isSaid = vouch.state === 'said';
	return forms.flatMap(({ form, items }) =>
		items.flatMap((result) => {
			const of = {
				...about,
				form: formWords(form),
				question: itemWords(result.item, form.band, form.own)
			};
			return answersOf(result, form).map((answers) => ({
				...of,
				...answers,
				...withNote(answers.note, manySkipped(result) && m.voices_many_skipped()),
				vouched: isSaid ? m.voices_vouched_yes() : m.voices_vouched_no()
			}));
		})
	);
}

/** What the page warns of stands in the file too. */
function withNote(...notes: (string | false | undefined)[]): Partial<Line> {
	const said = notes.filter(Boolean).join(' ');
	return said ? { note: said } : {};
}

function answersOf(result: ItemResult, { own }: Form): Partial<Line>[] {
	if (result.shown === 'words')
		return [
			{
				answered: result.answeredCount,
				skipped: result.skippedCount,
				note: m.voices_note_words()
			}
		];
	if (result.shown === 'split')
		return [
			{ answer: splitWords(result.options, result.item, own), count: result.chosenCount },
			{ answer: m.voices_split_rest(), count: result.restCount }
		];
	if (result.shown !== 'counts' && result.shown !== 'shares')
		return [{ note: silence(result, own) ?? '' }];
	const { answeredCount, skippedCount, dontKnowCount, notShownCount, shown } = result;
	return result.options.map(({ option, count }) => ({
		answer: optionWords(option, result.item, own),
		count,
		...(shown === 'shares' && { percent: Math.round((1000 * count) / answeredCount) / 10 }),
		answered: answeredCount,
		skipped: skippedCount,
		dontKnow: dontKnowCount,
		notShown: notShownCount
	}));
}
