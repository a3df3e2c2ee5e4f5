import { scopeOf, type HeldRole, type StaffActor } from '#lib/platform/access/actor.ts';
import type { Permission, Role } from '#lib/platform/access/roles.ts';
import { isCentreRole } from '#lib/features/staff/rules.ts';
import { roleRows } from '#lib/features/staff/roles.commands.server.ts';
import { recountTarget } from '#lib/features/counts/recount.commands.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { seal } from '#lib/platform/crypto/sealed.ts';
import type { NewRow, Tables } from '#lib/platform/db/schema.ts';
import { instantOf } from '#lib/platform/clock/zone.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { textsJson } from '#lib/platform/i18n/texts.ts';
import type { FreshDatabase } from '#tests/harness/databases.ts';

/** Noon of Friday 1 May 2026 in Beirut: when everything here happens unless a test says otherwise. */
export const NOW = instantOf('2026-05-01', '12:00', 'Asia/Beirut');

export interface Account {
	id: string;
	role: Role;
	sectionId: string;
	/** Where a facilitator or coordinator works; nowhere when there are none. */
	centreIds: string[];
	/** Further roles. */
	also?: readonly HeldRole[];
}

/** The roles of an account. */
export function rolesOf({
	role,
	centreIds,
	also = []
}: Omit<Account, 'id' | 'sectionId'>): HeldRole[] {
	return [{ role, centreIds: isCentreRole(role) ? centreIds : null, bodyId: null }, ...also];
}

/**
 * What an account may see, `now` in UTC milliseconds: of one permission, or of all its roles together, which is
 * the same for an account of one role.
 */
export function contextOf(
	{ db, ring }: Pick<FreshDatabase, 'db' | 'ring'>,
	account: Account,
	now = NOW,
	permission: Permission = 'change own settings'
): Context & { actor: StaffActor } {
	const { id, sectionId } = account;
	const actor: StaffActor = {
		kind: 'staff',
		accountId: id,
		roles: rolesOf(account),
		sectionId,
		isExample: false,
		name: id,
		locale: 'en',
		theme: 'auto',
		secondStep: 'free'
	};
	return { db, ring, actor, scope: scopeOf(actor, permission)!, now };
}

export async function addSection(fresh: FreshDatabase, name = 'Lebanon'): Promise<string> {
	return add(fresh, 'section', {
		id: newId(),
		name_texts: textsJson({ en: name }),
		country: 'LB',
		zone: 'Asia/Beirut',
		locale: 'ar',
		week_starts_on: 1,
		is_example: 0
	});
}

/** A centre open from eight to six, Monday to Friday. */
export async function addCentre(
	fresh: FreshDatabase,
	sectionId: string,
	name = 'Centre'
): Promise<string> {
	return add(fresh, 'centre', {
		id: newId(),
		section_id: sectionId,
		name_texts: textsJson({ en: name }),
		adm1_pcode: 'LB1',
		zone: 'Asia/Beirut',
		closed_weekdays: '6,7',
		opens_at: '08:00',
		closes_at: '18:00'
	});
}

export interface Place {
	sectionId: string;
	centreId: string;
}

export async function addRoom(fresh: FreshDatabase, place: Place, name = 'Room'): Promise<string> {
	return add(fresh, 'room', {
		id: newId(),
		section_id: place.sectionId,
		centre_id: place.centreId,
		name_texts: textsJson({ en: name }),
		capacity: 30
	});
}

/** An account of the section; with `centreIds` it works at those centres. */
export async function addAccount(
	fresh: FreshDatabase,
	given: {
		sectionId: string;
		role?: Role;
		name?: string;
		centreIds?: string[];
		also?: readonly HeldRole[];
	}
): Promise<Account> {
	const id = newId();
	const place = (column: string) => ({ table: 'account', column, row: id });
	const account = {
		id,
		role: given.role ?? ('facilitator' as const),
		sectionId: given.sectionId,
		centreIds: given.centreIds ?? [],
		also: given.also ?? []
	};
	await add(fresh, 'account', {
		id,
		section_id: account.sectionId,
		email_index: id,
		email_sealed: seal(fresh.ring, place('email_sealed'), `${id}@example.org`),
		name_sealed: seal(fresh.ring, place('name_sealed'), given.name ?? `Adult ${id}`),
		password_hash: 'no password opens this',
		locale: 'en',
		theme: 'auto',
		disabled_at: null,
		created_at: NOW
	});
	for (const row of roleRows(id, account.sectionId, rolesOf(account)))
		await add(fresh, 'account_role', row);
	return account;
}

