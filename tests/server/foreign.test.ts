import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
	CAST,
	centreId,
	COHORTS,
	FURTHER_FACILITATORS,
	INDICATORS,
	MILESTONES,
	PEOPLE,
	RECEIPT,
	ROADMAPS,
	rolesOf,
	roomId,
	SECTIONS,
	TARGETS,
	VERSIONS
} from '#lib/features/example/cast.ts';
import { exampleId } from '#lib/features/example/invent.ts';
import type { HeldRole } from '#lib/platform/access/actor.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { addDays, weekdayOf } from '#lib/platform/clock/days.ts';
import { addImport } from '#tests/access/imports.ts';
import { plantMarkers, type Kind, type Markers } from '#tests/access/markers.ts';
import { memberOf, readMatrix, NOBODY } from '#tests/access/matrix.ts';
import { addOtherCohort, addOtherSection, type Others } from '#tests/access/others.ts';
import { ask, backstage, contentsOf, post, type Backstage } from '#tests/access/visiting.ts';
import { startApp, type RunningApp } from '#tests/harness/app.ts';

const visitors = readMatrix().visitors.filter((visitor) => !NOBODY.includes(visitor));
const LAYLA = FURTHER_FACILITATORS[0]!.id;
const NOT_THERE = '0193e3a1-0000-7000-8000-000000000000';

let app: RunningApp;
let stage: Backstage;
let markers: Markers;
/** Another section's, and a colleague's at Rana's own centre. */
let abroad: Others;
let nextDoor: Others;
/** Rana's of today, and what she could give a colleague. */
let ownSession: string;
let across: Pick<Others, 'centre' | 'room' | 'facilitator' | 'cohort' | 'session' | 'version'>;
/** A child next door wants to talk. */
const concern = crypto.randomUUID();
/** A list that the administrator brought in: no coordinator's. */
const LIST = crypto.randomUUID();
let rows: { cohort_id: string; section_id: string; centre_id: string; staff: string[] }[];
/** The cohort a session, cycle, person or membership belongs to, by its id. */
const cohortsOf = new Map<string, string[]>();

beforeAll(async () => {
	app = await startApp();
	stage = backstage(app);
	abroad = await addOtherSection(stage);
	nextDoor = await addOtherCohort(stage, LAYLA);
	markers = await plantMarkers(stage);
	const { db } = stage;
	const session = await db
		.selectFrom('session')
		.select('id')
		.where('cohort_id', '=', COHORTS.rivers)
		.executeTakeFirstOrThrow();
	across = {
		centre: centreId(2),
		room: roomId(2, 1),
		facilitator: CAST.facilitator2.id,
		cohort: COHORTS.rivers,
		session: session.id,
		version: VERSIONS.mothersAndDaughters
	};
	const cedars = await db
		.selectFrom('session')
		.select('id')
		.where('cohort_id', '=', COHORTS.cedars)
		.where('on_date', '=', dateIn('Asia/Beirut', stage.now))
		.executeTakeFirstOrThrow();
	ownSession = cedars.id;
	await db
		.insertInto('substitute')
		.values(
			[abroad, across, nextDoor].map(({ session: session_id, facilitator }, at) => ({
				id: substituteOf(session_id),
				section_id: at === 0 ? SECTIONS.togo : SECTIONS.lebanon,
				session_id,
				account_id: at === 0 ? CAST.managerTogo.id : CAST.admin.id,
				for_account_id: facilitator,
				opens_at: stage.now,
				closes_at: stage.now + 1,
				made_by: facilitator,
				made_at: stage.now,
				ended_at: null
			}))
		)
		.execute();
	const staff = await db.selectFrom('cohort_facilitator').selectAll().execute();
	rows = (await db.selectFrom('cohort').selectAll().execute()).map((row) => ({
		cohort_id: row.id,
		section_id: row.section_id,
		centre_id: row.centre_id,
		staff: staff.filter(({ cohort_id }) => cohort_id === row.id).map((one) => one.account_id)
	}));
	const belongs = (id: string, cohort: string) =>
		cohortsOf.set(id, [...(cohortsOf.get(id) ?? []), cohort]);
	for (const { cohort_id } of rows) belongs(cohort_id, cohort_id);
	for (const row of await db
		.selectFrom('session')
		.select(['id', 'cohort_id', 'cycle_id'])
		.execute()) {
		belongs(row.id, row.cohort_id!);
		belongs(row.cycle_id!, row.cohort_id!);
	}
	await db
		.insertInto('feedback_code')
		.values(
			[abroad, across, nextDoor].map(({ session: session_id, facilitator }, at) => ({
				id: session_id,
				session_id,
				section_id: at === 0 ? SECTIONS.togo : SECTIONS.lebanon,
				code: `0000000${at}`,
				length: 'pulse' as const,
				opened_by: facilitator,
				opened_at: stage.now,
				closed_at: stage.now,
				started_count: 0
			}))
		)
		.onConflict((conflict) => conflict.doNothing())
		.execute();
	await db
		.insertInto('concern')
		.values({
			id: concern,
			section_id: SECTIONS.lebanon,
			session_id: nextDoor.session,
			nickname_sealed: null,
			noticed_at: stage.now,
			raised_at: stage.now,
			taken_by: null,
			taken_at: null,
			closed_at: null
		})
		.execute();
	await addImport(stage, { id: LIST, accountId: CAST.admin.id, sectionId: SECTIONS.lebanon });
	for (const row of await db.selectFrom('cohort_member').selectAll().execute())
		belongs(row.person_id, row.cohort_id);
});
afterAll(async () => {
	await stage.close();
	await app.stop();
});

