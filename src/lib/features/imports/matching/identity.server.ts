import { nameWords } from '#lib/features/people/names.rules.ts';
import { codeIndexOf, nameKeysOf } from '#lib/features/people/name-keys.queries.server.ts';
import { openName } from '#lib/features/people/queries.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { blindIndex } from '#lib/platform/crypto/keyring.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import {
	leaveOut,
	type JudgedPerson,
	type KnownPerson,
	type PersonSet,
	type Subject
} from './judged.ts';
import { isSameName, matchPerson, type Match } from './matching.ts';
import type { PersonRow } from '../reading/parsing.ts';
import type { Import } from '../queries.server.ts';
import type { Verdict } from '../types.ts';

/** How far a step is: before anything is decided, or while it is written. */
export type Phase = 'checking' | 'running';

type Candidates = Map<string, KnownPerson[]>;

/**
 * Finds out whom each row is about: somebody further up in the file, somebody who is here, or somebody
 * new. Rows about one child share a subject. While checking, a possible duplicate is left as `maybe`;
 * while running it is what a person decided.
 */
export async function identify(
	ctx: Context,
	item: Import,
	rows: readonly JudgedPerson[],
	phase: Phase
): Promise<void> {
	const keyed = rows.flatMap((one) =>
		one.row ? [{ one, row: one.row, ...keysOf(ctx, item, one.row) }] : []
	);
	const known = await candidatesFor(ctx, keyed);
	const before = await earlierRows(ctx, item, keyed[0]?.one.waiting.position, {
		column: 'match_key',
		values: keyed.map(({ matchKey }) => matchKey)
	});
	const people = await earlierRows(ctx, item, keyed[0]?.one.waiting.position, {
		column: 'person_id',
		values: [...known.values()].flat().map(({ id }) => id)
	});
	const firsts = new Map<string, Subject>();
	const seen = new Map<string, Subject>();
	for (const [id, earlier] of people) {
		const subject = subjectOf(earlier, phase);
		if (subject.id) seen.set(id, subject);
	}
	const pending = new Map<string, Subject>();
	for (const { one, row, matchKey, nameKey, codeIndex } of keyed) {
		one.matchKey = matchKey;
		one.codeIndex = codeIndex;
		const first = firsts.get(matchKey);
		const earlier = before.get(matchKey);
		const keys = [nameKey, codeIndex].filter((key) => key !== null);
		if (first) repeat(one, first);
		else if (!earlier) match(one, row, { known, keys, seen, pending, phase, item });
		else if (phase === 'running' && earlier.personId === null) leaveOut(one, null);
		else repeat(one, subjectOf(earlier, phase));
		if (one.subject) firsts.set(matchKey, one.subject);
	}
}

function keysOf({ ring, scope }: Context, item: Import, row: PersonRow) {
	const codeIndex = row.number && codeIndexOf(ring, scope.sectionId, row.number);
	const { name, sex, birthYear, centreId } = row;
	const who = codeIndex ?? [nameWords(name).join(' '), sex, birthYear, centreId].join('|');
	return {
		codeIndex: codeIndex || null,
		nameKey: nameKeysOf(ring, scope.sectionId, name).whole,
		matchKey: blindIndex(ring, `import ${item.id}`, who).slice(0, 22)
	};
}

interface Earlier {
	verdict: Verdict | null;
	personId: string | null;
}

/** Rows further up, of earlier steps, by one of the two things that tell whom they are about; the first of each. */
async function earlierRows(
	ctx: Context,
	{ id }: Import,
	first: number | undefined,
	{ column, values }: { column: 'match_key' | 'person_id'; values: readonly string[] }
): Promise<Map<string, Earlier>> {
	const found = new Map<string, Earlier>();
	if (!first || values.length === 0) return found;
	const rows = await ctx.db
		.selectFrom('import_row')
		.select(['position', 'match_key', 'person_id', 'verdict'])
		.where(column, 'in', [...new Set(values)])
		// Not as a column of its own: SQLite would read the whole list by it, for every step.
		.where((eb) => eb(eb.fn.coalesce('import_id', 'import_id'), '=', id))
		.where('verdict', '<>', 'out')
		.execute();
	const earlier = rows.filter(({ position }) => position < first);
	for (const row of earlier.sort((one, other) => one.position - other.position)) {
		const key = row[column]!;
		if (!found.has(key)) found.set(key, { verdict: row.verdict, personId: row.person_id });
	}
	return found;
}

