import {
	findCentre,
	lastHolidayYear,
	listClosedDays,
	listRooms
} from '#lib/features/centres/queries.server.ts';
import { findCohort } from '#lib/features/cohorts/queries.server.ts';
import type { Cohort } from '#lib/features/cohorts/types.ts';
import { listCurrentVersions } from '#lib/features/curricula/queries.server.ts';
import type { CurriculumVersion } from '#lib/features/curricula/types.ts';
import { listFacilitators } from '#lib/features/staff/queries.server.ts';
import { addDays } from '#lib/platform/clock/days.ts';
import { dateIn, timeIn } from '#lib/platform/clock/zone.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import type { Strand } from '#lib/platform/db/vocabularies.ts';
import { listBookings } from './bookings.queries.server.ts';
import type { PlanRequest } from './clashes.rules.ts';
import type { PlanInput } from './forms.ts';
import { layOut } from './rules.ts';
import { hasHalves } from './strands.rules.ts';
import type { PlanDoubt } from './types.ts';

export type PlanRequestRefusal = { reason: 'not_found' | 'cohort_closed' };

/**
 * Everything a plan is judged by, read within the planner's reach. `not_found` names a cohort, room,
 * version or facilitator outside it; `cohort_closed` a cohort that takes no new cycle.
 */
export async function readPlanRequest(
	ctx: Context,
	input: PlanInput,
	locale: Locale
): Promise<
	{ ok: true; wish: PlanRequest; versionId: string } | { ok: false; refusal: PlanRequestRefusal }
> {
	const cohort = await findCohort(ctx, input.cohort, locale);
	if (!cohort) return { ok: false, refusal: { reason: 'not_found' } };
	const wished = [input.from, ...input.move.map(({ date }) => date)].sort();
	const [centre, rooms, staff, versions, closedDays] = [
		await findCentre(ctx, cohort.centreId, locale),
		await listRooms(ctx, cohort.centreId, locale),
		await listFacilitators(ctx, cohort.centreId, locale),
		await listCurrentVersions(ctx, locale),
		await listClosedDays(
			ctx,
			{ from: addDays(wished.at(0)!, -1), to: addDays(wished.at(-1)!, 1501) },
			locale
		)
	];
	const version = versions.find(({ id }) => id === input.version);
	const facilitators = staff.filter(({ id }) => input.with.includes(id));
	const apart = version && hasHalves(version.plans) ? input.mothersWith : [];
	const mothersFacilitators = staff.filter(({ id }) => apart.includes(id));
	const mothersRoom = input.mothersRoom ?? input.room;
	const knowsRooms = [
		...[input.room, mothersRoom],
		...input.move.map(({ roomId }) => roomId ?? input.room)
	].every((id) => rooms.some((room) => room.id === id));
	const knowsStaff =
		facilitators.length === new Set(input.with).size &&
		mothersFacilitators.length === new Set(apart).size;
	if (!centre || !version || !knowsRooms || !knowsStaff)
		return { ok: false, refusal: { reason: 'not_found' } };
	if (cohort.status === 'closed') return { ok: false, refusal: { reason: 'cohort_closed' } };
	const sentence = {
		centre,
		closedDays,
		plans: version.plans,
		weekdays: input.weekday.map(Number),
		startsOn: input.from,
		time: input.time,
		roomId: input.room,
		mothers: { time: input.mothersTime ?? input.time, roomId: mothersRoom },
		moves: input.move
	};
	const dates = layOut(sentence).sessions.map(({ date }) => date);
	const bookings = await listBookings(ctx, {
		centreId: cohort.centreId,
		cohortIds: [cohort.id],
		facilitatorIds: [...input.with, ...apart],
		// a day more on either side: a session around midnight lies on two
		from: addDays(
			dates.reduce((a, b) => (a < b ? a : b), input.from),
			-1
		),
		to: addDays(
			dates.reduce((a, b) => (a > b ? a : b), input.from),
			9
		),
		locale
	});
	return {
		ok: true,
		versionId: version.id,
		wish: {
			...sentence,
			cohort,
			rooms,
			facilitators,
			mothersFacilitators,
			halfCounts: await countHalves(ctx, cohort),
			occupied: bookings.for(cohort.id),
			doubts: await doubtsAbout(ctx, cohort, version),
			lastHolidayYear: await lastHolidayYear(ctx),
			today: dateIn(centre.zone, ctx.now),
			now: timeIn(centre.zone, ctx.now)
		}
	};
}

/** How many members a half of the cohort is for: who is of no strand may be in either. */
async function countHalves({ db, scope }: Context, { id, memberCount }: Cohort) {
	const rows = await db
		.selectFrom('cohort_member')
		.select((eb) => ['strand', eb.fn.countAll<number>().as('count')])
		.where('section_id', '=', scope.sectionId)
		.where('cohort_id', '=', id)
		.where('left_on', 'is', null)
		.where('strand', 'in', ['girls', 'mothers'])
		.groupBy('strand')
		.execute();
	const of = (strand: Strand) => Number(rows.find((row) => row.strand === strand)?.count ?? 0);
	return { girls: memberCount - of('mothers'), mothers: memberCount - of('girls') };
}

/** What a planner is asked: whether a curriculum made for others is meant, or one the cohort had in whatever version. */
async function doubtsAbout(
	ctx: Context,
	cohort: Cohort,
	version: CurriculumVersion
): Promise<PlanDoubt[]> {
	const had = await ctx.db
		.selectFrom('cycle')
		.innerJoin('curriculum_version as version', 'version.id', 'cycle.version_id')
		.select((eb) => eb.fn.max('cycle.ends_on').as('until'))
		.where('cycle.section_id', '=', ctx.scope.sectionId)
		.where('cycle.cohort_id', '=', cohort.id)
		.where('version.curriculum_id', '=', version.curriculumId)
		.where((eb) =>
			eb.exists(
				eb
					.selectFrom('session')
					.select('session.id')
					.whereRef('session.cycle_id', '=', 'cycle.id')
					.where('session.status', 'in', ['planned', 'held'])
			)
		)
		.executeTakeFirst();
	const { audience } = version;
	return [
		...(audience === cohort.audience ? [] : [{ kind: 'audience' as const, audience }]),
		...(had?.until ? [{ kind: 'again' as const, until: had.until }] : [])
	];
}
