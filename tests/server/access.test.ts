import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
	CAST,
	centreId,
	COHORTS,
	INDICATORS,
	OPEN_CODE,
	PROJECTS,
	RECEIPT,
	SECTIONS,
	TARGETS
} from '#lib/features/example/cast.ts';
import { exampleId } from '#lib/features/example/invent.ts';
import { openFiles } from '#lib/platform/files/store.ts';
import { seal } from '#lib/platform/crypto/sealed.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { IDLE_MS } from '#lib/platform/login/sessions.ts';
import { linkHash } from '#lib/platform/login/links.ts';
import { builtRoutes, type BuiltRoute } from '#tests/access/built.ts';
import { addImport } from '#tests/access/imports.ts';
import { addOtherSection } from '#tests/access/others.ts';
import { memberOf, readMatrix, type Cell } from '#tests/access/matrix.ts';
import { ask, backstage, post, type Answer, type Backstage } from '#tests/access/visiting.ts';
import { startApp, type RunningApp } from '#tests/harness/app.ts';
import { PNG } from '#tests/factories/pictures.ts';
import { POLICY } from '../../src/policy.ts';

const { visitors, rows } = readMatrix();

let app: RunningApp;
let stage: Backstage;
let built: BuiltRoute[];
const logIns: Record<string, () => Promise<string | undefined>> = {};
/** Ids each visitor may open, by route; whoever may open none gets the facilitator's. */
const own: Record<string, Record<string, string>> = {};
/** A list the coordinator has brought in. */
const LIST = newId();
/** One that the coordinator of another centre has. */
const THEIR_LIST = newId();
/** An account that logs in nowhere. */
let changed: string;
/** Sessions whose code is open. */
const opened: string[] = [];

beforeAll(async () => {
	app = await startApp({ env: { TRUST_PROXY: '1' } }); // so that each test asks from its own address
	stage = backstage(app);
	built = await builtRoutes();
	const disabled = await addTwin(CAST.facilitator.id);
	await stage.db
		.updateTable('account')
		.set({ disabled_at: 1 })
		.where('id', '=', disabled)
		.execute();
	changed = await addTwin(CAST.facilitator.id);
	for (const visitor of visitors) {
		const member = memberOf(visitor);
		logIns[visitor] = member
			? () => stage.logIn(member.id)
			: async () =>
					visitor === 'expired'
						? stage.logIn(CAST.facilitator.id, IDLE_MS)
						: visitor === 'disabled'
							? stage.logIn(disabled)
							: undefined;
	}
	await stage.db
		.insertInto('account_link')
		.values({
			account_id: CAST.manager.id,
			section_id: SECTIONS.lebanon,
			token_hash: linkHash(LINK),
			kind: 'invite',
			made_by: CAST.admin.id,
			made_at: stage.now,
			expires_at: stage.now + 3_600_000,
			used_at: null
		})
		.execute();
	const ofFacilitator = await idsOf([COHORTS.cedars]);
	for (const visitor of visitors) own[visitor] = ofFacilitator;
	own['facilitator2'] = await idsOf([COHORTS.rivers, COHORTS.jasmine]);
	own['manager-togo'] = await idsInTogo();
	own['two-roles'] = {
		...(await idsOf(await cohortsWithResults(centreId(4)))),
		...ofList(THEIR_LIST)
	};
	own['partner'] = {
		...ofFacilitator,
		...(await roadmapOf(SECTIONS.lebanon, CAST.partner.bodyId))
	};
});
afterAll(async () => {
	await stage.close();
	await app.stop();
});

/** Their address is that of a curriculum which nobody has. */
const OF_CURRICULA = ['/(staff)/curricula/plans', '/(staff)/curricula/versions'];

/** Folders whose address is a page's: what is asked for there is that page. */
const FOLDERS = [
	...['/(staff)', '/(child)', '/(staff)/roadmaps/evidence', '/(staff)/roadmaps/milestones'],
	...OF_CURRICULA
];

/** The token of a live invitation. */
const LINK = 'an-invitation';

