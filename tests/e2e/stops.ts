import type { Page } from '@playwright/test';
import { m } from '#lib/paraglide/messages.js';
import {
	CAST,
	centreId,
	COHORTS,
	facilitatorsAt,
	FURTHER_FOCAL_POINT,
	INDICATORS,
	MILESTONES,
	OPEN_CODE,
	PEOPLE,
	PROJECTS,
	RECEIPT,
	ROADMAPS,
	rolesOf,
	TARGETS,
	type CastMember
} from '#lib/features/example/cast.ts';
import { exampleId } from '#lib/features/example/invent.ts';
import { makeSetupLink } from '#lib/features/organisation/link.commands.server.ts';
import { can, type Permission } from '#lib/platform/access/roles.ts';
import type { Db } from '#lib/platform/db/open.ts';
import { linkHash, LINK_MS } from '#lib/platform/login/links.ts';
import { LOCALE_NAMES } from '#lib/platform/i18n/locale.ts';
import { getLocale } from '#lib/paraglide/runtime.js';
import { NOW, TODAY } from './halqa.ts';
import { chooseBand } from './child.ts';
import { anAskedDraft, ASKED, ASKED_DRAFT, FULL_ON_PAPER } from './asking.ts';
import { aDraft, CURRICULUM_PATHS } from './curricula.ts';
import { addressOf, collidingWish } from './planner.ts';
import { POLICY } from '../../src/policy.ts';

/** A page as one person sees it. */
export interface Stop {
	/** Short and unique: it names the picture. */
	name: string;
	/** Who looks; null before any login. */
	as: CastMember | null;
	path: string;
	/** What the page answers; 200 when left out. */
	status?: number;
	/** Brings the page into the state to look at. */
	prepare?(page: Page): Promise<void>;
	/** Another role's view of a page that is looked at elsewhere. */
	again?: true;
}

/** Who looks at the pages of a role. */
export const ONE_OF_EACH_ROLE: readonly CastMember[] = [
	CAST.facilitator,
	CAST.coordinator,
	CAST.manager,
	CAST.focalPoint,
	CAST.monitoring,
	CAST.projectManager,
	CAST.partner,
	CAST.advisoryGroup,
	CAST.admin,
	CAST.network
];

/** Every page of the policy for every role that sees it, and the states of pages that look different. */
export async function allStops(db: Db): Promise<Stop[]> {
	const sessions = await sessionsOfCedars(db);
	await openCodeOf(db, sessions.answering);
	await askToTalk(db, sessions);
	await addAlerts(db);
	await giveAway(db, sessions.later);
	return [
		...pagesByRole(sessions),
		...states(sessions),
		...(await aDraft(db)),
		...(await anAskedDraft(db)),
		...(await setUps(db)),
		await joining(db),
		...CHILDREN
	];
}

/** Setting up an organisation of one's own, before any login. */
async function setUps(db: Db): Promise<Stop[]> {
	const { token } = (await makeSetupLink(db, Date.parse(NOW)))!;
	return [
		{ name: 'setup', as: null, path: '/setup' },
		{ name: 'setup wrong code', as: null, path: '/setup', prepare: pasteOldLink },
		{ name: 'setup own', as: null, path: `/setup/${token}` },
		{ name: 'setup own refused', as: null, path: `/setup/${token}`, prepare: setUpNothing },
		{ name: 'setup used link', as: null, path: '/setup/used', status: 404 }
	];
}

/** What someone sees who opens the link they were sent. */
async function joining(db: Db): Promise<Stop> {
	const now = Date.parse(NOW);
	await db
		.insertInto('account_link')
		.values({
			account_id: CAST.manager.id,
			section_id: CAST.manager.sectionId!,
			token_hash: linkHash('sent'),
			kind: 'invite',
			made_by: CAST.admin.id,
			made_at: now,
			expires_at: now + LINK_MS.invite,
			used_at: null
		})
		.execute();
	return { name: 'join', as: null, path: '/join/sent' };
}

