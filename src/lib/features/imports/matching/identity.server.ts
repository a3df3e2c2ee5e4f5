import { namesAlike, wholeSound } from '#lib/features/people/names.rules.ts';
import { codeIndexOf, nameKeysOf } from '#lib/features/people/name-keys.queries.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { blindIndex } from '#lib/platform/crypto/keyring.ts';
import {
	leaveOut,
	type JudgedPerson,
	type KnownPerson,
	type PersonSet,
	type Subject
} from './judged.ts';
import {
	candidatesFor,
	candidatesOf,
	remember,
	type Candidates,
	type Keyed
} from './candidates.server.ts';
import { isSameName, matchPerson, matchRows, type Match } from './matching.ts';
import { parseRow, type PersonRow, type Places } from '../reading/parsing.ts';
import { asWaiting, type Import } from '../queries.server.ts';
import type { Verdict } from '../types.ts';

/** How far a step is: before anything is decided, or while it is written. */
export type Phase = 'checking' | 'running';

/** A row further up that is the first about its child, in this step or in an earlier one. */
interface Above {
	position: number;
	row: PersonRow;
	codeIndex: string | null;
	subject: Subject;
}

/**
 * Finds out whom each row is about: somebody further up in the file, somebody who is here, or somebody
 * new. Rows about one child share a subject. While checking, a possible duplicate is left as `maybe`;
 * while running it is what a person decided.
 */
export async function identify(
	ctx: Context,
	item: Import,
	rows: readonly JudgedPerson[],
	{ phase, places }: { phase: Phase; places: Places }
): Promise<void> {
	const keyed: Keyed[] = rows.flatMap((one) =>
		one.row ? [{ one, row: one.row, ...keysOf(ctx, item, one.row) }] : []
	);
	const first = keyed[0]?.one.waiting.position;
	const known = await candidatesFor(ctx, keyed);
	const above = await rowsAbove(ctx, item, { first, keyed, phase, places });
	const twins = phase === 'running' ? await twinsOf(ctx, item, first, keyed) : new Map();
	const seen = new Map<string, { subject: Subject; position: number }>();
	const ids = [...known.values()].flat().map(({ id }) => id);
	for (const [id, { position, ...earlier }] of await earlierRows(ctx, item, first, ids)) {
		const subject = subjectOf(earlier, phase);
		if (subject.id) seen.set(id, { subject, position });
	}
	for (const one of keyed) {
		one.one.matchKey = one.matchKey;
		one.one.codeIndex = one.codeIndex;
		identifyOne(one, { known, above, twins, seen, phase, item });
		const { subject, isRepeat, waiting } = one.one;
		if (subject) twins.set(waiting.position, subject);
		if (isRepeat || one.one.verdict === 'out') continue;
		const { row, codeIndex } = one;
		const entry = { position: waiting.position, row, codeIndex, subject: subject ?? NOBODY_YET() };
		above.set(one.matchKey, [...(above.get(one.matchKey) ?? []), entry]);
	}
}

/** Whom a row is about that nobody decided about yet. */
const NOBODY_YET = (): Subject => ({ id: null, known: null });

interface Among {
	known: Candidates;
	/** First rows of children further up, by `matchKey`. */
	above: Map<string, Above[]>;
	/** While running: whom rows further up turned out to be about, by position. */
	twins: Map<number, Subject>;
	/** Children rows further up are about, whatever they are found by, by person. */
	seen: Map<string, { subject: Subject; position: number }>;
	phase: Phase;
	item: Import;
}