/** While checking, the one who is not decided yet is nobody. */
function subjectOf({ verdict, personId }: Earlier, phase: Phase): Subject {
	const isSure = phase === 'running' || verdict !== 'maybe';
	return { id: isSure ? personId : null, known: null };
}

function repeat(one: JudgedPerson, subject: Subject): void {
	one.isRepeat = true;
	one.verdict = 'repeat';
	one.subject = subject;
	one.personId = subject.id;
}

interface Among {
	known: Candidates;
	/** What candidates for the row are found by. */
	keys: readonly string[];
	/** Children rows further up are about, whatever they are found by, by person. */
	seen: Map<string, Subject>;
	/** New people of this step by the id they go by until they are written. */
	pending: Map<string, Subject>;
	phase: Phase;
	item: Import;
}

function match(one: JudgedPerson, row: PersonRow, among: Among): void {
	const { known, keys, seen, pending } = among;
	const candidates = candidatesOf(known, keys);
	const found = settled(one, row, candidates, among);
	switch (found.verdict) {
		case 'out':
			return leaveOut(one, null);
		case 'undecided':
			return leaveOut(one, { column: null, code: 'undecided' });
		case 'taken':
			return leaveOut(one, { column: null, code: 'number_taken' });
		case 'maybe':
			one.verdict = 'maybe';
			one.personId = found.id;
			return;
		case 'new':
			return beNew(one, row, candidates, among);
	}
	const twin = pending.get(found.id) ?? seen.get(found.id);
	if (twin) return repeat(one, twin);
	const person = candidates.find(({ id }) => id === found.id)!;
	one.verdict = 'same';
	one.personId = person.id;
	one.subject = { id: person.id, known: person };
	seen.set(person.id, one.subject);
	one.set = changesTo(person, row, one.codeIndex);
	// rows further down meet them as they are to be, in this step as in the next
	Object.assign(person, {
		name: one.set.name ?? person.name,
		sex: one.set.sex ?? person.sex,
		birthYear: one.set.birth_year ?? person.birthYear,
		codeIndex: one.set.code === undefined ? person.codeIndex : one.codeIndex
	} satisfies Partial<KnownPerson>);
	remember(known, keys, person);
}

function beNew(
	one: JudgedPerson,
	row: PersonRow,
	candidates: readonly KnownPerson[],
	{ known, keys, pending }: Among
): void {
	const { sex, birthYear, number } = row;
	if (number && candidates.some(({ codeIndex }) => codeIndex === one.codeIndex))
		return leaveOut(one, { column: null, code: 'number_taken' });
	if (sex === null) return leaveOut(one, { column: null, code: 'sex_missing' });
	if (birthYear === null) return leaveOut(one, { column: null, code: 'birth_missing' });
	one.subject = { id: null, known: null };
	const id = `row ${one.waiting.position}`;
	pending.set(id, one.subject);
	remember(known, keys, {
		...{ id, isInReach: true, centreId: row.centreId, name: row.name, sex, birthYear },
		...{ codeIndex: one.codeIndex, population_group: row.group, language: row.language }
	});
}

type Settled = Match | { verdict: 'out' } | { verdict: 'undecided' };

/** Whom a row is about once a person's decision counts. */
function settled(
	{ waiting, codeIndex }: JudgedPerson,
	row: PersonRow,
	candidates: readonly KnownPerson[],
	{ pending, phase, item }: Among
): Settled {
	const first = matchPerson(row, codeIndex, candidates);
	if (first.verdict !== 'maybe') return first;
	// what a person decides about is somebody who is here, not a row further up
	const here = candidates.filter(({ id }) => !pending.has(id));
	const found = pending.has(first.id) ? matchPerson(row, codeIndex, here) : first;
	if (found.verdict !== 'maybe' || phase === 'checking') return found;
	if (waiting.verdict === 'new' || waiting.verdict === 'repeat') return { verdict: 'new' };
	const decision =
		waiting.verdict === 'maybe' ? (waiting.decision ?? item.setup.options.maybe) : 'same';
	if (decision === 'new' || decision === 'out') return { verdict: decision };
	const { personId } = waiting;
	const isThere = here.some(({ id, isInReach }) => id === personId && isInReach);
	return decision === 'same' && personId && isThere
		? { verdict: 'same', id: personId }
		: { verdict: 'undecided' };
}

