import { stateOf as changeStateOf } from '#lib/features/targets/rules.ts';
import { addDays, daysBetween } from '#lib/platform/clock/days.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { countGroup, firstsOf, measuredBy } from './measures.rules.ts';
import { countNewAt, countSessionsAt, listFirsts } from './pace.queries.server.ts';
import { dueOf, middleOf, MOST_WEEKS, paceOf, reasonsOf, stateOf } from './pace.rules.ts';
import { listCompleted, listReachedPeople } from './people.queries.server.ts';
import { byGap } from './rules.ts';
import type {
	CentrePace,
	CentreReach,
	GroupReach,
	Pace,
	ReachedPerson,
	TargetNote,
	TargetReach
} from './types.ts';

/** The people of targets that do not count everybody, or are told apart by groups. */
export interface MeasuredPeople {
	/** Those a target counts; nobody where it counts everybody and has no groups. */
	of(target: Pick<TargetReach, 'id' | 'measure'>): ReachedPerson[];
	/** The groups of a target, to be counted. */
	groupsOf(targetId: string): Omit<GroupReach, 'peopleCount'>[];
}

/** Reads people one by one for the targets that need them, and for no other: it is much more than the kept counts. */
export async function listMeasured(
	{ db, scope }: Context,
	targets: readonly TargetReach[]
): Promise<MeasuredPeople> {
	const groups = await db
		.selectFrom('target_group')
		.selectAll()
		.where('section_id', '=', scope.sectionId)
		.orderBy('id')
		.execute();
	const ids = (needs: (target: TargetReach) => boolean) =>
		targets.filter(needs).map(({ id }) => id);
	const reached = await listReachedPeople(
		db,
		scope.sectionId,
		ids(
			({ id, measure }) =>
				measure === 'children' ||
				measure === 'caregivers' ||
				(measure === 'reached' && groups.some(({ target_id }) => target_id === id))
		)
	);
	const completed = await listCompleted(
		db,
		scope.sectionId,
		ids(({ measure }) => measure === 'completed')
	);
	const byTarget = Map.groupBy([...reached, ...completed], ({ targetId }) => targetId);
	const counted = new Map(
		targets.map(({ id, measure }) => [id, measuredBy(measure, byTarget.get(id) ?? [])])
	);
	return {
		of: ({ id }) => counted.get(id) ?? [],
		groupsOf: (targetId) =>
			groups
				.filter(({ target_id }) => target_id === targetId)
				.map((row) => ({
					id: row.id,
					sex: row.sex,
					ageFrom: row.age_from,
					ageTo: row.age_to,
					populationGroup: row.population_group,
					amount: row.amount
				}))
	};
}

/** Adds how targets and their centres stand against an even pace, their groups, and what a reader has to know. */
export async function addStanding(
	ctx: Context,
	targets: readonly TargetReach[],
	people: MeasuredPeople,
	{ today, locale }: { today: string; locale: Locale }
): Promise<TargetReach[]> {
	const { db, scope } = ctx;
	const everybody = targets.filter(({ measure }) => measure === 'reached').map(({ id }) => id);
	const recent = addDays(today, -7 * MOST_WEEKS);
	const open = targets.filter(({ closed }) => !closed).map(({ id }) => id);
	const firsts = Map.groupBy(
		await listFirsts(db, scope.sectionId, everybody),
		({ targetId }) => targetId
	);
	const newAt = await countNewAt(db, scope.sectionId, open, recent);
	const sessionsAt = await countSessionsAt(db, scope.sectionId, open, recent);
	const notes = await listNotes(ctx);
	return targets.map((target) => {
		const { id, measure, opening, targetPeople } = target;
		const rows = people.of(target);
		const pace = paceOf(
			{
				...target,
				amount: targetPeople - (opening?.peopleCount ?? 0),
				peopleCount: target.peopleCount ?? 0,
				firsts: measure === 'reached' ? (firsts.get(id) ?? []) : firstsOf(rows)
			},
			today
		);
		const isOf = ({ targetId }: { targetId: string }) => targetId === id;
		const counts = {
			recent,
			newAt:
				measure === 'reached'
					? newAt.filter(isOf)
					: rows
							.filter(({ firstOn }) => firstOn >= recent)
							.map(({ centreId }) => ({ centreId, count: 1 })),
			sessionsAt: sessionsAt.filter(isOf)
		};
		return {
			...target,
			pace,
			note: notes.get(id) ?? null,
			groups:
				scope.centreIds === null
					? people.groupsOf(id).map((group) => ({ ...group, peopleCount: countGroup(group, rows) }))
					: [],
			centres: pacedCentres(target, pace, counts, today).sort(byGap(locale))
		};
	});
}

interface Recent {
	/** The day the counts begin with. */
	recent: string;
	newAt: readonly { centreId: string; count: number }[];
	sessionsAt: readonly { centreId: string; count: number }[];
}

/** Centres are judged by the days of the whole: their parts are what the opening balance leaves. */
function pacedCentres(
	{ centres, endsOn, closed }: TargetReach,
	pace: Pace,
	{ recent, newAt, sessionsAt }: Recent,
	today: string
): CentreReach[] {
	const sum = (counts: Recent['newAt'], id: string) =>
		counts.reduce((total, { centreId, count }) => total + (centreId === id ? count : 0), 0);
	const withPart = centres.filter(({ targetPeople }) => targetPeople !== null);
	const usualSessionCount = middleOf(withPart.map(({ centreId }) => sum(sessionsAt, centreId)));
	const weeks = Math.min(
		MOST_WEEKS,
		daysBetween(pace.from > recent ? pace.from : recent, today) / 7
	);
	const weeksLeft = (daysBetween(today, endsOn) + 1) / 7;
	return centres.map((centre) => {
		const { centreId, targetPeople, peopleCount, missingCount } = centre;
		if (targetPeople === null) return centre;
		const dueCount = dueOf(targetPeople, pace.from, endsOn, today);
		if (closed) return { ...centre, dueCount };
		const state = stateOf(peopleCount, dueCount, targetPeople);
		const counts: Omit<CentrePace, 'state' | 'reasons'> = {
			newPerWeek: weeks > 0 ? sum(newAt, centreId) / weeks : 0,
			neededPerWeek: Math.max(0, targetPeople - peopleCount) / weeksLeft,
			sessionCount: sum(sessionsAt, centreId),
			usualSessionCount
		};
		const isBehind = state === 'amber' || state === 'red';
		const reasons = isBehind ? reasonsOf({ missingCount, ...counts }) : [];
		return { ...centre, dueCount, pace: { state, reasons, ...counts } };
	});
}

/** The latest change of each target, where it waits or nobody confirmed it. */
async function listNotes({ db, scope }: Context): Promise<Map<string, TargetNote>> {
	const rows = await db
		.selectFrom('target_change')
		.select(['target_id', 'reason', 'proposed_at', 'took_effect_at', 'confirmed_at', 'dropped_at'])
		.where('section_id', '=', scope.sectionId)
		.where('dropped_at', 'is', null)
		.where('confirmed_at', 'is', null)
		.orderBy('proposed_at')
		.execute();
	return new Map(
		rows.map((row) => [
			row.target_id,
			changeStateOf(row) === 'waiting'
				? { state: 'waiting' }
				: { state: 'unconfirmed', reason: row.reason, proposedAt: row.proposed_at }
		])
	);
}