function identifyOne(keyed: Keyed, among: Among): void {
	const { one, row, matchKey, codeIndex } = keyed;
	const { phase, twins } = among;
	const { verdict, twin } = one.waiting;
	if (phase === 'running' && twin !== null) {
		if (verdict === 'repeat') return repeatTwin(one, twins.get(twin), twin);
		if (verdict === 'maybe') return decideTwin(keyed, among, twin);
	}
	const rows = (among.above.get(matchKey) ?? []).map((above) => ({
		above,
		match: matchRows(row, codeIndex, above)
	}));
	const same = rows.find(({ match }) => match === 'same')?.above;
	if (same && phase === 'checking') return repeat(one, same.subject, same.position);
	match(keyed, among);
	const alike = rows.find(({ match }) => match === 'maybe')?.above;
	if (one.verdict !== 'new' || !alike || phase === 'running') return;
	one.verdict = 'maybe';
	one.subject = null;
	one.twin = alike.position;
}

/** A row that repeats one that was left out is left out with it. */
function repeatTwin(one: JudgedPerson, subject: Subject | undefined, twin: number): void {
	if (subject) repeat(one, subject, twin);
	else leaveOut(one, null);
}

/** What a person decided about a row that may be about the child of a row further up. */
function decideTwin(keyed: Keyed, among: Among, twin: number): void {
	const { one } = keyed;
	const decision = one.waiting.decision ?? among.item.setup.options.maybe;
	if (decision === 'same') repeatTwin(one, among.twins.get(twin), twin);
	else if (decision === 'new') beNew(one, keyed.row, candidatesOf(among.known, keyed));
	else leaveOut(one, decision === 'out' ? null : { column: null, code: 'undecided' });
}

function keysOf({ ring, scope }: Context, item: Import, row: PersonRow) {
	const codeIndex = row.number && codeIndexOf(ring, scope.sectionId, row.number);
	const who = row.name === '' ? `person ${row.person}` : wholeSound(row.name);
	return {
		codeIndex: codeIndex || null,
		nameKey: nameKeysOf(ring, scope.sectionId, row.name).whole,
		matchKey: blindIndex(ring, `import ${item.id}`, who).slice(0, 22)
	};
}

interface Earlier {
	verdict: Verdict | null;
	personId: string | null;
}

/** Rows further up, of earlier steps, that are about any of these people: the first of each, by person. */
async function earlierRows(
	ctx: Context,
	{ id }: Import,
	first: number | undefined,
	people: readonly string[]
): Promise<Map<string, Earlier & { position: number }>> {
	const found = new Map<string, Earlier & { position: number }>();
	if (!first || people.length === 0) return found;
	const rows = await ctx.db
		.selectFrom('import_row')
		.select(['position', 'person_id', 'verdict'])
		.where('person_id', 'in', [...new Set(people)])
		// Not as a column of its own: SQLite would read the whole list by it, for every step.
		.where((eb) => eb(eb.fn.coalesce('import_id', 'import_id'), '=', id))
		.where('verdict', '<>', 'out')
		.execute();
	const earlier = rows.filter(({ position }) => position < first);
	for (const row of earlier.sort((one, other) => one.position - other.position))
		if (!found.has(row.person_id!))
			found.set(row.person_id!, {
				...{ verdict: row.verdict, personId: row.person_id },
				position: row.position
			});
	return found;
}

/** The first rows of children of alike names in earlier steps, read again, by `matchKey`. */
async function rowsAbove(
	ctx: Context,
	item: Import,
	{
		first,
		keyed,
		phase,
		places
	}: { first?: number; keyed: readonly Keyed[]; phase: Phase; places: Places }
): Promise<Map<string, Above[]>> {
	const found = new Map<string, Above[]>();
	if (!first || keyed.length === 0 || phase === 'running') return found;
	const rows = await ctx.db
		.selectFrom('import_row')
		.selectAll()
		.where('match_key', 'in', [...new Set(keyed.map(({ matchKey }) => matchKey))])
		.where((eb) => eb(eb.fn.coalesce('import_id', 'import_id'), '=', item.id))
		.where('verdict', 'in', ['new', 'same', 'changed', 'maybe'])
		.execute();
	const earlier = rows.filter(({ position }) => position < first);
	for (const stored of earlier.sort((one, other) => one.position - other.position)) {
		const waiting = asWaiting(ctx.ring, stored);
		const sheet = item.setup.sheets[waiting.sheet]!;
		const { row } = parseRow(item.kind, item.setup, sheet, waiting.cells, places);
		if (row?.kind !== 'person') continue;
		const { codeIndex, matchKey } = keysOf(ctx, item, row);
		const subject = subjectOf(waiting, phase);
		const entry = { position: waiting.position, row, codeIndex, subject };
		found.set(matchKey, [...(found.get(matchKey) ?? []), entry]);
	}
	return found;
}

