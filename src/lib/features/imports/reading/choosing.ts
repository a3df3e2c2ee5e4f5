import type { z } from 'zod';
import type { columnsForm } from '../forms.ts';
import type { Choices } from './setup.ts';
import {
	USES,
	type FoundSex,
	type ImportKind,
	type Meaning,
	type Setup,
	type Use
} from '../types.ts';

type Chosen = z.output<typeof columnsForm>;

/**
 * What is known of a file after a person chose: read again with their sheets, headers and order of dates.
 * Uses and meanings go to the columns and marks they were chosen for. `isNewShape` when the columns or
 * dates are others than those that were shown, `asksMore` when there is something to ask that the page did not.
 */
export function chosenIn(
	{ kind, setup: shown }: { kind: ImportKind; setup: Setup },
	chosen: Chosen,
	{ read, look }: { read: (choices: Choices) => Setup; look: (setup: Setup) => Setup }
): { setup: Setup; isNewShape: boolean; asksMore: boolean } {
	const all = shown.sheets.length === 1;
	const found = read({
		sheets: all ? null : chosen.sheet.map(Number),
		headerRows: chosen.headerRows ?? null,
		headerAt: chosen.headerAt === undefined ? null : chosen.headerAt - 1,
		dateOrder: chosen.dateOrder,
		year: chosen.year ?? null,
		calendar: chosen.calendar ?? shown.options.calendar,
		swapDates: chosen.swapDates === 'yes'
	});
	const uses = new Map(shown.columns.map(({ label }, at) => [label, chosen.use[at]]));
	const meanings = new Map(shown.marks.map(({ text }, at) => [text, chosen.mark[at]]));
	const sexes = new Map(shown.sexes.map(({ text }, at) => [text, chosen.sexWord?.[at]]));
	const used: Setup = {
		...found,
		columns: found.columns.map((column) => ({
			...column,
			use: lawful(kind, uses.get(column.label)) ?? column.use
		})),
		sheets: found.sheets.map((sheet, at) => ({
			...sheet,
			cohort: chosen.cohort[at] ?? shown.sheets[at]?.cohort ?? sheet.cohort
		})),
		options: {
			...found.options,
			listDate: chosen.listDate ?? null,
			ageDates: chosen.ageDates ?? null,
			hiddenRows: chosen.hiddenRows ?? shown.options.hiddenRows,
			encoding: chosen.encoding ?? shown.options.encoding,
			dateOrder: chosen.dateOrder,
			centreId: chosen.centre ?? null,
			sex: chosen.sex ?? null,
			birthYear: chosen.birthYear ?? null,
			startTime: chosen.startTime ?? shown.options.startTime,
			minutes: chosen.minutes ?? shown.options.minutes,
			maybe: null
		}
	};
	const looked = look(used);
	const setup: Setup = {
		...looked,
		marks: looked.marks.map((mark) => ({
			...mark,
			meaning: chosenMeaning(meanings.get(mark.text), mark.meaning)
		})),
		sexes: looked.sexes.map((one) => ({ ...one, sex: chosenSex(sexes.get(one.text), one.sex) }))
	};
	return {
		setup,
		isNewShape: shapeOf(setup) !== shapeOf(shown),
		asksMore: asksMore(setup, shown)
	};
}

function lawful(kind: ImportKind, use: Use | undefined): Use | null {
	return use && (USES[kind] as readonly Use[]).includes(use) ? use : null;
}

/** Blank was chosen as such; what was not asked keeps its guess. */
function chosenMeaning(chosen: Meaning | '' | undefined, guess: Meaning | null): Meaning | null {
	return chosen === undefined ? guess : chosen === '' ? null : chosen;
}

function chosenSex(
	chosen: FoundSex['sex'] | '' | undefined,
	guess: FoundSex['sex']
): FoundSex['sex'] {
	return chosen === undefined ? guess : chosen === '' ? null : chosen;
}

function shapeOf({ sheets, columns }: Setup): string {
	return JSON.stringify([
		sheets.map(({ chosen, from, date, column }) => [chosen, from, date, column]),
		columns.map(({ label }) => label)
	]);
}

/** Whether there is anything to say about the file now that the page did not ask. */
function asksMore(setup: Setup, shown: Setup): boolean {
	const isNew = (texts: readonly { text: string }[], known: readonly { text: string }[]) =>
		texts.some(({ text }) => known.every((one) => one.text !== text));
	return (
		isNew(setup.marks, shown.marks) ||
		isNew(setup.sexes, shown.sexes) ||
		setup.found.calendars.length > shown.found.calendars.length ||
		setup.found.ageDates.length > shown.found.ageDates.length ||
		(setup.found.isOld && !shown.found.isOld)
	);
}