async function inviteSomeone(page: Page): Promise<void> {
	await page.getByLabel(m.accounts_name()).fill('Nour');
	await page.getByLabel(m.login_email()).fill(`${crypto.randomUUID()}@example.net`);
	await page.locator('[name="centres_facilitator"]').first().check();
	await page.getByRole('button', { name: m.accounts_invite_submit() }).click();
	await page.getByLabel(m.account_link_words()).waitFor();
}

async function setUpCode(page: Page): Promise<void> {
	await page.getByRole('button', { name: m.code_set_up() }).click();
	await page.getByRole('img', { name: m.code_qr() }).waitFor();
}

/** A correction without the name that is filled in. */
async function correctWrongly(page: Page): Promise<void> {
	await page.getByLabel(LOCALE_NAMES.ar, { exact: true }).fill('يعرفون الآن');
	await page.getByRole('button', { name: m.wording_save() }).click();
	await page.locator('[aria-invalid="true"]').waitFor();
}

async function pasteOldLink(page: Page): Promise<void> {
	await page.getByLabel(m.setup_link_code()).fill('http://localhost:3000/setup/old');
	await page.getByRole('button', { name: m.setup_link_open() }).click();
	await page.getByText(m.setup_link_wrong()).waitFor();
}

async function raiseNothing(page: Page): Promise<void> {
	await page.getByRole('button', { name: m.raise_submit() }).click();
	await page.locator('[aria-invalid="true"]').first().waitFor();
}

async function setUpNothing(page: Page): Promise<void> {
	await page.getByRole('button', { name: m.setup_submit() }).click();
	await page.locator('[aria-invalid="true"]').first().waitFor();
}

/** Routes that answer with a file. */
const FILES = /(\.csv|\/file|\/picture|\/evidence\/\[id\])$/;

function pagesByRole(sessions: Sessions): Stop[] {
	const shown = new Set<string>();
	return Object.entries(POLICY).flatMap(([route, entry]) => {
		if (entry === 'folder' || !isPermission(entry.read) || FILES.test(route)) return [];
		const needs = entry.read;
		return ONE_OF_EACH_ROLE.filter((one) => can({ roles: rolesOf(one) }, needs)).map((as): Stop => {
			const path = pathOf(route, sessions, as.role);
			const again = shown.has(route);
			shown.add(route);
			return {
				name: `${route.slice('/(staff)/'.length)} ${as.role}`,
				as,
				path,
				...(route === '/(staff)/imports/[id]' && { prepare: bringList }),
				...(route === '/(staff)/imports/[id]/rows' && { prepare: lookAtRows }),
				...(again && { again })
			};
		});
	});
}

function isPermission(read: string): read is Permission {
	return read !== 'anyone' && read !== 'logged in' && read !== 'owes a code';
}

/** An address of a route. Throws for a route with an id it does not know, so that a new page cannot be forgotten. */
function pathOf(route: string, sessions: Sessions, role: string): string {
	// A partner opens milestones of its own body alone.
	const milestone = role === 'partner' ? MILESTONES.eveningHours : MILESTONES.akkar;
	const bare = route.replace('/(staff)', '');
	const curriculum = Object.keys(CURRICULUM_PATHS).find((known) => bare.startsWith(known));
	const path = bare
		.replace('/(child)/asked/[id]', `/asked/${ASKED}`)
		.replace('/settings/asked/[id]/question', `/settings/asked/${ASKED_DRAFT}/question?id=own_1`)
		.replace('/settings/asked/[id]', `/settings/asked/${ASKED}`)
		.replace('/voices/paper/[id]', `/voices/paper/${sessions.answering}?paper=${FULL_ON_PAPER}`)
		.replace(curriculum ?? '[none]', CURRICULUM_PATHS[curriculum ?? ''] ?? '')
		.replace('/safeguarding/directory/[id]', `/safeguarding/directory/${HELP_ENTRY}`)
		.replace('/settings/accounts/[id]', `/settings/accounts/${CAST.facilitator2.id}`)
		.replace('/settings/alerts/[id]', `/settings/alerts/${TEST_ALERT}`)
		.replace('/settings/centres/[id]', `/settings/centres/${centreId(1)}`)
		.replace(/^\/imports\/\[id\].*/, '/imports') // which leads there
		.replace('/members/[person]', `/members/${PEOPLE.inTwoCohorts}`)
		.replace('/cohorts/[id]', `/cohorts/${COHORTS.butterflies}`)
		.replace('/erasures/[id]', `/erasures/${RECEIPT}`)
		.replace('/people/[id]', `/people/${PEOPLE.inTwoCohorts}`)
		.replace('/calendar/changes/[id]', `/calendar/changes/${exampleId('change school')}`)
		.replace('/sessions/[id]/code', `/sessions/${sessions.answering}/code`)
		.replace('/sessions/[id]', `/sessions/${sessions.today}`)
		.replace('/reading/[id]', `/reading/${sessions.toRead}`)
		.replace('/voices/[id]', `/voices/${sessions.answered}`)
		.replace('/targets/indicators/[id]', `/targets/indicators/${INDICATORS.lebanon}`)
		.replace('/projects/[id]', `/projects/${PROJECTS.grant}`)
		.replace('/targets/[id]', `/targets/${TARGETS.strategy}`)
		.replace('/roadmaps/milestones/[id]', `/roadmaps/milestones/${milestone}`)
		.replace('/roadmaps/[id]', `/roadmaps/${ROADMAPS.lebanon}`);
	if (path.includes('[')) throw new Error(`No example address for ${route}`);
	return path;
}

