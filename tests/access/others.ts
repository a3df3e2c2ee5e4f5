import { CAST, centreId, roomId, SECTIONS, VERSIONS } from '#lib/features/example/cast.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { seal } from '#lib/platform/crypto/sealed.ts';
import type { Backstage } from './visiting.ts';

/** Ids of a cohort that is somebody else's, and of everything around it. */
export interface Others {
	centre: string;
	room: string;
	facilitator: string;
	version: string;
	cohort: string;
	person: string;
	cycle: string;
	session: string;
	closedDay: string;
}

const NAMED = '{"en":"to be marked"}';

/** Another section's cohort with everything it needs, in Togo, where the example has none. */
export async function addOtherSection(stage: Backstage): Promise<Others> {
	const { db, ring } = stage;
	const section_id = SECTIONS.togo;
	const [centre, room, facilitator, curriculum, version, plan] = ids(6);
	const example = await db
		.selectFrom('centre')
		.selectAll()
		.where('id', '=', centreId(1))
		.executeTakeFirstOrThrow();
	await db
		.insertInto('centre')
		.values({ ...example, id: centre, section_id })
		.execute();
	const roomRow = { id: room, section_id, centre_id: centre, name_texts: NAMED, capacity: 20 };
	await db.insertInto('room').values(roomRow).execute();
	const account = await db
		.selectFrom('account')
		.selectAll()
		.where('id', '=', CAST.facilitator.id)
		.executeTakeFirstOrThrow();
	const name_sealed = seal(
		ring,
		{ table: 'account', column: 'name_sealed', row: facilitator },
		'Kossi Exemple'
	);
	await db
		.insertInto('account')
		.values({ ...account, id: facilitator, section_id, email_index: facilitator, name_sealed })
		.execute();
	await db
		.insertInto('account_role')
		.values({ account_id: facilitator, role: 'facilitator', centre_id: centre, section_id })
		.execute();
	await db
		.insertInto('curriculum')
		.values({ id: curriculum, section_id, name_texts: NAMED, audience: 'children' })
		.execute();
	await db
		.insertInto('curriculum_version')
		.values({
			id: version,
			section_id,
			curriculum_id: curriculum,
			number: 1,
			published_on: '2026-01-01'
		})
		.execute();
	await db
		.insertInto('session_plan')
		.values({
			id: plan,
			section_id,
			version_id: version,
			position: 1,
			module_id: null,
			title_texts: NAMED,
			minutes: 60
		})
		.execute();
	return addCohort(stage, { section_id, centre, room, facilitator, version, plan });
}

/** A cohort at Rana's centre that is led by a colleague alone. */
export async function addOtherCohort(stage: Backstage, facilitator: string): Promise<Others> {
	const plan = await stage.db
		.selectFrom('session_plan')
		.select('id')
		.where('version_id', '=', VERSIONS.incredibleMe)
		.where('position', '=', 1)
		.executeTakeFirstOrThrow();
	return addCohort(stage, {
		section_id: SECTIONS.lebanon,
		centre: centreId(1),
		room: roomId(1, 2),
		facilitator,
		version: VERSIONS.incredibleMe,
		plan: plan.id
	});
}

/** It meets today at 10:00. */
async function addCohort(
	{ db, ring, now }: Backstage,
	{
		section_id,
		centre,
		room,
		facilitator,
		version,
		plan
	}: Record<'section_id' | 'centre' | 'room' | 'facilitator' | 'version' | 'plan', string>
): Promise<Others> {
	const [cohort, person, cycle, session, closedDay] = ids(5);
	const today = dateIn('Asia/Beirut', now);
	const here = { section_id, centre_id: centre };
	await db
		.insertInto('cohort')
		.values({
			id: cohort,
			...here,
			name_texts: NAMED,
			audience: 'children',
			age_from: 8,
			age_to: 11,
			capacity: 9,
			member_count: 1,
			status: 'open'
		})
		.execute();
	const place = { table: 'person', column: 'name_sealed', row: person };
	await db
		.insertInto('person')
		.values({
			id: person,
			...here,
			kind: 'child',
			name_sealed: seal(ring, place, 'to be marked'),
			sex: 'f',
			birth_year: 2016,
			population_group: null
		})
		.execute();
	await db
		.insertInto('cohort_member')
		.values({
			cohort_id: cohort,
			person_id: person,
			section_id,
			joined_on: '2026-01-01',
			left_on: null
		})
		.execute();
	await db
		.insertInto('cohort_facilitator')
		.values({ cohort_id: cohort, account_id: facilitator, section_id, from_on: '2026-01-01' })
		.execute();
	const meets = { cohort_id: cohort, room_id: room, start_time: '10:00' };
	await db
		.insertInto('cycle')
		.values({
			id: cycle,
			...here,
			...meets,
			version_id: version,
			weekdays: '1',
			starts_on: today,
			ends_on: today,
			planned_by: facilitator,
			planned_at: 0
		})
		.execute();
	await db
		.insertInto('session')
		.values({
			id: session,
			...here,
			...meets,
			cycle_id: cycle,
			session_plan_id: plan,
			position: 1,
			on_date: today,
			minutes: 60,
			zone: 'Asia/Beirut',
			status: 'planned',
			headcount: null,
			recorded_by: null,
			recorded_at: null,
			version: 1
		})
		.execute();
	await db
		.insertInto('session_facilitator')
		.values({ session_id: session, account_id: facilitator, section_id })
		.execute();
	await db
		.insertInto('closed_day')
		.values({
			id: closedDay,
			...here,
			on_date: today,
			name_texts: NAMED,
			certainty: 'expected',
			source: 'admin'
		})
		.execute();
	return { centre, room, facilitator, version, cohort, person, cycle, session, closedDay };
}

function ids(count: number): [string, string, string, string, string, string] {
	return Array.from({ length: count }, () => crypto.randomUUID()) as never;
}