/** Whether a visitor may read what is marked, by the words of the product and not by the code. */
function maySee(visitor: string, kind: Kind, id: string): boolean {
	return rolesOf(memberOf(visitor)!).some((held) => maySeeAs(held, visitor, kind, id));
}

/** By one of the visitor's roles. */
function maySeeAs({ role, centreIds }: HeldRole, visitor: string, kind: Kind, id: string): boolean {
	const { sectionId, id: accountId } = memberOf(visitor)!;
	const atCentre = (centre: string) => centreIds?.includes(centre) ?? false;
	const wholeSection = ['manager', 'admin', 'monitoring', 'project_manager'].includes(role);
	if (kind === 'section') return role === 'network' || id === sectionId;
	if (kind === 'centre') {
		const abroadCentre = id === abroad.centre;
		const ofSection = abroadCentre ? SECTIONS.togo : SECTIONS.lebanon;
		const names = wholeSection || role === 'focal_point'; // to say where something is
		return (names && sectionId === ofSection) || atCentre(id);
	}
	if (kind === 'person' && role === 'admin')
		return id.split(' ').some((cohort) => maySee(visitor, 'cohort', cohort));
	if (kind === 'person') return id.split(' ').some((cohort) => mayOpen(visitor, cohort));
	const cohort = rows.find(({ cohort_id }) => cohort_id === id);
	if (role === 'focal_point') return id === nextDoor.cohort; // where a child asked for them
	if (wholeSection && kind === 'cohort') return cohort?.section_id === sectionId;
	return role === 'facilitator'
		? (cohort?.staff.includes(accountId) ?? false)
		: role === 'coordinator' && atCentre(cohort?.centre_id ?? '');
}

/** Whether a visitor may see the people of a cohort. */
function mayOpen(visitor: string, cohort: string): boolean {
	const { role } = memberOf(visitor)!;
	return ['facilitator', 'coordinator'].includes(role) && maySee(visitor, 'cohort', cohort);
}

/** What of others an answer shows: marked names, and ids nobody sent. */
function foreignIn(visitor: string, asked: string, body: string): string[] {
	const names = markers
		.in(body)
		.filter(({ kind, id }) => !maySee(visitor, kind, id))
		.map(({ kind, id }) => `${kind} ${id}`);
	const uuids = new Set(body.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g));
	const ids = [...uuids].filter(
		(id) =>
			!asked.includes(id) &&
			cohortsOf.has(id) &&
			!cohortsOf.get(id)!.some((cohort) => maySee(visitor, 'cohort', cohort))
	);
	return [...names, ...ids.map((id) => `id ${id}`)].map((what) => `${asked} shows ${what}`);
}

