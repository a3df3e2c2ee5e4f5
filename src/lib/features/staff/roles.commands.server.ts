import type { HeldRole } from '#lib/platform/access/actor.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Db } from '#lib/platform/db/open.ts';
import type { NewRow } from '#lib/platform/db/schema.ts';
import { replaceRoles } from '#lib/platform/login/account-rows.ts';
import { isCentreRole, type CentreRole } from './rules.ts';

/** A role is to be held at a centre, named by these roles, of a body or in a project, that is not the section's. */
export type PlaceRefusal =
	| { reason: 'centre_not_found'; roles: CentreRole[] }
	| { reason: 'body_not_found' | 'project_not_found' };

/** The rows that say which roles an account of a section holds: one for the whole section, or one per centre. */
export function roleRows(
	accountId: string,
	sectionId: string | null,
	roles: readonly HeldRole[]
): NewRow<'account_role'>[] {
	return roles.flatMap(({ role, centreIds, bodyId, projectId }) =>
		(centreIds ?? [null]).map((centre_id) => ({
			...{ account_id: accountId, section_id: sectionId, role, centre_id, body_id: bodyId },
			project_id: projectId ?? null
		}))
	);
}

/** Lets an account hold these roles and no others. */
export async function setRoles(
	ctx: { db: Db; now: number },
	account: { id: string; sectionId: string },
	roles: readonly HeldRole[]
): Promise<void> {
	await replaceRoles(ctx, account.id, roleRows(account.id, account.sectionId, roles));
}

/** What is wrong with the places of roles: a centre, body or project that is not the section's; null when nothing is. */
export async function placeFault(
	ctx: Context,
	roles: readonly HeldRole[]
): Promise<PlaceRefusal | null> {
	const centreIds = roles.flatMap(({ centreIds }) => centreIds ?? []);
	const centres = await thoseOfSection(ctx, 'centre', centreIds);
	const astray = roles.flatMap(({ role, centreIds }) =>
		isCentreRole(role) && centreIds?.some((id) => !centres.has(id)) ? [role] : []
	);
	if (astray.length > 0) return { reason: 'centre_not_found', roles: astray };
	const bodyIds = roles.flatMap(({ bodyId }) => bodyId ?? []);
	const bodies = await thoseOfSection(ctx, 'body', bodyIds);
	if (!bodyIds.every((id) => bodies.has(id))) return { reason: 'body_not_found' };
	const projectIds = roles.flatMap(({ projectId }) => projectId ?? []);
	const projects = await projectsOfSection(ctx, projectIds);
	return projectIds.every((id) => projects.has(id)) ? null : { reason: 'project_not_found' };
}

async function projectsOfSection(
	{ db, scope }: Context,
	ids: readonly string[]
): Promise<Set<string>> {
	if (ids.length === 0) return new Set();
	const rows = await db
		.selectFrom('project_section')
		.select('project_id')
		.where('section_id', '=', scope.sectionId)
		.where('project_id', 'in', ids)
		.execute();
	return new Set(rows.map(({ project_id }) => project_id));
}

async function thoseOfSection(
	{ db, scope }: Context,
	table: 'centre' | 'body',
	ids: readonly string[]
): Promise<Set<string>> {
	if (ids.length === 0) return new Set();
	const rows = await db
		.selectFrom(table)
		.select('id')
		.where('section_id', '=', scope.sectionId)
		.where('id', 'in', [...new Set(ids)])
		.execute();
	return new Set(rows.map(({ id }) => id));
}