function states(sessions: Sessions): Stop[] {
	const rana = CAST.facilitator;
	const both = facilitatorsAt(1)
		.slice(0, 2)
		.map(({ id }) => id);
	const colliding = collidingWish(TODAY);
	return [
		{ name: 'login', as: null, path: '/login' },
		{ name: 'login refused', as: null, path: '/login', prepare: logInWrongly },
		{ name: 'login phone', as: CAST.coordinator, path: '/login/phone' },
		{ name: 'login after it ended', as: null, path: '/login?kept=1' },
		{ name: 'plan with clashes', as: rana, path: addressOf(colliding, [rana.id]) },
		{
			name: 'plan without clashes',
			as: rana,
			path: addressOf({ ...colliding, time: '12:00' }, both)
		},
		{
			name: 'plan with errors',
			as: rana,
			path: addressOf({ ...colliding, from: 'May', weekdays: [] }, [])
		},
		{
			name: 'plan for a closed cohort',
			as: CAST.coordinator,
			path: addressOf({ ...colliding, cohort: COHORTS.oliveGrove }, both)
		},
		{ name: 'cohort full', as: rana, path: `/cohorts/${COHORTS.cedars}` },
		{ name: 'cohort closed', as: CAST.coordinator, path: `/cohorts/${COHORTS.oliveGrove}` },
		{
			name: 'register refused',
			as: rana,
			path: `/sessions/${sessions.today}`,
			prepare: saveWithoutHeadcount
		},
		{ name: 'register saved', as: rana, path: `/sessions/${sessions.held}?done=recorded` },
		{ name: 'feedback open', as: CAST.coordinator, path: `/sessions/${sessions.answering}` },
		{ name: 'feedback closed', as: rana, path: `/sessions/${sessions.answered}` },
		{
			name: 'feedback to close',
			as: CAST.coordinator,
			path: `/sessions/${sessions.answering}`,
			prepare: askToClose
		},
		{
			name: 'milestone to link',
			as: CAST.manager,
			path: `/roadmaps/milestones/${MILESTONES.newGroups}`
		},
		{
			name: 'milestone closed',
			as: CAST.manager,
			path: `/roadmaps/milestones/${MILESTONES.guide}`
		},
		{
			name: 'milestone not closed',
			as: CAST.manager,
			path: `/roadmaps/milestones/${MILESTONES.eveningHours}`,
			prepare: closeWithoutEvidence
		},
		{ name: 'register too early', as: rana, path: `/sessions/${sessions.later}` },
		{
			name: 'substitute nobody chosen',
			as: rana,
			path: `/sessions/${sessions.today}/substitute`,
			prepare: handOverToNobody
		},
		{
			name: 'substitute to give back',
			as: rana,
			path: `/sessions/${sessions.later}/substitute`
		},
		{ name: 'substitute to be', as: CAST.coordinator, path: '/today' },
		{
			name: 'closed day removed',
			as: CAST.manager,
			path: '/settings/closed-days?done=removed&undo=none'
		},
		{ name: 'code offered', as: rana, path: '/settings', prepare: setUpCode },
		{
			name: 'text corrected wrongly',
			as: CAST.admin,
			path: '/settings/words?language=ar&text=child_help_asked',
			prepare: correctWrongly
		},
		{ name: 'invited', as: CAST.admin, path: '/settings/accounts', prepare: inviteSomeone },
		{ name: 'pasted table', as: CAST.admin, path: '/settings/centres', prepare: pasteWell },
		{
			name: 'pasted table wrong',
			as: CAST.admin,
			path: '/settings/centres',
			prepare: pasteWrongly
		},
		{ name: 'safety raised', as: CAST.manager, path: '/safeguarding?raised=imminent' },
		{ name: 'safety read by nobody', as: rana, path: '/safeguarding?raised=routine&unread=1' },
		{ name: 'safety refused', as: rana, path: '/safeguarding', prepare: raiseNothing },
		{
			name: 'target pasted wrong',
			as: CAST.manager,
			path: `/targets/${TARGETS.strategy}`,
			prepare: pastePartsWrongly
		},
		{ name: 'undo', as: CAST.network, path: '/undo' },
		{ name: 'search', as: CAST.coordinator, path: '/search' },
		{ name: 'search found', as: CAST.coordinator, path: '/search', prepare: searchForCentre },
		{ name: 'person to edit', as: CAST.coordinator, path: PERSON, prepare: editWrongly },
		{ name: 'cohort known already', as: rana, path: BUTTERFLIES, prepare: enrolKnownName },
		{ name: 'people found', as: CAST.coordinator, path: '/people', prepare: findPeople },
		{ name: 'calendar next week', as: rana, path: '/calendar?date=2026-12-25' },
		{ name: 'not found', as: rana, path: '/nowhere', status: 404 },
		{ name: 'cohort not found', as: rana, path: `/cohorts/${COHORTS.rivers}`, status: 404 },
		{ name: 'forbidden', as: rana, path: '/targets', status: 403 }
	];
}