/** The id under which somebody stands in at a session. */
function substituteOf(session: string): string {
	return `5${session.slice(1)}`;
}

/** A wish on a day with room, so that every part of the planner's answer is there to leak. */
function wish(
	changes: Partial<Record<'cohort' | 'version' | 'room' | 'with' | 'from', string>>
): string {
	const today = dateIn('Asia/Beirut', stage.now);
	const parts = {
		cohort: COHORTS.butterflies,
		version: VERSIONS.incredibleMe,
		room: roomId(1, 2),
		with: CAST.facilitator.id,
		from: addDays(today, 1),
		weekday: String(weekdayOf(today)),
		time: '16:30',
		...changes
	};
	return `/cohorts/plan?${new URLSearchParams(parts)}`;
}

function addresses(): string[] {
	const own = {
		centre: centreId(1),
		room: roomId(1, 1),
		facilitator: CAST.facilitator.id,
		session: ownSession
	};
	const there = [abroad, across, nextDoor];
	const asked = (name: 'centre' | 'room' | 'facilitator') =>
		[own, ...there].map((ids) => `/calendar?${name}=${ids[name]}`);
	return [
		...['/today', '/calendar', '/cohorts', '/cohorts/plan', '/curricula', '/targets'],
		...['/settings', '/settings/centres', '/settings/closed-days', '/settings/organisation'],
		...['/imports', `/imports/${LIST}`, '/people', '/people/new', '/people/duplicates'],
		...['/safeguarding', '/safeguarding/directory', '/handover', '/search', '/exports'],
		...['LB 1714', 'TG 117'].map((of) => `/safeguarding/directory/${exampleId(`help ${of}`)}`),
		...[abroad, nextDoor].map(({ person }) => `/people/${person}`),
		...[...PEOPLE.atTwoCentres, NOT_THERE].map((id) => `/people/${id}`),
		...[...PEOPLE.atTwoCentres, abroad.person, nextDoor.person].flatMap((id) => [
			`/people/${id}/erase`,
			`/people/${id}/report`
		]),
		...['/erasures', `/erasures/${RECEIPT}`, '/settings/retention'],
		...[own, ...there].map(({ centre }) => `/people?centre=${centre}`),
		...['/voices', '/voices/results.csv', '/roadmaps'],
		...Object.values(ROADMAPS).map((id) => `/roadmaps/${id}`),
		...Object.values(MILESTONES).map((id) => `/roadmaps/milestones/${id}`),
		...['/targets/new', '/targets/indicators'],
		...[...Object.values(TARGETS), NOT_THERE].map((id) => `/targets/${id}`),
		...Object.values(INDICATORS).map((id) => `/targets/indicators/${id}`),
		...[own, ...there].map(({ centre }) => `/settings/centres/${centre}`),
		...asked('centre'),
		...asked('centre').map((path) => path.replace('?', '/day?')),
		...asked('room'),
		...asked('facilitator'),
		...there.map(({ centre, room }) => `/calendar?centre=${centre}&room=${room}`),
		...[
			...there.map(({ cohort }) => cohort),
			COHORTS.oliveGrove,
			COHORTS.butterflies,
			NOT_THERE
		].flatMap((id) => [
			...[`/cohorts/${id}`, `/cohorts/${id}/edit`, `/cohorts/${id}/print`],
			...[`/cohorts/${id}/waiting`, `/cohorts/${id}/members/${PEOPLE.inTwoCohorts}`]
		]),
		...[own, ...there].map(({ centre }) => `/cohorts/new?centre=${centre}`),
		...[...there.map(({ session }) => session), NOT_THERE].flatMap((id) => [
			`/sessions/${id}`,
			`/sessions/${id}/code`,
			`/sessions/${id}/substitute`,
			`/voices/${id}`
		]),
		'/settings/accounts',
		...there.map(({ facilitator }) => `/settings/accounts/${facilitator}`),
		...there.map(({ facilitator }) => `/sessions/${own.session}/substitute?absent=${facilitator}`),
		wish({}),
		wish({ from: dateIn('Asia/Beirut', stage.now) }), // against the session next door
		...there.flatMap(({ cohort, room, facilitator, version }) => [
			wish({ cohort }),
			wish({ room }),
			wish({ with: facilitator }),
			wish({ version }),
			wish({ cohort, room, version, with: facilitator })
		]),
		wish({ cohort: NOT_THERE })
	];
}