function candidatesOf(known: Candidates, keys: readonly string[]): KnownPerson[] {
	const all = keys.flatMap((key) => known.get(key) ?? []);
	return [...new Map(all.map((person) => [person.id, person])).values()];
}

function remember(known: Candidates, keys: readonly (string | null)[], person: KnownPerson): void {
	for (const key of keys) if (key) known.set(key, [...(known.get(key) ?? []), person]);
}

/**
 * What a row says otherwise; a blank says nothing. Who has a number is known by it from then on, and takes the
 * name that stands beside it.
 */
function changesTo(person: KnownPerson, row: PersonRow, codeIndex: string | null): PersonSet {
	const { sex, birthYear, group, language, number } = row;
	return {
		...(number !== null && !isSameName(row.name, person.name) && { name: row.name }),
		...(sex !== null && sex !== person.sex && { sex }),
		...(birthYear !== null && birthYear !== person.birthYear && { birth_year: birthYear }),
		...(group !== null && group !== person.population_group && { population_group: group }),
		...(language !== null && language !== person.language && { language }),
		...(number !== null && codeIndex !== person.codeIndex && { code: number })
	};
}

/**
 * People who share a number or the sound of a name with any of the rows, by what they are found by; names
 * out of reach stay closed. Somebody's number goes on to whom they were merged into.
 */
async function candidatesFor(
	ctx: Context,
	keyed: readonly { nameKey: string | null; codeIndex: string | null }[]
): Promise<Candidates> {
	const names = [...new Set(keyed.flatMap(({ nameKey }) => nameKey ?? []))];
	const codes = [...new Set(keyed.flatMap(({ codeIndex }) => codeIndex ?? []))];
	const known: Candidates = new Map();
	// two statements: asked for both at once, SQLite goes through everybody instead of the two indexes
	const named = await peopleBy(ctx, 'name_key', names);
	const numbered = await peopleBy(ctx, 'code_index', codes);
	const all = [...named.filter(({ merged_into }) => merged_into === null), ...numbered];
	const rows = [...new Map(all.map((row) => [row.id, row])).values()];
	rows.sort((one, other) => (one.id < other.id ? -1 : 1));
	for (const row of rows)
		if (row.merged_into === null)
			remember(known, [row.name_key, row.code_index], asKnown(ctx, row));
	for (const { number, row } of await mergedInto(ctx, rows))
		remember(known, [number], { ...asKnown(ctx, row), codeIndex: number });
	return known;
}

async function peopleBy(
	ctx: Context,
	column: 'name_key' | 'code_index',
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

async function mergedInto(
	ctx: Context,
	rows: readonly Row<'person'>[]
): Promise<{ number: string; row: Row<'person'> }[]> {
	let links = rows.flatMap(({ code_index, merged_into }) =>
		merged_into ? [{ number: code_index!, id: merged_into }] : []
	);
	const found: { number: string; row: Row<'person'> }[] = [];
	while (links.length > 0) {
		const kept = await ctx.db
			.selectFrom('person')
			.selectAll()
			.where('section_id', '=', ctx.scope.sectionId)
			.where(
				'id',
				'in',
				links.map(({ id }) => id)
			)
			.execute();
		const byId = new Map(kept.map((row) => [row.id, row]));
		const next: typeof links = [];
		for (const { number, id } of links) {
			const row = byId.get(id);
			if (row?.merged_into) next.push({ number, id: row.merged_into });
			else if (row) found.push({ number, row });
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
		codeIndex: row.code_index,
		population_group: row.population_group,
		language: row.language
	};
}
