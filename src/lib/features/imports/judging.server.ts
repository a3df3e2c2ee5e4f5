import { nameWords } from '#lib/features/people/names.ts';
import { codeIndexOf, nameKeysOf } from '#lib/features/people/name-keys.server.ts';
import { openGuardian, openName } from '#lib/features/people/queries.server.ts';
import { cohortsInScope } from '#lib/features/cohorts/queries.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { blindIndex } from '#lib/platform/crypto/keyring.ts';
import type { MarkCode, Row } from '#lib/platform/db/schema.ts';
import { isSameName, keyOfCohort, matchPerson, type Known, type Match } from './matching.ts';
import { parseRow, type CohortRow, type PersonRow, type Places } from './parsing.ts';
import type { Import, WaitingRow } from './queries.server.ts';
import type { Decision, Problem, Verdict } from './types.ts';

/** What becomes of one row, and what has to be written for it. */
export interface Judged {
	waiting: WaitingRow;
	row: PersonRow | CohortRow | null;
	problems: Problem[];
	verdict: Verdict;
	/** The person or group that is here already; for `maybe`, who it may be. */
	foundId: string | null;
	/** The row further up in this batch that is about the same child. */
	repeatOf: Judged | null;
	matchKey: string | null;
	codeIndex: string | null;
	/** Columns of the person that change. */
	set: PersonSet;
	guardian: { add: boolean; changeId: string | null };
	cohort: CohortHere | null;
	/** Whether the person has to be put into the group. */
	joins: boolean;
	/** Dates whose mark is missing or another. */
	marks: { date: string; code: MarkCode; isChange: boolean }[];
}

export interface PersonSet {
	name?: string;
	sex?: Row<'person'>['sex'];
	birth_year?: number;
	population_group?: string;
	language?: string;
	code?: string;
}

export type CohortHere = Row<'cohort'>;

/** Groups within reach by `keyOfCohort`, under every name they have. */
export async function cohortsByKey(ctx: Context): Promise<Map<string, CohortHere>> {
	const byKey = new Map<string, CohortHere>();
	for (const cohort of await cohortsInScope(ctx).orderBy('cohort.id').execute())
		for (const name of Object.values(JSON.parse(cohort.name_texts) as Record<string, string>)) {
			const key = keyOfCohort(cohort.centre_id, name);
			if (!byKey.has(key)) byKey.set(key, cohort);
		}
	return byKey;
}

/**
 * Judges rows of an import against what is here now, in a handful of statements for all of them. With
 * `decided` every possible duplicate is settled as a person chose; without, it stays `maybe`.
 */
export async function judge(
	ctx: Context,
	item: Import,
	waiting: readonly WaitingRow[],
	places: Places,
	{ decided }: { decided: boolean }
): Promise<Judged[]> {
	const { kind, setup } = item;
	const rows = waiting.map((one): Judged => {
		const sheet = setup.sheets[one.sheet]!;
		const { row, problems } = parseRow(kind, setup, sheet, one.cells, places);
		return {
			...{ waiting: one, row, problems, verdict: row ? 'new' : 'out', foundId: null },
			...{ repeatOf: null, matchKey: null, codeIndex: null, set: {}, cohort: null },
			...{ guardian: { add: false, changeId: null }, joins: false, marks: [] }
		};
	});
	const cohorts = await cohortsByKey(ctx);
	if (kind === 'cohorts') judgeCohorts(rows, cohorts);
	else {
		const known = await knownFor(ctx, rows);
		await findRepeats(ctx, item, rows);
		for (const one of rows) judgePerson(one, known, decided ? item.setup.options.maybe : undefined);
		for (const one of rows)
			if (one.row?.kind === 'person' && one.row.cohort)
				one.cohort = cohorts.get(keyOfCohort(one.row.centreId, one.row.cohort)) ?? null;
		await compareMembers(ctx, item, rows);
		await compareGuardians(ctx, rows);
		if (kind === 'registers') await compareMarks(ctx, rows);
	}
	for (const one of rows) if (one.verdict === 'same' && isChange(one)) one.verdict = 'changed';
	return rows;
}

function isChange({ set, guardian, joins, marks }: Judged): boolean {
	return (
		Object.keys(set).length > 0 ||
		guardian.add ||
		guardian.changeId !== null ||
		joins ||
		marks.length > 0
	);
}

