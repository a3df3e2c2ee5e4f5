import type { Frozen } from '#lib/features/publishing/freezing.rules.ts';
import { codeOf, type Sheet } from '#lib/features/publishing/layouts.rules.ts';
import type { SheetCell } from '#lib/features/publishing/types.ts';
import { hidden, shown, type Seen } from './subtraction.ts';

/** What a published sheet tells somebody who knows which places and categories there are. */
export const EVERYBODY = { place: null, group: null, sex: null, age: null };

/** Atoms of a cell of any layout: every finest cell in it. */
export function atomsOf(
	fine: Sheet,
	cell: Omit<SheetCell, 'count' | 'isTotal'>,
	tags: readonly string[]
): string[] {
	return fine.places.flatMap((place) =>
		fine.categories.flatMap(({ group, sex, age }) => {
			const isIn =
				(!cell.place ||
					(cell.place.adm1 === place!.adm1 &&
						(cell.place.adm2 === null || cell.place.adm2 === place!.adm2))) &&
				(cell.group === null || cell.group === group) &&
				(cell.sex === null || cell.sex === sex) &&
				(cell.age === null || cell.age === age);
			return isIn ? tags.map((tag) => `${codeOf(place!)} ${group} ${sex} ${age} ${tag}`) : [];
		})
	);
}

/** What a published sheet tells: what it lists, and of what it does not list that it is nobody, or not shown. */
export function toldBy(
	fine: Sheet,
	sheet: Pick<Sheet, 'places' | 'categories'>,
	frozen: Frozen,
	tags: readonly string[]
): Seen[][] {
	const listed = new Map(frozen.cells.map((cell) => [labelOf(cell), cell.count]));
	const least = frozen.zerosHidden ? 0 : 1;
	const tell = (cell: Omit<SheetCell, 'count'>): Seen => {
		const label = labelOf(cell);
		const atoms = atomsOf(fine, cell, tags);
		const count = listed.get(label);
		if (count === null) return hidden(label, atoms, least);
		if (count !== undefined) return shown(label, atoms, count);
		return frozen.zerosHidden && !cell.isTotal ? hidden(label, atoms, 0) : shown(label, atoms, 0);
	};
	const { places, categories } = sheet;
	if (frozen.peopleCount === 0) return [[hidden('all', atomsOf(fine, EVERYBODY, tags), 0, 9)]];
	const rows = places.length > 1 ? places : [];
	return [
		places.flatMap((place) =>
			categories.map((category) => tell({ ...category, place, isTotal: false }))
		),
		rows.map((place) => tell({ ...EVERYBODY, place, isTotal: true })),
		rows.length > 0
			? categories.map((category) => tell({ ...category, place: null, isTotal: true }))
			: [],
		[tell({ ...EVERYBODY, isTotal: true })]
	];
}

function labelOf({ place, group, sex, age, isTotal }: Omit<SheetCell, 'count'>): string {
	return `${isTotal ? 'all' : 'cell'} ${place ? codeOf(place) : ''} ${group ?? ''} ${sex ?? ''} ${age ?? ''}`;
}