function dataOf(address: string): string {
	const [path, query] = address.split('?');
	return `${path}/__data.json${query ? `?${query}` : ''}`;
}

describe('names and ids of others', () => {
	it.each(visitors)('reach %s by no page and no question', async (visitor) => {
		const cookie = await stage.logIn(memberOf(visitor)!.id);
		const shown: string[] = [];
		for (const address of addresses())
			for (const path of [address, dataOf(address)]) {
				const { status, body } = await ask(app, path, { cookie });
				expect([200, 303, 403, 404]).toContain(status);
				shown.push(...foreignIn(visitor, path, body));
			}
		expect(shown).toEqual([]);
	});

	it.each(visitors)('are found by no search of %s', async (visitor) => {
		const cookie = await stage.logIn(memberOf(visitor)!.id);
		const all = [
			markers.of('section', SECTIONS.lebanon),
			markers.of('section', SECTIONS.togo),
			...[abroad, across, nextDoor].flatMap(({ centre, cohort }) => [
				markers.of('centre', centre),
				markers.of('cohort', cohort)
			])
		];
		const shown: string[] = [];
		const people = [abroad, nextDoor].map(({ cohort }) => markers.of('person', cohort));
		for (const words of ['mark', ...all, ...people])
			for (const path of ['/search', '/people?/find']) {
				const { status, body } = await post(app, path, { words }, cookie);
				expect([200, 403]).toContain(status);
				// What was typed comes back in the field and in the page's data, between quotes; what is found stands in its markup.
				shown.push(...foreignIn(visitor, path, body.replaceAll(`"${words}"`, '')));
			}
		expect(shown).toEqual([]);
	});

	it.each(visitors)('are found by no address %s claims to have opened', async (visitor) => {
		const cookie = await stage.logIn(memberOf(visitor)!.id);
		const recent = [abroad, across, nextDoor].flatMap(({ cohort, session }) => [
			`/cohorts/${cohort}`,
			`/sessions/${session}`
		]);
		recent.push(...[abroad, nextDoor].map(({ person }) => `/people/${person}`));
		const { status, body } = await post(app, '/search', { words: '', recent }, cookie);
		expect(status).toBe(200);
		// The addresses themselves come back among what was sent; nothing else may stand on the page.
		const shown = body.replace(/recent:\[[^\]]*\]/, '');
		expect(foreignIn(visitor, '/search', shown)).toEqual([]);
	});

	it('are there to be found: Rana finds her own, a colleague the group next door', async () => {
		for (const [account, cohort] of [
			[CAST.facilitator.id, COHORTS.butterflies],
			[LAYLA, nextDoor.cohort]
		] as const) {
			const words = markers.of('cohort', cohort);
			const { body } = await post(app, '/search', { words }, await stage.logIn(account));
			expect(body).toContain(`/cohorts/${cohort}`);
			const again = { words: '', recent: [`/cohorts/${cohort}`] };
			const opened = await post(app, '/search', again, await stage.logIn(account));
			expect(opened.body).toContain(`href="/cohorts/${cohort}"`);
		}
	});

	it('are there to be found: Rana finds a child of her own, a colleague the one next door', async () => {
		for (const [account, cohort] of [
			[CAST.facilitator.id, COHORTS.swallows],
			[LAYLA, nextDoor.cohort]
		] as const) {
			const words = markers.of('person', cohort);
			const cookie = await stage.logIn(account);
			const { body } = await post(app, '/people?/find', { words }, cookie);
			expect(body).toMatch(new RegExp(`href="/people/[0-9a-f-]+"[^>]*>.*${words}`));
			const [recent] = /\/people\/[0-9a-f-]{36}/.exec(body)!;
			const again = await post(app, '/search', { words: '', recent }, cookie);
			expect(again.body).toContain(`href="${recent}"`);
		}
	});

	const own: [visitor: string, path: () => string, kind: Kind, id: () => string][] = [
		['facilitator', () => `/cohorts/${COHORTS.butterflies}`, 'cohort', () => COHORTS.butterflies],
		['facilitator', () => `/cohorts/${COHORTS.swallows}`, 'person', () => COHORTS.swallows],
		['facilitator', () => '/calendar', 'centre', () => centreId(1)],
		['facilitator2', () => `/cohorts/${COHORTS.jasmine}`, 'person', () => COHORTS.jasmine],
		['coordinator', () => `/cohorts/${COHORTS.oliveGrove}`, 'person', () => COHORTS.oliveGrove],
		['coordinator', () => `/sessions/${nextDoor.session}`, 'person', () => nextDoor.cohort],
		['coordinator', () => '/calendar', 'cohort', () => nextDoor.cohort],
		['facilitator', () => '/people', 'person', () => COHORTS.swallows],
		['facilitator2', () => `/people/${PEOPLE.atTwoCentres[0]}`, 'cohort', () => COHORTS.rivers],
		['admin', () => `/people?centre=${centreId(2)}`, 'person', () => COHORTS.rivers],
		['manager', () => '/targets', 'centre', () => centreId(7)],
		['manager-togo', () => '/calendar', 'cohort', () => abroad.cohort],
		['manager-togo', () => '/settings/closed-days', 'centre', () => abroad.centre],
		['admin', () => '/settings/centres', 'centre', () => centreId(7)],
		['admin', () => '/settings/accounts', 'centre', () => centreId(7)],
		['manager', () => `/voices/${nextDoor.session}`, 'cohort', () => nextDoor.cohort],
		['manager-togo', () => '/voices', 'cohort', () => abroad.cohort],
		['focal-point', () => '/today', 'cohort', () => nextDoor.cohort],
		['network', () => '/roadmaps', 'section', () => SECTIONS.togo],
		['network', () => '/targets', 'section', () => SECTIONS.togo]
	];
	it.each(own)('are there to be seen: %s sees their own', async (visitor, path, kind, id) => {
		const cookie = await stage.logIn(memberOf(visitor)!.id);
		const { body } = await ask(app, path(), { cookie });
		expect(body).toContain(markers.of(kind, id()));
	});

	it('are there to be seen: a colleague sees what Rana does not', async () => {
		const cookie = await stage.logIn(LAYLA);
		const { body } = await ask(app, `/sessions/${nextDoor.session}`, { cookie });
		expect(body).toContain(markers.of('person', nextDoor.cohort));
	});
});

