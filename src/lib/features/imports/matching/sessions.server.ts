import type { Context } from '#lib/platform/command/context.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import type { JudgedPerson, Subject } from './judged.ts';
import { keyOfCohort } from './matching.ts';
import { parseRow, type PersonRow, type Places } from '../reading/parsing.ts';
import { asWaiting, type Import } from '../queries.server.ts';
import type { ComingCohort } from '../types.ts';

/** A session on a date of a register. */
export type SessionHere = Row<'session'> & { cohort_id: string; is_imported: number | null };

/** The sessions of some cohorts on some dates by `cohort date`: of several on a day the one that counts. */
export async function sessionsOn(
	ctx: Context,
	wanted: ReadonlyMap<string, readonly string[]>
): Promise<Map<string, SessionHere>> {
	const dates = [...new Set([...wanted.values()].flat())];
	if (dates.length === 0) return new Map();
	const rows = await ctx.db
		.selectFrom('session')
		.leftJoin('session_plan as plan', 'plan.id', 'session.session_plan_id')
		.leftJoin('curriculum_version as version', 'version.id', 'plan.version_id')
		.leftJoin('curriculum', 'curriculum.id', 'version.curriculum_id')
		.selectAll('session')
		.select('curriculum.is_imported')
		.where('session.section_id', '=', ctx.scope.sectionId)
		.where('session.cohort_id', 'in', [...wanted.keys()])
		.where('session.on_date', 'in', dates)
		.where('session.status', '<>', 'draft')
		.orderBy('session.on_date')
		.orderBy('session.start_time')
		.orderBy('session.id')
		.execute();
	const found = new Map<string, SessionHere>();
	for (const row of rows) {
		const key = `${row.cohort_id} ${row.on_date}`;
		const first = found.get(key);
		if (!first || rankOf(row) > rankOf(first)) found.set(key, row as SessionHere);
	}
	return found;
}

/** A register that was taken counts before one that was not, and that before a cancelled session. */
function rankOf({ status }: Pick<Row<'session'>, 'status'>): number {
	return ['cancelled', 'planned', 'held'].indexOf(status);
}

/**
 * Finds out which marks of the rows are not there yet. A register that was taken here stays as it is, and so
 * does a cancelled session; of two rows about one child the one further up counts for its dates.
 */
export async function compareMarks(
	ctx: Context,
	item: Import,
	rows: readonly JudgedPerson[],
	places: Places
): Promise<void> {
	const marked = rows.filter(({ row, subject }) => row && row.marks.length > 0 && subject);
	const comings = new Map(item.setup.coming.map((coming) => [coming.key, coming]));
	const said = await saidFurtherUp(ctx, item, marked, places);
	const wanted = new Map<string, string[]>();
	for (const { cohort, row } of marked)
		if (cohort)
			wanted.set(cohort.id, [
				...(wanted.get(cohort.id) ?? []),
				...row!.marks.map(({ date }) => date)
			]);
	const sessions = await sessionsOn(ctx, wanted);
	const codes = await marksIn(ctx, [...sessions.values()], marked);
	for (const one of marked) {
		const key = keyOf(one.row!);
		const coming = comings.get(key);
		const dates = said.of(one.subject!, key);
		for (const { date, column, meaning } of one.row!.marks) {
			if (meaning === 'none' || !coming?.dates.includes(date) || dates.has(date)) continue;
			dates.add(date);
			const session = one.cohort && sessions.get(`${one.cohort.id} ${date}`);
			const there = session ? codes.get(`${session.id} ${one.subject!.id}`) : undefined;
			if (there === meaning) continue;
			if (session?.status === 'cancelled') one.problems.push({ column, code: 'session_cancelled' });
			else if (session?.status === 'held' && !session.is_imported)
				one.problems.push({ column, code: 'session_recorded' });
			else one.marks.push({ date, code: meaning, isChange: there !== undefined });
		}
	}
}

async function marksIn(
	ctx: Context,
	sessions: readonly SessionHere[],
	rows: readonly JudgedPerson[]
): Promise<Map<string, Row<'mark'>['code']>> {
	const personIds = [...new Set(rows.flatMap(({ subject }) => subject!.id ?? []))];
	const sessionIds = sessions.map(({ id }) => id);
	if (personIds.length === 0 || sessionIds.length === 0) return new Map();
	const marks = await ctx.db
		.selectFrom('mark')
		.select(['session_id', 'person_id', 'code'])
		.where('section_id', '=', ctx.scope.sectionId)
		.where('session_id', 'in', sessionIds)
		.where('person_id', 'in', personIds)
		.execute();
	return new Map(
		marks.map(({ session_id, person_id, code }) => [`${session_id} ${person_id}`, code])
	);
}

/** Which dates rows further up speak of, by child and group. */
class Said {
	readonly #dates = new Map<string | Subject, Map<string, Set<string>>>();

	of(subject: Subject, cohortKey: string): Set<string> {
		const who = subject.id ?? subject;
		const ofChild = this.#dates.get(who) ?? new Map<string, Set<string>>();
		this.#dates.set(who, ofChild);
		const dates = ofChild.get(cohortKey) ?? new Set<string>();
		ofChild.set(cohortKey, dates);
		return dates;
	}
}

/**
 * What rows of earlier steps say of the same children. They are read again only where their sheet has a date
 * in common with the row's: a child on the sheets of twelve months is asked for in vain.
 */
async function saidFurtherUp(
	ctx: Context,
	item: Import,
	rows: readonly JudgedPerson[],
	places: Places
): Promise<Said> {
	const said = new Said();
	const repeated = rows.filter(({ isRepeat }) => isRepeat);
	const first = rows[0]?.waiting.position;
	if (!first || repeated.length === 0) return said;
	const byKey = Map.groupBy(repeated, ({ matchKey }) => matchKey!);
	const byPerson = Map.groupBy(repeated, ({ subject }) => subject!.id);
	const { sheets } = item.setup;
	const overlapping = sheets.flatMap((sheet, at) =>
		repeated.some(({ waiting }) => haveDateInCommon(sheet.date, sheets[waiting.sheet]!.date))
			? [at]
			: []
	);
	const ids = [...byPerson.keys()].filter((id) => id !== null);
	const earlier = await ctx.db
		.selectFrom('import_row')
		.selectAll()
		.where('import_id', '=', item.id)
		.where('position', '<', first)
		.where('verdict', '<>', 'out')
		.where('sheet', 'in', overlapping)
		.where((eb) =>
			eb.or([
				eb('match_key', 'in', [...byKey.keys()]),
				...(ids.length > 0 ? [eb('person_id', 'in', ids)] : [])
			])
		)
		.execute();
	for (const stored of earlier) {
		const waiting = asWaiting(ctx.ring, stored);
		const sheet = sheets[waiting.sheet]!;
		const { row } = parseRow(item.kind, item.setup, sheet, waiting.cells, places);
		if (row?.kind !== 'person') continue;
		const about = [
			...(byKey.get(stored.match_key ?? '') ?? []),
			...(stored.person_id ? (byPerson.get(stored.person_id) ?? []) : [])
		];
		for (const { subject } of about)
			for (const { date } of row.marks) said.of(subject!, keyOf(row)).add(date);
	}
	return said;
}

function haveDateInCommon(
	one: readonly (string | null)[],
	other: readonly (string | null)[]
): boolean {
	return one.some((date) => date !== null && other.includes(date));
}

function keyOf(row: PersonRow): ComingCohort['key'] {
	return keyOfCohort(row.centreId, row.cohort!);
}
