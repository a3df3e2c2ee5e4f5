import type { Context } from '#lib/platform/command/context.ts';
import type { Row, Sex } from '#lib/platform/db/schema.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import { openName } from '#lib/features/people/queries.server.ts';
import { parseRow, type CohortRow, type PersonRow, type Places } from './reading/parsing.ts';
import { asWaiting, placesOf, type Import, type WaitingRow } from './queries.server.ts';
import type { Decision, Problem, Verdict } from './types.ts';

/** Somebody a row is about, or may be: here already, or in a row further up. */
export interface KnownHere {
	name: string;
	sex: Sex | null;
	birthYear: number | null;
	/** null for somebody of the list itself, who stands in `row`. */
	centre: string | null;
	row: number | null;
}

/** A row as it was understood, beside the person it may be. */
export interface MaybeRow {
	position: number;
	address: string;
	row: PersonRow;
	decision: Decision | null;
	known: KnownHere;
}

/** A row of a verdict: what stands in it, what is wrong, and whom it is about. */
export interface JudgedRow {
	position: number;
	/** As the file numbers it. */
	number: number;
	sheet: number;
	/** As the file has them, from column A. */
	cells: WaitingRow['cells'];
	/** null for a row that is left out before it is understood. */
	row: PersonRow | CohortRow | null;
	problems: Problem[];
	known: KnownHere | null;
}

/** Rows that may be someone who is here already, or in a row further up, from the one after `after`. */
export async function listMaybes(
	ctx: Context,
	item: Import,
	{ most, locale, after }: { most: number; locale: Locale; after: number }
): Promise<MaybeRow[]> {
	const rows = await rowsOf(ctx, item, { verdict: 'maybe', most, after });
	const read = await readRows(ctx, item, rows, locale);
	return read.flatMap(({ position, number, row, known }, at) =>
		row?.kind === 'person' && known
			? [{ position, address: String(number), row, known, decision: rows[at]!.decision }]
			: []
	);
}

/** Rows of one verdict with what became of them and why, from the one after `after`. */
export async function listRows(
	ctx: Context,
	item: Import,
	{
		verdict,
		most,
		after,
		locale
	}: { verdict: Verdict; most: number; after: number; locale: Locale }
): Promise<JudgedRow[]> {
	return readRows(ctx, item, await rowsOf(ctx, item, { verdict, most, after }), locale);
}

async function rowsOf(
	ctx: Context,
	{ id }: Import,
	{ verdict, most, after }: { verdict: Verdict; most: number; after: number }
): Promise<Row<'import_row'>[]> {
	return ctx.db
		.selectFrom('import_row')
		.selectAll()
		.where('import_id', '=', id)
		.where('section_id', '=', ctx.scope.sectionId)
		.where('verdict', '=', verdict)
		.where('position', '>', after)
		.orderBy('position')
		.limit(most)
		.execute();
}

async function readRows(
	ctx: Context,
	item: Import,
	rows: readonly Row<'import_row'>[],
	locale: Locale
): Promise<JudgedRow[]> {
	const places = await placesOf(ctx);
	const people = await peopleOf(ctx, rows, locale);
	const twins = await twinsOf(ctx, item, { rows, places });
	return rows.map((stored) => {
		const waiting = asWaiting(ctx.ring, stored);
		const { row } = parsed(item, waiting, places);
		const known =
			stored.twin_position === null
				? people.get(stored.person_id ?? '')
				: twins.get(stored.twin_position);
		return {
			...{ position: waiting.position, number: waiting.rowNumber + 1, sheet: waiting.sheet },
			...{ cells: waiting.cells, row, known: known ?? null },
			problems: stored.problems ? (JSON.parse(stored.problems) as Problem[]) : []
		};
	});
}

function parsed(item: Import, waiting: WaitingRow, places: Places) {
	const { kind, setup } = item;
	return parseRow(kind, setup, setup.sheets[waiting.sheet]!, waiting.cells, places);
}

/** The people within reach rows are about, by id. */
async function peopleOf(
	ctx: Context,
	rows: readonly Row<'import_row'>[],
	locale: Locale
): Promise<Map<string, KnownHere>> {
	const ids = rows.flatMap(({ person_id }) => person_id ?? []);
	if (ids.length === 0) return new Map();
	const people = await ctx.db
		.selectFrom('person')
		.innerJoin('centre', 'centre.id', 'person.centre_id')
		.select(['person.id', 'person.name_sealed', 'person.sex', 'person.birth_year'])
		.select('centre.name_texts as centre')
		.where('person.section_id', '=', ctx.scope.sectionId)
		.where('person.id', 'in', ids)
		.$if(ctx.scope.centreIds !== null, (query) =>
			query.where('person.centre_id', 'in', ctx.scope.centreIds!)
		)
		.execute();
	return new Map(
		people.map(({ id, name_sealed, sex, birth_year, centre }) => [
			id,
			{
				name: openName(ctx.ring, id, name_sealed),
				...{ sex, birthYear: birth_year, centre: textIn(centre, locale), row: null }
			}
		])
	);
}

/** The rows further up that these are repeats of, or may be, by position. */
async function twinsOf(
	ctx: Context,
	item: Import,
	{ rows, places }: { rows: readonly Row<'import_row'>[]; places: Places }
): Promise<Map<number, KnownHere>> {
	const positions = rows.flatMap(({ twin_position }) => twin_position ?? []);
	if (positions.length === 0) return new Map();
	const twins = await ctx.db
		.selectFrom('import_row')
		.selectAll()
		.where('import_id', '=', item.id)
		.where('section_id', '=', ctx.scope.sectionId)
		.where('position', 'in', [...new Set(positions)])
		.execute();
	return new Map(
		twins.flatMap((twin) => {
			const waiting = asWaiting(ctx.ring, twin);
			const { row } = parsed(item, waiting, places);
			if (row?.kind !== 'person') return [];
			const { name, sex, birthYear } = row;
			const known = { name, sex, birthYear, centre: null, row: waiting.rowNumber + 1 };
			return [[waiting.position, known] as const];
		})
	);
}
