import type { Page } from '@playwright/test';
import { m } from '#lib/paraglide/messages.js';
import { CAST, COHORTS, facilitatorsAt, type CastMember } from '#lib/features/example/cast.ts';
import { can, type Permission } from '#lib/platform/access/roles.ts';
import type { Db } from '#lib/platform/db/open.ts';
import { TODAY } from './halqa.ts';
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

const ONE_OF_EACH_ROLE: readonly CastMember[] = [
	CAST.facilitator,
	CAST.coordinator,
	CAST.manager,
	CAST.focalPoint,
	CAST.advisoryGroup,
	CAST.admin,
	CAST.network
];

/** Every page of the policy for every role that sees it, and the states of pages that look different. */
export async function allStops(db: Db): Promise<Stop[]> {
	const sessions = await sessionsOfCedars(db);
	return [...pagesByRole(sessions.today), ...states(sessions)];
}

function pagesByRole(sessionToday: string): Stop[] {
	const shown = new Set<string>();
	return Object.entries(POLICY).flatMap(([route, entry]) => {
		if (entry === 'folder' || !isPermission(entry.read)) return [];
		const needs = entry.read;
		return ONE_OF_EACH_ROLE.filter(({ role }) => can(role, needs)).map((as): Stop => {
			const path = pathOf(route, sessionToday);
			const again = shown.has(route);
			shown.add(route);
			return {
				name: `${route.slice('/(staff)/'.length)} ${as.role}`,
				as,
				path,
				...(again && { again })
			};
		});
	});
}

function isPermission(read: string): read is Permission {
	return read !== 'anyone' && read !== 'logged in';
}

/** An address of a route. Throws for a route with an id it does not know, so that a new page cannot be forgotten. */
function pathOf(route: string, sessionToday: string): string {
	const path = route
		.replace('/(staff)', '')
		.replace('/cohorts/[id]', `/cohorts/${COHORTS.butterflies}`)
		.replace('/sessions/[id]', `/sessions/${sessionToday}`);
	if (path.includes('[')) throw new Error(`No example address for ${route}`);
	return path;
}

function states(sessions: Awaited<ReturnType<typeof sessionsOfCedars>>): Stop[] {
	const rana = CAST.facilitator;
	const both = facilitatorsAt(1)
		.slice(0, 2)
		.map(({ id }) => id);
	const colliding = collidingWish(TODAY);
	return [
		{ name: 'login', as: null, path: '/login' },
		{ name: 'login refused', as: null, path: '/login', prepare: logInWrongly },
		{ name: 'login after it ended', as: null, path: '/login?kept=1' },
		{ name: 'plan with clashes', as: rana, path: addressOf(colliding, [rana.id]) },
		{
			name: 'plan without clashes',
			as: rana,
			path: addressOf({ ...colliding, time: '08:00' }, both)
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
		{ name: 'register too early', as: rana, path: `/sessions/${sessions.later}` },
		{
			name: 'closed day to remove',
			as: CAST.manager,
			path: '/settings/closed-days',
			prepare: askToRemove
		},
		{ name: 'calendar next week', as: rana, path: '/calendar?date=2026-12-25' },
		{ name: 'not found', as: rana, path: '/nowhere', status: 404 },
		{ name: 'cohort not found', as: rana, path: `/cohorts/${COHORTS.rivers}`, status: 404 },
		{ name: 'forbidden', as: rana, path: '/targets', status: 403 }
	];
}

async function logInWrongly(page: Page): Promise<void> {
	await page.getByLabel(m.login_email()).fill('nobody@example.org');
	await page.getByLabel(m.login_password()).fill('not this one');
	await page.getByRole('button', { name: m.login_submit(), exact: true }).click();
	await page.getByRole('alert').waitFor();
}

async function saveWithoutHeadcount(page: Page): Promise<void> {
	await page.getByRole('button', { name: m.register_save() }).click();
	await page.getByRole('alert').waitFor();
}

async function askToRemove(page: Page): Promise<void> {
	await page
		.getByRole('button', { name: m.closed_remove() })
		.or(page.getByRole('link', { name: m.closed_remove() }))
		.first()
		.click();
	await page.getByRole('dialog').waitFor();
}

async function sessionsOfCedars(db: Db): Promise<{ held: string; today: string; later: string }> {
	const rows = await db
		.selectFrom('session')
		.select(['id', 'on_date', 'status'])
		.where('cohort_id', '=', COHORTS.cedars)
		.orderBy('on_date')
		.execute();
	const first = (fits: (row: (typeof rows)[number]) => boolean) => rows.find(fits)!.id;
	return {
		held: first(({ status }) => status === 'held'),
		today: first(({ on_date }) => on_date === TODAY),
		later: first(({ on_date }) => on_date > TODAY)
	};
}