/** Of cohorts of the example: their sessions, one with results and one whose code is open now. */
async function idsOf(cohorts: string[]): Promise<Record<string, string>> {
	const sessions = await stage.db
		.selectFrom('session')
		.leftJoin('feedback_code as code', 'code.session_id', 'session.id')
		.select(['session.id', 'session.cohort_id', 'code.closed_at'])
		.where('session.cohort_id', 'in', cohorts)
		.orderBy('session.on_date', 'desc')
		.execute();
	const answered = sessions.find(({ closed_at }) => closed_at !== null)!;
	const { code_id: toRead } = await stage.db
		.selectFrom('feedback_words')
		.select('code_id')
		.where('state', '=', 'waiting')
		.executeTakeFirstOrThrow();
	const toCome = sessions[0]!;
	await stage.db
		.updateTable('session')
		.set({ on_date: dateIn('Asia/Beirut', stage.now), start_time: '00:00' })
		.where('id', '=', toCome.id)
		.execute();
	await stage.db.insertInto('feedback_code').values(codeOf(toCome.id)).execute();
	opened.push(toCome.id);
	const { person_id } = await stage.db
		.selectFrom('cohort_member')
		.select('person_id')
		.where('cohort_id', '=', toCome.cohort_id)
		.executeTakeFirstOrThrow();
	return {
		'/(staff)/safeguarding/directory/[id]': exampleId('help LB 1714'),
		...ofProject(PROJECTS.grant),
		'/(staff)/targets/[id]': TARGETS.strategy,
		'/(staff)/targets/indicators/[id]': INDICATORS.lebanon,
		'/(staff)/settings/accounts/[id]': changed,
		'/(staff)/settings/alerts/[id]': newId(),
		'/(staff)/settings/centres/[id]': centreId(1),
		...ofList(LIST),
		'/(staff)/cohorts/[id]': toCome.cohort_id!,
		'/(staff)/cohorts/[id]/consent': toCome.cohort_id!,
		'/(staff)/cohorts/[id]/edit': toCome.cohort_id!,
		'/(staff)/cohorts/[id]/members': toCome.cohort_id!,
		'/(staff)/cohorts/[id]/members/[person]': toCome.cohort_id!,
		'/(staff)/cohorts/[id]/print': toCome.cohort_id!,
		'/(staff)/cohorts/[id]/waiting': toCome.cohort_id!,
		'/(staff)/people/[id]': person_id,
		'/(staff)/people/[id]/consent': person_id,
		'/(staff)/people/[id]/erase': person_id,
		'/(staff)/people/[id]/report': person_id,
		'/(staff)/erasures/[id]': RECEIPT,
		'/(staff)/sessions/[id]': toCome.id,
		'/(staff)/sessions/[id]/change': toCome.id,
		'/(staff)/sessions/[id]/code': toCome.id,
		'/(staff)/calendar/changes/[id]': await addChange(toCome.id),
		'/(staff)/sessions/[id]/substitute': toCome.id,
		'/(staff)/reading/[id]': toRead,
		'/(staff)/voices/[id]': answered.id,
		'/(staff)/voices/paper/[id]': toCome.id,
		...ofAsked(exampleId('asked mothers and daughters 1')),
		...(await curriculumOf(SECTIONS.lebanon)),
		...(await roadmapOf(SECTIONS.lebanon))
	};
}

function ofProject(id: string): Record<string, string> {
	return { '/(staff)/projects/[id]': id, '/(staff)/projects/[id]/edit': id };
}

/** A list's page, and those of its rows. */
function ofList(id: string): Record<string, string> {
	const page = '/(staff)/imports/[id]';
	return { [page]: id, [`${page}/rows`]: id, [`${page}/rows/file`]: id };
}

/** A published version of what children are asked, as it is read, seen and printed. */
function ofAsked(id: string): Record<string, string> {
	const page = '/(staff)/settings/asked/[id]';
	const seen = '/(child)/asked/[id]';
	return { [page]: id, [`${page}/question`]: id, [seen]: id, [`${seen}/paper`]: id };
}

async function askedInTogo(): Promise<string> {
	const id = newId();
	const { content } = await stage.db
		.selectFrom('asked_version')
		.select('content')
		.executeTakeFirstOrThrow();
	await stage.db
		.insertInto('asked_version')
		.values({
			...{ id, section_id: SECTIONS.togo, curriculum_id: null, number: 1, content },
			...{ published_on: '2026-01-01', published_by: CAST.managerTogo.id }
		})
		.execute();
	return id;
}