/** A further month of ten people as it left, January first; answers its id. */
export async function addSnapshot(fresh: FreshDatabase, section_id: string): Promise<string> {
	const earlier = await fresh.db
		.selectFrom('snapshot')
		.select('id')
		.where('section_id', '=', section_id)
		.execute();
	const number = earlier.length + 1;
	const id = await add(fresh, 'snapshot', {
		...{ id: newId(), section_id, period: `2026-0${number}`, layout: 'total', number },
		...{ frozen_on: '2026-05-01', frozen_by: 'somebody', people_count: 10, zeros_hidden: 0 },
		...{ activity: '', indicator: '' }
	});
	await fresh.db
		.insertInto('snapshot_total')
		.values({ snapshot_id: id, since_year: 2026, section_id, people_count: 10, is_carried: 0 })
		.execute();
	return id;
}

/** A curriculum with one published version of so many sessions; answers the version's id. */
export async function addVersion(
	fresh: FreshDatabase,
	sectionId: string,
	{ sessionCount, minutes = 60 }: { sessionCount: number; minutes?: number }
): Promise<string> {
	const curriculumId = await add(fresh, 'curriculum', {
		id: newId(),
		section_id: sectionId,
		name_texts: textsJson({ en: 'Incredible Me' }),
		audience: 'children'
	});
	const versionId = await add(fresh, 'curriculum_version', {
		id: newId(),
		section_id: sectionId,
		curriculum_id: curriculumId,
		number: 1,
		published_on: '2026-01-01'
	});
	const moduleId = await add(fresh, 'curriculum_module', {
		id: newId(),
		section_id: sectionId,
		version_id: versionId,
		position: 1,
		name_texts: textsJson({ en: 'Module' })
	});
	for (let position = 1; position <= sessionCount; position += 1)
		await add(fresh, 'session_plan', {
			id: newId(),
			section_id: sectionId,
			version_id: versionId,
			position,
			module_id: moduleId,
			title_texts: textsJson({ en: `Title ${position}` }),
			minutes
		});
	return versionId;
}

/** An open cohort of children with thirty places and no members. */
export async function addCohort(
	fresh: FreshDatabase,
	place: Place,
	given: Partial<NewRow<'cohort'>> & { name?: string; facilitators?: Account[] } = {}
): Promise<string> {
	const { name = 'Butterflies', facilitators = [], ...columns } = given;
	const id = await add(fresh, 'cohort', {
		id: newId(),
		section_id: place.sectionId,
		centre_id: place.centreId,
		name_texts: textsJson({ en: name }),
		audience: 'children',
		age_from: 6,
		age_to: 9,
		capacity: 30,
		member_count: 0,
		status: 'open',
		...columns
	});
	for (const { id: account_id } of facilitators)
		await add(fresh, 'cohort_facilitator', {
			cohort_id: id,
			account_id,
			section_id: place.sectionId,
			from_on: '2026-01-01'
		});
	return id;
}

export async function addPerson(
	fresh: FreshDatabase,
	place: Place,
	name = 'Nour'
): Promise<string> {
	const id = newId();
	return add(fresh, 'person', {
		id,
		section_id: place.sectionId,
		centre_id: place.centreId,
		kind: 'child',
		name_sealed: seal(fresh.ring, { table: 'person', column: 'name_sealed', row: id }, name),
		sex: 'f',
		birth_year: 2016,
		population_group: null
	});
}

/** Puts a new person into a cohort from the beginning of the year on, and counts the place as taken. */
export async function addMember(
	fresh: FreshDatabase,
	{ cohortId, ...place }: Place & { cohortId: string },
	name = 'Nour'
): Promise<string> {
	const personId = await addPerson(fresh, place, name);
	await join(fresh, { cohortId, personId, sectionId: place.sectionId });
	return personId;
}

/** Puts so many new people born in a year into a cohort. */
export async function addMembers(
	fresh: FreshDatabase,
	place: Place & { cohortId: string },
	{ count, birthYear }: { count: number; birthYear: number }
): Promise<void> {
	for (let n = 0; n < count; n += 1) {
		const id = await addMember(fresh, place);
		await fresh.db
			.updateTable('person')
			.set({ birth_year: birthYear })
			.where('id', '=', id)
			.execute();
	}
}

