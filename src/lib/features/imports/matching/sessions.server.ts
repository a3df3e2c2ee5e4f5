import type { Context } from '#lib/platform/command/context.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import type { JudgedPerson, Subject } from './judged.ts';
import { keyOfCohort } from './matching.ts';
import { dayOf, partOf, timeOf, type Occasion } from '../reading/occasions.ts';
import { parseRow, type PersonRow, type Places } from '../reading/parsing.ts';
import { asWaiting, type Import } from '../queries.server.ts';
import { datesOf } from '../rules.ts';
import type { ComingCohort } from '../types.ts';

/** A session on a date of a register. */
export type SessionHere = Row<'session'> & { cohort_id: string; is_imported: number | null };

/**
 * The sessions of some cohorts that registers speak of, by `cohort occasion`: where a list has several on a day, in
 * their order or by when they began; else, of several on a day, the one that counts.
 */
export async function sessionsOn(
	ctx: Context,
	wanted: ReadonlyMap<string, readonly Occasion[]>
): Promise<Map<string, SessionHere>> {
	const dates = [...new Set([...wanted.values()].flat().map(dayOf))];
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
	const byDay = Map.groupBy(rows as SessionHere[], (row) => `${row.cohort_id} ${row.on_date}`);
	const found = new Map<string, SessionHere>();
	for (const [cohortId, occasions] of wanted) {
		const ofSeveral = new Set(occasions.filter((one) => partOf(one) > 1).map(dayOf));
		for (const occasion of occasions) {
			const ofDay = byDay.get(`${cohortId} ${dayOf(occasion)}`) ?? [];
			const session = sessionAmong(ofDay, occasion, ofSeveral.has(dayOf(occasion)));
			if (session) found.set(`${cohortId} ${occasion}`, session);
		}
	}
	return found;
}

function sessionAmong(
	ofDay: readonly SessionHere[],
	occasion: Occasion,
	isOneOfSeveral: boolean
): SessionHere | undefined {
	const time = timeOf(occasion);
	if (time) return ofDay.find(({ start_time }) => start_time === time);
	if (isOneOfSeveral)
		return ofDay.filter(({ status }) => status !== 'cancelled')[partOf(occasion) - 1];
	return ofDay.reduce<SessionHere | undefined>(
		(best, next) => (best && rankOf(best) >= rankOf(next) ? best : next),
		undefined
	);
}

/** A register that was taken counts before one that was not, and that before a cancelled session. */
function rankOf({ status }: Pick<Row<'session'>, 'status'>): number {
	return ['cancelled', 'planned', 'held'].indexOf(status);
}

/**
 * Finds out which marks of the rows are not there yet. A register that was taken here stays as it is, and so
 * does a cancelled session; of two rows about one child the one further up counts for its sessions.
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
	const sessions = await sessionsOn(ctx, occasionsOf(marked, comings));
	const codes = await marksIn(ctx, [...sessions.values()], marked);
	for (const one of marked) {
		const key = keyOf(one.row!);
		const coming = comings.get(key);
		const heard = said.of(one.subject!, key);
		for (const { at, column, meaning } of one.row!.marks) {
			if (meaning === 'none' || !coming?.dates.includes(at) || heard.has(at)) continue;
			heard.add(at);
			const session = one.cohort && sessions.get(`${one.cohort.id} ${at}`);
			const there = session ? codes.get(`${session.id} ${one.subject!.id}`) : undefined;
			if (there === meaning) continue;
			if (session?.status === 'cancelled') one.problems.push({ column, code: 'session_cancelled' });
			else if (session?.status === 'held' && !session.is_imported)
				one.problems.push({ column, code: 'session_recorded' });
			else one.marks.push({ at, code: meaning, isChange: there !== undefined });
		}
	}
}

/**
 * The sessions rows speak of, by cohort, with all others of those days: whether there are several shows in all of
 * the register alone.
 */
export function occasionsOf(
	rows: readonly JudgedPerson[],
	comings: ReadonlyMap<string, ComingCohort>
): Map<string, Occasion[]> {
	const wanted = new Map<string, Occasion[]>();
	const byCohort = Map.groupBy(
		rows.filter(({ cohort, row }) => cohort && row),
		({ cohort }) => cohort!.id
	);
	for (const [id, some] of byCohort) {
		const days = new Set(some.flatMap(({ row }) => row!.marks.map(({ at }) => dayOf(at))));
		const coming = comings.get(keyOf(some[0]!.row!));
		wanted.set(
			id,
			(coming ? datesOf(coming) : []).filter((one) => days.has(dayOf(one)))
		);
	}
	return wanted;
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

/** Which sessions rows further up speak of, by child and group. */
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
	const byTwin = Map.groupBy(
		repeated.filter(({ twin }) => twin !== null),
		({ twin }) => twin!
	);
	const { sheets } = item.setup;
	const overlapping = sheets.flatMap((sheet, at) =>
		repeated.some(({ waiting }) => mayMeet(sheet.date, sheets[waiting.sheet]!.date)) ? [at] : []
	);
	if (overlapping.length === 0 || byTwin.size === 0) return said;
	const twins = [...byTwin.keys()];
	const earlierRows = () =>
		ctx.db
			.selectFrom('import_row')
			.selectAll()
			.where('import_id', '=', item.id)
			.where('position', '<', first)
			.where('sheet', 'in', overlapping);
	const stored = [
		...(await earlierRows().where('position', 'in', twins).where('verdict', '<>', 'out').execute()),
		...(await earlierRows()
			.where('twin_position', 'in', twins)
			.where('verdict', '=', 'repeat')
			.execute())
	];
	for (const one of stored) {
		const waiting = asWaiting(ctx.ring, one);
		const sheet = sheets[waiting.sheet]!;
		const { row } = parseRow(item.kind, item.setup, sheet, waiting.cells, places);
		if (row?.kind !== 'person') continue;
		const about = byTwin.get(one.verdict === 'repeat' ? one.twin_position! : one.position) ?? [];
		for (const { subject } of about)
			for (const { at } of row.marks) said.of(subject!, keyOf(row)).add(at);
	}
	return said;
}

/** Sheets with columns for dates meet on a date they have in common; rows of a long list wherever they stand. */
function mayMeet(one: readonly (string | null)[], other: readonly (string | null)[]): boolean {
	const isLong = (dates: readonly (string | null)[]) => dates.every((date) => date === null);
	return (isLong(one) && isLong(other)) || haveDateInCommon(one, other);
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