/** Togo has no sessions in the example: it gets one, with results. */
async function idsInTogo(): Promise<Record<string, string>> {
	const { cohort, session, facilitator } = await addOtherSection(stage);
	await stage.db
		.insertInto('feedback_code')
		.values({
			...codeOf(session),
			section_id: SECTIONS.togo,
			opened_by: facilitator,
			closed_at: stage.now
		})
		.execute();
	return {
		'/(staff)/safeguarding/directory/[id]': exampleId('help TG 117'),
		...ofProject(PROJECTS.nowAndFuture),
		'/(staff)/targets/[id]': TARGETS.togo,
		'/(staff)/targets/indicators/[id]': INDICATORS.togo,
		'/(staff)/cohorts/[id]': cohort,
		'/(staff)/sessions/[id]': session,
		'/(staff)/voices/[id]': session,
		'/(staff)/voices/paper/[id]': session,
		...ofAsked(await askedInTogo()),
		...(await curriculumOf(SECTIONS.togo)),
		...(await roadmapOf(SECTIONS.togo))
	};
}

/** The cohorts of a centre that children have answered for. */
async function cohortsWithResults(centre: string): Promise<string[]> {
	const rows = await stage.db
		.selectFrom('session')
		.innerJoin('feedback_code as code', 'code.session_id', 'session.id')
		.select('session.cohort_id')
		.distinct()
		.where('session.centre_id', '=', centre)
		.where('code.closed_at', 'is not', null)
		.execute();
	return rows.flatMap(({ cohort_id }) => cohort_id ?? []);
}

/** A milestone, of this body if one is given, and its roadmap. */
async function roadmapOf(sectionId: string, bodyId?: string): Promise<Record<string, string>> {
	const { roadmap_id, id } = await stage.db
		.selectFrom('milestone')
		.innerJoin('roadmap_outcome as outcome', 'outcome.id', 'milestone.outcome_id')
		.select(['outcome.roadmap_id', 'milestone.id'])
		.where('milestone.section_id', '=', sectionId)
		.$if(bodyId !== undefined, (query) => query.where('milestone.body_id', '=', bodyId!))
		.executeTakeFirstOrThrow();
	return {
		'/(staff)/roadmaps/[id]': roadmap_id,
		'/(staff)/roadmaps/[id]/edit': roadmap_id,
		'/(staff)/roadmaps/[id]/paste': roadmap_id,
		'/(staff)/roadmaps/milestones/[id]': id,
		'/(staff)/roadmaps/milestones/[id]/edit': id,
		'/(staff)/roadmaps/milestones/[id]/upload': id,
		'/(staff)/roadmaps/evidence/[id]': await evidenceOf(sectionId, id)
	};
}

/** A published session plan, its version and its curriculum. */
async function curriculumOf(sectionId: string): Promise<Record<string, string>> {
	const { id, version_id, curriculum_id } = await stage.db
		.selectFrom('session_plan as plan')
		.innerJoin('curriculum_version as version', 'version.id', 'plan.version_id')
		.select(['plan.id', 'plan.version_id', 'version.curriculum_id'])
		.where('plan.section_id', '=', sectionId)
		.where('version.published_on', 'is not', null)
		.executeTakeFirstOrThrow();
	return {
		'/(staff)/curricula/[id]': curriculum_id,
		'/(staff)/curricula/plans/[id]': id,
		'/(staff)/curricula/plans/[id]/picture': await picturedPlan(sectionId, id),
		'/(staff)/curricula/plans/[id]/upload': id,
		'/(staff)/curricula/versions/[id]': version_id,
		'/(staff)/curricula/versions/[id]/booklet': version_id,
		'/(staff)/curricula/versions/[id]/compare': version_id
	};
}