export async function join(
	fresh: FreshDatabase,
	{
		cohortId,
		personId,
		sectionId,
		joinedOn = '2026-01-01',
		leftOn = null
	}: {
		cohortId: string;
		personId: string;
		sectionId: string;
		joinedOn?: string;
		leftOn?: string | null;
	}
): Promise<void> {
	await add(fresh, 'cohort_member', {
		cohort_id: cohortId,
		person_id: personId,
		section_id: sectionId,
		joined_on: joinedOn,
		left_on: leftOn
	});
	await fresh.db
		.updateTable('cohort')
		.set((eb) => ({ member_count: eb('member_count', '+', 1) }))
		.where('id', '=', cohortId)
		.execute();
}

export interface CycleOf extends Place {
	cohortId: string;
	versionId: string;
	roomId: string;
	plannedBy: string;
}

/** A cycle without sessions: `addSession` puts them in. */
export async function addCycle(fresh: FreshDatabase, cycle: CycleOf): Promise<string> {
	return add(fresh, 'cycle', {
		id: newId(),
		section_id: cycle.sectionId,
		centre_id: cycle.centreId,
		cohort_id: cycle.cohortId,
		version_id: cycle.versionId,
		room_id: cycle.roomId,
		weekdays: '2,4',
		start_time: '15:00',
		starts_on: '2026-01-01',
		ends_on: '2026-12-31',
		planned_by: cycle.plannedBy,
		planned_at: NOW
	});
}

/** One session of a cycle on a date at 15:00, planned; a held one is recorded by who planned the cycle. */
export async function addSession(
	fresh: FreshDatabase,
	cycle: CycleOf & { cycleId: string },
	{ date, status = 'planned', time = '15:00' }: SessionOf
): Promise<string> {
	const used = await fresh.db
		.selectFrom('session')
		.select('position')
		.where('cycle_id', '=', cycle.cycleId)
		.execute();
	const plan = await fresh.db
		.selectFrom('session_plan')
		.select('id')
		.where('version_id', '=', cycle.versionId)
		.executeTakeFirstOrThrow();
	const isHeld = status === 'held';
	return add(fresh, 'session', {
		id: newId(),
		section_id: cycle.sectionId,
		centre_id: cycle.centreId,
		cohort_id: cycle.cohortId,
		cycle_id: cycle.cycleId,
		session_plan_id: plan.id,
		position: used.length + 1,
		room_id: cycle.roomId,
		on_date: date,
		start_time: time,
		minutes: 60,
		zone: 'Asia/Beirut',
		status,
		headcount: null,
		recorded_by: isHeld ? cycle.plannedBy : null,
		recorded_at: isHeld ? NOW : null,
		version: 1
	});
}

/** An open session for caregivers at a centre on a date at 17:00, elsewhere, run by the accounts given. */
export async function addOpenSession(
	fresh: FreshDatabase,
	place: Place,
	given: Partial<NewRow<'session'>> & { on_date: string; facilitators?: Account[] }
): Promise<string> {
	const { facilitators = [], ...columns } = given;
	const session_id = await add(fresh, 'session', {
		...{ id: newId(), section_id: place.sectionId, centre_id: place.centreId },
		...{ cohort_id: null, cycle_id: null, session_plan_id: null, position: null, room_id: null },
		...{ title_texts: textsJson({ en: 'Talk for parents' }), audience: 'caregivers' as const },
		...{ mode: 'elsewhere' as const, place_texts: textsJson({ en: 'Shelter' }) },
		...{ start_time: '17:00', minutes: 60, zone: 'Asia/Beirut', status: 'planned' as const },
		...{ headcount: null, recorded_by: null, recorded_at: null, version: 1 },
		...columns
	});
	for (const { id: account_id } of facilitators)
		await add(fresh, 'session_facilitator', {
			session_id,
			account_id,
			section_id: place.sectionId
		});
	return session_id;
}

export interface SessionOf {
	date: string;
	status?: Tables['session']['status'];
	time?: string;
}

export async function addTarget(
	fresh: FreshDatabase,
	given: Partial<NewRow<'target'>> & { section_id: string }
): Promise<string> {
	const id = await add(fresh, 'target', {
		id: newId(),
		centre_id: null,
		parent_id: null,
		name_texts: textsJson({ en: 'Target' }),
		starts_on: '2026-01-01',
		ends_on: '2026-12-31',
		amount: 100,
		is_example: 0,
		...given
	});
	await recountTarget(fresh.db, { sectionId: given.section_id, targetId: id });
	return id;
}