/** Whom the rows of earlier steps turned out to be about that rows of this one name as their twins. */
async function twinsOf(
	ctx: Context,
	{ id }: Import,
	first: number | undefined,
	keyed: readonly Keyed[]
): Promise<Map<number, Subject>> {
	const positions = [...new Set(keyed.flatMap(({ one }) => one.waiting.twin ?? []))];
	if (!first || positions.length === 0) return new Map();
	const rows = await ctx.db
		.selectFrom('import_row')
		.select(['position', 'person_id'])
		.where('import_id', '=', id)
		.where('position', 'in', positions)
		.where('position', '<', first)
		.where('verdict', '<>', 'out')
		.execute();
	return new Map(
		rows.flatMap(({ position, person_id }) =>
			person_id ? [[position, { id: person_id, known: null }] as const] : []
		)
	);
}

/** While checking, the one who is not decided yet is nobody. */
function subjectOf({ verdict, personId }: Earlier, phase: Phase): Subject {
	const isSure = phase === 'running' || verdict !== 'maybe';
	return { id: isSure ? personId : null, known: null };
}

function repeat(one: JudgedPerson, subject: Subject, twin: number): void {
	one.isRepeat = true;
	one.verdict = 'repeat';
	one.subject = subject;
	one.personId = subject.id;
	one.twin = twin;
}

function match(keyed: Keyed, among: Among): void {
	const { one, row } = keyed;
	const { seen } = among;
	const candidates = candidatesOf(among.known, keyed);
	const found = settled(one, row, candidates, among);
	switch (found.verdict) {
		case 'out':
			return leaveOut(one, null);
		case 'undecided':
			return leaveOut(one, { column: null, code: 'undecided' });
		case 'taken':
			return leaveOut(one, { column: null, code: 'number_taken' });
		case 'unknown':
			return leaveOut(one, { column: null, code: 'person_unknown' });
		case 'maybe':
			one.verdict = 'maybe';
			one.personId = found.id;
			return;
		case 'new':
			return beNew(one, row, candidates);
	}
	const twin = seen.get(found.id);
	if (twin) return repeat(one, twin.subject, twin.position);
	const person = candidates.find(({ id, isAlias }) => id === found.id && !isAlias);
	one.verdict = 'same';
	one.personId = found.id;
	one.subject = { id: found.id, known: person ?? null };
	seen.set(found.id, { subject: one.subject, position: one.waiting.position });
	if (!person || isCalledByAlias(row, found.id, candidates)) return;
	one.set = changesTo(person, row, one.codeIndex);
	// rows further down meet them as they are to be, in this step as in the next
	Object.assign(person, {
		name: one.set.name ?? person.name,
		sex: one.set.sex ?? person.sex,
		birthYear: one.set.birth_year ?? person.birthYear,
		birthMonth: one.set.birth_month ?? person.birthMonth ?? null,
		codeIndex: one.set.code === undefined ? person.codeIndex : one.codeIndex
	} satisfies Partial<KnownPerson>);
	remember(among.known, [keyed.nameKey, keyed.codeIndex], person);
}

/** Whether a row names somebody as they were called before they were merged: what it says was decided about. */
function isCalledByAlias(row: PersonRow, id: string, candidates: readonly KnownPerson[]): boolean {
	const own = candidates.filter((one) => one.id === id);
	const isSaid = ({ name, birthYear }: KnownPerson) =>
		isSameName(name, row.name) && (row.birthYear === null || row.birthYear === birthYear);
	return (
		own.some((one) => one.isAlias && isSaid(one)) && !own.some((one) => !one.isAlias && isSaid(one))
	);
}