/** A picture of a section, kept as uploads are. */
async function pictureOf(section_id: string): Promise<string> {
	const id = newId();
	const sha256 = await openFiles(join(app.dataFolder, 'files'), stage.ring).keep(PNG);
	const uploaded_by = section_id === SECTIONS.togo ? CAST.managerTogo.id : CAST.manager.id;
	await stage.db
		.insertInto('file')
		.values({
			...{ id, section_id, sha256, type: 'png', size_bytes: PNG.length },
			...{ uploaded_by, uploaded_at: stage.now }
		})
		.execute();
	return id;
}

/** A file that shows something about a milestone. */
async function evidenceOf(section_id: string, milestone_id: string): Promise<string> {
	const id = newId();
	await stage.db
		.insertInto('evidence_link')
		.values({
			...{ id, section_id, milestone_id, activity_id: null, name_texts: '{"en":"Report"}' },
			...{ address: null, file_id: await pictureOf(section_id) },
			...{ added_by: section_id === SECTIONS.togo ? CAST.managerTogo.id : CAST.manager.id },
			added_at: stage.now
		})
		.execute();
	return id;
}

/** The same plan, with a picture of its own. */
async function picturedPlan(section_id: string, id: string): Promise<string> {
	await stage.db
		.updateTable('session_plan')
		.set({ picture_file_id: await pictureOf(section_id) })
		.where('id', '=', id)
		.execute();
	return id;
}

/** A change that moved nothing, of a session. */
async function addChange(session_id: string): Promise<string> {
	const session = await stage.db
		.selectFrom('session')
		.selectAll()
		.where('id', '=', session_id)
		.executeTakeFirstOrThrow();
	const { section_id, centre_id, on_date: date, start_time: time, minutes } = session;
	const [id, made_by] = [newId(), CAST.facilitator.id];
	await stage.db
		.insertInto('plan_change')
		.values({
			...{ id, section_id, centre_id, kind: 'moved', reason: 'other', note_sealed: null },
			...{ made_by, made_at: stage.now, undo_id: newId(), undone_at: null }
		})
		.execute();
	await stage.db
		.insertInto('changed_session')
		.values({
			...{ change_id: id, session_id, section_id, status_before: 'planned', staff_before: '' },
			...{ date_before: date, time_before: time, minutes_before: minutes, room_before: null },
			...{ mode_before: 'centre', place_before_texts: null, date_after: date, time_after: time },
			...{ minutes_after: minutes, room_after: null, mode_after: 'centre', staff_after: '' },
			...{ place_after_texts: null, version_after: 2, told_at: null, stayed: null }
		})
		.execute();
	return id;
}

function codeOf(session_id: string) {
	return {
		id: session_id,
		session_id,
		section_id: SECTIONS.lebanon,
		code: String(Math.floor(Math.random() * 1e8)).padStart(8, '1'),
		length: 'pulse' as const,
		opened_by: CAST.facilitator.id,
		opened_at: stage.now,
		closed_at: null,
		started_count: 0
	};
}

/** What the terminal gave to whoever sets up an organisation of their own. */
function setupToken(): string {
	return /\/setup\/([\w-]{43})/.exec(app.output())![1]!;
}

function addressOf(routeId: string, visitor: string): string {
	const mine = (route: string) => own[visitor]?.[route] ?? own['facilitator']?.[route] ?? '';
	const path = routeId
		.replace(/\/\((staff|child)\)/, '')
		.replace('[code]', OPEN_CODE)
		.replace('[token]', routeId.startsWith('/join') ? LINK : setupToken());
	return (
		path.replace('[id]', mine(routeId)).replace('[person]', mine('/(staff)/people/[id]')) || '/'
	);
}

/** A form of a child carries the cookie its page gave; nobody else's needs one. */
async function cookiesFor(routeId: string, path: string, cookie: string | undefined, from: string) {
	if (!routeId.startsWith('/(child)')) return cookie;
	const page = await ask(app, path, { from, ...(cookie && { cookie }) });
	const own = page.headers['set-cookie']?.map((line) => line.split(';')[0]) ?? [];
	return [...(cookie ? [cookie] : []), ...own].join('; ') || undefined;
}

/** Routes whose row is one account's own, which no twin may open. */
const OF_ONE_ACCOUNT = [
	...['/(staff)/imports/[id]', '/(staff)/imports/[id]/rows', '/(staff)/imports/[id]/rows/file'],
	...['/(staff)/reading/[id]', '/(staff)/settings/alerts/[id]']
];
/** What is asked of so many routes, and two posts to each, is less than one may send in a minute. */
const ROUTES_EACH = 50;