export async function addIndicator(
	fresh: FreshDatabase,
	sectionId: string,
	given: Partial<NewRow<'indicator'>> = {}
): Promise<string> {
	return add(fresh, 'indicator', {
		id: newId(),
		section_id: sectionId,
		name_texts: textsJson({ en: 'People reached' }),
		definition_texts: textsJson({ en: 'Who came' }),
		measure: 'reached',
		activityinfo_code: null,
		iati_code: null,
		dhis2_code: null,
		...given
	});
}

export async function addPartner(
	fresh: FreshDatabase,
	sectionId: string,
	name = 'Partner'
): Promise<string> {
	const id = await add(fresh, 'body', {
		id: newId(),
		section_id: sectionId,
		name_texts: textsJson({ en: name }),
		source_texts: null
	});
	await add(fresh, 'body_kind', { body_id: id, kind: 'partner', section_id: sectionId });
	return id;
}

/** A roadmap of 2026 with one outcome: the ids of both. */
export async function addRoadmap(
	fresh: FreshDatabase,
	given: Partial<NewRow<'roadmap'>> & { section_id: string }
): Promise<{ roadmapId: string; outcomeId: string }> {
	const roadmapId = await add(fresh, 'roadmap', {
		id: newId(),
		name_texts: textsJson({ en: 'Roadmap' }),
		starts_on: '2026-01-01',
		ends_on: '2026-12-31',
		is_example: 0,
		...given
	});
	const outcome = { section_id: given.section_id, roadmap_id: roadmapId };
	return { roadmapId, outcomeId: await addOutcome(fresh, outcome) };
}

export async function addOutcome(
	fresh: FreshDatabase,
	given: Partial<NewRow<'roadmap_outcome'>> & { section_id: string; roadmap_id: string }
): Promise<string> {
	return add(fresh, 'roadmap_outcome', {
		id: newId(),
		position: 1,
		name_texts: textsJson({ en: 'Outcome' }),
		...given
	});
}

/** An open milestone of sessions, begun in April and due at the end of June 2026. */
export async function addMilestone(
	fresh: FreshDatabase,
	given: Partial<NewRow<'milestone'>> & { section_id: string; outcome_id: string }
): Promise<string> {
	const siblings = await fresh.db
		.selectFrom('milestone')
		.select('id')
		.where('outcome_id', '=', given.outcome_id)
		.execute();
	return add(fresh, 'milestone', {
		id: newId(),
		position: siblings.length + 1,
		kind: 'sessions',
		name_texts: textsJson({ en: 'Milestone' }),
		starts_on: '2026-04-01',
		due_on: '2026-06-30',
		body_id: null,
		from_children: 0,
		source_texts: null,
		is_example: 0,
		reached_on: null,
		evidence_texts: null,
		confirmed_by: null,
		closed_by: null,
		closed_at: null,
		version: 1,
		...given
	});
}

export async function addActivity(
	fresh: FreshDatabase,
	given: Partial<NewRow<'activity'>> & { section_id: string; milestone_id: string }
): Promise<string> {
	return add(fresh, 'activity', {
		id: newId(),
		position: 1,
		name_texts: textsJson({ en: 'Activity' }),
		starts_on: '2026-04-01',
		ends_on: '2026-05-31',
		body_id: null,
		...given
	});
}

/** Lets the sessions of a cycle count for a milestone. */
export async function addLink(
	fresh: FreshDatabase,
	given: Omit<NewRow<'milestone_cycle'>, 'linked_at'>
): Promise<void> {
	await add(fresh, 'milestone_cycle', { linked_at: NOW, ...given });
}

async function add<T extends keyof Tables>(
	{ db }: FreshDatabase,
	table: T,
	row: NewRow<T>
): Promise<string> {
	await db
		.insertInto(table)
		.values(row as never)
		.execute();
	return (row as { id?: string }).id ?? '';
}

/** A project the section keeps, with sections that take part and what each shows. */
export async function addProject(
	fresh: FreshDatabase,
	section_id: string,
	{
		others = [],
		...given
	}: Partial<NewRow<'project'>> & { others?: Omit<NewRow<'project_section'>, 'project_id'>[] } = {}
): Promise<string> {
	const id = await add(fresh, 'project', {
		...{ id: newId(), section_id, name_texts: textsJson({ en: 'Grant' }) },
		...{ starts_on: '2026-01-01', ends_on: '2026-12-31', ended_on: null, is_example: 0 },
		...given
	});
	for (const part of [{ section_id }, ...others])
		await add(fresh, 'project_section', { project_id: id, ...part });
	return id;
}
