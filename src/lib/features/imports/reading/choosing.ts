import type { z } from 'zod';
import type { columnsForm } from '../forms.ts';
import type { Choices } from './setup.ts';
import { USES, type ImportKind, type Meaning, type Setup, type Use } from '../types.ts';

type Chosen = z.output<typeof columnsForm>;

/**
 * What is known of a file after a person chose: read again with their sheets, headers and order of dates.
 * Uses and meanings go to the columns and marks they were chosen for. `isNewShape` when the columns, dates
 * or marks are others than those that were shown.
 */
export function chosenIn(
	{ kind, setup: shown }: { kind: ImportKind; setup: Setup },
	chosen: Chosen,
	read: (choices: Choices) => Setup
): { setup: Setup; isNewShape: boolean } {
	const all = shown.sheets.length === 1;
	const found = read({
		sheets: all ? null : chosen.sheet.map(Number),
		headerRows: chosen.headerRows ?? null,
		dateOrder: chosen.dateOrder
	});
	const uses = new Map(shown.columns.map(({ label }, at) => [label, chosen.use[at]]));
	const meanings = new Map(shown.marks.map(({ text }, at) => [text, chosen.mark[at]]));
	const setup: Setup = {
		...found,
		columns: found.columns.map((column) => ({
			...column,
			use: lawful(kind, uses.get(column.label)) ?? column.use
		})),
		marks: found.marks.map((mark) => ({
			...mark,
			meaning: chosenMeaning(meanings.get(mark.text), mark.meaning)
		})),
		sheets: found.sheets.map((sheet, at) => ({
			...sheet,
			cohort: chosen.cohort[at] ?? shown.sheets[at]?.cohort ?? sheet.cohort
		})),
		options: {
			dateOrder: chosen.dateOrder,
			centreId: chosen.centre ?? null,
			sex: chosen.sex ?? null,
			birthYear: chosen.birthYear ?? null,
			startTime: chosen.startTime ?? shown.options.startTime,
			minutes: chosen.minutes ?? shown.options.minutes,
			maybe: null
		}
	};
	return { setup, isNewShape: shapeOf(setup) !== shapeOf(shown) };
}

function lawful(kind: ImportKind, use: Use | undefined): Use | null {
	return use && (USES[kind] as readonly Use[]).includes(use) ? use : null;
}

/** Blank was chosen as such; what was not asked keeps its guess. */
function chosenMeaning(chosen: Meaning | '' | undefined, guess: Meaning | null): Meaning | null {
	return chosen === undefined ? guess : chosen === '' ? null : chosen;
}

function shapeOf({ sheets, columns, marks }: Setup): string {
	return JSON.stringify([
		sheets.map(({ chosen, from, date, column }) => [chosen, from, date, column]),
		columns.map(({ label }) => label),
		marks.map(({ text }) => text)
	]);
}