/** Swallows are thirteen to sixteen: what they see first is the welcome of the oldest. */
const SWALLOWS_CODE = '11223344';
const HELP_ENTRY = exampleId('help LB 1714');
const TEST_ALERT = 'e5f7a1b2-3c4d-4e5f-8a9b-0c1d2e3f4a5b';
const youngest = `/s/${OPEN_CODE}`;
const older = `/s/${SWALLOWS_CODE}`;

/** Children's pages, in the language of the reader: the code's own is another. */
const CHILDREN: readonly Stop[] = [
	child('child youngest', youngest),
	child('child youngest, nothing chosen', youngest, next),
	child('child youngest, second question', youngest, skip),
	child('child older', older, (page) => chooseBand(page, '10-13')),
	child('child older, in words', older, async (page) => {
		await chooseBand(page, '10-13');
		for (let n = 0; n < 7; n += 1) await skip(page);
	}),
	child('child oldest, welcome', older),
	child('child oldest, question', older, async (page) => {
		await page.getByRole('button', { name: m.child_start() }).click();
	}),
	child('child offered somebody to talk to', youngest, async (page) => {
		await skip(page);
		await page.getByRole('radio').first().check();
		await next(page);
	}),
	child('child and the next one', youngest, async (page) => {
		await skip(page);
		await page.goto(youngest);
	}),
	child('child choosing a language', youngest, (page) => page.locator('summary').click()),
	child('child before sending', youngest, async (page) => {
		await skip(page);
		await skip(page);
	}),
	child('child sent', youngest, async (page) => {
		await skip(page);
		await skip(page);
		await page.getByRole('button', { name: m.child_send(), exact: true }).click();
	}),
	child('child stopping', youngest, async (page) => {
		await skip(page);
		await page.getByRole('button', { name: m.child_stop(), exact: true }).click();
	}),
	child('child withdrawn', youngest, async (page) => {
		await page.getByRole('button', { name: m.child_stop(), exact: true }).click();
		await page.getByRole('button', { name: m.child_stop_now() }).click();
	}),
	child('child wants to talk', youngest, (page) =>
		page.getByRole('button', { name: m.child_talk() }).click()
	),
	child('child asked to talk', youngest, async (page) => {
		await page.getByRole('button', { name: m.child_talk() }).click();
		await page.getByRole('button', { name: m.child_help_come() }).click();
	}),
	{ name: 'child code', as: null, path: '/s' },
	{ name: 'child code odd', as: null, path: '/s?code=12' },
	{ name: 'child code not open', as: null, path: '/s/00000000', status: 404 },
	{ name: 'child help without a code', as: null, path: '/s/0/help' }
];