describe('a page that is somebody else’s', () => {
	it.each(['facilitator', 'facilitator2', 'coordinator'])(
		'is not there for %s',
		async (visitor) => {
			const cookie = await stage.logIn(memberOf(visitor)!.id);
			for (const { cohort, session } of [abroad, across, nextDoor]) {
				const status = mayOpen(visitor, cohort) ? 200 : 404;
				expect((await ask(app, `/cohorts/${cohort}`, { cookie })).status).toBe(status);
				expect((await ask(app, `/sessions/${session}`, { cookie })).status).toBe(status);
			}
		}
	);

	it('answers as one that does not exist', async () => {
		const cookie = await stage.logIn(CAST.facilitator.id);
		const plain = (body: string) =>
			body.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|nonce="[^"]*"/g, '');
		const foreign = await ask(app, `/cohorts/${abroad.cohort}`, { cookie });
		const absent = await ask(app, `/cohorts/${NOT_THERE}`, { cookie });
		expect(foreign.status).toBe(absent.status);
		expect(plain(foreign.body)).toBe(plain(absent.body));
	});
});

it('a facilitator sees a colleague’s session as a busy hour, without name or link', async () => {
	const cookie = await stage.logIn(CAST.facilitator.id);
	const { body } = await ask(app, '/calendar?lang=en', { cookie });
	expect(body).toContain('10:00');
	expect(body).not.toContain(markers.of('cohort', nextDoor.cohort));
	expect(body).not.toContain(nextDoor.session);
});