/** Who asks next: a visitor like this one, another account and address after so many routes. */
function alike(visitor: string) {
	const member = memberOf(visitor);
	let count = 0;
	let one = { from: '', logIn: logIns[visitor]! };
	return async () => {
		if (count++ % ROUTES_EACH === 0) {
			const twin = member && (await addTwin(member.id));
			one = { from: address(), logIn: twin ? () => stage.logIn(twin) : logIns[visitor]! };
		}
		return one;
	};
}

/** Another account with the same roles, centres and cohorts: one alone may not post to every route twice within a minute. */
async function addTwin(of: string): Promise<string> {
	const id = newId();
	const account = await stage.db
		.selectFrom('account')
		.selectAll()
		.where('id', '=', of)
		.executeTakeFirstOrThrow();
	const sealed = (column: string) =>
		seal(stage.ring, { table: 'account', column, row: id }, 'Twin');
	await stage.db
		.insertInto('account')
		.values({
			...account,
			id,
			email_index: id,
			email_sealed: sealed('email_sealed'),
			name_sealed: sealed('name_sealed')
		})
		.execute();
	await stage.db
		.insertInto('account_role')
		.columns(['account_id', 'role', 'centre_id', 'section_id', 'body_id', 'project_id'])
		.expression((eb) =>
			eb
				.selectFrom('account_role')
				.select([eb.val(id).as('account_id'), 'role', 'centre_id', 'section_id', 'body_id'])
				.select('project_id')
				.where('account_id', '=', of)
		)
		.execute();
	await stage.db
		.insertInto('cohort_facilitator')
		.columns(['account_id', 'cohort_id', 'section_id', 'from_on'])
		.expression((eb) =>
			eb
				.selectFrom('cohort_facilitator')
				.select([eb.val(id).as('account_id'), 'cohort_id', 'section_id', 'from_on'])
				.where('account_id', '=', of)
		)
		.execute();
	return id;
}

let addressCount = 0;
/** A network address nobody has asked from yet: how often one may ask is not the matter here. */
function address(): string {
	addressCount += 1;
	return `10.1.0.${addressCount}`;
}

function by(from: string) {
	return { 'x-forwarded-for': from };
}

/** What an answer is in the words of the matrix. */
function cellOf({ status, headers, body }: Answer): Cell | string {
	const redirect = /"type":"redirect"[^}]*"location":"([^"]*)"/.exec(body)?.[1];
	const location = headers.location ?? redirect;
	if (location?.startsWith('/login?next=')) return 'login';
	// 409 and 422 are the refusals of an action that was let through.
	if ([200, 303, 409, 422].includes(status)) return 'allow';
	return String(status);
}

/** The page's data as the browser's router asks for it: whole, and each of its last two nodes alone. */
function dataAddresses(address: string, nodeCount: number): string[] {
	const data = `${address === '/' ? '' : address}/__data.json`;
	const masks = [
		'1'.padStart(nodeCount, '0'),
		`${'1'.padStart(nodeCount - 1, '0')}0`,
		'11'.padStart(nodeCount, '0')
	];
	return [data, ...masks.map((mask) => `${data}?x-sveltekit-invalidated=${mask}`)];
}

it('the build has the routes and actions of the policy, and no other', () => {
	const policy = Object.entries(POLICY).flatMap(([id, entry]) =>
		entry === 'folder' ? [] : [{ id, actions: Object.keys(entry.actions).sort() }]
	);
	const found = built.map(({ id, actions }) => ({ id, actions: actions.sort() }));
	const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
	expect(found.sort(byId)).toEqual(policy.sort(byId));
});

it('endpoints answer to reads alone, and no page shares its folder with one', () => {
	for (const { methods, nodeCount } of built) {
		expect(methods).toEqual(nodeCount > 0 ? [] : ['GET']);
	}
});