/** A page of a child that begins anew in the reader's language. */
function child(name: string, path: string, prepare?: (page: Page) => Promise<unknown>): Stop {
	return {
		name,
		as: null,
		path,
		prepare: async (page) => {
			await page.context().clearCookies();
			await page.goto(path);
			await page.locator('summary').click();
			const language = LOCALE_NAMES[getLocale() as keyof typeof LOCALE_NAMES];
			await page.getByRole('button', { name: language, exact: true }).click();
			await prepare?.(page);
		}
	};
}

async function skip(page: Page): Promise<void> {
	await page.getByRole('button', { name: m.child_skip() }).click();
}

async function next(page: Page): Promise<void> {
	await page.getByRole('button', { name: m.child_next() }).click();
}

async function logInWrongly(page: Page): Promise<void> {
	await page.getByLabel(m.login_email()).fill('nobody@example.org');
	await page.getByLabel(m.login_password()).fill('not this one');
	await page.getByRole('button', { name: m.login_submit(), exact: true }).click();
	await page.getByRole('alert').waitFor();
}

async function searchForCentre(page: Page): Promise<void> {
	await page.getByRole('searchbox').fill('1');
	await page.getByRole('searchbox').press('Enter');
	await page.getByRole('main').getByRole('listitem').first().waitFor();
}

const PERSON = `/people/${PEOPLE.inTwoCohorts}`;
const BUTTERFLIES = `/cohorts/${COHORTS.butterflies}`;

/** Everything opened, with a contact person who could never be called. */
async function editWrongly(page: Page): Promise<void> {
	await page.getByText(m.guardian_add(), { exact: true }).click();
	const form = page.getByRole('form', { name: m.guardian_add() });
	await form.getByLabel(m.people_name()).fill('Hiba');
	await form.getByRole('button', { name: m.guardian_add_submit() }).click();
	await page.locator('[aria-invalid="true"]').first().waitFor();
	await page.getByText(m.people_edit(), { exact: true }).click();
}

/** Types who is a member already, born in 2016 in the example. */
async function enrolKnownName(page: Page): Promise<void> {
	await page.goto(PERSON);
	const name = await page.getByRole('heading', { level: 1 }).innerText();
	await page.goto(BUTTERFLIES);
	await page.getByLabel(m.enrol_name()).fill(name);
	await page.getByLabel(m.enrol_birth_year()).fill('2016');
	await page.getByRole('radio', { name: m.sex_f() }).check();
	await page.getByRole('button', { name: m.enrol_submit(), exact: true }).click();
	await page.getByText(m.people_known_text()).waitFor();
}

async function findPeople(page: Page): Promise<void> {
	await page.getByRole('searchbox').fill('Mar');
	await page.getByRole('searchbox').press('Enter');
	await page.getByRole('heading', { name: m.people_found() }).waitFor();
}

async function saveWithoutHeadcount(page: Page): Promise<void> {
	await page.getByRole('button', { name: m.register_save() }).click();
	await page.getByRole('alert').waitFor();
}

async function handOverToNobody(page: Page): Promise<void> {
	await page.getByRole('button', { name: m.substitute_submit() }).click();
	await page.getByRole('alert').waitFor();
}

async function askToClose(page: Page): Promise<void> {
	await page.getByRole('link', { name: m.feedback_close() }).click();
	await page.getByRole('dialog').waitFor();
}

