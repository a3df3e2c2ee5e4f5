import { m } from '#lib/paraglide/messages.js';
import type { Column, Table, Value } from '#lib/platform/sheets/table.ts';
import type { ItemResult, SessionResults } from './types.ts';
import { formWords, itemWords, optionWords, silence } from './words.ts';

/** One line of the table: an option of an item, or an item that has no numbers to show. */
interface Line {
	date: string;
	centre: string;
	cohort: string;
	session: string;
	form: string;
	question: string;
	answer?: string;
	children?: number;
	/** 0 to 100, one decimal; only where shares may be shown. */
	percent?: number;
	answered?: number;
	skipped?: number;
	dontKnow?: number;
	notShown?: number;
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
	['children', m.voices_col_children],
	['percent', m.voices_col_percent],
	['answered', m.voices_col_answered],
	['skipped', m.voices_col_skipped],
	['dontKnow', m.voices_col_dont_know],
	['notShown', m.voices_col_not_shown],
	['note', m.voices_col_note]
];

const KINDS: Partial<Record<keyof Line, Column['kind']>> = {
	date: 'date',
	children: 'number',
	percent: 'percent',
	answered: 'number',
	skipped: 'number',
	dontKnow: 'number',
	notShown: 'number'
};

/** Results as a table, an option of an item per row; `centres`: names by id. Children's words are left out. */
export function resultsTable(
	results: readonly SessionResults[],
	centres: ReadonlyMap<string, string>
): Omit<Table, 'name'> {
	const lines = results.flatMap((one) => linesOf(one, centres.get(one.session.centreId) ?? ''));
	return {
		columns: COLUMNS.map(([key, header]) => ({ header: header(), kind: KINDS[key] ?? 'text' })),
		rows: lines.map((line) => COLUMNS.map(([key]): Value => line[key] ?? null))
	};
}

/** A session's results, item by item as the forms ask them. Items below the ladder are one line without a number. */
function linesOf({ session, forms }: SessionResults, centre: string): Line[] {
	return forms.flatMap(({ form, items }) =>
		items.flatMap((result) => {
			const of = {
				date: session.date,
				centre,
				cohort: session.cohort,
				session: m.session_nth({ position: session.position, title: session.title }),
				form: formWords(form),
				question: itemWords(result.item, form.band)
			};
			return answersOf(result).map((answers) => ({ ...of, ...answers }));
		})
	);
}

function answersOf(result: ItemResult): Partial<Line>[] {
	if (result.shown === 'words')
		return [
			{
				answered: result.answeredCount,
				skipped: result.skippedCount,
				note: m.voices_note_words()
			}
		];
	if (result.shown !== 'counts' && result.shown !== 'shares')
		return [{ note: silence(result.shown) ?? '' }];
	const { answeredCount, skippedCount, dontKnowCount, notShownCount, shown } = result;
	return result.options.map(({ option, count }) => ({
		answer: optionWords(option),
		children: count,
		...(shown === 'shares' && { percent: Math.round((1000 * count) / answeredCount) / 10 }),
		answered: answeredCount,
		skipped: skippedCount,
		dontKnow: dontKnowCount,
		notShown: notShownCount
	}));
}