function leaveOut(one: Judged, problem: Problem): void {
	one.problems.push(problem);
	one.verdict = 'out';
	one.row = null;
	one.foundId = null;
}

type KnownPerson = Known &
	Pick<Row<'person'>, 'kind' | 'population_group' | 'language' | 'name_key'>;

/** Who shares a number or the sound of a name with any of the rows; names out of reach stay closed. */
async function knownFor(ctx: Context, rows: Judged[]): Promise<Map<string, KnownPerson[]>> {
	const { sectionId, centreIds } = ctx.scope;
	const keys = new Set<string>();
	for (const one of rows) {
		if (one.row?.kind !== 'person') continue;
		const { whole } = nameKeysOf(ctx.ring, sectionId, one.row.name);
		if (whole) keys.add(whole);
		one.codeIndex = one.row.number && codeIndexOf(ctx.ring, sectionId, one.row.number);
	}
	const codes = rows.flatMap(({ codeIndex }) => codeIndex ?? []);
	const found = await ctx.db
		.selectFrom('person')
		.selectAll()
		.where('section_id', '=', sectionId)
		.where('merged_into', 'is', null)
		.where((eb) =>
			eb.or([
				...(keys.size > 0 ? [eb('name_key', 'in', [...keys])] : []),
				...(codes.length > 0 ? [eb('code_index', 'in', codes)] : [])
			])
		)
		.orderBy('id')
		.execute();
	const known = new Map<string, KnownPerson[]>();
	for (const row of found) {
		const isInReach = centreIds === null || centreIds.includes(row.centre_id);
		const person = {
			...row,
			isInReach,
			centreId: row.centre_id,
			name: isInReach ? openName(ctx.ring, row.id, row.name_sealed) : '',
			birthYear: row.birth_year,
			codeIndex: row.code_index
		};
		for (const key of [row.name_key, row.code_index])
			if (key) known.set(key, [...(known.get(key) ?? []), person]);
	}
	return known;
}

/** Marks rows about a child who stands further up in the file. */
async function findRepeats(ctx: Context, item: Import, rows: Judged[]): Promise<void> {
	const firsts = new Map<string, Judged>();
	for (const one of rows) {
		if (one.row?.kind !== 'person') continue;
		const { name, sex, birthYear, centreId } = one.row;
		const who = one.codeIndex ?? [nameWords(name).join(' '), sex, birthYear, centreId].join('|');
		one.matchKey = blindIndex(ctx.ring, `import ${item.id}`, who).slice(0, 22);
		one.repeatOf = firsts.get(one.matchKey) ?? null;
		if (!one.repeatOf) firsts.set(one.matchKey, one);
	}
	const first = rows[0]?.waiting.position;
	if (first === undefined || firsts.size === 0 || item.stage === 'running') return;
	const earlier = await ctx.db
		.selectFrom('import_row')
		.select('match_key')
		.distinct()
		.where('import_id', '=', item.id)
		.where('position', '<', first)
		.where('match_key', 'in', [...firsts.keys()])
		.execute();
	for (const { match_key } of earlier) firsts.get(match_key!)!.verdict = 'repeat';
}

function judgePerson(
	one: Judged,
	known: ReadonlyMap<string, KnownPerson[]>,
	maybe: Decision | null | undefined
): void {
	const { row } = one;
	if (row?.kind !== 'person') return;
	const candidates = [
		...(known.get(one.nameKey ?? '') ?? []),
		...(known.get(one.codeIndex ?? '') ?? [])
	];
	const match = settled(one, matchPerson(row, one.codeIndex, candidates), maybe);
	if (match === null) return leaveOut(one, { column: null, code: 'undecided' });
	if (match.verdict === 'taken') return leaveOut(one, { column: null, code: 'number_taken' });
	if (match.verdict === 'maybe') {
		one.verdict = 'maybe';
		one.foundId = match.id;
		return;
	}
	if (match.verdict === 'same') {
		one.verdict = 'same';
		one.foundId = match.id;
		const person = candidates.find(({ id }) => id === match.id)!;
		one.set = changesTo(person, row, one.codeIndex, match.by === 'number');
		return;
	}
	if (one.repeatOf) one.verdict = 'repeat';
	if (row.sex === null) return leaveOut(one, { column: null, code: 'sex_missing' });
	if (row.birthYear === null) leaveOut(one, { column: null, code: 'birth_missing' });
}