describe.each(visitors)('%s', (visitor) => {
	/** Whoever came before has closed them, and taken the list back. */
	beforeEach(async () => {
		await stage.db
			.updateTable('feedback_code')
			.set({ closed_at: null })
			.where('session_id', 'in', opened)
			.execute();
		const { id: accountId } = CAST.coordinator;
		await addImport(stage, { id: LIST, accountId, sectionId: SECTIONS.lebanon });
		const theirs = { id: THEIR_LIST, accountId: CAST.twoRoles.id };
		await addImport(stage, { ...theirs, sectionId: SECTIONS.lebanon });
	});

	it('gets from every read what the matrix says, page and data alike', async () => {
		const different: string[] = [];
		const next = alike(visitor);
		for (const { routeId, action, cells } of rows) {
			const route = built.find(({ id }) => id === routeId);
			if (action !== null || FOLDERS.includes(routeId)) continue;
			const at = addressOf(routeId, visitor);
			const { from, logIn } = await next();
			const cookie = await (OF_ONE_ACCOUNT.includes(routeId) ? logIns[visitor]! : logIn)();
			const tries = [
				['GET', at],
				['HEAD', at],
				...(route?.nodeCount ? dataAddresses(at, route.nodeCount) : []).map((a) => ['GET', a])
			] as [string, string][];
			for (const [method, path] of tries) {
				const answer = await ask(app, path, { method, from, ...(cookie && { cookie }) });
				if (cellOf(answer) !== cells.get(visitor))
					different.push(`${method} ${path}: ${cellOf(answer)}, not ${cells.get(visitor)}`);
			}
		}
		expect(different).toEqual([]);
	});

	it('gets from every action what the matrix says', async () => {
		const different: string[] = [];
		const next = alike(visitor);
		for (const { routeId, action, cells } of rows) {
			if (action === null) continue;
			const page = addressOf(routeId, visitor);
			const { from, logIn } = await next();
			// Logging out ends a login.
			const login = await (OF_ONE_ACCOUNT.includes(routeId) ? logIns[visitor]! : logIn)();
			const cookie = await cookiesFor(routeId, page, login, from);
			const path = `${page}${action === 'default' ? '' : `?/${action}`}`;
			const sent: [string, Answer][] = [
				['page', await post(app, path, {}, cookie, by(from))],
				[
					'script',
					await post(app, path, {}, cookie, {
						...by(from),
						accept: 'application/json',
						'x-sveltekit-action': 'true'
					})
				]
			];
			for (const [how, answer] of sent)
				if (cellOf(answer) !== cells.get(visitor))
					different.push(`${path} by ${how}: ${cellOf(answer)}, not ${cells.get(visitor)}`);
		}
		expect(different).toEqual([]);
	});

	it('is refused every other action and method, everywhere', async () => {
		const different: string[] = [];
		const next = alike(visitor);
		for (const route of built) {
			const { from, logIn } = await next();
			const cookie = await logIn();
			const path = addressOf(route.id, visitor);
			const wrong: [string, Answer][] = [
				['?/nothing', await post(app, `${path}?/nothing`, {}, cookie, by(from))],
				['PUT', await ask(app, path, { method: 'PUT', from, ...(cookie && { cookie }) })],
				['DELETE', await ask(app, path, { method: 'DELETE', from, ...(cookie && { cookie }) })]
			];
			if (!route.actions.includes('default'))
				wrong.push(['POST', await post(app, path, {}, cookie, by(from))]);
			for (const [what, { status }] of wrong)
				if (status !== 405) different.push(`${what} ${path}: ${status}`);
		}
		expect(different).toEqual([]);
	});
});

it.each([
	'//today',
	'/TODAY',
	'/./today',
	'/today/.',
	'/%74oday',
	'/today%2f',
	'/..%2ftoday',
	'/today/',
	'/today/__data.json/',
	'/_app/remote/x/y',
	'/today?/save',
	'/sessions/%00',
	'/sessions/%ff'
])('shows nobody a staff page by way of %s', async (path) => {
	const { status, body, headers } = await ask(app, path);
	expect(status).toBeGreaterThanOrEqual(300);
	expect(status).toBeLessThan(500);
	expect(body).not.toContain('Rana');
	if (status < 400)
		expect(headers.location).toMatch(/^\/(login|today)|^http:\/\/localhost:\d+\/today/);
});