describe('a form sent with the ids of others', () => {
	it.each(['facilitator', 'coordinator', 'manager', 'managerTogo', 'admin'] as const)(
		'changes nothing for %s',
		async (who) => {
			const cookie = await stage.logIn(CAST[who].id);
			const before = await contentsOf(stage.db);
			const statuses: number[] = [];
			const send = async (path: string, fields: Record<string, string>) =>
				statuses.push((await post(app, path, fields, cookie)).status);
			const isOwn = (cohort: string) => maySee(whoAs(who), 'cohort', cohort);
			for (const other of [abroad, across, nextDoor].filter(({ cohort }) => !isOwn(cohort))) {
				const { cohort, session, room, facilitator, version } = other;
				await send(`/cohorts/${cohort}?/enrol`, { name: 'Nobody', birthYear: '2016', sex: 'f' });
				await send(`/cohorts/${cohort}/edit?/save`, { ...COHORT, status: 'open' });
				if (!maySee(whoAs(who), 'centre', other.centre))
					await send(`/cohorts/new?/add&centre=${other.centre}`, COHORT);
				const marks = 'person' in other ? { [`mark.${(other as Others).person}`]: 'present' } : {};
				await send(`/sessions/${session}?/record`, { version: '1', headcount: '1', ...marks });
				await send(`/sessions/${session}?/openFeedback`, {});
				await send(`/sessions/${session}?/closeFeedback`, {});
				const hands = { session, absent: facilitator, account: CAST.facilitator.id };
				await send(`/sessions/${session}/substitute?/name`, hands);
				await send(`/sessions/${session}/substitute?/back`, { id: substituteOf(session) });
				if (facilitator !== LAYLA) {
					const given = { session: ownSession, absent: CAST.facilitator.id, account: facilitator };
					await send(`/sessions/${ownSession}/substitute?/name`, given);
				}
				for (const changed of [
					{ cohort },
					{ room },
					{ with: facilitator },
					{ cohort, room, version }
				]) {
					if ('with' in changed && facilitator === LAYLA) continue; // a colleague may be asked along
					if ('room' in changed && !('cohort' in changed) && room === roomId(1, 2)) continue; // shared
					const fields = new URLSearchParams(wish(changed).split('?')[1]);
					await send('/cohorts/plan?/confirm', Object.fromEntries(fields));
				}
			}
			for (const { person, cohort } of [abroad, nextDoor]) {
				if (who === 'managerTogo' || (who !== 'manager' && maySee(whoAs(who), 'person', cohort)))
					continue;
				const known = { name: 'Nobody', birthYear: '2016', sex: 'f', version: '1' };
				await send(`/people/${person}?/edit`, known);
				await send(`/people/${person}?/addGuardian`, GUARDIAN);
				await send(`/people/${person}?/editGuardian`, { ...GUARDIAN, guardian: NOT_THERE });
				await send(`/people/${person}?/removeGuardian`, { guardian: NOT_THERE });
				await send(`/people/${person}?/move`, { centre: centreId(1), leave: 'yes', version: '1' });
				await send(`/cohorts/${COHORTS.butterflies}?/enrolKnown`, { person });
				await send(`/people/${person}?/takeApart`, { merge: NOT_THERE });
				const two = { first: person, second: PEOPLE.inTwoCohorts, keep: person };
				await send('/people/duplicates?/merge', two);
				await send('/people/duplicates?/different', two);
			}
			const stranger = { ...NEWCOMER, centre: abroad.centre };
			expect([403, 422]).toContain((await post(app, '/people/new?/add', stranger, cookie)).status);
			const given = { centre: abroad.centre, leave: 'yes', version: '1' };
			await send(`/people/${PEOPLE.inTwoCohorts}?/move`, given);
			if (who !== 'managerTogo') await send('/handover?/choose', { account: abroad.facilitator });
			const { closedDay, centre, cycle } = who === 'managerTogo' ? nextDoor : abroad;
			const milestone = `/roadmaps/milestones/${MILESTONES.newGroups}`;
			await send(`${milestone}?/link`, { cycle });
			await send(`${milestone}?/unlink`, { cycle });
			if (who !== 'manager') await send(`${milestone}?/close`, CLOSED);
			await send('/today?/takeConcern', { concernId: concern });
			await send('/today?/closeConcern', { concernId: concern });
			await send('/settings/closed-days?/confirm', { id: closedDay });
			await send('/settings/closed-days?/remove', { id: closedDay });
			const room = { room: abroad.room, name: 'Nobody', capacity: '9' };
			for (const place of [abroad.centre, ...(who === 'admin' ? [centreId(1)] : [])]) {
				await send(`/settings/centres/${place}?/editRoom`, room);
				await send(`/settings/centres/${place}?/removeRoom`, room);
			}
			await send(`/settings/centres/${abroad.centre}?/addRoom`, room);
			await send(`/settings/centres/${abroad.centre}?/save`, CENTRE);
			for (const action of ['check', 'choose', 'decide', 'run', 'stop', 'undo', 'drop'])
				if (who !== 'admin') await send(`/imports/${LIST}?/${action}`, {});
			for (const what of ['save', 'link', 'off', 'on', 'dropCode'])
				await send(`/settings/accounts/${abroad.facilitator}?/${what}`, { roles: 'manager' });
			await send('/undo', { undo: NOT_THERE, back: '/today' });
			const day = { date: '2026-12-30', name: 'Nobody', certainty: 'confirmed', centre };
			await send('/settings/closed-days?/add', day);
			expect(statuses.length).toBeGreaterThan(2);
			expect(statuses.filter((status) => ![403, 404, 409].includes(status))).toEqual([]);
			expect(await contentsOf(stage.db)).toBe(before);
		}
	);

	it('changes nothing for a coordinator who closes another centre or the country', async () => {
		const cookie = await stage.logIn(CAST.coordinator.id);
		const before = await contentsOf(stage.db);
		for (const centre of [centreId(2), abroad.centre, '']) {
			const day = { date: '2026-12-30', name: 'Nobody', certainty: 'confirmed', centre };
			expect((await post(app, '/settings/closed-days?/add', day, cookie)).status).toBe(409);
		}
		expect(await contentsOf(stage.db)).toBe(before);
	});

	it('would have changed something with one’s own', async () => {
		const cookie = await stage.logIn(CAST.coordinator.id);
		const before = await contentsOf(stage.db);
		const fields = { name: 'Somebody', birthYear: '2016', sex: 'f' };
		const { status } = await post(app, `/cohorts/${nextDoor.cohort}?/enrol`, fields, cookie);
		expect(status).toBe(303);
		expect(await contentsOf(stage.db)).not.toBe(before);
	});
});

const NEWCOMER = { name: 'Nobody', birthYear: '2016', sex: 'f', kind: 'child' };
const GUARDIAN = { name: 'Nobody', relation: 'mother', contactWay: 'visit', version: '1' };

const CENTRE = {
	name: 'Nobody',
	region: 'LB7',
	zone: 'Asia/Beirut',
	opensAt: '08:00',
	closesAt: '17:00'
};

/** What closes a milestone that is one's own. */
const COHORT = { name: 'Nobody', audience: 'children', ageFrom: '6', ageTo: '9', capacity: '999' };
const CLOSED = { version: '1', reached: '2026-05-01', evidence: 'Seen', confirmed: 'Nobody' };

function whoAs(who: keyof typeof CAST): string {
	return CAST[who].email.split('@')[0]!;
}