function beNew(one: JudgedPerson, row: PersonRow, candidates: readonly KnownPerson[]): void {
	const { sex, birthYear, number } = row;
	if (row.name === '') return leaveOut(one, { column: null, code: 'person_unknown' });
	if (sex === null) return leaveOut(one, { column: null, code: 'sex_missing' });
	if (birthYear === null) return leaveOut(one, { column: null, code: 'birth_missing' });
	if (number && candidates.some(({ codeIndex }) => codeIndex === one.codeIndex)) {
		one.problems.push({ column: null, code: 'number_shared' });
		one.codeIndex = null;
		one.row = { ...row, number: null };
	}
	one.verdict = 'new';
	one.personId = null;
	one.subject = NOBODY_YET();
}

type Settled = Match | { verdict: 'out' } | { verdict: 'undecided' } | { verdict: 'unknown' };

/** Whom a row is about once a person's decision counts. */
function settled(
	{ waiting, codeIndex }: JudgedPerson,
	row: PersonRow,
	candidates: readonly KnownPerson[],
	{ phase, item }: Among
): Settled {
	const found = row.person
		? matchNumbered(row, codeIndex, candidates)
		: matchPerson(row, codeIndex, candidates);
	if (found.verdict !== 'maybe' || phase === 'checking') return found;
	if (waiting.verdict === 'new' || waiting.verdict === 'repeat') return { verdict: 'new' };
	const decision =
		waiting.verdict === 'maybe' ? (waiting.decision ?? item.setup.options.maybe) : 'same';
	if (decision === 'new' || decision === 'out') return { verdict: decision };
	const { personId } = waiting;
	const isThere = candidates.some(({ id, isInReach }) => id === personId && isInReach);
	return decision === 'same' && personId && isThere
		? { verdict: 'same', id: personId }
		: { verdict: 'undecided' };
}

/** A row with Halqa's own number: it is about them, unless it names somebody else. */
function matchNumbered(
	row: PersonRow,
	codeIndex: string | null,
	candidates: readonly KnownPerson[]
): Settled {
	const person = candidates.find(({ numbers }) => numbers?.includes(row.person!));
	if (person?.isInReach)
		return row.name === '' || namesAlike(person.name, row.name)
			? { verdict: 'same', id: person.id }
			: { verdict: 'maybe', id: person.id };
	return row.name === '' ? { verdict: 'unknown' } : matchPerson(row, codeIndex, candidates);
}

/**
 * What a row says otherwise; a blank says nothing. Who has a number is known by it from then on, and takes the
 * name that stands beside it.
 */
function changesTo(person: KnownPerson, row: PersonRow, codeIndex: string | null): PersonSet {
	const { sex, group, language, number, name } = row;
	return {
		...(number !== null && name !== '' && !isSameName(name, person.name) && { name }),
		...(sex !== null && sex !== person.sex && { sex }),
		...birthChanges(person, row),
		...(group !== null && group !== person.population_group && { population_group: group }),
		...(language !== null && language !== person.language && { language }),
		...(number !== null && codeIndex !== person.codeIndex && { code: number })
	};
}

/** A year that was said takes the place of one that was counted from an age, never the other way round. */
function birthChanges(person: KnownPerson, { birthYear, birthMonth, ageOn }: PersonRow): PersonSet {
	if (birthYear === null) return {};
	const isOther = birthYear !== person.birthYear;
	if (ageOn !== null && Math.abs(birthYear - person.birthYear) <= 1) return {};
	const fromAge = ageOn === null ? 0 : 1;
	return {
		...(isOther && { birth_year: birthYear }),
		...((isOther || person.isFromAge) &&
			fromAge !== Number(person.isFromAge ?? false) && { birth_year_from_age: fromAge }),
		...(birthMonth !== null && birthMonth !== person.birthMonth && { birth_month: birthMonth })
	};
}