async function closeWithoutEvidence(page: Page): Promise<void> {
	await page.getByRole('button', { name: m.milestone_close_submit() }).click();
	await page.getByRole('alert').waitFor();
}

interface Sessions {
	held: string;
	today: string;
	later: string;
	/** Its code has closed. */
	answered: string;
	/** Its code is open, and Rana runs it. */
	answering: string;
	/** A code whose words wait for their reader. */
	toRead: string;
}

async function sessionsOfCedars(db: Db): Promise<Sessions> {
	const rows = await db
		.selectFrom('session')
		.leftJoin('feedback_code as code', 'code.session_id', 'session.id')
		.select(['session.id', 'session.on_date', 'session.status', 'code.closed_at'])
		.where('session.cohort_id', '=', COHORTS.cedars)
		.orderBy('session.on_date')
		.execute();
	const first = (fits: (row: (typeof rows)[number]) => boolean) => rows.find(fits)!.id;
	return {
		held: first(({ status }) => status === 'held'),
		today: first(({ on_date }) => on_date === TODAY),
		later: first(({ on_date }) => on_date > TODAY),
		answered: first(({ closed_at }) => closed_at !== null),
		answering: await startedSession(db),
		toRead: await codeToRead(db)
	};
}

async function codeToRead(db: Db): Promise<string> {
	const { code_id } = await db
		.selectFrom('feedback_words')
		.select('code_id')
		.where('state', '=', 'waiting')
		.orderBy('code_id')
		.executeTakeFirstOrThrow();
	return code_id;
}

/** The afternoon's session, as if it were held in the morning. */
async function startedSession(db: Db): Promise<string> {
	const { id } = await db
		.updateTable('session')
		.set({ start_time: '09:00' })
		.where('cohort_id', '=', COHORTS.swallows)
		.where('on_date', '=', TODAY)
		.returning('id')
		.executeTakeFirstOrThrow();
	return id;
}

async function openCodeOf(db: Db, session_id: string): Promise<void> {
	await db
		.insertInto('feedback_code')
		.values({
			id: session_id,
			session_id,
			section_id: CAST.facilitator.sectionId!,
			code: SWALLOWS_CODE,
			length: 'full',
			opened_by: CAST.facilitator.id,
			opened_at: Date.parse(NOW),
			closed_at: null,
			started_count: 0
		})
		.execute();
}

/** Salma runs a session of Rana's. */
async function giveAway(db: Db, session_id: string): Promise<void> {
	const section_id = CAST.facilitator.sectionId!;
	await db
		.updateTable('session_facilitator')
		.set({ account_id: CAST.coordinator.id })
		.where('session_id', '=', session_id)
		.where('account_id', '=', CAST.facilitator.id)
		.execute();
	await db
		.insertInto('substitute')
		.values({
			id: crypto.randomUUID(),
			section_id,
			session_id,
			account_id: CAST.coordinator.id,
			for_account_id: CAST.facilitator.id,
			opens_at: Date.parse(NOW) + 86_400_000,
			closes_at: Date.parse(NOW) + 3 * 86_400_000,
			made_by: CAST.facilitator.id,
			made_at: Date.parse(NOW),
			ended_at: null
		})
		.execute();
}

/** A deputy, somebody outside without an account, and a test alert to the focal point. */
async function addAlerts(db: Db): Promise<void> {
	const section_id = CAST.focalPoint.sectionId!;
	const at = Date.parse(NOW);
	await db
		.insertInto('responder')
		.values({
			...{ id: crypto.randomUUID(), section_id, centre_id: null, step: 'deputy', added_at: at },
			...{ account_id: FURTHER_FOCAL_POINT.id, name_sealed: null, address_sealed: null },
			...{ channel: null, locale: null }
		})
		.execute();
	await db
		.insertInto('alert')
		.values({
			...{ id: TEST_ALERT, section_id, subject: 'test', subject_id: TEST_ALERT, round: 1 },
			...{ step: 'focal_points', channel: 'shown', recipient_id: CAST.focalPoint.id },
			...{ account_id: CAST.focalPoint.id, responder_id: null },
			...{ due_at: at, next_try_at: at, sent_at: at }
		})
		.execute();
}

