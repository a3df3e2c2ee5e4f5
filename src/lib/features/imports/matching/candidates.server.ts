import { openName } from '#lib/features/people/queries.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import { guardiansOf } from './guardians.server.ts';
import type { JudgedPerson, KnownPerson } from './judged.ts';
import type { PersonRow } from '../reading/parsing.ts';

/** People who are here already and may be whom a row is about, by what they are found by. */
export type Candidates = Map<string, KnownPerson[]>;

/** A row with what it is found by. */
export type Keyed = {
	one: JudgedPerson;
	row: PersonRow;
	matchKey: string;
	nameKey: string | null;
	codeIndex: string | null;
};

/**
 * People who share a number or the sound of a name with any of the rows, by what they are found by; names
 * out of reach stay closed. Somebody's number goes on to whom they were merged into.
 */
export async function candidatesFor(ctx: Context, keyed: readonly Keyed[]): Promise<Candidates> {
	const names = [...new Set(keyed.flatMap(({ nameKey }) => nameKey ?? []))];
	const codes = [...new Set(keyed.flatMap(({ codeIndex }) => codeIndex ?? []))];
	const numbers = [...new Set(keyed.flatMap(({ row }) => row.person ?? []))];
	const known: Candidates = new Map();
	// a statement each: asked for all at once, SQLite goes through everybody instead of the indexes
	const named = await peopleBy(ctx, 'name_key', names);
	const numbered = await peopleBy(ctx, 'code_index', codes);
	const meant = await peopleBy(ctx, 'id', numbers);
	const rows = [...new Map([...named, ...numbered, ...meant].map((row) => [row.id, row])).values()];
	rows.sort((one, other) => (one.id < other.id ? -1 : 1));
	const byId = new Map<string, KnownPerson>();
	const knownAs = (row: Row<'person'>) => {
		const one = byId.get(row.id) ?? { ...asKnown(ctx, row), numbers: [row.id] };
		byId.set(row.id, one);
		return one;
	};
	for (const row of rows)
		if (row.merged_into === null)
			remember(known, [row.name_key, row.code_index, `person ${row.id}`], knownAs(row));
	for (const { merged, row } of await mergedInto(ctx, rows)) {
		const kept = knownAs(row);
		kept.numbers?.push(merged.id);
		const alias = { ...asKnown(ctx, merged), id: row.id, isInReach: kept.isInReach, isAlias: true };
		remember(known, [merged.name_key], kept);
		remember(known, [merged.name_key], alias);
		remember(known, [`person ${merged.id}`], kept);
		if (merged.code_index)
			remember(known, [merged.code_index], { ...kept, codeIndex: merged.code_index });
	}
	await addGuardiansOf(ctx, keyed, byId);
	return known;
}

/** Who looks after candidates, where rows say who does: it tells cousins of one name apart. */
async function addGuardiansOf(
	ctx: Context,
	keyed: readonly Keyed[],
	byId: ReadonlyMap<string, KnownPerson>
): Promise<void> {
	if (!keyed.some(({ row }) => row.guardian)) return;
	const ids = [...byId.values()].flatMap(({ id, isInReach }) => (isInReach ? [id] : []));
	const guardians = await guardiansOf(ctx, ids);
	for (const person of byId.values()) person.guardians = guardians.get(person.id) ?? [];
}

async function peopleBy(
	ctx: Context,
	column: 'name_key' | 'code_index' | 'id',
	values: readonly string[]
): Promise<Row<'person'>[]> {
	if (values.length === 0) return [];
	return ctx.db
		.selectFrom('person')
		.selectAll()
		.where('section_id', '=', ctx.scope.sectionId)
		.where(column, 'in', values)
		.execute();
}

/** Those of these people who were merged, each with whom they are now. */
async function mergedInto(
	ctx: Context,
	rows: readonly Row<'person'>[]
): Promise<{ merged: Row<'person'>; row: Row<'person'> }[]> {
	let links = rows.flatMap((merged) =>
		merged.merged_into ? [{ merged, id: merged.merged_into }] : []
	);
	const found: { merged: Row<'person'>; row: Row<'person'> }[] = [];
	while (links.length > 0) {
		const kept = await peopleBy(
			ctx,
			'id',
			links.map(({ id }) => id)
		);
		const byId = new Map(kept.map((row) => [row.id, row]));
		const next: typeof links = [];
		for (const { merged, id } of links) {
			const row = byId.get(id);
			if (row?.merged_into) next.push({ merged, id: row.merged_into });
			else if (row) found.push({ merged, row });
		}
		links = next;
	}
	return found;
}

function asKnown({ ring, scope }: Context, row: Row<'person'>): KnownPerson {
	const isInReach = scope.centreIds === null || scope.centreIds.includes(row.centre_id);
	return {
		id: row.id,
		isInReach,
		centreId: row.centre_id,
		name: isInReach ? openName(ring, row.id, row.name_sealed) : '',
		sex: row.sex,
		birthYear: row.birth_year,
		birthMonth: row.birth_month,
		isFromAge: row.birth_year_from_age === 1,
		codeIndex: row.code_index,
		population_group: row.population_group,
		language: row.language
	};
}

/** Those a row is found by: by name, own number or Halqa's number. */
export function candidatesOf(known: Candidates, { row, nameKey, codeIndex }: Keyed): KnownPerson[] {
	const keys = [nameKey, codeIndex, row.person && `person ${row.person}`];
	const all = keys.flatMap((key) => (key ? (known.get(key) ?? []) : []));
	return [...new Set(all)];
}

/** Lets somebody be found by further keys. */
export function remember(
	known: Candidates,
	keys: readonly (string | null)[],
	person: KnownPerson
): void {
	for (const key of keys) if (key) known.set(key, [...(known.get(key) ?? []), person]);
}