/** One child waits, another is late and was not found once, a focal point is on the way to a third; none left a name. */
async function askToTalk(db: Db, { held, today }: Sessions): Promise<void> {
	const waiting = { section_id: CAST.focalPoint.sectionId!, nickname_sealed: null };
	const at = Date.parse(NOW) - 600_000;
	const fresh = { missed_count: 0, first_taken_at: null };
	const asked = { ...waiting, ...fresh, noticed_at: at, raised_at: at, closed_at: null };
	const longAgo = at - 3 * 86_400_000;
	const late = { noticed_at: longAgo, raised_at: longAgo, missed_count: 1, first_taken_at: at };
	const going = { taken_by: CAST.focalPoint.id, taken_at: Date.parse(NOW) };
	await db
		.insertInto('concern')
		.values([
			{ ...asked, id: crypto.randomUUID(), session_id: today, taken_by: null, taken_at: null },
			{ ...asked, ...going, id: crypto.randomUUID(), session_id: held },
			{
				...{ ...asked, ...late, id: crypto.randomUUID(), session_id: held },
				...{ taken_by: null, taken_at: null }
			}
		])
		.execute();
	const raised = { kind: 'staff', raised_by: CAST.facilitator.id, session_id: null } as const;
	const about = { urgency: 'imminent', consent: 'no', is_wish_asked: 0 } as const;
	const hours = { taken_by: FURTHER_FOCAL_POINT.id, taken_at: at - 7_200_000 };
	await db
		.insertInto('concern')
		.values([
			{
				...{ ...asked, ...raised, ...about, id: crypto.randomUUID(), is_about_staff: 0 },
				...{ taken_by: null, taken_at: null }
			},
			{ ...asked, ...raised, ...about, ...hours, id: crypto.randomUUID(), is_about_staff: 1 }
		])
		.execute();
}

/** A register with a sign nobody knows, up to the question what its columns are. */
async function bringList(page: Page): Promise<void> {
	await page.getByRole('radio', { name: m.import_kind_registers() }).check();
	await page.locator('textarea[name=pasted]').fill(REGISTER);
	await page.getByRole('button', { name: m.import_take() }).click();
	await page.locator('select[name="mark.0"]').waitFor();
}

/** The rows of a list that are new, as they wait to be saved. */
async function lookAtRows(page: Page): Promise<void> {
	await bringList(page);
	for (const select of await page.locator('select[name^="mark."]').all())
		if ((await select.inputValue()) === '') await select.selectOption('present');
	await page.locator('input[name="cohort.0"]').fill('Finches');
	const centre = page.locator('select[name=centre]');
	if ((await centre.inputValue()) === '') await centre.selectOption({ index: 1 });
	await page.getByRole('button', { name: m.import_check() }).click();
	await page.locator('a[href*="/rows?verdict="]').first().click();
	await page.getByRole('link', { name: m.import_download_rows() }).waitFor();
}

const REGISTER = `سجل الحضور / Attendance
Name;الجنس;العمر;3/11/2026;10/11/2026;17/11/2026;24/11/2026;1/12/2026
Nour Example;F;١٠;✓;x;;★;
رامي مثال;ذكر;11;✓;✓;;✓;
Aya Example;F;9;غ;✓;;✓;`;

async function pasteWell(page: Page): Promise<void> {
	await pasteTable(page, 'Sunflower, Akkar, , Big room, 25, 8, 17');
}

async function pasteWrongly(page: Page): Promise<void> {
	await pasteTable(
		page,
		'Sunflower, Nowhere, , Big room, many, 8, 17\nRiver, Akkar, Zahle, Room, 20, 25, '
	);
}

async function pastePartsWrongly(page: Page): Promise<void> {
	await pasteTable(page, 'Nowhere\t12\nSaida\tmany');
}

async function pasteTable(page: Page, table: string): Promise<void> {
	await page.locator('textarea[name=table]').fill(table);
	await page.getByRole('button', { name: m.paste_check() }).click();
	await page.locator('#paste dl, #paste table, #parts table').first().waitFor();
}
